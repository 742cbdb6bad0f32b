"""A real IMAP server on loopback, and a person who puts mails into its mailbox."""

import asyncio
import imaplib
from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from msgspec import Struct
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPServer

USER, PASSWORD = "transfers", "invented"
R = TypeVar("R")


class Mailbox(Struct):
    """One that runs. `cut_after` bytes that the server sent, it hangs up; None: never."""

    port: int
    cut_after: int | None = None

    async def put(self, raw: bytes, folder: str = "INBOX") -> None:
        await self._do(lambda box: box.append(folder, "", "", raw))

    async def count(self, folder: str) -> int:
        return int((await self._do(lambda box: box.select(f'"{folder}"', readonly=True)))[1][0] or 0)

    async def read_all(self) -> None:
        """A person opens the mailbox and reads every mail."""

        def read(box: imaplib.IMAP4) -> None:
            box.select("INBOX")
            box.store("1:*", "+FLAGS", "\\Seen")

        await self._do(read)

    async def _do(self, what: Callable[[imaplib.IMAP4], R]) -> R:
        def converse() -> R:
            with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as box:
                box.login(USER, PASSWORD)
                return what(box)

        return await asyncio.to_thread(converse)


@asynccontextmanager
async def running_mailbox(port: int = 0) -> AsyncIterator[Mailbox]:
    """Empty. The one that runs after it on its port is another, renumbered mailbox."""
    args = Namespace(
        host=None, port=0, debug=False, cert=None, key=None, tls=False, proxy_protocol=None, inherited_sockets=None,
        demo_data=False, demo_user=USER, demo_password=PASSWORD, passlib_cfg=None,
    )  # fmt: skip
    backend, config = await DictBackend.init(args, secure_auth=False)
    assert isinstance(config, Config)
    config.apply_context()
    imap = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    mailbox = Mailbox(port=0)
    open_: set[asyncio.StreamWriter] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_.add(writer)
        cut: Any = _Cut(writer, mailbox)
        await imap(reader, cut)

    server = await asyncio.start_server(converse, "127.0.0.1", port)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        for writer in open_:
            writer.transport.abort()


class _Cut:
    """Writes until it has written enough."""

    def __init__(self, writer: asyncio.StreamWriter, mailbox: Mailbox) -> None:
        self._writer, self._mailbox = writer, mailbox

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def write(self, data: bytes) -> None:
        left = self._mailbox.cut_after
        if left is None:
            self._writer.write(data)
            return
        self._writer.write(data[:left])
        self._mailbox.cut_after = left - len(data)
        if len(data) >= left:
            self._mailbox.cut_after = None
            self._writer.close()
