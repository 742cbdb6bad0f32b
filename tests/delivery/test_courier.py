"""From the outbox to far systems: in order per person, at least once under one id, and nobody waits for another."""

import asyncio
import time
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from gateway.access.act import House
from gateway.connections.health import OPENS_AT
from schemas.acts import Event
from tests.adapters.channels.receiver import receiving
from tests.delivery.conftest import NSI, PERSON, Owe, routed
from tests.delivery.connecting import connect, courier_of, deliver_all


async def rows(owner: Any) -> list[tuple[Any, ...]]:
    found = await owner.fetch(
        "select connection, state, attempts, reason from outbox where channel = 'connection' order by id"
    )
    return [tuple(row) for row in found]


async def make_due(owner: Any) -> None:
    await owner.execute("update outbox set next_at = now() where state = 'queued'")


async def more_nsis(owner: Any, count: int) -> list[UUID]:
    ids = [uuid4() for _ in range(count)]
    people = [uuid4() for _ in range(count)]
    await owner.executemany(
        "insert into person (id, name, created_at) values ($1, 'Sam Invented', now())", [(one,) for one in people]
    )
    await owner.executemany(
        "insert into nsi (id, type, status, person_id, move_on, receiving_pdu, receiving_region, referred_on, "
        "created_at) values ($1, 'case_transfer', 'raised', $2, $3, 'P1', 'R1', $3, now())",
        [(one, person, date(2026, 12, 28)) for one, person in zip(ids, people, strict=True)],
    )
    return ids


async def test_a_change_goes_to_the_connections_of_its_ends_as_the_nsi_stands_then(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver)
        await connect(owner, receiver, "region-out", "R1")
        await owner.execute("insert into region (code, name) values ('R9', 'Elsewhere')")
        await connect(owner, receiver, "elsewhere-out", "R9")
        await owe(routed())
        await owner.execute("update nsi set status = 'raised'")
        await deliver_all(courier_of(house))
    assert [row[:3] for row in await rows(owner)] == [("inventon-out", "delivered", 1), ("region-out", "delivered", 1)]
    body = msgspec.json.decode(receiver.requests[0][1])
    assert (body["draft"], body["status"]["value"], body["crn"]["value"]) == ("nsi", "raised", "X999001")
    assert body["reference"]["value"] == await owner.fetchval("select reference from nsi")
    told = await owner.fetch("select note from nsi_history where kind = 'sent' order by id")
    assert {row["note"] for row in told} == {"Sent to Case system inventon-out.", "Sent to Case system region-out."}
    audited = await owner.fetch("select reason, persons from audit where action = 'delivery.settle'")
    assert {(row["reason"], *row["persons"]) for row in audited} == {
        ("to_connection to connection:inventon-out", PERSON),
        ("to_connection to connection:region-out", PERSON),
    }


