"""Settles a delivery: what was disclosed to whom is on record, whoever else may have sent it too."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct

from bedspace.store import Tx, queries
from gateway.connections.health import note
from gateway.delivery.chasing import GRADES, SIDES
from gateway.delivery.letters import OWED
from gateway.delivery.releases import note_of, release_about
from schemas.acts import Done, Event

sql = queries(__file__)

NOTES = {
    "nsi_to_spoc": "To the SPOC who receives.",
    "reply_to_sender": "To the sender, in reply.",
    "referral_to_decider": "To whoever decides.",
    "referral_to_spoc": "To the SPOC of the premises' PDU: an AP referral.",
    "referral_to_resettlement": "To the SPOC of the PDU of resettlement: an AP referral.",
    "move_agreed_to_departing": "To the premises they leave: the move is agreed.",
    "move_agreed_to_arriving": "To the premises they go to: the move is agreed.",
    "move_declined_to_departing": "To the premises they were to leave: the move is declined.",
    "move_declined_to_arriving": "To the premises that declined the move.",
    "move_lost_to_departing": "To the premises where they stay: the move is off.",
    "move_lost_to_arriving": "To the premises they were to go to: the move is off.",
    "move_lost_to_officer": "To the responsible officer: the move is off.",
    "emergency_to_departing": "To the premises they left: an emergency move.",
    "emergency_to_arriving": "To the premises they were moved to: an emergency move.",
    "emergency_to_officer": "To the responsible officer: an emergency move.",
    "acceptance_to_referrer": "To the referrer: accepted.",
    "decline_to_referrer": "To the referrer: declined.",
    "lapse_to_referrer": "To the referrer: nobody answered in time.",
    "undecided_to_decider": "To whoever decides: nobody decided on the bed proposed.",
    "reminder_to_referrer": "To the referrer: it leaves the waiting list soon.",
    "expiry_to_referrer": "To the referrer: it has left the waiting list.",
    "not_arrived_to_premises": "To the premises: not arrived.",
    "not_arrived_to_officer": "To the responsible officer: not arrived.",
    "not_arrived_to_duty": "To out-of-hours duty: not arrived.",
    "displaced_to_premises": "To the premises: the booking lost its bed.",
    "displaced_to_officer": "To the responsible officer: the booking lost its bed.",
    "nsi_unannounced_to_spoc": "To the SPOC of the PDU they came from.",
    "nsi_changed_to_spoc": "To the SPOC who receives: changed before the move.",
    "nsi_left_to_spoc": "To the SPOC who was to receive before.",
    **{
        f"nsi_escalation_to_{side}_{grade}": f"To the {name} of the {side} side: overdue."
        for side in SIDES
        for grade, name in GRADES.items()
    },
    "nsi_escalation_to_national_lead": "To the national lead: overdue.",
    "nsi_concern_to_spo": "To the SPO: a concern.",
    "taken_over_to_former": "To whoever was responsible: taken over.",
    "taken_over_to_new": "To whoever is responsible now: taken over.",
    "challenge_to_sending": "To the sending side: challenged on risk.",
    "adjudication_to_sending": "To the sending side: the challenge is decided.",
    "adjudication_to_receiving": "To the receiving side: the challenge is decided.",
    "seeking_to_lead": "To the national lead: hard to place.",
    "hard_to_place_to_lead": "To the national lead: hard to place.",
    "search_decided_to_referrer": "To the referrer: decided by the national lead.",
    "placing_to_sending": "To the sending side: decided by the national lead.",
    "placing_to_receiving": "To the receiving side: decided by the national lead.",
    "first_appointment_to_receiving": "To the receiving side: the first appointment is made.",
    "registrations_to_sending": "To the sending side: the two areas register the risk differently.",
    "registrations_to_receiving": "To the receiving side: the two areas register the risk differently.",
    "end_missing_to_sending": "To the sending side: it has not said that the person went.",
    "end_missing_to_receiving": "To the receiving side: it has not said that the person came.",
    "move_review_to_sending": "To the sending side: the temporary move ends.",
    "paper_missing_to_sending": "To the sending side: the paper file came incomplete.",
    "paper_overdue_to_sending": "To the sending side: the paper file is overdue.",
    "paper_overdue_to_receiving": "To the receiving side: the paper file is overdue.",
    "nsi_to_region": "To the region: it was sent on more than once.",
    **{purpose: note_of(purpose) for purposes in OWED.values() for purpose in purposes if release_about(purpose)[0]},
}


class SettleDelivery(Struct, frozen=True, kw_only=True):
    """The other side has what this outbox row owed it."""

    action: ClassVar[str] = "delivery.settle"

    id: int
    token: UUID
    subject: str
    receipt: str = ""
    """What the far side calls it."""
    said: dict[str, str] | None = None
    """Field → keyed digest of what it was sent."""


class Settled(Struct, frozen=True):
    """`first` is false when the lease had passed to another, who settles or has settled it."""

    first: bool


async def settle_delivery(tx: Tx, command: SettleDelivery, now: datetime) -> Done[Settled]:
    """Marks the row delivered if the lease still fits, and tells the timeline. Harmless twice."""
    row = await sql.delivered(
        tx, id=command.id, token=command.token, receipt=command.receipt or None, said=command.said
    )
    kind, _, about = command.subject.partition(":")
    nsis = await sql.nsis_of(tx, nsi=about if kind == "nsi" else None, message=about if kind == "inbox" else None)
    placement = await sql.placement_of(
        tx,
        placement=about if kind == "placement" else None,
        approach=int(about) if kind == "approach" else None,
        proposal=int(about) if kind == "proposal" else None,
    )
    release = await sql.release_of(tx, release=about) if kind == "release" else None
    persons = tuple(one["person_id"] for one in (*nsis, placement, release) if one)
    if row is None:
        return Done(Settled(first=False), persons=persons, subject=command.subject)
    if row["connection"]:
        return await _by_connection(tx, command, row, nsis, now)
    for nsi in nsis:
        await sql.tell(tx, nsi=nsi["id"], at=now, kind="mail_sent", note=NOTES[row["purpose"]])
    if placement is not None:
        await sql.tell_placement(tx, placement=placement["id"], at=now, note=NOTES[row["purpose"]])
    if release is not None:
        await sql.tell_release(tx, release=release["id"], at=now, note=NOTES[row["purpose"]])
    person = persons[0] if len(set(persons)) == 1 else None
    sent = Event("letter_sent", command.subject, person, {"outbox": command.id, "letter": row["purpose"]})
    return Done(Settled(first=True), (sent,), persons, command.subject)


async def _by_connection(tx: Tx, command: SettleDelivery, row: Any, nsis: Any, now: datetime) -> Done[Settled]:
    """It is on record who was told, and the connection is well."""
    health = await note(tx, row["connection"], None, now)
    for nsi in nsis:
        await sql.tell(tx, nsi=nsi["id"], at=now, kind="sent", note=f"Sent to {row['title']}.")
    persons = tuple(nsi["person_id"] for nsi in nsis)
    sent = Event(
        "delivery_made",
        command.subject,
        persons[0] if persons else None,
        {"outbox": command.id, "connection": row["connection"]},
    )
    return Done(Settled(first=True), (sent, *health), persons, command.subject)
