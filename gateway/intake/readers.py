"""A pool of reading processes: whatever a message does to its reader, it does to that process and that message only."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import msgspec

from gateway.intake.child import Answer, Question, Way
from gateway.intake.parts import with_parts
from schemas.drafts import Reading
from schemas.errors import Invalid, NotThere, Unavailable, Unreadable
from schemas.inbox import ReadUsing

_START = 30.0
"""Seconds to load the readers."""
_LARGEST_ANSWER = 200_000_000
_MOST_MESSAGES = 1_000
"""After which a process is replaced, so that none grows old."""


class Readers:
    """Reads messages in warm child processes, `size` at once. They start at the first message."""

    def __init__(
        self,
        ways: Mapping[str, Sequence[Way]],
        *,
        size: int = 1,
        seconds: float = 10.0,
        way_of: Callable[[str, str, Mapping[str, Mapping[str, str]]], Way] | None = None,
    ) -> None:
        """`way_of` finds the way of a connection: its system, its profile, and its own code tables."""
        self._way_of = way_of
        self._ways = {content_type: tuple(some) for content_type, some in ways.items()}
        self._seconds = seconds
        self._slots = asyncio.Semaphore(size)
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(self._end(child) for child in list(self._all)))

    def reads(self, content_type: str) -> bool:
        return content_type in self._ways

    async def read(self, content_type: str, raw: bytes, using: ReadUsing | None = None) -> Reading:
        """What the message came to, read as its connection says, or in the first way that fits its content type; with
        what its attachments hold that some system reads.

        Raises `Unreadable`; `Unavailable` when no reading process starts, or the profile is not there any more.
        """
        return await with_parts(await self._read(content_type, raw, using), self.reads, self._read)

    async def _read(self, content_type: str, raw: bytes, using: ReadUsing | None = None) -> Reading:
        ways = (self._of(using),) if using else self._ways.get(content_type)
        if not ways:
            raise Unreadable(f"No reader for {content_type}. Send an e-mail (message/rfc822).")
        async with self._slots:
            child = self._idle.pop() if self._idle else await self._start()
            answer = await self._asked(child, Question(ways, raw))
        if answer.reading is None:
            raise Unreadable(answer.unreadable or "This message cannot be read.")
        return answer.reading

    def _of(self, using: ReadUsing) -> Way:
        try:
            if self._way_of is not None:
                return self._way_of(using.system, using.profile, using.codes)
        except (NotThere, Invalid) as error:
            raise Unavailable(f"This connection cannot be read just now: {error}") from error
        raise Unavailable("No connection is read here.")

    async def _asked(self, child: "_Child", question: Question) -> Answer:
        """The child's answer. A child that fails, hangs or is interrupted is killed, not asked again."""
        try:
            answer = await asyncio.wait_for(child.ask(question), self._seconds)
        except (TimeoutError, EOFError, OSError, ValueError, msgspec.MsgspecError) as error:
            await self._end(child)
            raise Unreadable(
                "This message could not be read within the limits of time and memory. "
                "Send it again as plain text, or use the form."
            ) from error
        except BaseException:
            await self._end(child)
            raise
        if child.asked < _MOST_MESSAGES:
            self._idle.append(child)
        else:
            await self._end(child)
        return answer

    async def _start(self) -> "_Child":
        child = _Child(await _process(sorted({way.system for ways in self._ways.values() for way in ways})))
        self._all.add(child)
        try:
            await asyncio.wait_for(child.answer(), _START)
        except (TimeoutError, EOFError, OSError, ValueError, msgspec.MsgspecError) as error:
            await self._end(child)
            raise Unavailable("The process that reads messages does not start. Messages wait until it does.") from error
        except BaseException:
            await self._end(child)
            raise
        return child

    async def _end(self, child: "_Child") -> None:
        self._all.discard(child)
        if child in self._idle:
            self._idle.remove(child)
        await child.end()


async def _process(systems: list[str]) -> Process:
    """Started with nothing of our environment but where Python finds its modules."""
    command = ("-s", "-P", "-m", "gateway.intake.child", str(os.getpid()), *systems)
    path = os.pathsep.join(folder for folder in sys.path if folder)
    environment = {"PYTHONPATH": path, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return await asyncio.create_subprocess_exec(
        sys.executable, *command, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment, cwd="/"
    )


class _Child:
    """One reading process, and the frames it is asked and answers in."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._decoder = msgspec.msgpack.Decoder(Answer)
        self.asked = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, question: Question) -> Answer:
        self.asked += 1
        pipe = self._process.stdin
        if pipe is None:
            raise EOFError
        frame = msgspec.msgpack.encode(question)
        pipe.write(len(frame).to_bytes(4, "big"))
        pipe.write(frame)
        await pipe.drain()
        return await self.answer()

    async def answer(self) -> Answer:
        pipe = self._process.stdout
        if pipe is None:
            raise EOFError
        length = int.from_bytes(await pipe.readexactly(4), "big")
        if length > _LARGEST_ANSWER:
            raise ValueError("The answer is too large.")
        return self._decoder.decode(await pipe.readexactly(length))

    async def end(self) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
