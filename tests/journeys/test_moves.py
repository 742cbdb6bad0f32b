"""One journey each of a move, as the people at both ends live it, from the first word to the last clock."""

from datetime import date

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.transfers.caretaking import list_caretaking, record_caretaking
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.documents import record_document
from gateway.transfers.move_review import review_move
from gateway.transfers.raising import Raiser
from gateway.worker.clocks import ask_for_reviews
from schemas.custody import ListCaretaking, RecordCaretaking
from schemas.files import RecordDocument
from schemas.move_review import ReviewMove
from schemas.nsi_life import RaiseUnannounced
from schemas.nsis import ConfirmNsi, NewPerson
from tests.journeys.story import ACO, COAST, HULL, LEEDS, YORK, Story
from tests.releases.making import POSTCODES, somebody

SISTER = {"destination": "LS1 4AP", "address": "4 Example Street, Leeds LS1 4AP", "reason": "To live with a sister."}


async def test_a_planned_transfer_is_agreed_prepared_handed_over_and_looked_at_three_months_later(story: Story) -> None:
    woman = somebody(1, gender="female")
    # Monday: a woman at high risk is to move from York to her sister in Leeds in four weeks. York raises it, and tells.
    story.day(2026, 11, 23)
    nsi = await story.raises(YORK, woman, move_on=date(2026, 12, 21), rosh="high", mappa="Category 2 Level 1", **SISTER)
    assert (nsi.status, nsi.receiving.pdu.name) == ("raised", "Leeds")
    assert "nsi_to_spoc" in await story.told("nsi")
    # The two practitioners speak before anything else; the risk report goes the same day.
    await story.does(YORK, nsi, "conversation", with_whom="Sam", on="2026-11-23", agreed="They meet on the 21st.")
    await story.does(YORK, nsi, "risk_report", sent_on="2026-11-23", to_whom="Leeds")
    # Leeds takes it: nobody asks whether it would like to.
    await story.comes_to(LEEDS, nsi, "received")
    await story.allocates(LEEDS, nsi, "Sam Example-Leeds")
    story.day(2026, 11, 26)
    await story.does(LEEDS, nsi, "address_check", how="visit", on="2026-11-26", suitable=True)
    await story.does(LEEDS, nsi, "address_assessment", on="2026-11-26", suitable=True)
    await story.does(YORK, nsi, "full_information", sent_on="2026-11-26")
    for kind in [one.kind for one in nsi.documents if one.need == "required"]:
        on = date(2026, 11, 26)
        paper = RecordDocument(id=nsi.id, kind=kind, sent_on=on, received_on=on, complete=True)
        await act(story.house, LEEDS, record_document, paper)
    # An assistant chief officer looks at each end; all three meet, and the first appointment is told.
    story.day(2026, 12, 14)
    for end in ("sending", "receiving"):
        look = {"officer": "Lee Invented", "grade": "aco", "on": "2026-12-14"}
        await story.does(ACO, nsi, f"aco_oversight_{end}", **look)
    await story.does(YORK, nsi, "three_way_handover", on="2026-12-14", present=True)
    await story.does(YORK, nsi, "first_appointment", on="2026-12-21", told=True)
    assert (await story.responsible(woman))[0].pdu == "York"
    # She moves, and Leeds is responsible from that hour on: one line ends where the other begins.
    story.day(2026, 12, 21)
    await story.comes_to(LEEDS, nsi, "in_progress", "completed")
    now, before = await story.responsible(woman)
    assert (now.pdu, now.officer, now.since) == ("Leeds", "Sam Example-Leeds", story.at)
    assert (before.pdu, before.until) == ("York", now.since)
    assert (await story.shown(LEEDS, nsi.id)).ended_on == date(2026, 12, 21)
    # Leeds reviews within four weeks, applies to the court within six, and its SPO looks back after three months.
    story.day(2027, 1, 11)
    await story.does(LEEDS, nsi, "oasys_reassessment", on="2027-01-11", rosh="medium")
    await story.does(LEEDS, nsi, "plan_review", on="2027-01-11")
    asked = {"from_court": "York Magistrates", "to_court": "Leeds Magistrates", "applied_on": "2027-01-11"}
    await story.does(LEEDS, nsi, "court_application", **asked)
    story.day(2027, 3, 15)
    await story.does(LEEDS, nsi, "quality_look", on="2027-03-15", found="She was told of both appointments.")
    assert set((await story.clocks(nsi)).values()) == {"met"}
    assert await story.chased() == 0


