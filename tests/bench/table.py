"""One line a design: how many a second, how long one takes, and its share of the first line.

The machine is seldom still, so the designs take turns: some short rounds of each, not one long run after another.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from statistics import median
from time import perf_counter

from msgspec import Struct

ROUNDS = 4


class Sample(Struct, frozen=True):
    """What one round came to."""

    count: int
    seconds: float
    p50_ms: float


class Design(Struct, frozen=True):
    what: str
    once: Callable[[float], Awaitable[Sample]]
    """One round of so many seconds."""
    weight: float = 1
    """How much longer its rounds are: a slow design must be seen to answer at all."""


class Line(Struct, frozen=True):
    what: str
    per_second: float
    p50_ms: float


async def take_turns(designs: Sequence[Design], seconds: float) -> list[Line]:
    samples: list[list[Sample]] = [[] for _ in designs]
    for _ in range(ROUNDS):
        for design, found in zip(designs, samples, strict=True):
            found.append(await design.once(seconds * design.weight / ROUNDS))
    return [_line(design.what, found) for design, found in zip(designs, samples, strict=True)]


def _line(what: str, samples: Sequence[Sample]) -> Line:
    count, seconds = sum(sample.count for sample in samples), sum(sample.seconds for sample in samples)
    return Line(what, count / seconds, median(sample.p50_ms for sample in samples))


def at_once(count: int, once: Callable[[], Awaitable[None]]) -> Callable[[float], Awaitable[Sample]]:
    async def repeat(until: float, took: list[float]) -> None:
        while (began := perf_counter()) < until:
            await once()
            took.append(perf_counter() - began)

    async def round_of(seconds: float) -> Sample:
        took: list[float] = []
        began = perf_counter()
        await asyncio.gather(*(repeat(began + seconds, took) for _ in range(count)))
        return Sample(len(took), perf_counter() - began, 1000 * median(took))

    return round_of


def in_a_row(once: Callable[[], object]) -> Callable[[float], Awaitable[Sample]]:
    async def round_of(seconds: float) -> Sample:
        took: list[float] = []
        began = perf_counter()
        while (start := perf_counter()) < began + seconds:
            once()
            took.append(perf_counter() - start)
        return Sample(len(took), perf_counter() - began, 1000 * median(took))

    return round_of


def table(title: str, lines: Sequence[Line]) -> str:
    """As Markdown, which reads as well on a terminal."""
    first = lines[0].per_second
    wide = max(len(line.what) for line in lines)
    rows = [
        f"| {line.what:{wide}} | {number(line.per_second):>10} | {number(line.p50_ms):>9} | "
        f"{number(100 * line.per_second / first):>8} % |"
        for line in lines
    ]
    head = f"| {'':{wide}} | {'a second':>10} | {'p50, ms':>9} | {'of the 1st':>10} |"
    rule = f"|{'-' * (wide + 2)}|{'-' * 11}:|{'-' * 10}:|{'-' * 11}:|"
    return "\n".join([f"### {title}", "", head, rule, *rows, ""])


def number(value: float) -> str:
    """Three figures are enough."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def times(one: Line, other: Line) -> str:
    return f"{number(one.per_second / other.per_second)} times"
