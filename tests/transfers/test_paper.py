"""SYS-07: the paper file remains, and is followed as evidence of its line on the action list."""

from datetime import date, datetime, timedelta

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.transfers.paper import dispatch_paper, place_paper, receive_paper
from gateway.transfers.read import read_nsi
from gateway.worker.clocks import papers
from schemas.errors import Conflict, Invalid, NotAllowed
from schemas.nsis import Action, Nsi, ReadNsi
from schemas.paper import DispatchPaper, PlacePaper, ReceivePaper
from tests.messages import HULL, LEEDS, YORK, prepared


async def read(house: House, nsi: Nsi, actor: Actor = OPERATOR) -> Nsi:
    return await act(house, actor, read_nsi, ReadNsi(id=nsi.id))


async def file_of(house: House, nsi: Nsi) -> Action:
    return next(one for one in (await read(house, nsi)).actions if one.kind == "paper_file")


async def events(house: House) -> list[str]:
    rows = await house.pool.fetch("select kind from event where kind like 'nsi_paper%' order by id")
    return [row["kind"] for row in rows]


async def test_sys_07_the_paper_file_is_followed_from_dispatch_to_receipt_and_what_was_missing_is_asked_of_the_sender(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    sent = DispatchPaper(
        id=nsi.id, carrier="Courier", reference="C-17", from_place="York office", to_place="Leeds office"
    )
    await act(house, YORK, dispatch_paper, sent)
    await act(house, YORK, dispatch_paper, sent)
    assert (await file_of(house, nsi)).evidence == {
        "dispatched_on": "2026-11-22",
        "carrier": "Courier",
        "reference": "C-17",
        "from_place": "York office",
        "to_place": "Leeds office",
        "place": "With Courier",
    }
    await act(house, LEEDS, place_paper, PlacePaper(id=nsi.id, place="Sorting office, Wakefield"))
    assert (await file_of(house, nsi)).evidence["place"] == "Sorting office, Wakefield"
    await act(
        house,
        LEEDS,
        receive_paper,
        ReceivePaper(id=nsi.id, received_by="Sam", missing=["mappa_notes", "contact_log"], missing_note="A photograph"),
    )
    line = await file_of(house, nsi)
    assert line.done_at
    assert line.evidence["missing"] == "MAPPA notes; Contact log with absences and enforcement; A photograph"
    assert (line.evidence["received_by"], line.evidence["place"]) == ("Sam", "At Leeds")
    (question,) = [one for one in (await read(house, nsi)).questions if one.kind == "paper_missing"]
    assert "MAPPA notes; Contact log" in question.said
    assert "photograph" not in question.said
    assert await events(house) == ["nsi_paper_sent", "nsi_paper_placed", "nsi_paper_incomplete"]
    writer = Writer(secret=b"x" * 32, link_base="https://example.invalid", invented=True)
    owed = WriteLetter(purpose="paper_missing_to_sending", subject=f"nsi:{nsi.id}")
    letter = await act(house, GATEWAY, writer.write, owed)
    assert letter.to == "jo.example@sender.invalid"
    assert "the paper file came incomplete" in letter.subject
    assert "Robin" not in letter.text


async def test_sys_07_a_file_that_nobody_recorded_as_sent_is_received_with_its_carrier_and_day(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(Invalid) as wrong:
        await act(house, LEEDS, receive_paper, ReceivePaper(id=nsi.id, received_by="Sam"))
    assert {fault.field for fault in wrong.value.faults} == {"dispatched_on", "carrier"}
    whole = ReceivePaper(id=nsi.id, received_by="Sam", carrier="By hand", dispatched_on=date(2026, 11, 20))
    await act(house, LEEDS, receive_paper, whole)
    assert (await file_of(house, nsi)).evidence["carrier"] == "By hand"
    assert await events(house) == ["nsi_paper_received"]
    with pytest.raises(Conflict, match="was received"):
        await act(house, LEEDS, receive_paper, whole)


async def test_sys_07_each_end_records_its_own_and_what_cannot_be_is_said_at_its_field(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    with pytest.raises(NotAllowed, match="who sends the paper file records it, which is York"):
        await act(house, LEEDS, dispatch_paper, DispatchPaper(id=nsi.id, carrier="Courier"))
    with pytest.raises(Conflict, match="Nobody has recorded"):
        await act(house, LEEDS, place_paper, PlacePaper(id=nsi.id, place="Leeds"))
    with pytest.raises(Invalid, match="on: Give today, or an earlier day"):
        await act(house, YORK, dispatch_paper, DispatchPaper(id=nsi.id, carrier="Courier", on=date(2026, 12, 24)))
    await act(house, YORK, dispatch_paper, DispatchPaper(id=nsi.id, carrier="Courier"))
    with pytest.raises(NotAllowed, match="which is Leeds"):
        await act(house, YORK, receive_paper, ReceivePaper(id=nsi.id, received_by="Jo"))
    early = ReceivePaper(id=nsi.id, received_by="Sam", on=date(2026, 11, 1))
    with pytest.raises(Invalid, match="not before 2026-11-22"):
        await act(house, LEEDS, receive_paper, early)
    with pytest.raises(Invalid, match="missing: nonsense: There is no such document"):
        await act(house, LEEDS, receive_paper, ReceivePaper(id=nsi.id, received_by="Sam", missing=["nonsense"]))
    assert (await file_of(house, nsi)).done_at is None
    with pytest.raises(Exception, match="not yours to see"):
        await act(house, HULL, place_paper, PlacePaper(id=nsi.id, place="Hull"))


async def test_sys_07_a_temporary_move_has_no_paper_file_of_its_regime_and_one_travels_all_the_same(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler, type="temporary_move", until=date(2027, 1, 5))
    assert not [one for one in (await read(house, nsi)).actions if one.kind == "paper_file"]
    await act(house, YORK, dispatch_paper, DispatchPaper(id=nsi.id, carrier="By hand"))
    assert (await file_of(house, nsi)).evidence["carrier"] == "By hand"


async def test_sys_07_an_overdue_paper_file_is_asked_about_once_for_the_day_it_was_due(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    due = (await file_of(house, nsi)).due
    assert due
    later = House(pool=house.pool, now=lambda: datetime.combine(due, house.now().timetz()) + timedelta(days=8))
    assert later.now().weekday() < 5
    assert await papers(later) == 1
    assert await papers(later) == 0
    (asked,) = [one for one in (await read(house, nsi)).questions if one.kind == "paper_overdue"]
    assert "Nobody has recorded that it was sent" in asked.said
    rows = await house.pool.fetch("select purpose from outbox where purpose like 'paper%'")
    assert [row["purpose"] for row in rows] == ["paper_overdue_to_sending"]
    await act(later, YORK, dispatch_paper, DispatchPaper(id=nsi.id, carrier="By hand"))
    await act(later, LEEDS, receive_paper, ReceivePaper(id=nsi.id, received_by="Sam"))
    (settled,) = [one for one in (await read(house, nsi)).questions if one.kind == "paper_overdue"]
    assert settled.answered_by == "gateway"
