"""T-16, C-06, C-07: whatever happens, in whatever order, exactly one is responsible and every clock has an owner."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.store.database import Pool, open_pool
from gateway.transfers.caretaking import record_caretaking
from gateway.transfers.challenge import decide_challenge, raise_challenge
from gateway.transfers.challenges import read_challenges
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.hand_over import hand_over, read_responsibility
from gateway.transfers.move_review import review_move
from gateway.transfers.national import close_search, seek_for_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.challenges import DecideChallenge, RaiseChallenge, ReadChallenges
from schemas.custody import HandOver, ReadResponsibility, RecordCaretaking
from schemas.errors import BedspaceError, Conflict
from schemas.move_review import ReviewMove
from schemas.national import CloseSearch, SeekForNsi
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import FACTS, LEEDS, YORK, prepared
from tests.transfers.histories import Life
from tests.transfers.test_responsible import YORK_SPO, later

LEAD = demo_actor("national_lead")
RACERS = 8


async def lives(house: House, postcodes: Postcodes, seeds: range, steps: int) -> Life:
    """One after the other in one database; answers the last, which has counted all."""
    life = None
    for seed in seeds:
        before, life = life, Life(house, postcodes, seed)
        if before:
            life.done, life.refused, life.now = before.done, before.refused, before.now
        try:
            await life.live(steps)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
    assert life is not None
    await life.sound()
    return life


async def test_t_16_random_sequences_of_verbs_never_leave_two_responsible_none_or_a_clock_without_an_owner(
    house: House, postcodes: Postcodes
) -> None:
    life = await lives(house, postcodes, range(3), 60)
    assert len(life.done) > 17, life.done


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, 200, 20))
async def test_t_16_many_random_sequences_of_verbs(house: House, postcodes: Postcodes, first: int) -> None:
    await lives(house, postcodes, range(1000 + first, 1000 + first + 20), 150)


@pytest.fixture
async def wide(database: str, house: House) -> AsyncIterator[House]:
    """A house with a connection for every racer."""
    pool: Pool = await open_pool(database, size=RACERS)
    yield House(pool=pool, now=house.now)
    await asyncio.wait_for(pool.close(), 20)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


async def together(*acts: Any) -> list[Any]:
    """At once. Refusals come back as they are; nothing else may happen, and no deadlock."""
    found = await asyncio.wait_for(asyncio.gather(*acts, return_exceptions=True), 30)
    assert [one for one in found if isinstance(one, BaseException) and not isinstance(one, BedspaceError)] == []
    return found


async def test_t_16_of_hand_overs_at_once_each_follows_the_other_and_one_is_responsible(wide: House, nsi: Nsi) -> None:
    at = later(wide, hours=1)
    handed = (HandOver(person=FACTS["crn"], officer=f"Officer {n}") for n in range(RACERS))
    await together(*(act(at, YORK_SPO, hand_over, one) for one in handed))
    lines = (await act(at, OPERATOR, read_responsibility, ReadResponsibility(person=FACTS["crn"]))).items
    assert len(lines) == RACERS + 1
    assert [line.until for line in lines] == [None, *(line.since for line in lines[:-1])]
    assert len({line.since for line in lines}) == len(lines)


async def test_t_16_of_two_hand_overs_from_one_instant_exactly_one_wins(wide: House, nsi: Nsi) -> None:
    at = later(wide, hours=1)
    handed = [HandOver(person=FACTS["crn"], officer=f"Officer {n}", at=at.now()) for n in (1, 2)]
    found = await together(*(act(at, YORK_SPO, hand_over, one) for one in handed))
    lines = (await act(at, OPERATOR, read_responsibility, ReadResponsibility(person=FACTS["crn"]))).items
    assert lines[0].since > lines[1].since
    assert sorted(type(one).__name__ for one in found) in (
        ["Conflict", "ResponsibilityPassed"],
        ["ResponsibilityPassed", "ResponsibilityPassed"],
    )


async def test_c_07_of_an_adjudication_and_a_withdrawal_at_once_one_wins_and_the_nsi_is_in_one_state(
    wide: House, nsi: Nsi
) -> None:
    for turn in range(4):
        at = later(wide, hours=turn)
        await act(at, LEEDS, raise_challenge, RaiseChallenge(id=nsi.id, reason="victim", said="Too near."))
        (challenge, *_) = await act(at, OPERATOR, read_challenges, ReadChallenges(id=nsi.id))
        decide = DecideChallenge(id=challenge.id, decision="goes_on", why="As it is.")
        back = DecideChallenge(id=challenge.id, decision="returned_to_sender", why="Not there.")
        withdraw = RecordStatus(id=nsi.id, status="withdrawn")
        acts = [act(at, LEAD, decide_challenge, decide), act(at, LEAD, decide_challenge, back)]
        found = await together(*acts, *([act(at, YORK, record_status, withdraw)] if turn == 3 else []))
        assert sum(isinstance(one, Conflict) for one in found[:2]) >= 1
        (challenge, *_) = await act(at, OPERATOR, read_challenges, ReadChallenges(id=nsi.id))
        seen = await act(at, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
        assert challenge.decision in ("goes_on", "returned_to_sender", "withdrawn")
        if turn == 3:
            assert seen.status == "withdrawn"
        elif seen.status == "returned":
            assert challenge.decision == "returned_to_sender"
            await act(at, YORK, record_status, RecordStatus(id=nsi.id, status="raised"))
        else:
            assert (seen.status, challenge.decision) == ("raised", "goes_on")


async def test_c_06_of_caretaking_recorded_from_both_sides_at_once_exactly_one_is_kept(wide: House, nsi: Nsi) -> None:
    command = RecordCaretaking(person=FACTS["crn"], by_pdu="N55LEE")
    found = await together(*(act(wide, by, record_caretaking, command) for by in (YORK, LEEDS, YORK, LEEDS)))
    assert sorted(type(one).__name__ for one in found) == ["Caretaking", "Conflict", "Conflict", "Conflict"]


async def test_t_16_caretaking_a_hand_over_and_a_completion_at_once_leave_one_responsible_and_nobody_held_by_them(
    wide: House, nsi: Nsi
) -> None:
    await act(wide, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated"))
    at = later(wide, days=1)
    held = RecordCaretaking(person=FACTS["crn"], by_pdu="N55LEE")
    await together(
        act(at, LEEDS, record_caretaking, held),
        act(at, YORK_SPO, hand_over, HandOver(person=FACTS["crn"], officer="Lee Example")),
        act(at, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed")),
    )
    found = await act(later(wide, days=3), OPERATOR, read_responsibility, ReadResponsibility(person=FACTS["crn"]))
    assert (found.items[0].pdu, found.caretaking) == ("Leeds", None)


async def test_c_22_of_two_reviews_of_one_end_at_once_exactly_one_decides(
    wide: House, settler: Settler, nsi: Nsi
) -> None:
    move = await prepared(wide, settler, type="temporary_move", move_on=date(2026, 11, 23), until=date(2026, 12, 1))
    await act(wide, YORK, confirm_nsi, ConfirmNsi(id=move.id))
    at = later(wide, days=9)
    back = ReviewMove(id=move.id, decision="returned")
    becomes = ReviewMove(id=move.id, decision="case_transfer", move_on=date(2026, 12, 20))
    found = await together(act(at, YORK, review_move, back), act(at, YORK, review_move, becomes))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "MoveReviewed"]


async def test_c_08_of_two_who_seek_and_of_two_who_close_at_once_exactly_one_wins(wide: House, nsi: Nsi) -> None:
    seek = SeekForNsi(id=nsi.id, reason="victims", tried="Everybody.", needed="Nobody near.")
    found = await together(*(act(wide, by, seek_for_nsi, seek) for by in (YORK, LEEDS)))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Sought"]
    sought = next(one for one in found if not isinstance(one, BaseException))
    closes = (CloseSearch(id=sought.id, outcome=outcome, said="So.") for outcome in ("placed", "withdrawn"))
    ended = await together(*(act(wide, LEAD, close_search, one) for one in closes))
    assert sorted(type(one).__name__ for one in ended) == ["Conflict", "Sought"]
