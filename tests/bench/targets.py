"""What the tables ask, beside what the run came to: met, or by how much not."""

from collections.abc import Sequence

from msgspec import Struct

from tests.bench.bookings import Race
from tests.bench.pages import Wait
from tests.bench.table import Line, number


class Found(Struct):
    """All that one scale came to."""

    scale: int
    lines: list[Line] = []
    waits: list[Wait] = []
    races: list[Race] = []

    def line(self, beginning: str) -> Line | None:
        return next((line for line in self.lines if line.what.startswith(beginning)), None)


class Verdict(Struct, frozen=True):
    target: str
    what: str
    asked: str
    came_to: str
    verdict: str


def at_least(target: str, what: str, asked: float, one: Line | None, other: Line | None) -> list[Verdict]:
    """The rate of one in that of the other."""
    if one is None or other is None:
        return []
    share = one.per_second / other.per_second
    met = "met" if share >= asked else f"{number(100 * (1 - share / asked))} % short"
    return [Verdict(target, what, f"≥ {asked:g} ×", f"{number(share)} ×", met)]


def at_most(target: str, what: str, asked: float, came_to: float | None, unit: str) -> list[Verdict]:
    if came_to is None:
        return []
    met = "met" if came_to <= asked else f"{number(came_to / asked)} × as long"
    if unit == "×":
        met = "met" if came_to <= asked else f"{number(100 * (came_to / asked - 1))} % over"
    return [Verdict(target, what, f"≤ {asked:g} {unit}", f"{number(came_to)} {unit}", met)]


HITS, WHOLE = "snapshot alone: hits with", "snapshot alone: hits, near"


def verdicts(found: Found, base: Found) -> list[Verdict]:
    """Of one scale; `base` is scale 1, from which growth is told. Targets are for scale 1 unless they say otherwise."""
    bare, post = found.line("primary-key look-up, bare"), found.line("POST search")
    insert = found.line("a bare INSERT")
    said = [
        *at_least(
            "P-1",
            "whole search, one process: of a bare look-up",
            0.6,
            found.line("whole search, proved current, 32"),
            bare,
        ),
        *at_least("P-1", "whole search, two processes: of a bare look-up", 1, found.line("whole search, two"), bare),
        *at_least("P-2", "search over HTTP: of a look-up over HTTP", 1, post, found.line("primary-key look-up behind")),
        *at_least(
            "P-2",
            "search over HTTP: of FastAPI + SQLAlchemy, the same SQL",
            25,
            post,
            found.line("FastAPI + SQLAlchemy, the"),
        ),
        *at_least(
            "P-2",
            "search over HTTP: of FastAPI + SQLAlchemy, day by day",
            1000,
            post,
            found.line("FastAPI + SQLAlchemy, day"),
        ),
        *at_least("P-4", "the claim: of a bare INSERT", 0.55, found.line("the claim: bed"), insert),
    ]
    if found.scale == 1:
        said += at_most("P-1", "snapshot alone, hits: p50", 30, _p50(found, HITS, 1000), "µs")
        said += at_most(
            "P-1", "snapshot alone, with near misses and alternatives: p50", 100, _p50(found, WHOLE, 1000), "µs"
        )
    else:
        said += _growth("P-1", found, base)
    for wait in found.waits:
        said += at_most("P-3", f"{wait.what}: p95", wait.limit_ms, wait.p95_ms, "ms")
    return said + [verdict for race in found.races[:1] for verdict in _of_race(race)]


def _p50(found: Found, beginning: str, times: float = 1) -> float | None:
    line = found.line(beginning)
    return line.p50_ms * times if line else None


def _growth(target: str, found: Found, base: Found) -> list[Verdict]:
    said: list[Verdict] = []
    for what, beginning in (("hits", HITS), ("with near misses", WHOLE)):
        now, before = _p50(found, beginning), _p50(base, beginning)
        if now and before:
            said += at_most(target, f"snapshot alone, {what}: p50, of its p50 at 1×", 7, now / before, "×")
    return said


def _of_race(race: Race) -> list[Verdict]:
    one = race.most_winners == 1 and race.deadlocks == 0
    won = f"{race.most_winners} and {race.deadlocks}"
    return [
        Verdict("P-4", "races: winners and deadlocks", "1 and 0", won, "met" if one else "not met"),
        *at_most("P-4", "races: the worst round", 250, race.worst_ms, "ms"),
    ]


def table_of_verdicts(scale: int, said: Sequence[Verdict]) -> str:
    rows = [[one.target, one.what, one.asked, one.came_to, one.verdict] for one in said]
    heads = ["", f"at {scale}×", "asked", "came to", ""]
    wide = [max(len(row[n]) for row in [heads, *rows]) for n in range(5)]
    lines = ["| " + " | ".join(f"{cell:{wide[n]}}" for n, cell in enumerate(row)) + " |" for row in [heads, *rows]]
    return "\n".join(
        [f"### Targets at {scale}×", "", lines[0], "|" + "|".join("-" * (n + 2) for n in wide) + "|", *lines[1:], ""]
    )
