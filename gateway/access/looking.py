"""Reads that no person is in, though they count what belongs to persons: no verb, and no line of the audit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bedspace.store import Tx
from gateway.access.act import House, set_scope
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.store.database import transaction


@asynccontextmanager
async def looking(house: House, actor: Actor, action: str) -> AsyncIterator[Tx]:
    """A transaction that reads as far as the action reaches. Raises `NotAllowed` or `Unavailable`."""
    reach = permit(actor, action)
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, actor, reach)
        yield tx
