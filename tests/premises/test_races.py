"""Several people keep the same premises at once: nobody's change is lost, and nobody waits in a circle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import pytest

from bedspace.claims.holds import place_hold
from bedspace.nights import london_today
from bedspace.premises.around import restrict
from bedspace.premises.beds import add_bed, close_bed
from bedspace.premises.change import change_details, change_room
from bedspace.premises.close import close_premises, reopen_premises
from bedspace.premises.confirm import confirm_beds
from bedspace.premises.held import read_history
from bedspace.premises.read import show_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool, open_pool, transaction
from gateway.verify.verify import Verify, verify
from schemas.claims import PlaceHold
from schemas.errors import Conflict, Invalid, NightsClaimed
from schemas.keeping import (
    AddBed,
    ChangeDetails,
    ChangeRoom,
    CloseBed,
    ClosePremises,
    Closure,
    ConfirmBeds,
    DetailsChange,
    NewBed,
    NewRestriction,
    ReopenPremises,
    Restrict,
    RoomChange,
)
from schemas.premises import PremisesDetail
from tests.premises.making import keep, premises

AT_ONCE = 24


@pytest.fixture
async def wide(database: str, house: House) -> AsyncIterator[House]:
    """A house with a connection for everybody, and premises with four rooms in it."""
    await keep(house, premises(rooms=((), (), (), ())))
    pool: Pool = await open_pool(database, size=AT_ONCE)
    yield House(pool=pool, now=house.now)
    await asyncio.wait_for(pool.close(), 20)


async def shown(house: House) -> PremisesDetail:
    async with transaction(house.pool, readonly=True) as tx:
        return await show_premises(tx, "AP1", london_today(house.now()))


def do(house: House, verb: Any, command: Any) -> Awaitable[Any]:
    return act(house, OPERATOR, verb, command)


async def test_two_who_change_other_details_of_the_same_premises_both_have_their_way(wide: House) -> None:
    changes = (
        DetailsChange(name="Another House"),
        DetailsChange(arrive_by="16:00"),
        DetailsChange(turnaround_nights=2),
        DetailsChange(characteristics=["catered"]),
    )
    commands = [ChangeDetails(code="AP1", change=change) for change in changes]
    rooms = [ChangeRoom(code="AP1", change=RoomChange(name=f"Room {n}", characteristics=["en_suite"])) for n in (1, 2)]
    beds = [AddBed(code="AP1", add=NewBed(bed=f"AP1-N{n}", room="Room 9")) for n in range(6)]
    done = await asyncio.gather(
        *(do(wide, change_details, one) for one in commands),
        *(do(wide, change_room, one) for one in rooms),
        *(do(wide, add_bed, one) for one in beds),
    )
    assert all(one.changes for one in done)
    after = await shown(wide)
    assert (after.name, after.arrive_by, after.turnaround_nights) == ("Another House", "16:00", 2)
    assert after.characteristics == ["catered"]
    assert [room.characteristics for room in after.rooms] == [["en_suite"], ["en_suite"], [], [], []]
    assert [bed.code for bed in after.rooms[-1].beds] == [f"AP1-N{n}" for n in range(6)]
    async with transaction(wide.pool, readonly=True) as tx:
        history = await read_history(tx, "AP1", limit=50)
    assert [version.n for version in history.items] == list(range(len(done) + 1, 0, -1))
    assert all(len(version.changes) > 0 for version in history.items)


async def test_a_bed_that_two_add_by_one_code_is_added_once(wide: House) -> None:
    await keep(wide, premises("AP2"))
    wanted = [AddBed(code=code, add=NewBed(bed="ONE", room="Room 1")) for code in ("AP1", "AP2") * 6]
    done = await asyncio.gather(*(do(wide, add_bed, one) for one in wanted), return_exceptions=True)
    assert [type(one) for one in done if isinstance(one, BaseException)] == [Conflict] * 11


async def test_keeping_closing_and_claiming_at_once_leave_nothing_broken(wide: House) -> None:
    today = london_today(wide.now())
    late = today + timedelta(days=30)
    closure = Closure(from_=late, reason="lease", approved_by="Dee Invented", approved_on=today, reference="D-1")
    limit = NewRestriction(characteristic="catered", reason="The kitchen")
    for n in range(6):
        done = await asyncio.gather(
            do(wide, close_premises, ClosePremises(code="AP1", closure=closure)),
            *(
                do(wide, place_hold, PlaceHold(bed=f"AP1-{bed}", from_=late, nights=2, reason="x"))
                for bed in (1, 2, 3, 4)
                if n % 2
            ),
            do(wide, reopen_premises, ReopenPremises(code="AP1")),
            do(wide, add_bed, AddBed(code="AP1", add=NewBed(bed=f"AP1-N{n}", room="Room 2"))),
            do(wide, close_bed, CloseBed(bed="AP1-4", from_=late)),
            do(wide, restrict, Restrict(code="AP1", restriction=limit)),
            *(do(wide, confirm_beds, ConfirmBeds(code="AP1")) for _ in range(3)),
            return_exceptions=True,
        )
        wrong = [one for one in done if isinstance(one, BaseException)]
        assert [one for one in wrong if not isinstance(one, Conflict | Invalid | NightsClaimed)] == []
    assert await wide.pool.fetchval("select deadlocks from pg_stat_database where datname = current_database()") == 0
    found = await act(wide, OPERATOR, verify, Verify())
    assert [(one.id, one.found) for one in found if one.state == "broken"] == []