async def test_a_temporary_move_leaves_the_origin_responsible_and_asks_it_to_review_on_the_return(story: Story) -> None:
    man = somebody(2, gender="male")
    # A man of York works in Hull for six weeks, and will be back.
    story.day(2026, 11, 23)
    away = {"type": "temporary_move", "move_on": date(2026, 11, 30), "until": date(2027, 1, 8), "rosh": "low"}
    nsi = await story.raises(YORK, man, destination="Hull", **away)
    assert nsi.way == "short_notice"
    assert "T-14" not in await story.clocks(nsi)
    await story.comes_to(HULL, nsi, "received")
    await story.allocates(HULL, nsi, "Nia Example-Hull")
    story.day(2026, 11, 30)
    await story.comes_to(HULL, nsi, "in_progress")
    # Hull supervises; York is responsible all the while.
    assert [one.pdu for one in await story.responsible(man)] == ["York"]
    # On the last day York is asked what comes next. He is back, says York: the move is over by that, and is reviewed.
    story.day(2027, 1, 8)
    assert await ask_for_reviews(story.house) == 1
    assert "move_review_to_sending" in await story.told("review")
    story.day(2027, 1, 11)
    back = ReviewMove(id=nsi.id, decision="returned", back_on=date(2027, 1, 8))
    await act(story.house, YORK, review_move, back)
    over = await story.shown(YORK, nsi.id)
    assert (over.status, over.ended_on) == ("completed", date(2027, 1, 8))
    assert (await story.clocks(nsi))["T-17"] == "met"
    assert [one.pdu for one in await story.responsible(man)] == ["York"]


async def test_who_arrives_on_the_coast_in_august_unannounced_is_supervised_at_once_and_transferred_when_he_stays(
    story: Story,
) -> None:
    man = somebody(3, gender="male")
    # August: a man of Leeds stands at the desk in Scarborough, with a caravan and no word from anybody.
    story.day(2026, 8, 20, 16)
    came = RaiseUnannounced(
        person=man, arrived_on=date(2026, 8, 20), destination="Scarborough", sending_pdu="N55LEE", rosh="medium"
    )
    state = await act(story.house, COAST, Raiser(POSTCODES).raise_unannounced, came)
    nsi = await story.shown(COAST, state.id)
    assert (nsi.status, nsi.way, nsi.type) == ("prepared", "unannounced", "temporary_move")
    # Leeds is told at once and is responsible; Scarborough holds him meanwhile, and that is counted.
    assert {"nsi_unannounced_to_spoc", "nsi_to_spoc"} <= await story.told("nsi")
    assert [one.pdu for one in await story.responsible(man)] == ["Leeds"]
    holding = RecordCaretaking(person=str(man.crn), by_pdu="N55YNY", nsi=nsi.reference)
    await act(story.house, COAST, record_caretaking, holding)
    counted = await act(story.house, COAST, list_caretaking, ListCaretaking(pdu="N55YNY"))
    assert [(one.by_us, one.for_us) for one in counted.counts] == [(1, 0)]
    # Leeds confirms from its letter: it is a temporary move, until he decides.
    story.day(2026, 8, 21)
    await act(story.house, LEEDS, confirm_nsi, ConfirmNsi(id=nsi.id))
    await story.comes_to(COAST, nsi, "received")
    await story.allocates(COAST, nsi, "Kit Example-Coast")
    # In October the season is over and he stays: a case transfer, and he is Leeds's and the coast's no longer both.
    story.day(2026, 10, 5)
    await story.comes_to(LEEDS, nsi, "in_progress", "completed")
    stays = await story.raises(LEEDS, man, move_on=date(2026, 10, 12), destination="Scarborough", rosh="medium")
    await story.comes_to(COAST, stays, "received")
    await story.allocates(COAST, stays, "Kit Example-Coast")
    story.day(2026, 10, 12)
    await story.comes_to(COAST, stays, "completed")
    assert [one.pdu for one in await story.responsible(man)] == ["North Yorkshire", "Leeds"]
    held = await act(story.house, OPERATOR, list_caretaking, ListCaretaking())
    assert held.items == []


async def test_two_moves_by_one_person_are_on_one_line_and_responsibility_passes_once(story: Story) -> None:
    woman: NewPerson = somebody(4, gender="female")
    # York sends her to Hull for two months; there she meets somebody from Leeds, and will live there.
    story.day(2026, 11, 23)
    away = {"type": "temporary_move", "move_on": date(2026, 12, 7), "until": date(2027, 2, 5)}
    first = await story.raises(YORK, woman, destination="Hull", rosh="medium", **away)
    await story.comes_to(HULL, first, "received", "in_progress")
    story.day(2027, 1, 11)
    second = await story.raises(YORK, woman, move_on=date(2027, 2, 5), rosh="medium", **SISTER)
    assert [row.reference for row in await story.line_of(woman)] == [second.reference, first.reference]
    # Both are open at once, and York is responsible for both.
    assert [row.status for row in await story.line_of(woman)] == ["raised", "in_progress"]
    assert [one.pdu for one in await story.responsible(woman)] == ["York"]
    # She leaves Hull for Leeds without going back to York: the first is over by that, and the second completes.
    story.day(2027, 2, 5)
    await story.comes_to(HULL, first, "completed")
    await story.comes_to(LEEDS, second, "received")
    await story.allocates(LEEDS, second, "Sam Example-Leeds")
    await story.comes_to(LEEDS, second, "in_progress", "completed")
    assert [(one.pdu, one.nsi) for one in await story.responsible(woman)] == [
        ("Leeds", second.reference),
        ("York", None),
    ]
    assert [row.status for row in await story.line_of(woman)] == ["completed", "completed"]
