"""Reads hostile bytes in a process of its own: `python -m gateway.intake.child PARENT_PID`.

Frames both ways: four bytes of length, big endian, then msgpack. The child says `Ready`, then answers each `Question`.
"""

import ctypes
import importlib
import os
import resource
import signal
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from schemas.drafts import Reading
from schemas.errors import Unreadable

MEMORY = 300_000_000
"""Bytes of address space above what the readers need to be loaded."""
SECONDS = 10
"""Of processor time for one message."""

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1


class Way(Struct, frozen=True):
    """A system, and the profile it is to read with."""

    name: str
    """`areafile/tracker`"""
    system: str
    """`module:SYSTEM`"""
    profile: bytes
    """In msgpack."""


class Question(Struct, frozen=True):
    """What these bytes are, read in the first of these ways that fits."""

    ways: tuple[Way, ...]
    raw: bytes


class Answer(Struct, frozen=True):
    """A reading, or why there is none. Neither: the child is ready for its first question."""

    reading: Reading | None = None
    unreadable: str | None = None


def main() -> None:
    """Answer until the parent closes the pipe."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _let_nothing_else_out()
    systems = {name: _system(name) for name in sys.argv[2:]}
    _put_under_limits(int(sys.argv[1]))
    _write(answers, Answer())
    while frame := _read(questions):
        question = msgspec.msgpack.decode(frame, type=Question)
        _allow_seconds()
        _write(answers, _answer(systems, question))


def _answer(systems: Mapping[str, Any], question: Question) -> Answer:
    faults = []
    for way in question.ways:
        system = systems[way.system]
        try:
            reading = system.read(question.raw, _profile(system.profile, way.profile))
        except Unreadable as error:
            faults.append((way.name, str(error)))
        else:
            return Answer(reading=msgspec.structs.replace(reading, read_as=way.name))
    return Answer(unreadable=_why(faults))


def _why(faults: list[tuple[str, str]]) -> str:
    if len(faults) == 1:
        return faults[0][1]
    told = " ".join(f"{name}: {why}" for name, why in faults)
    return f"Nothing here reads this. Say which system it is of, or send it over that system's connection. {told}"


@lru_cache(maxsize=64)
def _profile(type_: type[Struct], raw: bytes) -> Any:
    return msgspec.msgpack.decode(raw, type=type_)


def _system(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


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
