"""A mail server of our own, spoken to by a real client: what is answered with 250 is stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

import aiosmtplib
import pytest

from adapters.channels import smtp_in
from adapters.channels.smtp_in import SmtpInSettings, listening
from adapters.contract import Arrived, Take
from schemas.errors import Refused, Unavailable

MAILBOX = "transfers@bedspace.invalid"


def mail(to: str = MAILBOX, text: str = "Invented.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "pat@probation.example.invalid", to, "A move"
    message["Message-ID"] = "<one@example.invalid>"
    message.set_content(text)
    return message


@asynccontextmanager
async def client(take: Take) -> AsyncIterator[aiosmtplib.SMTP]:
    async with (
        listening(SmtpInSettings(port=0, mailboxes=[MAILBOX]), take) as port,
        aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=5) as speaking,
    ):
        yield speaking


class Store:
    """Keeps what comes, or raises what it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.kept: list[Arrived] = []

    async def __call__(self, arrived: Arrived) -> None:
        if self.error:
            raise self.error
        self.kept.append(arrived)


async def test_a_mail_is_stored_as_it_came_and_then_answered() -> None:
    store = Store()
    async with client(store) as speaking:
        await speaking.send_message(mail())
        await speaking.send_message(mail())
    one, again = store.kept
    assert one.source_key == again.source_key
    assert one.content_type == "message/rfc822"
    assert one.raw.startswith(b"Return-Path: <pat@probation.example.invalid>\r\nFrom: ")
    assert one.raw.rstrip().endswith(b"Invented.")


async def test_a_bounce_keeps_its_empty_sender() -> None:
    store = Store()
    async with client(store) as speaking:
        await speaking.sendmail("", [MAILBOX], mail().as_bytes())
    assert store.kept[0].raw.startswith(b"Return-Path: <>\r\n")


async def test_the_mail_of_another_is_refused_at_the_door_and_a_known_mailbox_in_any_case_is_taken() -> None:
    store = Store()
    async with client(store) as speaking:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await speaking.send_message(mail("other@bedspace.invalid"))
        await speaking.send_message(mail(MAILBOX.upper()))
    assert len(store.kept) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Unavailable("The database is away."), 451),
        (TimeoutError(), 451),
        (RuntimeError("canary"), 451),
        (Refused("It is too large."), 554),
    ],
)
async def test_what_is_not_stored_is_not_answered_as_stored(error: Exception, code: int) -> None:
    async with client(Store(error)) as speaking:
        with pytest.raises(aiosmtplib.SMTPDataError) as refused:
            await speaking.send_message(mail())
    assert refused.value.code == code
    assert "canary" not in refused.value.message


async def test_a_mail_that_is_too_large_is_refused_before_it_is_all_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp_in, "MOST_BYTES", 1000)
    store = Store()
    async with client(store) as speaking:
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await speaking.send_message(mail(text="x" * 2000))
    assert (refused.value.code, store.kept) == (552, [])


async def test_a_client_that_vanishes_in_the_middle_of_a_mail_leaves_nothing() -> None:
    store = Store()
    async with listening(SmtpInSettings(port=0, mailboxes=[MAILBOX]), store) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"HELO x\r\nMAIL FROM:<a@b.invalid>\r\nRCPT TO:<" + MAILBOX.encode() + b">\r\nDATA\r\nSubject: half"
        )
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.transport.abort()
        await asyncio.sleep(0.1)
    assert store.kept == []


async def test_a_port_that_is_taken_is_said() -> None:
    async with listening(SmtpInSettings(port=0, mailboxes=[MAILBOX]), Store()) as port:
        with pytest.raises(Unavailable, match=str(port)):
            async with listening(SmtpInSettings(port=port, mailboxes=[MAILBOX]), Store()):
                pass
