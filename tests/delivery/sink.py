"""A real SMTP server on loopback, that behaves as a test asks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps what it took. `rcpt` and `data` are what it answers; `before_answer` happens when it has all the data."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[EmailMessage] = []
        self.rcpt = self.data = "250 OK"
        self.silent = asyncio.Event()
        self.before_answer: Callable[[Any], None] = lambda _server: None
        self.polite = True

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.silent.is_set():
            await asyncio.sleep(3600)
        mail = message_from_bytes(envelope.content, policy=default)
        if self.data.startswith("250"):
            self.taken.append(mail)
        self.before_answer(server)
        return self.data

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if not self.polite:
            server.transport.abort()
        return "221 Bye"

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]


def drop_connection(server: Any) -> None:
    server.transport.abort()


@asynccontextmanager
async def running_sink() -> AsyncIterator[Sink]:
    sink = Sink()
    connections: list[Any] = []

    def protocol() -> Any:
        connections.append(SMTP(sink, hostname="sink.invalid"))
        return connections[-1]

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    yield sink
    server.close()
    for connection in connections:
        if connection.transport is not None:
            connection.transport.abort()
    await server.wait_closed()
    await asyncio.sleep(0)
