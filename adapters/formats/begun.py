"""How a file begins, and all of it: for a look at a file that can be read once."""

import io
from typing import Any, BinaryIO

_AT_ONCE = 65_536


def begun(file: BinaryIO, size: int) -> tuple[bytes, io.BufferedReader]:
    """Its first bytes, and a file of all its bytes. Closing that closes nothing."""
    head = file.read(size)
    return head, io.BufferedReader(_Rest(head, file), _AT_ONCE)


class _Rest(io.RawIOBase):
    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = memoryview(head)
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int:
        if self._head:
            some = self._head[: len(into)]
            self._head = self._head[len(some) :]
        else:
            some = memoryview(self._file.read(len(into)))
        into[: len(some)] = some
        return len(some)
