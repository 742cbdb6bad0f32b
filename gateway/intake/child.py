"""Reads hostile bytes in a process of its own: `python -m gateway.intake.child PARENT_PID`.

Frames both ways: four bytes of length, big endian, then msgpack. The child says `Ready`, then answers each `Question`.
"""

import ctypes
import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from schemas.drafts import Reading
from schemas.errors import Unreadable

MEMORY = 300_000_000
"""Bytes of address space above what the readers need to be loaded."""
SECONDS = 10
"""Of processor time for one message."""

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1


class Question(Struct, frozen=True):
    """`function` is named `module:function`."""

    function: str
    raw: bytes


class Answer(Struct, frozen=True):
    """A reading, or why there is none. Neither: the child is ready for its first question."""

    reading: Reading | None = None
    unreadable: str | None = None


def main() -> None:
    """Answer until the parent closes the pipe."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _let_nothing_else_out()
    functions = {name: _function(name) for name in sys.argv[2:]}
    _put_under_limits(int(sys.argv[1]))
    _write(answers, Answer())
    while frame := _read(questions):
        question = msgspec.msgpack.decode(frame, type=Question)
        _allow_seconds()
        _write(answers, _answer(functions[question.function], question.raw))


def _answer(read: Callable[[bytes], Reading], raw: bytes) -> Answer:
    try:
        return Answer(reading=read(raw))
    except Unreadable as error:
        return Answer(unreadable=str(error))


def _function(name: str) -> Callable[[bytes], Reading]:
    module, _, function = name.partition(":")
    found: Callable[[bytes], Reading] = getattr(importlib.import_module(module), function)
    return found


def _let_nothing_else_out() -> None:
    """What a parser prints would spoil a frame, and might be of a person."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


def _put_under_limits(parent: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:  # root
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # where the kernel lets anybody; elsewhere the network stays
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # after unshare, which forgets it
    if os.getppid() != parent:
        sys.exit("The parent is gone.")
    loaded = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, loaded + MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def _allow_seconds() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS + 1, most))


def _read(questions: BinaryIO) -> bytes:
    length = int.from_bytes(questions.read(4), "big")
    return questions.read(length)


def _write(answers: BinaryIO, answer: Answer) -> None:
    frame = msgspec.msgpack.encode(answer)
    answers.write(len(frame).to_bytes(4, "big"))
    answers.write(frame)
    answers.flush()


if __name__ == "__main__":
    main()
