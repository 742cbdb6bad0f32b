"""From the outbox to a real SMTP server: at least once, in order, and honest about what went wrong."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import asyncpg
import pytest

from bedspace.store import Tx
from gateway.access.act import House
from gateway.delivery.captured import Capture
from gateway.delivery.compose import Writer
from gateway.delivery.relay import Relay, Transport, explain_waiting
from gateway.delivery.rows import MOST, pause
from gateway.delivery.smtp import Smtp
from schemas.errors import Refused, Unavailable
from tests.delivery.conftest import NSI, Owe, routed, settled
from tests.delivery.sink import Sink, drop_connection, running_sink

WRITER = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with running_sink() as running:
        yield running


def relay_of(house: House, transport: Transport, batch: int = 20) -> Relay:
    return Relay(house=house, writer=WRITER, transport=transport, sender="gateway@bedspace.invalid", batch=batch)


def smtp(sink: Sink) -> Smtp:
    return Smtp(host="127.0.0.1", port=sink.port, seconds=0.5)


async def rows(owner: Tx, columns: str = "state, attempts, reason") -> list[tuple[object, ...]]:
    return [tuple(row) for row in await owner.fetch(f"select {columns} from outbox order by id")]


async def make_due(owner: Tx) -> None:
    """The wait is over, or the lease."""
    await owner.execute("update outbox set next_at = now() where state = 'queued'")
    await owner.execute("update outbox set leased_until = now() - interval '1 s' where state = 'leased'")


async def test_a_letter_is_sent_and_everything_says_so(
    house: House, nsi: UUID, owner: Tx, owe: Owe, sink: Sink
) -> None:
    await owe(routed())
    assert await relay_of(house, smtp(sink)).deliver_due() == 1
    (mail,) = sink.taken
    assert (mail["To"], mail["From"]) == ("spoc.inventon@example.invalid", "gateway@bedspace.invalid")
    assert await rows(owner, "state, attempts, reason, lease_token") == [("delivered", 1, None, None)]
    line = await owner.fetchrow("select nsi_id, kind, note, by_whom from nsi_history")
    assert line is not None
    assert tuple(line) == (NSI, "mail_sent", "To the SPOC who receives.", "gateway")
    event = await owner.fetchrow("select subject, person_id::text <> '' as person, body from event order by id desc")
    assert event is not None
    assert (event["subject"], event["person"]) == (f"nsi:{NSI}", True)


async def test_what_was_disclosed_to_whom_is_audited_without_an_address(
    house: House, nsi: UUID, owner: Tx, owe: Owe, sink: Sink
) -> None:
    await owe(routed(), settled())
    await relay_of(house, smtp(sink)).deliver_due()
    audited = await owner.fetch(
        "select subject, reason, persons from audit where action = 'delivery.settle' order by 1"
    )
    spoc = await owner.fetchval("select id from spoc")
    assert [row["reason"].replace(f"spoc:{spoc}", "spoc:N") for row in audited] == [
        "reply_to_sender to sender of inbox:00000000-0000-4000-8000-0000000000b1",
        "nsi_to_spoc to spoc:N",
    ]
    assert all(row["persons"] for row in audited)
    assert not await owner.fetchval("select count(*) from audit where audit::text like '%@%'")


@pytest.mark.parametrize(
    ("rcpt", "data", "why"),
    [
        (
            "550 5.1.1 spoc.inventon@example.invalid is not here",
            "250 OK",
            "The mail server refuses the recipient (550).",
        ),
        ("250 OK", "554 5.7.1 no", "The mail server refuses the mail (554)."),
    ],
)
async def test_a_letter_that_is_refused_is_dead_with_its_reason(
    house: House, nsi: UUID, owner: Tx, owe: Owe, sink: Sink, rcpt: str, data: str, why: str
) -> None:
    sink.rcpt, sink.data = rcpt, data
    await owe(routed())
    await relay_of(house, smtp(sink)).deliver_due()
    assert await rows(owner) == [("dead", 1, why)]


@pytest.mark.parametrize("trouble", ["put off", "silent", "dropped", "nobody there"])
async def test_a_letter_that_cannot_be_sent_now_is_sent_later_under_the_same_message_id(
    house: House, nsi: UUID, owner: Tx, owe: Owe, sink: Sink, trouble: str
) -> None:
    transport = smtp(sink)
    if trouble == "put off":
        sink.rcpt = "451 4.3.0 later"
    elif trouble == "silent":
        sink.silent.set()
    elif trouble == "dropped":
        sink.before_answer = drop_connection
    else:
        transport = Smtp(host="127.0.0.1", port=1, seconds=0.5)
    await owe(routed())
    await relay_of(house, transport).deliver_due()
    ((state, attempts, reason, wait),) = await rows(owner, "state, attempts, reason, next_at - now()")
    assert (state, attempts) == ("queued", 1)
    assert isinstance(wait, timedelta)
    assert timedelta(seconds=1) < wait <= timedelta(seconds=2.5)
    assert str(reason).startswith("The mail server ")
    assert await relay_of(house, smtp(sink)).deliver_due() == 0, "it is not due yet"

    sink.rcpt, sink.before_answer = "250 OK", lambda _server: None
    sink.silent.clear()
    await make_due(owner)
    await relay_of(house, smtp(sink)).deliver_due()
    assert await rows(owner) == [("delivered", 2, None)]
    assert len(set(sink.message_ids)) == 1
    assert len(sink.taken) == (2 if trouble == "dropped" else 1)


async def test_a_letter_that_is_taken_is_sent_also_when_the_server_leaves_without_goodbye(
    house: House, nsi: UUID, owner: Tx, owe: Owe, sink: Sink
) -> None:
    sink.polite = False
    await owe(routed())
    await relay_of(house, smtp(sink)).deliver_due()
    assert await rows(owner) == [("delivered", 1, None)]


async def test_a_lane_keeps_its_order_and_a_failing_lane_waits_alone(
    house: House, nsi: UUID, owner: Tx, owe: Owe
) -> None:
    sent: list[str] = []

    async def transport(mail: EmailMessage) -> None:
        if mail["To"].startswith("spoc") and not sent:
            raise Unavailable("Not now.")
        sent.append(str(mail["To"]))

    await owe(routed(), routed(), settled())
    relay = relay_of(house, transport)
    assert await relay.deliver_due() == 2
    assert await rows(owner, "purpose, state, attempts") == [
        ("nsi_to_spoc", "queued", 1),
        ("nsi_to_spoc", "queued", 0),
        ("reply_to_sender", "delivered", 1),
    ]
    await make_due(owner)
    assert [await relay.deliver_due() for _ in range(3)] == [1, 1, 0]
    assert await rows(owner, "state") == [("delivered",)] * 3


async def test_a_row_waits_while_a_transaction_might_still_put_one_before_it(
    house: House, nsi: UUID, database: str, owner: Tx, owe: Owe
) -> None:
    other = await asyncpg.connect(database)
    transaction = other.transaction()
    await transaction.start()
    event = await other.fetchval(
        "insert into event (at, kind, subject) values (now(), 'nsi_routed', $1) returning id", f"nsi:{NSI}"
    )
    await owe(routed())
    relay = relay_of(house, Capture(house.pool))
    assert await relay.deliver_due() == 0
    lane = await owner.fetchval("select lane from outbox")
    await other.execute(
        "insert into outbox (event_id, channel, purpose, subject, lane) values ($1, 'mail', 'nsi_to_spoc', $2, $3)",
        event,
        f"nsi:{NSI}",
        lane,
    )
    await transaction.commit()
    await other.close()
    assert [await relay.deliver_due() for _ in range(3)] == [1, 1, 0]


async def test_two_relays_racing_send_each_letter_once(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    for n in range(40):
        person = UUID(int=n)
        await owner.execute("insert into person (id, name, created_at) values ($1, 'I. Invented', now())", person)
        await owe(routed(person=person))
    sent: list[str] = []

    async def transport(mail: EmailMessage) -> None:
        await asyncio.sleep(0.001)
        sent.append(mail["Message-ID"])

    relays = [relay_of(house, transport, batch=3) for _ in range(3)]

    async def work(relay: Relay) -> None:
        while await relay.deliver_due():
            pass

    await asyncio.gather(*(work(relay) for relay in relays))
    assert len(sent) == len(set(sent)) == 40
    assert {state for (state,) in await rows(owner, "state")} == {"delivered"}


async def test_a_lease_that_passed_to_another_settles_nothing(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    second = relay_of(house, Capture(house.pool))

    async def slow(mail: EmailMessage) -> None:
        await make_due(owner)
        assert await second.deliver_due() == 1

    await owe(routed())
    await relay_of(house, slow).deliver_due()
    assert await rows(owner) == [("delivered", 2, None)]
    assert await owner.fetchval("select count(*) from nsi_history") == 1
    assert await owner.fetchval("select count(*) from audit where action = 'delivery.settle'") == 2, "both disclosed"


async def test_ten_stops_during_one_slow_delivery_lose_and_charge_nothing(
    house: House, nsi: UUID, owner: Tx, owe: Owe
) -> None:
    reached = asyncio.Event()

    async def slow(mail: EmailMessage) -> None:
        reached.set()
        await asyncio.sleep(3600)

    await owe(routed())
    for _ in range(10):
        reached.clear()
        stopped = asyncio.create_task(relay_of(house, slow).deliver_due())
        await asyncio.wait_for(reached.wait(), 5)
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
        assert await rows(owner) == [("queued", 0, None)]
    assert await relay_of(house, Capture(house.pool)).deliver_due() == 1
    assert await owner.fetchval("select count(*) from captured_mail") == 1


async def test_a_database_that_goes_while_we_send_does_not_make_us_send_twice(
    house: House, nsi: UUID, owner: Tx, owe: Owe
) -> None:
    sent: list[EmailMessage] = []

    async def transport(mail: EmailMessage) -> None:
        sent.append(mail)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )

    await owe(routed())
    await relay_of(house, transport).deliver_due()
    assert await rows(owner) == [("delivered", 1, None)]
    assert len(sent) == 1


async def test_a_letter_is_dead_after_its_last_attempt(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    async def never(mail: EmailMessage) -> None:
        raise Unavailable("The mail server is on holiday.")

    await owe(routed())
    relay = relay_of(house, never)
    for _ in range(MOST):
        await make_due(owner)
        assert await relay.deliver_due() == 1
    assert await rows(owner) == [("dead", MOST, f"Given up after {MOST} attempts. The mail server is on holiday.")]


async def test_a_letter_that_kills_every_worker_is_dead_in_the_end(
    house: House, nsi: UUID, owner: Tx, owe: Owe
) -> None:
    await owe(routed())
    await owner.execute(
        "update outbox set state = 'leased', attempts = $1, lease_token = gen_random_uuid(), leased_until = now()", MOST
    )
    await make_due(owner)
    assert await relay_of(house, Capture(house.pool)).deliver_due() == 0
    assert await rows(owner) == [("dead", MOST, "given up: the worker died during the last attempt")]


async def test_one_letter_that_cannot_be_written_does_not_keep_the_others(
    house: House, nsi: UUID, owner: Tx, owe: Owe
) -> None:
    async def transport(mail: EmailMessage) -> None:
        if mail["To"].startswith("spoc"):
            raise ZeroDivisionError("Zebedee")

    await owe(routed(), settled())
    await relay_of(house, transport).deliver_due()
    assert await rows(owner) == [
        ("queued", 1, "It failed in an unexpected way (ZeroDivisionError); see the log."),
        ("delivered", 1, None),
    ]


async def test_a_letter_about_nothing_is_dead_with_its_reason(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    await owe(routed(nsi=UUID(int=7)))
    await relay_of(house, Capture(house.pool)).deliver_due()
    assert await rows(owner) == [("dead", 1, "The NSI is not there.")]


async def test_the_relay_knows_how_long_it_may_sleep(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    async def refuse(mail: EmailMessage) -> None:
        raise Refused("No.")

    relay = relay_of(house, refuse)
    assert await relay.seconds_to_next() is None
    await owe(routed(), routed())
    await owner.execute("update outbox set next_at = now() + interval '100 s' where id = (select min(id) from outbox)")
    seconds = await relay.seconds_to_next()
    assert seconds is not None
    assert 98 < seconds <= 100, "the second row of the lane is due, but waits for the first"


async def test_rows_that_wait_for_something_outside_say_for_what(house: House, nsi: UUID, owner: Tx, owe: Owe) -> None:
    await owe(routed())
    assert await explain_waiting(house, "SMTP_URL is not set.") == 1
    assert await rows(owner) == [("queued", 0, "SMTP_URL is not set.")]


def test_the_pauses_grow_to_half_a_day_and_cover_three_days() -> None:
    pauses = [pause(attempt) for attempt in range(1, MOST)]
    assert pauses[:3] == [2, 8, 32]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 12 * 3600
    assert 2.5 < sum(pauses) / 86400 < 3.5