async def test_of_a_person_whose_access_is_limited_only_the_reference_goes(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    await owner.execute("update person set limited_access = true")
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await deliver_all(courier_of(house))
    (_, body) = receiver.requests[0]
    assert msgspec.json.decode(body)["reference"]["value"].startswith("NSI-")
    for canary in (b"Zebedee", b"X999001", b"A9991ZZ", b"Canary Street", b"LS1 4AP", b"1987", b"canary reason"):
        assert canary not in body


async def test_nothing_is_owed_where_nobody_listens_or_of_history(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    await owe(routed())
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owner.execute("update nsi set quiet = true")
        await owe(routed(), Event("bed_ready", "bed:P034-01"))
    assert await rows(owner) == []


async def test_whoever_told_us_is_not_told_again_and_another_system_of_its_area_is(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver, "inventon-in", direction="in", channel="http", account="gateway")
        await connect(owner, receiver)
        await connect(owner, receiver, "oasys-out", system="oasys")
        await owe(routed())
    assert [row[0] for row in await rows(owner)] == ["oasys-out"]


async def test_one_persons_changes_arrive_in_order_though_the_first_fails(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving("fails") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await owe(Event("nsi_status_recorded", f"nsi:{NSI}", PERSON))
        await deliver_all(courier_of(house))
        assert len(receiver.requests) == 1
        receiver.how = "well"
        await make_due(owner)
        await deliver_all(courier_of(house))
    versions = [msgspec.json.decode(body)["version"]["value"] for _, body in receiver.requests]
    assert versions == sorted(versions)
    ids = [headers["webhook-id"] for headers, _ in receiver.requests]
    assert (ids[0] == ids[1], len(set(ids))) == (True, 2)
    assert [row[1] for row in await rows(owner)] == ["delivered", "delivered"]


async def test_a_failing_person_parks_its_own_lane_only(house: House, nsi: UUID, owe: Owe, owner: Any) -> None:
    others = await more_nsis(owner, 3)
    async with receiving("is busy") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await deliver_all(courier_of(house))
        receiver.how = "well"
        for one in others:
            await owe(Event("nsi_routed", f"nsi:{one}", uuid4()))
        await owe(Event("nsi_status_recorded", f"nsi:{NSI}", PERSON))
        await deliver_all(courier_of(house))
    assert [row[1] for row in await rows(owner)] == ["queued", *["delivered"] * 3, "queued"]


async def test_what_is_refused_is_dead_with_its_reason_and_the_lane_goes_on(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving("refuses") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        await deliver_all(courier_of(house))
        receiver.how = "well"
        await owe(Event("nsi_status_recorded", f"nsi:{NSI}", PERSON))
        await deliver_all(courier_of(house))
    assert await rows(owner) == [
        ("inventon-out", "dead", 1, "The far side refuses it (422)."),
        ("inventon-out", "delivered", 1, None),
    ]


async def test_what_its_system_has_no_words_for_is_dead_and_says_so(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver, profile="none")
        await owe(routed())
        await deliver_all(courier_of(house))
    assert await rows(owner) == [("inventon-out", "dead", 1, "The profile none has no words.")]
    assert receiver.requests == []


async def test_a_paused_connection_keeps_what_it_is_owed_until_it_goes_on(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owner.execute("update connection set paused_at = now(), paused_by = 'x', paused_why = 'x'")
        await owe(routed())
        assert await courier_of(house).deliver_due() is None
        await owner.execute("update connection set paused_at = null, paused_by = null, paused_why = null")
        await deliver_all(courier_of(house))
    assert [row[1] for row in await rows(owner)] == ["delivered"]


async def test_after_failures_in_a_row_the_breaker_opens_and_then_one_is_tried(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    """One alert when it opens and one all-clear when it closes."""
    others = await more_nsis(owner, 40)
    async with receiving("fails") as receiver:
        await connect(owner, receiver)
        for one in others:
            await owe(Event("nsi_routed", f"nsi:{one}", uuid4()))
        await deliver_all(courier_of(house))
        tried = len(receiver.requests)
        assert OPENS_AT <= tried < len(others)
        receiver.how = "well"
        await make_due(owner)
        seconds = await courier_of(house).deliver_due()
        assert seconds is not None
        assert seconds > 5
        assert len(receiver.requests) == tried
        await owner.execute("update connection set broken_until = $1", house.now())
        await deliver_all(courier_of(house))
        await make_due(owner)
        await deliver_all(courier_of(house))
    assert {row[1] for row in await rows(owner)} == {"delivered"}
    news = await owner.fetch("select kind from event where subject = 'connection:inventon-out' order by id")
    assert [row["kind"] for row in news] == ["connection_down", "connection_up"]


async def test_a_far_side_that_hangs_keeps_nobody_elses_waiting(house: House, nsi: UUID, owe: Owe, owner: Any) -> None:
    others = await more_nsis(owner, 40)
    async with receiving("hangs") as hanging, receiving() as quick:
        await connect(owner, hanging, "slow-out", "R1")
        await connect(owner, quick)
        for one in others:
            await owe(Event("nsi_routed", f"nsi:{one}", uuid4()))
        began = time.monotonic()
        courier = courier_of(house)
        while len(quick.requests) < len(others):
            await courier.deliver_due()
            assert time.monotonic() - began < 30
        assert len(hanging.requests) < len(others)
        await courier.stop()


@pytest.mark.parametrize("couriers", [2, 5])
async def test_couriers_beside_one_another_send_each_thing_once(
    house: House, nsi: UUID, owe: Owe, owner: Any, couriers: int
) -> None:
    others = await more_nsis(owner, 20)
    async with receiving() as receiver:
        await connect(owner, receiver)
        for one in others:
            await owe(Event("nsi_routed", f"nsi:{one}", uuid4()))
        await asyncio.gather(*(deliver_all(courier_of(house)) for _ in range(couriers)))
        await deliver_all(courier_of(house))
    ids = [headers["webhook-id"] for headers, _ in receiver.requests]
    assert (len(ids), len(set(ids))) == (20, 20)


async def test_a_courier_that_is_stopped_hands_back_what_is_on_its_way(
    house: House, nsi: UUID, owe: Owe, owner: Any
) -> None:
    async with receiving("hangs") as receiver:
        await connect(owner, receiver)
        await owe(routed())
        courier = courier_of(house)
        await courier.deliver_due()
        await courier.stop()
    assert await rows(owner) == [("inventon-out", "queued", 0, None)]
