"""A change of who is responsible that no NSI brings: within the PDU, or taken over by another."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx
from gateway.people.known import person_known
from gateway.transfers.caretaking import caretaking_on, end_caretaking
from gateway.transfers.responsible import Holder, pass_on, passed, responsible_now, sql, tell_everywhere
from schemas.acts import Done, Event
from schemas.custody import HandOver, Held, ReadResponsibility, Responsibility, ResponsibilityPassed, TakeOver
from schemas.errors import Invalid, NotAllowed, NotThere


async def hand_over(tx: Tx, command: HandOver, now: datetime) -> Done[ResponsibilityPassed]:
    """To whom it was handed already, it is harmless. Raises `NotThere`, `NotAllowed`, `Invalid`, `Conflict`."""
    person = await person_known(tx, command.person)
    row = await responsible_now(tx, person)
    if row is None or row["pdu_code"] is None:
        raise NotThere("No PDU is on record as responsible. Take the case over instead.")
    if not row["ours"]:
        raise NotAllowed(
            f"{row['pdu_name']} is responsible, and hands over within itself. Raise a case transfer, or take it over."
        )
    if not (command.team or command.officer):
        raise Invalid.because("officer", "Name the officer, the team, or both.")
    to = Holder(
        region=row["region_code"],
        pdu=row["pdu_code"],
        pdu_name=row["pdu_name"],
        team=command.team or row["team"],
        officer=command.officer,
    )
    at = _at(command.at, now)
    since = await pass_on(tx, person, to, at, why=command.why, exactly=command.at is not None)
    events: tuple[Event, ...] = ()
    if since:
        await tell_everywhere(tx, person, f"Within {to.pdu_name} ({to.pdu}), to another team or officer.", since)
        events = (Event("responsibility_handed_over", f"pdu:{to.pdu}", person, {"pdu": to.pdu}),)
    return Done(await passed(tx, person, []), events, (person,), f"pdu:{to.pdu}")


async def take_over(tx: Tx, command: TakeOver, now: datetime) -> Done[ResponsibilityPassed]:
    """Whoever was responsible is told, and so is whoever is now. Raises as `hand_over` does."""
    today = london_today(now)
    person = await person_known(tx, command.person)
    to = await _taker(tx, command, now)
    await check_listed(tx, command.reason, of="take_over", field="reason", today=today, note=command.evidence)
    row = await responsible_now(tx, person)
    if row is not None and row["pdu_code"] == to.pdu:
        raise Invalid.because("pdu", f"{to.pdu_name} is responsible already. Hand over within it instead.")
    why = f"{command.reason}: {command.evidence}"
    since = await pass_on(tx, person, to, _at(command.at, now), why=why, exactly=command.at is not None)
    was = f" from {row['pdu_name']} ({row['pdu_code']})" if row is not None and row["pdu_code"] else ""
    said = f"Taken over{was} by {to.pdu_name} ({to.pdu})."
    await tell_everywhere(tx, person, said, since or now)
    await end_caretaking(tx, person, today)
    told = [one for one in (row and row["pdu_code"], to.pdu) if one]
    event = await _taken_over(tx, person, row, to)
    return Done(await passed(tx, person, told if event.subject.startswith("nsi:") else []), (event,), (person,))


async def _taker(tx: Tx, command: TakeOver, now: datetime) -> Holder:
    pdu = await sql.pdu(tx, pdu=command.pdu, today=london_today(now))
    if pdu is None:
        raise Invalid.because("pdu", "There is no such PDU today. Give its code, such as the locator shows.")
    if not pdu["ours"]:
        raise NotAllowed("A case is taken over by those who become responsible. Ask the SPO there to do it.")
    return Holder(
        region=pdu["region_code"],
        pdu=pdu["code"],
        pdu_name=pdu["name"],
        team=command.team,
        officer=command.officer,
    )


async def _taken_over(tx: Tx, person: UUID, row: Any, to: Holder) -> Event:
    """Letters go by the newest NSI of the person: a letter holds its reference, and nobody's name."""
    nsi = await sql.newest_nsi(tx, person=person)
    body = {"from": row and row["pdu_code"], "to": to.pdu}
    if nsi is None or nsi["quiet"]:
        return Event("responsibility_taken_over", f"pdu:{to.pdu}", person, body | {"tell": []})
    tell = ["former", "new"] if body["from"] else ["new"]
    return Event("responsibility_taken_over", f"nsi:{nsi['id']}", person, body | {"tell": tell})


def _at(given: datetime | None, now: datetime) -> datetime:
    if given is None:
        return now
    if given.tzinfo is None or given > now:
        raise Invalid.because("at", "Give a time with its zone that is not ahead, or none for now.")
    return given


async def read_responsibility(tx: Tx, command: ReadResponsibility, now: datetime) -> Done[Responsibility]:
    """Who was responsible from when to when, without a gap, newest first. Raises `NotThere`."""
    person = await person_known(tx, command.person)
    items = [msgspec.convert(dict(row), Held) for row in await sql.lines(tx, person=person)]
    found = Responsibility(person=person, items=items, caretaking=await caretaking_on(tx, person, london_today(now)))
    return Done(found, persons=(person,), subject="responsibility")
