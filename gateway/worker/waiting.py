"""The tick of the waiting list: what time does to it, and beds that free proposed to those who wait."""

from bedspace.search.ask import Places
from bedspace.search.register import Register
from bedspace.waiting.propose import Proposer
from bedspace.waiting.times import Clock, anything_due
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.store.database import transaction
from schemas.waiting import ProposeBeds, SettleWaiting


class WaitingTick:
    """A look costs nothing and changes nothing; what it finds is done by verbs, which look again under a lock."""

    def __init__(self, house: House, register: Register, places: Places) -> None:
        self._house = house
        self._proposer = Proposer(register, places)
        self._clock = Clock(places)

    async def tick(self) -> int:
        """How many things were done; 0 where there is nothing to do until something changes."""
        done = 0
        async with transaction(self._house.pool, readonly=True) as tx:
            await set_scope(tx, GATEWAY, "nation")
            due = await anything_due(tx, self._house.now())
        if due:
            done += (await act(self._house, GATEWAY, self._clock.settle_waiting, SettleWaiting())).count
        async with transaction(self._house.pool, readonly=True) as tx:
            await set_scope(tx, GATEWAY, "nation")
            found = await self._proposer.look(tx, self._house.now(), limit=1)
        if found:
            done += (await act(self._house, GATEWAY, self._proposer.propose_beds, ProposeBeds())).count
        return done
