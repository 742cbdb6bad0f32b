"""Each invariant in a sentence, and what breaks it, in words with ids only."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from bedspace.nights import london_today
from bedspace.premises.differ import differences, written
from bedspace.premises.record import read_records
from bedspace.store import Tx, queries
from gateway.access.seal import broken_links
from gateway.access.wider import the_whole_nation
from gateway.cases.read_registrations import everybody_differing
from gateway.cases.registrations import question
from gateway.delivery.letters import OWED, owed
from gateway.releases.link import stays
from schemas.acts import Event
from schemas.premises import PremisesRecord

sql = queries(__file__)

MOST = 20
"""Breaks shown of one invariant."""
BATCH = 5000
FEWER = 500
"""Of what is heavy."""

Head = tuple[int, bytes]


class Look(Struct, frozen=True):
    """What an invariant is judged by."""

    tx: Tx
    now: datetime
    head: Head | None = None
    """A published head of the audit chain."""


class Invariant(Struct, frozen=True):
    id: str
    holds: str
    """The sentence that is true when nothing is found."""
    find: Callable[[Look], Awaitable[list[str]]]
    only_warns: bool = False


def _by(query: str, **given: Any) -> Callable[[Look], Awaitable[list[str]]]:
    async def find(look: Look) -> list[str]:
        known: dict[str, Any] = {"now": look.now, "most": MOST, **given}
        return [row[0] for row in await getattr(sql, query)(look.tx, **known)]

    return find


async def letters_not_owed(look: Look) -> list[str]:
    """By the map that `act` itself goes by."""
    wrong: list[str] = []
    after = 0
    while rows := await sql.owing_events(look.tx, kinds=list(OWED), after=after, batch=BATCH):
        for row in rows:
            event = Event(row["kind"], row["subject"], body=row["body"])
            if sorted(owed(event)) != sorted(row["letters"]):
                wrong.append(
                    f"event {row['id']} ({row['kind']}) has {len(row['letters'])} of {len(owed(event))} letters"
                )
        after = rows[-1]["id"]
    return wrong[:MOST]


async def records_not_remembered(look: Look) -> list[str]:
    """Line by line, as the history shows it."""
    wrong: list[str] = []
    after = ""
    while rows := await sql.newest_versions(look.tx, after=after, batch=FEWER):
        after = rows[-1]["code"]
        records = await read_records(look.tx, [row["code"] for row in rows])
        for row in rows:
            remembered = msgspec.json.decode(row["record"], type=PremisesRecord)
            wrong += [f"{row['code']}: {written(one)}" for one in differences(remembered, records[row["code"]])]
    return wrong[:MOST]


async def stays_without_their_nsi(look: Look) -> list[str]:
    """But where the region of the home PDU has set that a stay is none."""
    rows = await sql.stays_without_their_nsi(look.tx)
    return [row["said"] for row in rows if stays().of(row["region"]) != "none"][:MOST]


async def differing_unasked(look: Look) -> list[str]:
    """Between the ends of an NSI, by the same comparison that asks."""
    async with the_whole_nation(look.tx):
        found = await everybody_differing(look.tx, london_today(look.now))
        wanted = [(person, question(one), one) for person, of in found.items() for one in of]
        rows = await sql.unasked(
            look.tx,
            persons=[person for person, _, _ in wanted],
            said=[said for _, said, _ in wanted],
            ones=[one.one for _, _, one in wanted],
            others=[one.other for _, _, one in wanted],
            most=MOST,
        )
    return [row["said"] for row in rows]


async def chain_breaks(look: Look) -> list[str]:
    wrong: list[str] = []
    async for words in broken_links(look.tx, published=look.head):
        wrong.append(words)
        if len(wrong) == MOST:
            break
    return wrong


CONSTRAINTS = [
    "a_bed_has_one_claim_a_night",
    "a_person_has_one_bed_a_night",
    "a_stay_has_a_person",
    "a_booking_has_a_person",
    "a_booking_or_stay_has_a_placement",
    "a_bed_out_of_service_has_its_record",
    "a_temporary_bed_has_a_reason_a_role_and_an_end",
    "a_referral_rests_on_a_decision",
    "the_decision_is_about_this_person_and_says_suitable",
    "an_answer_has_a_time_and_a_name",
    "a_hold_lapses",
    "one_message_a_source_key",
    "one_spoc_a_purpose_and_day",
    "a_lease_has_a_token_and_an_end",
    "the_dead_have_a_reason",
    "nobody_is_offered_or_skipped_by_machine",
    "nobody_is_skipped_by_machine",
    "who_waits_has_no_bed",
    "who_departed_was_expected_to_on_a_day",
    "a_closure_has_the_approval_of_a_director",
    "a_closure_is_approved_before_it_is_recorded",
    "a_withdrawn_closure_has_a_name",
    "closed_premises_have_a_closure",
    "premises_close_as_their_director_approved",
    "a_settled_report_has_a_name",
    "a_pdu_does_not_succeed_itself",
    "a_link_has_days",
    "a_sector_is_written_so",
    "a_sector_lies_in_one_pdu_a_day",
    "a_contact_is_of_a_pdu_or_of_a_region",
    "one_contact_of_a_region_a_purpose_and_day",
    "a_spoc_is_absent_once_a_day",
    "an_nsi_is_sent_on_to_another",
    "nobody_is_kept_from_themselves",
    "the_other_is_a_person_or_a_crn",
    "a_pair_that_ended_was_ended_by_somebody",
    "a_check_says_who_looked",
    "a_check_says_where_somebody_looked",
    "a_clock_is_paused_once_a_day",
    "a_pause_has_a_limit",
    "a_step_of_the_ladder_is_about_a_rule",
    "a_concern_says_why",
    "a_grade_of_a_place_is_held_by_one_a_day",
    "what_is_mandatory_is_closed_by_evidence_or_a_reason",
    "what_is_complete_was_received",
    "a_question_is_answered_once_by_a_reader",
    "somebody_is_responsible",
    "a_person_is_held_by_one_a_day",
    "nobody_is_held_for_oneself",
    "a_release_has_a_known_state",
    "a_temporary_licence_has_a_return",
    "a_release_is_cancelled_for_a_reason",
    "an_address_is_checked_by_somebody",
    "an_address_is_approved_by_somebody",
    "a_date_is_confirmed_by_somebody",
    "what_is_met_was_met_by_somebody",
    "who_is_sought_for_has_one_record",
    "a_search_is_closed_by_somebody",
    "a_component_is_decided_on_a_day",
    "a_court_decides_about_its_order",
    "a_court_that_sanctions_has_a_name",
    "an_order_does_not_start_elsewhere",
    "a_region_does_not_report_once_a_day",
    "a_review_is_decided_by_somebody",
    "who_returned_is_back_since_a_day",
    "what_is_extended_ends_later",
    "a_case_transfer_of_it_is_an_nsi",
    "a_record_is_merged_once",
    "an_area_registers_a_person_once",
    "nobody_is_merged_into_themselves",
    "nobody_leads_to_themselves",
    "an_undone_merge_was_undone_by_somebody",
    "a_sentence_ends_after_it_begins",
    "hours_are_done_of_hours_ordered",
    "an_event_is_one_sentence",
    "a_requirement_ends_after_it_begins",
    "a_contact_of_a_source_is_kept_once",
    "a_contact_is_recorded_by_somebody",
    "an_outcome_is_a_known_one",
    "a_registration_ends_after_it_begins",
    "a_level_is_known",
]
TRIGGERS = [
    "bed_touched_first",
    "bed_has_a_state",
    "shape_touched",
    "a_claim_for_a_person_is_a_presence",
    "beds_close_with_their_premises",
    "what_is_mandatory_is_closed_first",
    "responsibility_goes_forward",
    "a_record_is_of_the_kept",
    "a_pair_is_of_the_kept",
    "components_are_decided_first",
    "searches_go_along",
]
ABOUT_PEOPLE = [
    "person",
    "inbox",
    "inbox_record",
    "nsi",
    "nsi_history",
    "nsi_evidence",
    "nsi_clock",
    "nsi_action",
    "nsi_pause",
    "nsi_round",
    "nsi_escalation",
    "nsi_document",
    "case_review",
    "responsibility",
    "caretaking",
    "hard_to_place",
    "hard_to_place_step",
    "nsi_component",
    "nsi_challenge",
    "nsi_end",
    "end_chase",
    "move_review",
    "sentence",
    "requirement",
    "contact",
    "contact_outcome",
    "enforcement",
    "registration",
    "person_need",
    "person_alias",
    "person_identifier",
    "person_merge",
    "placement",
    "placement_history",
    "suitability",
    "outage",
    "outage_revision",
    "proposal",
    "proposal_passed",
    "proposal_skip",
    "must_not_meet",
    "meeting_check",
    "release",
    "release_history",
    "release_need",
    "release_question",
]
APPENDED = [
    "event",
    "audit",
    "audit_seal",
    "nsi_history",
    "inbox_record",
    "bed_claim_history",
    "placement_history",
    "outage_revision",
    "proposal_passed",
    "meeting_check",
    "release_history",
    "premises_version",
    "list_version",
    "nsi_reroute",
    "nsi_round",
    "digest",
    "responsibility",
    "hard_to_place_step",
    "end_chase",
    "contact_outcome",
]

INVARIANTS: tuple[Invariant, ...] = (
    Invariant("claims", "No two claims on a bed share a night", _by("claims_that_overlap")),
    Invariant("persons", "No person has two beds for one night", _by("persons_in_two_beds")),
    Invariant("presence", "Where a person sleeps is where the claims say", _by("presence_that_differs")),
    Invariant("bed_states", "Every bed has a row that marks its changes", _by("beds_without_a_state")),
    Invariant("stays", "Every stay is of somebody", _by("stays_without_a_person")),
    Invariant("placements", "Every booking and stay is of a placement that says so", _by("placements_that_differ")),
    Invariant("outages", "A bed out of service is claimed as its newest revision says", _by("outages_that_differ")),
    Invariant(
        "overbooking",
        "Every temporary bed has a reason, the role that allowed it, and an end",
        _by("overbookings_of_nobody"),
    ),
    Invariant("open", "Nothing but a stay claims a bed that is not open", _by("claims_of_closed_beds")),
    Invariant("displaced", "Whoever lost their bed has none, and people were told", _by("displaced_in_silence")),
    Invariant(
        "overdue",
        "Every stay without a departure keeps its bed from looking free",
        _by("stays_not_lengthened"),
        only_warns=True,
    ),
    Invariant(
        "expected",
        "Every resident keeps their bed until they are expected to leave, and that day is kept",
        _by("expected_days_lost"),
    ),
    Invariant("told", "The state of every placement is the last one its history tells", _by("placements_not_told")),
    Invariant(
        "approaches",
        "Premises are asked for who has no bed yet, and whoever was booked was accepted",
        _by("approaches_that_differ"),
    ),
    Invariant(
        "closures", "Premises that have closed, by a director's approval, have no open bed", _by("open_at_closed")
    ),
    Invariant("remembered", "What premises are is the newest version of their history", records_not_remembered),
    Invariant("moves", "A move between premises that is open is of a stay, and has what keeps it", _by("moves_adrift")),
    Invariant(
        "proposals",
        "A proposed bed is kept by its hold until the proposal ends, and no longer",
        _by("proposals_that_differ"),
    ),
    Invariant("decided", "Nobody is offered or skipped by a machine", _by("decided_by_a_machine")),
    Invariant("waits", "Who waits for a bed has none, and waits until a time", _by("waiting_with_a_bed")),
    Invariant("apart", "Nobody was placed where somebody is whom they must not meet", _by("people_brought_together")),
    Invariant(
        "together", "No two people who must not meet are in the same premises", _by("people_together"), only_warns=True
    ),
    Invariant("pairs", "Two people are kept apart once for each reason, by somebody", _by("pairs_that_cannot_be")),
    Invariant("checks", "Every check of who must not meet says who looked, and where", _by("checks_of_nobody")),
    Invariant("unchecked", "Nobody was booked without a check or the reason for none", _by("booked_unchecked")),
    Invariant("responsible", "Whoever is responsible is somebody, and since a time past", _by("responsible_nobody")),
    Invariant(
        "responsible_known",
        "For every person of a confirmed NSI somebody is responsible",
        _by("nsis_with_nobody_responsible"),
        only_warns=True,
    ),
    Invariant("held", "Nobody is held for another by whoever is responsible", _by("held_by_the_responsible")),
    Invariant("sought", "Whoever is in the queue of the nation still seeks a place", _by("sought_for_nothing")),
    Invariant(
        "components", "No case transfer was completed here past what is not decided", _by("completed_past_components")
    ),
    Invariant(
        "ends", "Nobody was asked for an end of history, or of what nobody reported", _by("ends_asked_for_nothing")
    ),
    Invariant("origin", "Nobody became responsible by a temporary move of 2022", _by("passed_by_a_temporary_move")),
    Invariant("reviewed", "A temporary move that its origin ended is over", _by("reviewed_and_running")),
    Invariant("merged", "A merged record leads to the one that was kept, and has no case", _by("merged_adrift")),
    Invariant("contacts", "Every contact is what was last said of it", _by("contacts_not_as_said")),
    Invariant(
        "registered",
        "Where two areas register somebody differently, both were asked",
        differing_unasked,
        only_warns=True,
    ),
    Invariant("history", "The status of every NSI is the last one its history tells", _by("statuses_not_told")),
    Invariant("folded", "The status of every NSI is the fold of what is reported of it", _by("statuses_not_folded")),
    Invariant("clocks", "Every NSI that runs has clocks, each with an owner", _by("nsis_without_clocks")),
    Invariant("queue", "Every NSI stands in its queue by the day of its next open clock", _by("nsis_out_of_order")),
    Invariant(
        "overseen", "No NSI was completed here while something mandatory was open", _by("completed_past_the_mandatory")
    ),
    Invariant("chased", "Nobody was told of a clock before it was overdue", _by("chased_for_nothing")),
    Invariant("routed", "Every NSI was routed", _by("nsis_not_routed")),
    Invariant(
        "receivers", "Every open NSI goes to a PDU that is in force or has a successor", _by("nsis_to_ended_pdus")
    ),
    Invariant("successors", "No PDU is succeeded by itself in the end", _by("successors_in_a_circle")),
    Invariant("sectors", "A postcode sector lies in a PDU of its authority on its dates", _by("sectors_elsewhere")),
    Invariant("covers", "Who covers a SPOC does so at the same PDU, for it and those days", _by("covers_of_another")),
    Invariant("releases", "Bed and NSI of a release are of the person who is released", _by("releases_of_others")),
    Invariant("stays_elsewhere", "A bed outside the home PDU has its NSI", stays_without_their_nsi),
    Invariant("messages", "Every message that became NSIs has them", _by("messages_without_their_nsis")),
    Invariant("records", "Every record of a settled message was taken once", _by("records_not_taken_once")),
    Invariant("settled", "Every message that is settled was settled once", _by("messages_not_settled_once")),
    Invariant("letters", "Every event has the letters that it owes", letters_not_owed),
    Invariant("dead", "No letter was given up", _by("deliveries_dead"), only_warns=True),
    Invariant("leases", "Nothing is held more than 30 seconds by a process that died", _by("leases_overdue")),
    Invariant("audited", "Every change has its row of audit in its transaction", _by("changes_without_audit")),
    Invariant("audit", "The audit is as it was sealed", chain_breaks),
    Invariant(
        "sealed", "No row of audit has waited five minutes for its seal", _by("rows_not_sealed"), only_warns=True
    ),
    Invariant("marks", "No row bears a transaction number of another server", _by("marks_of_another_server")),
    Invariant(
        "promises",
        "The constraints and triggers that keep the promises are in force",
        _by("promises_not_kept_by_tables", constraints=CONSTRAINTS, triggers=TRIGGERS),
    ),
    Invariant(
        "walls",
        "Row-level security binds the role that everything runs as, and what is only appended cannot be changed by it",
        _by("walls_with_holes", tables=ABOUT_PEOPLE, appended=APPENDED),
    ),
)
