"""Deliveries, one or many, and sending them again."""

from datetime import datetime
from typing import Any

import msgspec

from bedspace.store import Tx, queries
from gateway.delivery.parcels import Packer, WriteParcel
from schemas.acts import Done, Event
from schemas.deliveries import (
    Delivery,
    DeliveryPage,
    ListDeliveries,
    ReplayDead,
    ReplayDelivery,
    Replayed,
    TryReplay,
    WouldSend,
)
from schemas.errors import Conflict, Invalid, NotThere, Refused

sql = queries(__file__)


async def list_deliveries(tx: Tx, command: ListDeliveries, now: datetime) -> Done[DeliveryPage]:  # noqa: ARG001  # a verb has three parameters
    """Raises `Invalid` for a cursor that is none of ours."""
    before = command.cursor
    if before is not None and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    rows = await sql.deliveries(
        tx,
        id=None,
        state=command.state,
        connection=command.connection,
        subject=command.subject,
        before=int(before) if before else None,
        limit=command.limit + 1,
    )
    items = [msgspec.convert(row, Delivery) for row in rows[: command.limit]]
    return Done(DeliveryPage(items=items, next=str(items[-1].id) if len(rows) > len(items) else None), subject="outbox")


async def replay_delivery(tx: Tx, command: ReplayDelivery, now: datetime) -> Done[Replayed]:  # noqa: ARG001  # a verb has three parameters
    """Raises `NotThere`; `Conflict` for one that is on its way or waits anyhow."""
    row = await sql.replay(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such delivery.")
    if not row["again"]:
        raise Conflict("It is on its way, or waits for its turn. Only what is dead or delivered is sent again.")
    return Done(Replayed(ids=[command.id]), (_replayed(row),))


async def replay_dead(tx: Tx, command: ReplayDead, now: datetime) -> Done[Replayed]:  # noqa: ARG001  # a verb has three parameters
    """Raises `Invalid` without a connection and a purpose: nobody means everything."""
    if command.connection is None and command.purpose is None:
        raise Invalid.because("connection", "Name the connection, or the purpose of the letters, to be sent again.")
    rows = await sql.replay_dead(
        tx,
        connection=command.connection,
        purpose=command.purpose,
        since=command.since,
        until=command.until,
        limit=command.limit,
    )
    ids = sorted(row["id"] for row in rows)
    return Done(
        Replayed(ids=ids, more=len(ids) == command.limit), tuple(_replayed(row) for row in rows), subject="outbox"
    )


def _replayed(row: Any) -> Event:
    return Event("delivery_replayed", f"delivery:{row['id']}", body={"about": row["subject"]})


class Trier:
    """Closes over what packs."""

    def __init__(self, packer: Packer) -> None:
        self._packer = packer

    async def would(self, tx: Tx, command: TryReplay, now: datetime) -> Done[WouldSend]:
        """What would go out now. Raises `NotThere`; `Refused` becomes a part of the answer."""
        rows = await sql.deliveries(tx, id=command.id, state=None, connection=None, subject=None, before=None, limit=1)
        if not rows:
            raise NotThere("There is no such delivery.")
        if rows[0]["connection"] is None:
            answer = WouldSend(id=command.id, would="send", why="A letter: it is written anew when it is sent.")
            return Done(answer, subject=f"delivery:{command.id}")
        try:
            written = await self._packer.write(tx, WriteParcel(id=command.id), now)
        except Refused as error:
            return Done(WouldSend(id=command.id, would="refuse", why=str(error)), subject=f"delivery:{command.id}")
        last = await sql.last_said(tx, connection=rows[0]["connection"], subject=rows[0]["subject"])
        parcel, said = written.result.parcel, written.result.said
        before: dict[str, str] = (last["said"] if last else None) or {}
        both = said.keys() & before.keys()
        answer = WouldSend(
            id=command.id,
            would="send",
            content_type=parcel.content_type,
            size=len(parcel.raw),
            last_sent_at=last["delivered_at"] if last else None,
            added=sorted(said.keys() - before.keys()),
            changed=sorted(name for name in both if said[name] != before[name]),
            gone=sorted(before.keys() - said.keys()),
            unchanged=sum(said[name] == before[name] for name in both),
        )
        return Done(answer, persons=written.persons, subject=f"delivery:{command.id}")
