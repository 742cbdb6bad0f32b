"""A mailbox that is looked at again and again, over IMAP.

What is stored moves to a folder of its own; until then a mail is found again by every look. What people do in the
mailbox, such as reading a mail, changes nothing of that.
"""

import asyncio
import hashlib
import imaplib
import os
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Any, TypeVar

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from msgspec import Meta, Struct

from adapters.contract import Arrived, Channel
from schemas.errors import Refused, Unavailable

SECONDS = 30.0
"""Patience for one answer of the server."""
MOST_BYTES = 25 * 1024 * 1024
AT_ONCE = 200
"""Mails of one look, so that a full mailbox is taken in turns."""
TROUBLE = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)

R = TypeVar("R")


class ImapSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which mailbox, and where what is stored goes."""

    host: Annotated[str, Meta(min_length=1)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 993
    user: Annotated[str, Meta(min_length=1)]
    password_variable: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{2,80}$")]
    """Name of the environment variable that holds the password."""
    folder: str = "INBOX"
    taken: str = "Bedspace taken"
    """It is made where it is not there."""
    too_large: str = "Bedspace too large"
    """Where what is larger than we take waits for a person."""
    tls: bool = True
    """Without it only on the machine itself."""


class ImapIn:
    """One mailbox. It keeps its conversation open, and begins a new one when that is lost."""

    def __init__(self, settings: ImapSettings, secret: Callable[[str], str | None] = os.environ.get) -> None:
        self._settings = settings
        self._secret = secret
        self._box: BaseMailBox | None = None
        self._turn = asyncio.Lock()

    async def look(self) -> AsyncIterator[Arrived]:
        """What is there, the oldest first. Raises `Unavailable`, `Refused` when the server does not let us in."""
        validity, uids = await self._with(self._uids)
        for uid in uids[:AT_ONCE]:
            raw = await self._with(partial(self._fetch, validity=validity, uid=uid))
            if raw:
                yield Arrived(
                    raw=raw, content_type="message/rfc822", source_key=self._key(raw), handle=f"{validity}:{uid}"
                )

    async def acknowledge(self, arrived: Arrived) -> None:
        """Moves it away. A mailbox that was renumbered since then is left as it is: the next look finds the mail."""
        validity, _, uid = arrived.handle.partition(":")
        await self._with(lambda box: self._put_away(box, int(validity), uid, self._settings.taken))

    async def close(self) -> None:
        async with self._turn:
            await asyncio.to_thread(self._part)

    async def _with(self, do: Callable[[BaseMailBox], R]) -> R:
        """One step of the conversation, in a thread, one at a time."""
        async with self._turn:
            return await asyncio.to_thread(self._step, do)

    def _step(self, do: Callable[[BaseMailBox], R]) -> R:
        try:
            if self._box is None:
                self._box = self._enter()
            return do(self._box)
        except TROUBLE as error:
            self._part()
            raise Unavailable(f"The mailbox does not answer ({type(error).__name__}).") from error

    def _enter(self) -> BaseMailBox:
        given = self._settings
        password = self._secret(given.password_variable)
        if not password:
            raise Unavailable(f"The environment does not hold {given.password_variable}. Set it and start again.")
        if given.tls:
            box: BaseMailBox = MailBox(
                given.host, given.port, timeout=SECONDS, ssl_context=ssl.create_default_context()
            )
        else:
            box = MailBoxUnencrypted(given.host, given.port, timeout=SECONDS)
        try:
            box.login(given.user, password, initial_folder=given.folder)
        except ImapToolsError as error:
            box.client.shutdown()
            raise Refused("The mail server does not let us in. Check user, password and folder.") from error
        for name in (given.taken, given.too_large):
            if not box.folder.exists(name):
                box.folder.create(name)
        return box

    def _uids(self, box: BaseMailBox) -> tuple[int, list[str]]:
        box.folder.set(self._settings.folder)
        return _validity(box), sorted(box.uids("ALL"), key=int)

    def _fetch(self, box: BaseMailBox, validity: int, uid: str) -> bytes | None:
        """The mail as it is, without marking it; nothing where it has gone, or the mailbox was renumbered."""
        if _validity(box) != validity:
            return None
        size = _number(box.client.uid("fetch", uid, "(RFC822.SIZE)")[1], b"RFC822.SIZE ")
        if size is None:
            return None
        if size > MOST_BYTES:
            self._put_away(box, validity, uid, self._settings.too_large)
            return None
        parts = box.client.uid("fetch", uid, "(BODY.PEEK[])")[1]
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)

    def _put_away(self, box: BaseMailBox, validity: int, uid: str, where: str) -> None:
        if _validity(box) == validity and uid in box.uids("ALL"):
            box.move([uid], where)

    def _part(self) -> None:
        if self._box is not None:
            with suppress(*TROUBLE):
                self._box.logout()
            with suppress(*TROUBLE):
                self._box.client.shutdown()
            self._box = None

    def _key(self, raw: bytes) -> str:
        """The same mail in another mailbox is another arrival: whoever reads them finds that they are one."""
        mailbox = f"{self._settings.user}@{self._settings.host}/{self._settings.folder}"
        return hashlib.sha256(mailbox.encode() + b"\0" + raw).hexdigest()


def _validity(box: BaseMailBox) -> int:
    """A mailbox that is made anew has another; its numbers mean other mails then."""
    said = box.client.untagged_responses.get("UIDVALIDITY") or [b"0"]
    told: Any = said[-1]
    return int(told or 0)


def _number(answer: list[Any], before: bytes) -> int | None:
    for part in answer:
        text = part[0] if isinstance(part, tuple) else part
        if isinstance(text, bytes) and before in text:
            return int(text.partition(before)[2].split(b")")[0].split()[0])
    return None


CHANNEL = Channel(
    name="imap",
    describes="A mailbox that is looked at, over IMAP.",
    settings=ImapSettings,
    inlet=ImapIn,
)
