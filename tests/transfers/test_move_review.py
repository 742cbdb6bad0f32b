"""C-22, T-16, T-17: a temporary move ends with a review by the origin, which was responsible throughout."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.hand_over import read_responsibility
from gateway.transfers.move_review import ask_review, review_move
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from gateway.worker.clocks import ask_for_reviews
from schemas.custody import ReadResponsibility
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.move_review import AskReview, MoveReview, ReviewMove
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import FACTS, HULL, LEEDS, YORK, prepared

STARTS, ENDS = date(2026, 11, 30), date(2026, 12, 15)
"""A Monday, and a Tuesday."""


def at(house: House, day: date, hour: int = 9) -> House:
    return House(pool=house.pool, now=lambda: datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


@pytest.fixture
async def move(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, type="temporary_move", move_on=STARTS, until=ENDS, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    for status in ("received", "in_progress"):
        await act(at(house, STARTS), LEEDS, record_status, RecordStatus(id=made.id, status=status))
    return made


async def reviewed(house: House, move: Nsi, decision: Any, actor: Any = YORK, **more: Any) -> list[MoveReview]:
    command = ReviewMove(id=move.id, decision=decision, **more)
    return (await act(house, actor, review_move, command)).reviews


async def seen(house: House, move: Nsi) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=move.id))


async def responsible(house: House) -> list[str | None]:
    found = await act(house, OPERATOR, read_responsibility, ReadResponsibility(person=FACTS["crn"]))
    return [line.pdu for line in found.items]


async def test_t_17_at_the_end_of_a_temporary_move_its_review_is_asked_of_the_origin_once(
    house: House, pool: Pool, move: Nsi
) -> None:
    assert await ask_for_reviews(at(house, date(2026, 12, 14))) == 0
    assert await ask_for_reviews(at(house, ENDS, 4)) == 0
    assert [await ask_for_reviews(at(house, ENDS, hour)) for hour in (9, 10)] == [1, 0]
    assert (await act(at(house, ENDS), GATEWAY, ask_review, AskReview(id=move.id))).count == 0
    assert await pool.fetchval("select count(*) from outbox where purpose = 'move_review_to_sending'") == 1
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=False)
    asked = WriteLetter(purpose="move_review_to_sending", subject=f"nsi:{move.id}")
    letter = await act(house, GATEWAY, writer.write, asked)
    assert (letter.to, "Robin" in str(letter)) == ("jo.example@sender.invalid", False)
    nsi = await seen(at(house, ENDS), move)
    assert [question.kind for question in nsi.questions] == ["move_review"]
    (clock,) = (clock for clock in nsi.clocks if clock.rule == "T-17")
    assert (clock.due, clock.owner) == (date(2026, 12, 22), "sending practitioner")


async def test_c_22_who_is_back_ends_the_move_meets_its_clock_and_the_origin_was_responsible_throughout(
    house: House, move: Nsi
) -> None:
    day = at(house, date(2026, 12, 17))
    await ask_for_reviews(day)
    for _ in range(2):
        (review,) = await reviewed(day, move, "returned", back_on=date(2026, 12, 14))
    assert (review.until, review.decision, review.back_on) == (ENDS, "returned", date(2026, 12, 14))
    nsi = await seen(day, move)
    assert (nsi.status, nsi.ended_on, nsi.outcome) == ("completed", date(2026, 12, 14), "stayed")
    (clock,) = (clock for clock in nsi.clocks if clock.rule == "T-17")
    assert clock.met_on == date(2026, 12, 17)
    assert [question.answer for question in nsi.questions] == ["Returned."]
    assert await responsible(day) == ["York"]
    assert await ask_for_reviews(at(house, date(2026, 12, 18))) == 0


async def test_c_22_a_temporary_move_is_extended_with_a_reason_and_reviewed_at_its_new_end(
    house: House, move: Nsi
) -> None:
    day = at(house, ENDS)
    await reviewed(day, move, "extended", until=date(2027, 1, 12), why="The bed is not free yet.")
    nsi = await seen(day, move)
    assert (nsi.status, nsi.until) == ("in_progress", date(2027, 1, 12))
    (clock,) = (clock for clock in nsi.clocks if clock.rule == "T-17")
    assert (clock.due, clock.met_on) == (date(2027, 1, 19), None)
    assert await ask_for_reviews(at(house, date(2026, 12, 17))) == 0
    later = at(house, date(2027, 1, 12))
    assert await ask_for_reviews(later) == 1
    newest, first = await reviewed(later, move, "returned")
    assert (newest.until, first.until, first.new_until) == (date(2027, 1, 12), ENDS, date(2027, 1, 12))
    assert await responsible(later) == ["York"]


async def test_c_22_a_temporary_move_becomes_a_case_transfer_and_the_origin_is_responsible_until_that_completes(
    house: House, move: Nsi
) -> None:
    day = at(house, ENDS)
    (review,) = await reviewed(day, move, "case_transfer")
    nsi = await seen(day, move)
    assert (nsi.status, f"It goes on as {review.new_nsi}." in str(nsi.history)) == ("completed", True)
    assert await responsible(day) == ["York"]
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        new: Any = await tx.fetchrow("select * from nsi where reference = $1", review.new_nsi)
    assert (new["type"], new["status"], new["person_id"]) == ("case_transfer", "raised", move.person.id)
    assert (new["sending_pdu"], new["receiving_pdu"], new["move_on"]) == ("N55YRK", "N55LEE", ENDS)
    for status in ("allocated", "completed"):
        await act(day, OPERATOR, record_status, RecordStatus(id=new["id"], status=status))
    assert await responsible(day) == ["Leeds", "York"]


async def test_a_move_that_the_receiver_completed_is_reviewed_by_the_origin_all_the_same(
    house: House, move: Nsi
) -> None:
    await act(at(house, ENDS), LEEDS, record_status, RecordStatus(id=move.id, status="completed"))
    day = at(house, date(2026, 12, 16))
    assert [await ask_for_reviews(day) for _ in range(2)] == [1, 0]
    with pytest.raises(Conflict, match=r"is completed\. Raise a new temporary move"):
        await reviewed(day, move, "extended", until=date(2027, 1, 12), why="x")
    (review,) = await reviewed(day, move, "returned")
    assert review.until == ENDS


@pytest.mark.parametrize(
    ("actor", "more", "error", "said"),
    [
        (LEEDS, {"decision": "returned"}, NotAllowed, "The origin is responsible during a temporary move"),
        (HULL, {"decision": "returned"}, NotThere, "no such NSI"),
        (YORK, {"decision": "returned", "back_on": date(2026, 12, 16)}, Invalid, "back_on: Give today"),
        (YORK, {"decision": "returned", "back_on": date(2026, 11, 29)}, Invalid, "back_on: A temporary move"),
        (YORK, {"decision": "extended"}, Invalid, "until: Give the new end, after 15 December 2026"),
        (YORK, {"decision": "extended", "until": date(2026, 12, 20)}, Invalid, "why: Say why"),
        (YORK, {"decision": "case_transfer", "move_on": date(2026, 12, 1)}, Invalid, "move_on: Give today"),
    ],
)
async def test_what_a_review_cannot_be_is_said_and_nothing_is_changed(
    house: House, move: Nsi, actor: Any, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await reviewed(at(house, ENDS), move, more.pop("decision"), actor, **more)
    assert (await seen(house, move)).move_reviews == []


async def test_an_end_is_reviewed_once_and_a_case_transfer_has_none(house: House, settler: Settler, move: Nsi) -> None:
    day = at(house, ENDS)
    await reviewed(day, move, "returned")
    with pytest.raises(Conflict, match="This end was reviewed already: returned"):
        await reviewed(day, move, "case_transfer")
    other = await prepared(house, settler, rosh="low", crn="X765432", noms=None, name="Ash Imaginary")
    with pytest.raises(Conflict, match="is a case transfer: it has no end to review"):
        await reviewed(day, other, "returned")
