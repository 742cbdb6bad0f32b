"""A mail server of our own, behind the one that receives for the organisation: a mail is answered when it is stored."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Meta, Struct

from adapters.contract import Arrived, Channel, Take
from schemas.errors import BedspaceError, Unavailable

MOST_BYTES = 25 * 1024 * 1024
SECONDS = 120.0
"""Of silence, after which we hang up."""


class SmtpInSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where we listen, and for whom."""

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8025
    mailboxes: Annotated[list[str], Meta(min_length=1)]
    """Addresses for which mail is taken; a mail for anybody else is refused at the door."""


class _Door:
    """What aiosmtpd calls. Its answers go to a program; no word of a mail is in them."""

    def __init__(self, settings: SmtpInSettings, take: Take) -> None:
        self._mailboxes = {address.casefold() for address in settings.mailboxes}
        self._take = take

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self,
        server: SMTP,  # noqa: ARG002  # as aiosmtpd calls it
        session: Session,  # noqa: ARG002  # as aiosmtpd calls it
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],  # noqa: ARG002  # as aiosmtpd calls it
    ) -> str:
        if address.casefold() not in self._mailboxes:
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002  # as aiosmtpd calls it
        raw = _with_return_path(envelope)
        key = hashlib.sha256(",".join(sorted(envelope.rcpt_tos)).casefold().encode() + b"\0" + raw).hexdigest()
        try:
            await self._take(Arrived(raw=raw, content_type="message/rfc822", source_key=key))
        except (Unavailable, TimeoutError):
            return "451 4.3.0 It cannot be stored just now. Try again later"
        except BedspaceError:
            return "554 5.6.0 It cannot be taken"
        return "250 2.0.0 Stored"

    async def handle_exception(self, error: Exception) -> str:  # noqa: ARG002  # as aiosmtpd calls it
        return "451 4.3.0 It cannot be stored just now. Try again later"


@asynccontextmanager
async def listening(settings: SmtpInSettings, take: Take) -> AsyncIterator[int]:
    """Listens, and answers the port. Raises `Unavailable` when the port is another's."""
    loop = asyncio.get_running_loop()
    conversations: WeakSet[SMTP] = WeakSet()

    def converse() -> SMTP:
        one = SMTP(
            _Door(settings, take),
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="bedspace",
            ident="Bedspace",
            timeout=SECONDS,
            loop=loop,
        )
        conversations.add(one)
        return one

    try:
        server = await loop.create_server(converse, settings.host, settings.port)
    except OSError as error:
        raise Unavailable(f"Mail cannot be listened for on port {settings.port} ({type(error).__name__}).") from error
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for one in conversations:
            transport: Any = one.transport
            if transport is not None:
                transport.close()


def _with_return_path(envelope: Envelope) -> bytes:
    """As a server that delivers does: a bounce is known by its empty sender."""
    sender = "".join(letter for letter in envelope.mail_from or "" if letter.isprintable() and letter not in "<>")
    content = envelope.original_content or b""
    return f"Return-Path: <{sender}>\r\n".encode() + content


CHANNEL = Channel(
    name="smtp",
    describes="Mail that comes to a server of ours.",
    settings=SmtpInSettings,
    called=True,
    listen=listening,
)
