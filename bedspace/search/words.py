"""How a search says what it found."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from bedspace.nights import london_today

SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def mid(name: str) -> str:
    """A name in the middle of a sentence: `En-suite` → `en-suite`, `PIPE (…)` as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(names: Sequence[str], word: str = "and") -> str:
    """`step-free, en-suite and catered`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def together(names: Sequence[str]) -> str:
    """`both step-free and en-suite`, `step-free, en-suite and catered together`."""
    return f"both {listed(names)}" if len(names) == 2 else f"{listed(names)} together"


def nights_of(count: int) -> str:
    return "1 night" if count == 1 else f"{count} nights"


def free_for(count: int) -> str:
    return "Free that night" if count == 1 else f"Free for all {count} nights"


def rank(place: int) -> str:
    """`place` counts from 1, among the premises that fit."""
    if place == 1:
        return "Nearest that fits"
    suffix = "th" if place % 100 in (11, 12, 13) else SUFFIX.get(place % 10, "th")
    return f"{place}{suffix} nearest that fits"


RANKS = tuple(rank(place) for place in range(1, 101))
"""As many as a search may ask for."""


def confirmed(at: datetime | None, today: date) -> str:
    """How fresh the record of a bed is."""
    return "Not yet confirmed by the premises" if at is None else _ago((today - london_today(at)).days)


@lru_cache(1000)
def _ago(days: int) -> str:
    return f"Confirmed by the premises {'today' if days < 1 else 'yesterday' if days == 1 else f'{days} days ago'}"


def later(day: str) -> str:
    return f"free from {day}"


def shorter(nights: int) -> str:
    return f"free if {nights_of(nights)} shorter"


def without(dropped: Sequence[str], kept: Sequence[str]) -> str:
    """`en-suite only without step-free`; `free without step-free` where nothing else was asked for."""
    return f"{listed(kept)} only without {listed(dropped)}" if kept else f"free without {listed(dropped)}"


def none_free(nights: int, names: Sequence[str]) -> tuple[str, str]:
    """Premises where beds have everything, and none of them is free: with one such bed, and after `None of its 3 `."""
    what = f" with {listed(names)}" if names else ""
    when = "that night" if nights == 1 else f"all {nights} nights"
    return f"Its one bed{what} is not free {when}", f"beds{what} is free {when}"


def not_listed(name: str, nearest: tuple[str, float] | None) -> str:
    """Premises without one of the needs; `nearest` is the nearest that has it, and its miles."""
    elsewhere = f"; the nearest with one is {nearest[0]}, {nearest[1]} miles" if nearest else ""
    return f"No bed listed as {name}{elsewhere}"


def not_together(names: Sequence[str]) -> str:
    return f"No one bed is {together(names)}"


@lru_cache(1000)
def beds_fit(beds: int, spares: bool) -> str:  # noqa: FBT001  # a key of the cache
    """How many beds of the premises fit; `spares` where the one named leaves scarcer rooms free."""
    return f"{beds} beds here fit; this one leaves scarcer rooms free" if spares else f"{beds} beds here fit"
