"""Killed at any step, a relay or a courier costs at most one extra message, under the same id, and loses none."""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from signal import SIGKILL
from uuid import UUID

import pytest

from bedspace.store import Tx
from gateway.access.act import House
from gateway.delivery.compose import Writer
from gateway.delivery.relay import Relay
from gateway.delivery.rows import LEASE
from gateway.delivery.smtp import Smtp
from tests.adapters.channels.receiver import receiving
from tests.delivery.conftest import Owe, routed
from tests.delivery.connecting import connect, courier_of, deliver_all
from tests.delivery.sink import running_sink

ROOT = Path(__file__).parents[2]


@pytest.mark.faults
@pytest.mark.parametrize(
    ("step", "mails"), [("claimed", 1), ("sent", 2), ("answered", 2), ("settled", 2), ("committed", 1)]
)
async def test_a_relay_killed_at_any_step_loses_nothing(
    house: House, database: str, nsi: UUID, now: datetime, owner: Tx, owe: Owe, step: str, mails: int
) -> None:
    await owe(routed())
    async with running_sink() as sink:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.delivery.dying", database, str(sink.port), step),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
        )
        if step == "sent":
            sink.before_answer = lambda _server: process.kill()
        await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == -SIGKILL
        sink.before_answer = lambda _server: None
        left = await owner.fetchrow("select state, leased_until - now() as lease from outbox")
        assert left is not None
        assert left["state"] == ("delivered" if step == "committed" else "leased")
        assert step == "committed" or left["lease"].total_seconds() <= LEASE

        await owner.execute("update outbox set leased_until = now() - interval '1 s' where state = 'leased'")
        writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
        heir = Relay(
            house=house,
            writer=writer,
            transport=Smtp(host="127.0.0.1", port=sink.port),
            sender="gateway@bedspace.invalid",
        )
        await heir.deliver_due()
        assert await owner.fetchval("select state from outbox") == "delivered"
        assert len(sink.taken) == mails
        assert len(set(sink.message_ids)) == 1
        assert await owner.fetchval("select count(*) from nsi_history where kind = 'mail_sent'") == 1


@pytest.mark.faults
@pytest.mark.parametrize(
    ("step", "posts"), [("claimed", 1), ("sent", 2), ("answered", 2), ("settled", 2), ("committed", 1)]
)
async def test_a_courier_killed_at_any_step_loses_nothing(
    house: House, database: str, nsi: UUID, owner: Tx, owe: Owe, step: str, posts: int
) -> None:
    async with receiving() as receiver:
        await connect(owner, receiver)
        await owe(routed())
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.delivery.dying_courier", database, step),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        if step == "sent":
            receiver.before_answer = process.kill
        await asyncio.wait_for(process.wait(), 30)
        assert process.returncode == -SIGKILL
        receiver.before_answer = lambda: None
        left = await owner.fetchrow(
            "select state, leased_until - now() as lease from outbox where connection is not null"
        )
        assert left is not None
        assert left["state"] == ("delivered" if step == "committed" else "leased")
        assert step == "committed" or left["lease"].total_seconds() <= LEASE
        await owner.execute("update outbox set leased_until = now() - interval '1 s' where state = 'leased'")
        await deliver_all(courier_of(house))
    assert await owner.fetchval("select state from outbox where connection is not null") == "delivered"
    assert len(receiver.requests) == posts
    assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 1
    assert await owner.fetchval("select count(*) from nsi_history where kind = 'sent'") == 1
