"""What follows elsewhere from what happened, by whichever door: for releases, and for the queue of the nation."""

from datetime import datetime

from bedspace.store import Tx
from gateway.releases.follow import follow as follow_releases
from gateway.transfers.search_ends import follow_searches
from schemas.acts import Event


async def follow(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """In the same transaction; answers what happened by that."""
    followed = await follow_releases(tx, events, now)
    return (*followed, *await follow_searches(tx, (*events, *followed), now))
