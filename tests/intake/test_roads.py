"""Roads in: what a folder, a mailbox or a mail client brings is stored, and only then acknowledged."""

import os
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import asyncpg
import msgspec
import pytest

from gateway.access.act import House
from gateway.intake.inlets import Inlets
from gateway.intake.listeners import Listeners
from gateway.wiring import door, inlet
from tests.adapters.channels.mailbox import PASSWORD, USER, running_mailbox

MAILBOX = "transfers@bedspace.invalid"


@pytest.fixture
async def owner(database: str) -> "asyncpg.Connection[asyncpg.Record]":
    return await asyncpg.connect(database)


async def connect(owner: Any, code: str, channel: str, settings: dict[str, Any]) -> None:
    await owner.execute(
        "insert into connection (code, title, area, system, channel, direction, profile, settings, way, "
        "records_temporary_moves, kept_by, kept_at) values ($1, $1, 'N55LEE', 'email_notice', $2, 'in', 'plain', $3, "
        "'planned', true, 'a test', now())",
        code,
        channel,
        msgspec.json.encode(settings).decode(),
    )


def mail(text: str = "Invented.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "pat@probation.example.invalid", MAILBOX, "A move"
    message.set_content(text)
    return message


async def stored(owner: Any) -> list[tuple[Any, ...]]:
    rows = await owner.fetch(
        "select connection, channel, area, content_type, state from inbox order by received_at, id"
    )
    return [tuple(row) for row in rows]


async def test_a_file_in_a_folder_is_stored_once_and_moves_away(house: House, owner: Any, tmp_path: Path) -> None:
    await connect(owner, "leeds-folder", "folder", {"path": str(tmp_path), "still_for": 0})
    (tmp_path / "one.eml").write_bytes(mail().as_bytes())
    (tmp_path / "half.eml.part").write_bytes(b"From: ")
    inlets = Inlets(house, inlet)
    assert [await inlets.look(), await inlets.look()] == [1, 0]
    assert await stored(owner) == [("leeds-folder", "folder", "N55LEE", "message/rfc822", "stored")]
    assert sorted(entry.name for entry in os.scandir(tmp_path)) == ["half.eml.part", "taken"]
    assert await owner.fetchval("select last_good_at is not null from connection")


async def test_what_was_stored_and_not_acknowledged_is_stored_no_second_time(
    house: House, owner: Any, tmp_path: Path
) -> None:
    await connect(owner, "leeds-folder", "folder", {"path": str(tmp_path), "still_for": 0})
    (tmp_path / "one.eml").write_bytes(mail().as_bytes())
    inlets = Inlets(house, inlet)
    await inlets.look()
    (tmp_path / "taken" / "one.eml").rename(tmp_path / "one.eml")
    assert await inlets.look() == 1
    assert len(await stored(owner)) == 1


async def test_a_mailbox_and_a_mail_server_of_our_own_bring_mail(
    house: House, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAP_SECRET", PASSWORD)
    async with running_mailbox() as mailbox:
        await mailbox.put(mail("By mailbox.").as_bytes())
        await connect(
            owner, "leeds-mailbox", "imap",
            {"host": "127.0.0.1", "port": mailbox.port, "user": USER, "password_variable": "IMAP_SECRET", "tls": False},
        )  # fmt: skip
        await connect(owner, "leeds-smtp", "smtp", {"port": 0, "mailboxes": [MAILBOX]})
        inlets, listeners = Inlets(house, inlet), Listeners(house, door)
        assert await inlets.look() == 1
        await listeners.keep()
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=listeners.ports["leeds-smtp"], timeout=5)
        async with client:
            await client.send_message(mail("By SMTP."))
        await inlets.close()
        await owner.execute("update connection set paused_at = now(), paused_by = 'x', paused_why = 'x'")
        await listeners.keep()
        assert listeners.ports == {}
    assert {row[:2] for row in await stored(owner)} == {("leeds-mailbox", "imap"), ("leeds-smtp", "smtp")}


async def test_a_road_that_fails_keeps_no_other_waiting_and_is_left_alone_after_a_while(
    house: House, owner: Any, tmp_path: Path
) -> None:
    await connect(owner, "a-gone", "folder", {"path": str(tmp_path / "gone")})
    await connect(owner, "b-wrong", "folder", {"path": ""})
    await connect(owner, "leeds-folder", "folder", {"path": str(tmp_path), "still_for": 0})
    (tmp_path / "one.eml").write_bytes(mail().as_bytes())
    inlets = Inlets(house, inlet)
    assert [await inlets.look() for _ in range(6)] == [1, 0, 0, 0, 0, 0]
    health = {
        row["code"]: row for row in await owner.fetch("select code, failures, broken_until, last_error from connection")
    }
    assert (health["a-gone"]["failures"], health["leeds-folder"]["failures"]) == (5, 0)
    assert health["a-gone"]["broken_until"] is not None
    assert "cannot be read" in health["a-gone"]["last_error"]
    assert "settings" in health["b-wrong"]["last_error"]
    (tmp_path / "gone").mkdir()
    await owner.execute("update connection set broken_until = $1", house.now())
    await inlets.look()
    assert await owner.fetchval("select failures from connection where code = 'a-gone'") == 0
