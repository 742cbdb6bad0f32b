"""Which letters an event owes. A letter is written when it is sent, from the ids in its outbox row."""

from schemas.acts import Event

LADDER = ("practitioner", "spo", "aco", "mappa_coordinator")
"""Grades that are told of an overdue clock, of the side whose it is to meet."""
EVERYBODY = ("spoc", "home", "officer", "prison", "premises", "ap_spoc")

RELEASES: dict[str, tuple[str, ...]] = {
    "noticed": ("spoc", "home", "officer"),
    "changed": (*EVERYBODY, "former"),
    "moved": EVERYBODY,
    "date_asked": ("spoc", "officer", "prison"),
    "date_confirmed": ("spoc", "home", "officer", "premises"),
    "bed_ready": ("spoc", "home", "officer", "prison"),
    "bed_lost": ("spoc", "home", "officer", "prison"),
    "lacking": ("spoc", "officer"),
    "not_recorded": ("spoc", "officer", "prison"),
    "arranged": ("spoc", "officer"),
    "address_differs": ("spoc", "officer"),
    "address_checked": ("spoc", "officer"),
    "cancelled": EVERYBODY,
    "plan_dropped": ("premises", "ap_spoc"),
    "happened": ("spoc", "home"),
    "returned": ("spoc", "home"),
    "move_on_asked": ("spoc", "home", "officer"),
}
"""Who is told of what happens to a release."""

OWED: dict[str, tuple[str, ...]] = {
    "nsi_routed": ("nsi_to_spoc",),
    "nsi_rerouted_again": ("nsi_to_region",),
    "nsi_unannounced": ("nsi_unannounced_to_spoc",),
    "nsi_changed": ("nsi_changed_to_spoc",),
    "nsi_moved_on": ("nsi_left_to_spoc",),
    "message_settled": ("reply_to_sender",),
    "premises_asked": ("referral_to_decider", "referral_to_spoc", "referral_to_resettlement"),
    "move_agreed": ("move_agreed_to_departing", "move_agreed_to_arriving"),
    "move_declined": ("move_declined_to_departing", "move_declined_to_arriving"),
    "move_lost": ("move_lost_to_departing", "move_lost_to_arriving", "move_lost_to_officer"),
    "moved_in_emergency": ("emergency_to_departing", "emergency_to_arriving", "emergency_to_officer"),
    "placement_accepted": ("acceptance_to_referrer",),
    "placement_declined": ("decline_to_referrer",),
    "approach_lapsed": ("lapse_to_referrer",),
    "arrival_overdue": ("not_arrived_to_premises", "not_arrived_to_officer", "not_arrived_to_duty"),
    "proposal_lapsed": ("undecided_to_decider",),
    "waiting_reminded": ("reminder_to_referrer",),
    "waiting_expired": ("expiry_to_referrer",),
    "responsibility_taken_over": ("taken_over_to_former", "taken_over_to_new"),
    "first_appointment_made": ("first_appointment_to_receiving",),
    "registrations_differ": ("registrations_to_sending", "registrations_to_receiving"),
    "nsi_challenged": ("challenge_to_sending",),
    "challenge_decided": ("adjudication_to_sending", "adjudication_to_receiving"),
    "nsi_hard_to_place": ("seeking_to_lead",),
    "hard_to_place_decided": ("placing_to_sending", "placing_to_receiving"),
    "placement_hard_to_place": ("hard_to_place_to_lead",),
    "placement_search_decided": ("search_decided_to_referrer",),
    "end_missing": ("end_missing_to_sending", "end_missing_to_receiving"),
    "move_review_asked": ("move_review_to_sending",),
    "booking_displaced": ("displaced_to_premises", "displaced_to_officer"),
    "nsi_escalated": (
        *(f"nsi_escalation_to_sending_{grade}" for grade in LADDER),
        *(f"nsi_escalation_to_receiving_{grade}" for grade in LADDER),
        "nsi_escalation_to_national_lead",
    ),
    "nsi_concern_raised": ("nsi_concern_to_spo",),
    "digest_due": ("digest_to_person",),
    "nsi_paper_incomplete": ("paper_missing_to_sending",),
    "nsi_paper_overdue": ("paper_overdue_to_sending", "paper_overdue_to_receiving"),
    "pattern_found": ("police_checks_to_region",),
    **{f"release_{about}": tuple(f"release_{about}_to_{whom}" for whom in told) for about, told in RELEASES.items()},
}
"""The word after `_to_` is who is told. An event with `tell` in its body names those who can be reached."""


def owed(event: Event) -> tuple[str, ...]:
    """The purposes of the letters that an event asks for: only where there is someone to write to."""
    if event.kind == "message_settled" and not event.body.get("answer"):
        return ()
    purposes = OWED.get(event.kind, ())
    if "tell" not in event.body:
        return purposes
    return tuple(one for one in purposes if one.rpartition("_to_")[2] in event.body["tell"])
