"""What the demo's PDU does with what it receives and sends: allocated, worked on, raised, and one who just came."""

from datetime import date, datetime, timedelta
from typing import Any

from bedspace.nights import london_today
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.demo.closing import close
from gateway.demo.people import invent_person
from gateway.transfers.allocate import allocate_nsi, note_nsi
from gateway.transfers.documents import record_document
from gateway.transfers.pauses import pause_clock
from gateway.transfers.queue import list_queue
from gateway.transfers.raising import Raiser
from gateway.transfers.read import read_nsi
from gateway.wiring import Works
from schemas.chasing import PauseClock
from schemas.files import RecordDocument
from schemas.nsi_life import AllocateNsi, NoteNsi, RaiseUnannounced
from schemas.nsi_queue import ListQueue
from schemas.nsis import NewPerson, Nsi, RaiseNsi, ReadNsi
from schemas.words import NsiType, Rosh

TEAMS = (("Leeds East", "Robin Invented", "practitioner@demo.invalid"), ("Leeds West", None, None))
DONE = ("conversation", "address_check", "address_assessment", "transfer_form", "first_appointment")
"""Kinds of action that somebody has closed."""
TO_RAISE: tuple[tuple[NsiType, int, str, Rosh, str | None], ...] = (
    ("case_transfer", 34, "YO1 9TL", "low", None),
    ("temporary_move", 3, "HU1 2AA", "high", "Category 2 Level 1"),
    ("case_transfer", 41, "NE1 4ST", "very_high", "Category 2 Level 3"),
)
"""Type, days to the move, where to, risk: by the practitioner, today."""


async def receive_and_send(works: Works, now: datetime) -> None:
    """As the demo's SPOC and practitioner would."""
    today = london_today(now)
    ours = (await act(works.house, demo_actor("spoc"), list_queue, ListQueue(side="receiving"))).items
    open_ones = [row for row in ours if row.status in ("raised", "received", "allocated") and row.name]
    for number, row in enumerate(open_ones[:3]):
        team, officer, email = TEAMS[number % len(TEAMS)]
        to = AllocateNsi(id=row.id, team=team, officer=officer, officer_email=email)
        await act(works.house, demo_actor("spoc"), allocate_nsi, to)
        await _work_on(works.house, await act(works.house, OPERATOR, read_nsi, ReadNsi(id=row.id)), today)
    for number, (kind, days, where, rosh, mappa) in enumerate(TO_RAISE):
        on = today + timedelta(days=days)
        until = on + timedelta(days=21) if kind == "temporary_move" else None
        command = RaiseNsi(
            type=kind,
            person=_person(number),
            move_on=on,
            until=until,
            destination=where,
            rosh=rosh,
            mappa=mappa,
            sender_name="Robin Invented",
            sender_email="practitioner@demo.invalid",
            reason="To live with family.",
        )
        await act(works.house, demo_actor("practitioner"), Raiser(works.postcodes).raise_nsi, command)
    came = RaiseUnannounced(
        person=_person(len(TO_RAISE)),
        arrived_on=today - timedelta(days=1),
        destination="LS1 4AP",
        address="7 Example Street, Leeds",
        sending_said="Somewhere near the coast",
        rosh="medium",
    )
    await act(works.house, demo_actor("spoc"), Raiser(works.postcodes).raise_unannounced, came)


async def _work_on(house: House, nsi: Nsi, today: date) -> None:
    for line in nsi.actions:
        if line.kind in DONE and line.done_at is None:
            await close(house, nsi.id, line)
    note = NoteNsi(id=nsi.id, text="Spoke with the sending office. The first appointment is at the Leeds office.")
    await act(house, demo_actor("spoc"), note_nsi, note)
    for number, paper in enumerate(nsi.documents[:3]):
        sent, got = today - timedelta(days=4), today - timedelta(days=1)
        known: dict[str, Any] = {"sent_on": sent} if number == 0 else {"sent_on": sent, "received_on": got}
        known |= {"complete": False, "lacking": "The last two pages"} if number == 2 else {}
        await act(
            house,
            demo_actor("spoc"),
            record_document,
            RecordDocument(id=nsi.id, kind=paper.kind, need=paper.need, **known),
        )
    after = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    pausable = [one for one in after.clocks if one.met_on is None and one.pause_days_left >= 3 and one.due > today]
    for clock in pausable[:1]:
        pause = PauseClock(id=nsi.id, rule=clock.rule, until=today + timedelta(days=3), reason="in_hospital")
        await act(house, demo_actor("spo"), pause_clock, pause)


def _person(number: int) -> NewPerson:
    found = invent_person(960_000 + number, "male")
    return NewPerson(name=found.name, crn=found.crn, noms=found.noms, birth_date=found.birth_date, gender="male")
