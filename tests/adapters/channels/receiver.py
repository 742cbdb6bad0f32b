"""A webhook receiver on loopback that behaves well, or in one of eight bad ways."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from msgspec import Struct, field

ANSWERS = {
    "well": b"HTTP/1.1 204 No Content\r\n\r\n",
    "fails": b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
    "is busy": b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n",
    "refuses": b"HTTP/1.1 422 Unprocessable\r\ncontent-length: 6\r\n\r\ncanary",
    "wants no more": b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n",
    "redirects": b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest/\r\ncontent-length: 0\r\n\r\n",
    "speaks nonsense": b"SSH-2.0-canary\r\n",
}


class Receiver(Struct):
    """How it behaves, and what it was sent."""

    port: int
    how: str = "well"
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answered: int = 0
    """Bytes that it wrote."""
    before_answer: Callable[[], None] = lambda: None
    """Done when it has all of a request."""


@asynccontextmanager
async def receiving(how: str = "well") -> AsyncIterator[Receiver]:
    receiver = Receiver(port=0, how=how)
    conversations: set[asyncio.StreamWriter] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            headers |= dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line.startswith("webhook-"))
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            receiver.requests.append((headers, body))
            receiver.before_answer()
            await _answer(receiver, writer)
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for writer in conversations:
            writer.transport.abort()


async def _answer(receiver: Receiver, writer: asyncio.StreamWriter) -> None:
    if receiver.how == "hangs up":
        writer.transport.abort()
    elif receiver.how == "hangs":
        await asyncio.sleep(60)
    elif receiver.how == "drips":
        for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n" + b"x" * 100:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.05)
    elif receiver.how == "floods":
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            receiver.answered += 65536
            await writer.drain()
    else:
        writer.write(ANSWERS[receiver.how])
        await writer.drain()
