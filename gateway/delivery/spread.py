"""What an act owes to the systems of areas: the connections out of both ends of an NSI that something happened to."""

from collections.abc import Sequence

from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from schemas.acts import Event

sql = queries(__file__)

OURS = frozenset({"letter_sent", "delivery_made", "nsi_escalated", "nsi_concern_raised", "digest_due"})
"""What happens to an NSI and is no far system's affair."""


async def spread(tx: Tx, ids: Sequence[int], events: Sequence[Event]) -> bool:
    """Owes each connection what happened, in the transaction in which it did; answers whether anything is owed.

    Whoever sent us a record by a connection is not told of it again by the same area and system: `report` and `raise`
    of such an account are theirs already.
    """
    told = [
        n for n, event in zip(ids, events, strict=True) if event.subject.startswith("nsi:") and event.kind not in OURS
    ]
    if not told or not await sql.anybody_listens(tx):
        return False
    async with the_whole_nation(tx):
        return bool(await sql.owe(tx, events=told))
