"""What follows elsewhere from what happened, by whichever door: for releases, the national queue, registrations."""

from datetime import datetime

from bedspace.store import Tx
from gateway.cases.followed import follow_registrations
from gateway.releases.follow import follow as follow_releases
from gateway.transfers.search_ends import follow_searches
from schemas.acts import Event


async def follow(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """In the same transaction; answers what happened by that."""
    followed = await follow_releases(tx, events, now)
    followed = (*followed, *await follow_searches(tx, (*events, *followed), now))
    return (*followed, *await follow_registrations(tx, (*events, *followed), now))
