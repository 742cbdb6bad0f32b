"""The transaction log of an NSI: from the bytes that caused it, through what happened, to every delivery."""

from datetime import datetime

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.deliveries import Delivery, ReadTrail, Trail, TrailEvent, TrailMessage
from schemas.errors import NotThere

sql = queries(__file__)


async def read_trail(tx: Tx, command: ReadTrail, now: datetime) -> Done[Trail]:  # noqa: ARG001  # a verb has three parameters
    """Raises `NotThere`."""
    nsi = await sql.nsi(tx, reference=command.reference)
    if nsi is None:
        raise NotThere("There is no such NSI.")
    messages = [msgspec.convert(row, TrailMessage) for row in await sql.messages(tx, nsi=nsi["id"])]
    deliveries: dict[int, list[Delivery]] = {}
    for row in await sql.deliveries(tx, nsi=nsi["id"]):
        deliveries.setdefault(row["event_id"], []).append(msgspec.convert(row, Delivery))
    events = [
        TrailEvent(id=row["id"], at=row["at"], kind=row["kind"], by=row["by"], deliveries=deliveries.get(row["id"], []))
        for row in await sql.events(tx, nsi=nsi["id"])
    ]
    trail = Trail(id=str(nsi["id"]), reference=nsi["reference"], messages=messages, events=events)
    return Done(trail, persons=(nsi["person_id"],), subject=f"nsi:{nsi['id']}")
