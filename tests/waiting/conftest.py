"""The premises of the placements' tests, a register to look at, and a tick."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.search.register import Register
from bedspace.waiting.join import join_waiting, leave_waiting
from bedspace.waiting.offer import offer_proposal
from bedspace.waiting.skip import Skipper
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool, open_pool
from gateway.worker.waiting import WaitingTick
from schemas.waiting import JoinWaiting, LeaveWaiting, OfferProposal, ProposalDone, SkipProposal, Waits
from tests.placements.placing import Clock, somebody


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    return organised


class Lobby(Clock):
    """People who wait, at whatever time it is."""

    register: Register
    postcodes: Postcodes
    _people = 100

    def ticker(self) -> WaitingTick:
        return WaitingTick(self.house, self.register, self.postcodes)

    async def tick(self) -> int:
        """Until nothing is left to do; answer how much was done."""
        done, ticker = 0, self.ticker()
        while count := await ticker.tick():
            done += count
        return done

    async def waits(self, **given: Any) -> UUID:
        """Somebody new, referred and on the list."""
        self._people += 1
        person = given.pop("person", None) or somebody(self._people)
        placement = await self.referred(person, **given)
        await self.join(placement)
        return placement

    async def join(self, placement: UUID, by: Actor = OPERATOR, **given: Any) -> Waits:
        return await act(self.house, by, join_waiting, JoinWaiting(id=placement, **given))

    async def leave(self, placement: UUID, by: Actor = OPERATOR, **given: Any) -> Waits:
        command = LeaveWaiting(id=placement, **({"reason": "not_wanted"} | given))
        return await act(self.house, by, leave_waiting, command)

    async def offer(self, proposal: int, by: Actor = OPERATOR) -> ProposalDone:
        return await act(self.house, by, offer_proposal, OfferProposal(id=proposal))

    async def skip(self, proposal: int, by: Actor = OPERATOR, **given: Any) -> ProposalDone:
        skipper = Skipper(self.register, self.postcodes)
        command = SkipProposal(id=proposal, **({"reason": "not_ready"} | given))
        return await act(self.house, by, skipper.skip_proposal, command)

    async def proposed(self) -> dict[UUID, str]:
        """Placement → bed, of open proposals."""
        rows = await self.rows("select placement_id, bed, id from open_one order by id")
        return {row["placement_id"]: row["bed"] for row in rows}

    async def proposal_of(self, placement: UUID) -> Any:
        (row,) = await self.rows("select * from open_one where placement_id = $1", placement)
        return row

    async def rows(self, query: str, *given: Any) -> list[Any]:
        """As the nation sees it. `open_one` are open proposals with their beds."""
        open_one = "with open_one as (select p.*, b.code as bed from proposal p join bed b on b.id = p.bed_id"
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("select set_config('bedspace.nation', 'on', true)")
            return await connection.fetch(f"{open_one} where outcome is null) {query}", *given)

    def later(self, **given: float) -> None:
        self.at += timedelta(**given)


@pytest.fixture
async def reading(database: str) -> AsyncIterator[Pool]:
    pool = await open_pool(database, size=2)
    yield pool
    await pool.close()


@pytest.fixture
async def lobby(house: House, reading: Pool, postcodes: Postcodes) -> AsyncIterator[Lobby]:
    made = Lobby(house.pool)
    made.postcodes = postcodes
    made.register = Register(reading, postcodes, now=lambda: made.at)
    yield made
    await made.register.close()
