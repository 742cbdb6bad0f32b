"""A named person decides whether approved premises suit somebody. Without that there is no referral."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.placing import DecideSuitability, SuitabilityDecided

sql = queries(__file__)


async def decide(tx: Tx, command: DecideSuitability, person: UUID, now: datetime) -> Done[SuitabilityDecided]:
    """Raises `Invalid`, or `NotAllowed` for a PDU that the account does not work for."""
    today = london_today(now)
    await check_listed(tx, command.reason, of="suitability", field="reason", today=today, note=command.note)
    if not command.suitable and not (command.pointed_to or "").strip():
        raise Invalid.because("pointed_to", "Say where the person is pointed instead, for instance: CAS3.")
    pdu = await acting_pdu(tx, command.pdu)
    decision: int = await sql.decide(
        tx,
        person=person,
        suitable=command.suitable,
        reason=command.reason,
        note=command.note,
        pointed_to=command.pointed_to,
        now=now,
        pdu=pdu and pdu["code"],
        region=pdu and pdu["region_code"],
    )
    event = Event("suitability_decided", f"suitability:{decision}", person, {"suitable": command.suitable})
    return Done(SuitabilityDecided(id=decision, suitable=command.suitable), (event,))


async def acting_pdu(tx: Tx, code: str | None) -> Any:
    """The row of the PDU that whoever acts means, or None. Raises `Invalid`, `NotAllowed`."""
    row = await sql.acting_pdu(tx, pdu=code)
    if row is None and code:
        raise Invalid.because("pdu", "There is no such PDU. Give its code, such as the locator shows.")
    if row is not None and not row["ours"]:
        raise NotAllowed(f"You do not work for {row['code']}. Give the code of a PDU that you work for.")
    return row


async def suitable_decision(tx: Tx, person: UUID, which: int | None) -> int:
    """The id of the decision that a referral rests on. Raises `NotThere`, or `Conflict` where there is none."""
    found = await sql.decision_of(tx, person=person, id=which)
    if found is None and which is not None:
        raise NotThere(f"There is no decision {which} about this person. Leave it out to use the newest on record.")
    if found is None:
        raise Conflict("Nobody has decided yet whether approved premises suit this person. Record that decision first.")
    if not found["suitable"]:
        raise Conflict(
            "The newest decision says that approved premises do not suit this person. "
            "If that has changed, record a new decision first."
        )
    decision: int = found["id"]
    return decision
