"""Messages are taken to be read, for a while; what a dead reader had taken is given back."""

from datetime import datetime, timedelta

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.inbox import TakeMessages, Taken, TakenMessage

sql = queries(__file__)

LEASE = timedelta(seconds=30)
"""Longer than a reader may work (10 s), so that a message is taken again only after a reader has died."""
MOST_ATTEMPTS = 3
"""After so many deaths over one message a person looks at it."""


async def take_messages(tx: Tx, command: TakeMessages, now: datetime) -> Done[Taken]:
    """Oldest first. Each message goes to one taker; one that has seen three readers die goes to review."""
    given_up = await sql.give_up(tx, now=now, most=MOST_ATTEMPTS)
    events = tuple(Event("message_settled", f"inbox:{row['id']}", None, {"answer": False}) for row in given_up)
    rows = await sql.take(tx, now=now, until=now + LEASE, limit=command.limit, only=list(command.only))
    return Done(Taken(messages=[msgspec.convert(row, TakenMessage) for row in rows]), events, subject="inbox")
