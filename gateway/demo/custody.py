"""Whose case it is, in the demo: caretaking, missing ends, a challenge, who is hard to place, a move to review."""

from datetime import datetime, timedelta
from typing import Any

from bedspace.nights import london_today
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.demo.people import invent_person
from gateway.transfers.caretaking import record_caretaking
from gateway.transfers.challenge import raise_challenge
from gateway.transfers.components import add_components, apply_to_court
from gateway.transfers.ends import mark_not_reporting, report_end
from gateway.transfers.move_review import ask_review
from gateway.transfers.national import lead_search, seek_for_nsi, seek_for_placement
from gateway.transfers.raising import Raiser
from gateway.transfers.read import list_nsis
from gateway.transfers.status import record_status
from gateway.wiring import Works
from schemas.challenges import RaiseChallenge
from schemas.components import AddComponents, ApplyToCourt, NewComponent
from schemas.custody import RecordCaretaking
from schemas.ends import MarkNotReporting, ReportEnd, Which
from schemas.move_review import AskReview
from schemas.national import LeadSearch, SeekForNsi, SeekForPlacement
from schemas.nsis import ListNsis, NewPerson, NsiRow, NsiState, RaiseNsi, RecordStatus

PEOPLE = 980_000
"""Number of the first person."""
SEEKING = """
select id from placement
where state in ('declined', 'lapsed', 'referred') and referring_pdu = $1 order by state = 'referred', number limit 1
"""


async def show_custody(works: Works, now: datetime) -> None:
    """Each by whoever does it in life, at the PDU of the demo's practitioner."""
    practitioner = demo_actor("practitioner")
    (own,) = practitioner.pdus
    rows = (await act(works.house, OPERATOR, list_nsis, ListNsis(limit=200))).items
    running = [row for row in rows if row.status in ("received", "allocated", "in_progress") and row.name]
    received = [row for row in running if row.receiving_pdu == own and row.sending_pdu not in (None, own)]
    await _ends(works, running, now)
    await _received(works, practitioner, now)
    await _a_move_to_review(works, practitioner, now)
    await _hard_to_place(works, practitioner, received)


async def _ends(works: Works, running: list[NsiRow], now: datetime) -> None:
    """Of those who have moved: one end only of the first, both of the others; and an area that does not report."""
    today = london_today(now)
    for number, row in enumerate(row for row in running if row.move_on < today):
        reported: tuple[Which, ...] = ("out",) if number == 0 else ("out", "in")
        for which in reported:
            await act(works.house, OPERATOR, report_end, ReportEnd(id=row.id, which=which, on=row.move_on))
    silent = MarkNotReporting(region="N07", which="in", from_=today - timedelta(days=200))
    await act(works.house, demo_actor("national_lead"), mark_not_reporting, silent)


async def _received(works: Works, practitioner: Actor, now: datetime) -> None:
    """Two cases from York: one held for it meanwhile and decided part by part, one challenged on risk."""
    held, challenged = [await _from_york(works, now, PEOPLE + n) for n in (1, 2)]
    caretaking = RecordCaretaking(
        person=invent_person(PEOPLE + 1, "male").crn,
        by_pdu="N55LEE",
        from_=london_today(now) - timedelta(days=9),
        nsi=held.reference,
        reason="Until the NSI is complete.",
    )
    await act(works.house, practitioner, record_caretaking, caretaking)
    items = [
        NewComponent(kind="order", title="Community order", from_court="York Magistrates’ Court"),
        NewComponent(kind="programme", title="Thinking skills"),
    ]
    await act(works.house, practitioner, add_components, AddComponents(id=held.id, items=items))
    applied = ApplyToCourt(id=held.id, n=1, court="Leeds Magistrates’ Court")
    await act(works.house, practitioner, apply_to_court, applied)
    said = "A victim lives in the next street, and the address was not assessed with them in mind."
    await act(works.house, practitioner, raise_challenge, RaiseChallenge(id=challenged.id, reason="victim", said=said))


async def _from_york(works: Works, now: datetime, number: int) -> NsiState:
    one = invent_person(number, "male")
    command = RaiseNsi(
        type="case_transfer",
        person=NewPerson(name=one.name, crn=one.crn, birth_date=one.birth_date, gender="male"),
        move_on=london_today(now) + timedelta(days=9),
        destination="LS6 2AA",
        rosh="medium",
        sending_pdu="N55YRK",
        sender_name="Jo Example-York",
        sender_email="jo.york@sender.invalid",
    )
    nsi = await act(_before(works, now, 10), OPERATOR, Raiser(works.postcodes).raise_nsi, command)
    await act(_before(works, now, 9), OPERATOR, record_status, RecordStatus(id=nsi.id, status="received"))
    return nsi


async def _a_move_to_review(works: Works, practitioner: Actor, now: datetime) -> None:
    """A temporary move that ended yesterday: its origin is asked."""
    nsi = await _temporary_move(works, practitioner, now)
    for status in ("received", "in_progress"):
        await act(_before(works, now, 20), OPERATOR, record_status, RecordStatus(id=nsi.id, status=status))
    await act(works.house, GATEWAY, ask_review, AskReview(id=nsi.id))


async def _temporary_move(works: Works, practitioner: Actor, now: datetime) -> NsiState:
    one = invent_person(PEOPLE, "male")
    today = london_today(now)
    command = RaiseNsi(
        type="temporary_move",
        person=NewPerson(name=one.name, crn=one.crn, birth_date=one.birth_date, gender="male"),
        move_on=today - timedelta(days=21),
        until=today - timedelta(days=1),
        destination="YO1 7HH",
        rosh="medium",
        sender_name=practitioner.name,
        sender_email=practitioner.email,
    )
    return await act(_before(works, now, 25), practitioner, Raiser(works.postcodes).raise_nsi, command)


async def _hard_to_place(works: Works, practitioner: Actor, received: list[NsiRow]) -> None:
    lead = demo_actor("national_lead")
    for row in received[-1:]:
        seek = SeekForNsi(
            id=row.id,
            reason="victims",
            tried="Three PDUs were asked by telephone; each has a victim within two miles.",
            needed="Nobody who was harmed within ten miles, and somebody who reads the risk plan first.",
        )
        sought = await act(works.house, practitioner, seek_for_nsi, seek)
        led = LeadSearch(id=sought.id, leads=f"{lead.name}, national office", said="Wales is asked on Monday.")
        await act(works.house, lead, lead_search, led)
    async with works.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        placement: Any = await tx.fetchval(SEEKING, *practitioner.pdus)
    if placement:
        bed = SeekForPlacement(
            id=placement,
            reason="no_accommodation",
            tried="Every premises within an hour was asked.",
            needed="A single room on the ground floor.",
        )
        await act(works.house, practitioner, seek_for_placement, bed)


def _before(works: Works, now: datetime, days: int) -> House:
    at = now - timedelta(days=days)
    return House(pool=works.pool, now=lambda: at)
