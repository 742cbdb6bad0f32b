"""A SPOC who is not there, and who covers meanwhile."""

from datetime import date, datetime
from typing import Any

from bedspace.locator.reach import refuse_out_of_reach
from bedspace.locator.spocs import sql as contacts
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.locator import AbsenceKept, EndAbsence, KeepAbsence

sql = queries(__file__)


async def keep_absence(tx: Tx, command: KeepAbsence, now: datetime) -> Done[AbsenceKept]:
    """For every purpose of the same person at the PDU, unless it is only for the one.

    Raises `NotThere`, `NotAllowed`, `Invalid` for days that are none, `Conflict` where they are absent already.
    """
    row = await contacts.contact(tx, id=command.spoc)
    if row is None or row["kind"] != "spoc":
        raise NotThere("There is no such SPOC. Only the SPOC of a PDU is absent; cover is given with the absence.")
    await refuse_out_of_reach(tx, [row["pdu_code"]])
    _check(command, row, london_today(now))
    await contacts.take_turns(tx, places=[row["pdu_code"]])
    theirs = await sql.theirs(
        tx, id=command.spoc, only=command.only_this_purpose, from_=command.from_, until=command.until
    )
    already = await sql.already(tx, spocs=[one["id"] for one in theirs], from_=command.from_, until=command.until)
    if already:
        raise Conflict(
            f"They are recorded as absent from {spoken(already['begins'])} already. End that absence first, "
            "or give other days."
        )
    kept = [await _keep(tx, command, one, now) for one in theirs]
    subject = f"pdu:{row['pdu_code']}"
    body = {"purposes": [one["purpose"] for one in theirs], "covered": command.cover is not None}
    return Done(AbsenceKept(absences=kept), (Event("spoc_absent", subject, body=body),))


async def end_absence(tx: Tx, command: EndAbsence, _now: datetime) -> Done[AbsenceKept]:
    """Ending one that is over by then already is harmless. Raises `NotThere`, `NotAllowed`."""
    row = await sql.absence(tx, id=command.absence)
    if row is None:
        raise NotThere("There is no such absence.")
    await refuse_out_of_reach(tx, [row["pdu_code"]])
    await contacts.take_turns(tx, places=[row["pdu_code"]])
    ended = await sql.end(tx, id=command.absence, on=command.on)
    if not ended:
        return Done(AbsenceKept(absences=[]), subject=f"pdu:{row['pdu_code']}")
    await sql.end_cover(tx, id=command.absence)
    event = Event("spoc_back", f"pdu:{row['pdu_code']}", body={"purposes": [row["purpose"]]})
    return Done(AbsenceKept(absences=[command.absence]), (event,))


def _check(command: KeepAbsence, row: Any, today: date) -> None:
    if command.until is not None and command.until <= command.from_:
        raise Invalid.because("until", "Give the day they are back: a day after the first.")
    if command.until is not None and command.until <= today:
        raise Invalid.because("until", "This absence is over. Only one that lasts, or is to come, changes who answers.")
    if row["ends"] is not None and row["ends"] <= command.from_:
        raise Invalid.because("from", f"This SPOC receives only until {spoken(row['ends'])}.")
    if command.until is not None and row["begins"] >= command.until:
        raise Invalid.because("until", f"This SPOC receives only from {spoken(row['begins'])}.")


async def _keep(tx: Tx, command: KeepAbsence, one: Any, now: datetime) -> int:
    cover_id = None
    if command.cover is not None:
        cover = command.cover
        cover_id = await sql.keep_cover(
            tx,
            like=one["id"],
            kind=cover.kind,
            name=cover.name,
            email=cover.email,
            phone=cover.phone,
            hours=cover.hours,
            out_of_hours=cover.out_of_hours,
            team=cover.team,
            from_=command.from_,
            until=command.until,
            now=now,
        )
    kept: int = await sql.keep(tx, spoc=one["id"], from_=command.from_, until=command.until, cover=cover_id, now=now)
    return kept
