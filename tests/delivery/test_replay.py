"""Deliveries are listed, tried dry, and sent again; and an NSI is followed from its bytes to every delivery."""

from typing import Any
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.delivery.replay import Trier, list_deliveries, replay_dead, replay_delivery
from gateway.delivery.trail import read_trail
from schemas.acts import Event
from schemas.deliveries import ListDeliveries, ReadTrail, ReplayDead, ReplayDelivery, TryReplay, WouldSend
from schemas.errors import Conflict, Invalid, NotThere
from tests.adapters.channels.receiver import receiving
from tests.delivery.conftest import MESSAGE, NSI, PERSON, Owe, routed, settled
from tests.delivery.connecting import PACKER, connect, courier_of, deliver_all


async def ids(owner: Any) -> list[int]:
    return [row["id"] for row in await owner.fetch("select id from outbox where channel = 'connection' order by id")]


async def would(house: House, delivery: int) -> WouldSend:
    return await act(house, OPERATOR, Trier(PACKER).would, TryReplay(id=delivery))


async def test_the_dead_are_listed_with_why_and_sent_again_under_the_same_id(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving("refuses") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await deliver_all(courier_of(house))
        (dead,) = (await act(house, OPERATOR, list_deliveries, ListDeliveries(state="dead"))).items
        assert (dead.connection, dead.event, dead.reason) == (
            "inventon-out",
            "nsi_routed",
            "The far side refuses it (422).",
        )
        receiver.how = "well"
        await act(house, OPERATOR, replay_delivery, ReplayDelivery(id=dead.id))
        await deliver_all(courier_of(house))
    (sent,) = (await act(house, OPERATOR, list_deliveries, ListDeliveries(connection="inventon-out"))).items
    assert (sent.state, sent.replayed, sent.attempts) == ("delivered", 1, 1)
    first, again = (headers["webhook-id"] for headers, _ in receiver.requests)
    assert first == again


async def test_all_the_dead_of_a_connection_are_sent_again_at_once_and_nobody_means_everything(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving("wants no more") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await owe(Event("nsi_status_recorded", f"nsi:{NSI}", PERSON))
        await deliver_all(courier_of(house))
        receiver.how = "well"
        with pytest.raises(Invalid, match="Name the connection"):
            await act(house, OPERATOR, replay_dead, ReplayDead())
        done = await act(house, OPERATOR, replay_dead, ReplayDead(connection="inventon-out"))
        assert done.ids == await ids(owner)
        await deliver_all(courier_of(house))
    assert await owner.fetchval("select count(*) from outbox where connection is not null and state = 'delivered'") == 2


async def test_a_dry_run_names_the_fields_that_would_be_new_to_the_far_side_and_sends_nothing(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owe(routed())
        (first,) = await ids(owner)
        before = await would(house, first)
        assert (before.would, before.last_sent_at, before.changed) == ("send", None, [])
        assert {"name", "crn", "reference", "version"} <= set(before.added)
        await deliver_all(courier_of(house))
        await owner.execute("update nsi set status = 'received', address = null, rosh = 'high'")
        after = await would(house, first)
    assert (after.added, after.changed, after.gone) == (["rosh"], ["status"], ["address"])
    assert after.unchanged > 5
    assert len(receiver.requests) == 1
    kept = await owner.fetchval("select said::text from outbox where connection is not null")
    assert "Zebedee" not in kept
    assert "X999001" not in kept


async def test_a_dry_run_says_what_would_be_refused(house: House, nsi: UUID, owe: Owe, owner: Any) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver, profile="none")
        await owe(routed())
    (one,) = await ids(owner)
    assert (await would(house, one)).why == "The profile none has no words."


async def test_what_is_not_there_or_waits_anyhow_is_not_sent_again(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    with pytest.raises(NotThere):
        await act(house, OPERATOR, replay_delivery, ReplayDelivery(id=999))
    with pytest.raises(NotThere):
        await would(house, 999)
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owe(routed())
    (one,) = await ids(owner)
    with pytest.raises(Conflict, match="waits for its turn"):
        await act(house, OPERATOR, replay_delivery, ReplayDelivery(id=one))
    with pytest.raises(Invalid, match="as it came"):
        await act(house, OPERATOR, list_deliveries, ListDeliveries(cursor="yesterday"))


async def test_pages_of_deliveries_end_where_the_next_begins(house: House, nsi: UUID, owe: Owe, owner: Any) -> None:
    for _ in range(5):
        await owe(routed())
    found, cursor = [], None
    while True:
        page = await act(house, OPERATOR, list_deliveries, ListDeliveries(limit=2, cursor=cursor))
        found += [one.id for one in page.items]
        if (cursor := page.next) is None:
            break
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 5


async def test_an_nsi_is_followed_from_its_bytes_to_every_delivery(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owe(settled(), routed())
        await deliver_all(courier_of(house))
    reference = await owner.fetchval("select reference from nsi")
    trail = await act(house, OPERATOR, read_trail, ReadTrail(reference=reference.lower()))
    assert [(one.inbox_id, one.state) for one in trail.messages] == [(str(MESSAGE), "prepared")]
    happened = {one.kind: one for one in trail.events}
    assert {"message_settled", "nsi_routed", "delivery_made"} <= set(happened)
    assert [(one.connection, one.purpose, one.state) for one in happened["nsi_routed"].deliveries] == [
        (None, "nsi_to_spoc", "queued"),
        ("inventon-out", "to_connection", "delivered"),
    ]
    assert happened["nsi_routed"].by == "gateway"
    assert (await owner.fetchval("select persons from audit where action = 'delivery.list'")) == [PERSON]
    with pytest.raises(NotThere):
        await act(house, OPERATOR, read_trail, ReadTrail(reference="NSI-999999"))
