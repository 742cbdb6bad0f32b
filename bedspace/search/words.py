"""How a search says what it found."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from bedspace.nights import london_today

SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def mid(name: str) -> str:
    """A name in the middle of a sentence: `En-suite` → `en-suite`, `PIPE (…)` as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def marked(name: str) -> str:
    """So that a name of several words reads as one: `en-suite`, `“suitable for arson risk”`."""
    return f"“{name}”" if " " in name else name


def of_beds(names: Sequence[str]) -> list[str]:
    """What beds are marked with; what premises accept is so of every bed there, and goes without saying."""
    return [marked(name) for name in names if not name.startswith("accepts ")]


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


STALE, MOST = 7, 5
"""A record counts as a mile farther for every so many whole days of its age, and as so many miles at most."""


def farther(at: datetime | None, today: date) -> int:
    """By how many miles the age of a bed's confirmation lowers its rank; one never confirmed is as old as can be."""
    return MOST if at is None else min(MOST, max(0, (today - london_today(at)).days // STALE))


def confirmed(at: datetime | None, today: date) -> str:
    """How fresh the record of a bed is, and what that does to its rank."""
    if at is None:
        return f"Not yet confirmed by the premises: ranked as if {MOST} miles farther"
    return _ago((today - london_today(at)).days, farther(at, today))


@lru_cache(1000)
def _ago(days: int, miles: int) -> str:
    said = f"Confirmed by the premises {'today' if days < 1 else 'yesterday' if days == 1 else f'{days} days ago'}"
    return f"{said}: ranked as if {miles} {'mile' if miles == 1 else 'miles'} farther" if miles else said


def moved(day: str, days: int) -> str:
    """A first night that is not the one asked for, though within the flexibility given."""
    return f"From {day}, {abs(days)} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"


def preferred(place: int, of: int) -> str:
    """`place` counts from 1, among the preferred premises."""
    return "Preferred premises" if of == 1 else f"Preferred premises, {place} of {of} in order"


def met(names: Sequence[str], of: int) -> str:
    """The preferences that the bed meets."""
    if not names:
        return "Does not meet the preference" if of == 1 else f"Meets none of {of} preferences"
    return f"Meets {len(names)} of {of} {'preference' if of == 1 else 'preferences'}: {listed(names)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


LEAVES_TODAY = "Its resident is due to leave today, and is not recorded as gone: telephone first"


def later(day: str) -> str:
    return f"free from {day}"


def takes(day: str) -> str:
    """The day on which a restriction of the premises ends."""
    return f"takes this from {day}"


def restricted(name: str, since: str | None, until: str | None) -> str:
    """What premises offer or accept in general, and not on these nights; `since` where they begin within the window."""
    what = f"Does not accept {name[8:]}" if name.startswith("accepts ") else f"Not listed as {marked(name)}"
    if since is None and until is None:
        return f"{what} for the time being"
    return what + (f" from {since}" if since else "") + (f" until {until}" if until else "")


@lru_cache(1000)
def shorter(nights: int) -> str:
    return f"free if {nights_of(nights)} shorter"


def without(dropped: Sequence[str], kept: Sequence[str]) -> str:
    """`en-suite only without step-free`; `free without step-free` where nothing else was asked for."""
    less = listed([marked(name) for name in dropped])
    return f"{listed([marked(name) for name in kept])} only without {less}" if kept else f"free without {less}"


def none_free(nights: int, names: Sequence[str], *, flexible: bool = False) -> tuple[str, str]:
    """Premises where beds have everything, and none of them is free: with one such bed, and after `None of its 3 `."""
    has = of_beds(names)
    what = f" marked {listed(has)}" if has else ""
    when = "that night" if nights == 1 else f"all {nights} nights"
    when += ", from any of those dates" if flexible else ""
    return f"Its one bed{what} is not free {when}", f"beds{what} is free {when}"


def not_listed(name: str, nearest: tuple[str, float] | None) -> str:
    """Premises without one of the needs; `nearest` is the nearest that has it, and its miles."""
    if name.startswith("accepts "):
        elsewhere = f"; the nearest that does is {nearest[0]}, {nearest[1]} miles" if nearest else ""
        return f"Does not accept {name[8:]}{elsewhere}"
    elsewhere = f"; the nearest with one is {nearest[0]}, {nearest[1]} miles" if nearest else ""
    return f"No bed listed as {marked(name)}{elsewhere}"


def not_together(names: Sequence[str]) -> str:
    return f"No one bed is {together(of_beds(names))}"


@lru_cache(1000)
def beds_fit(beds: int, spares: bool) -> str:  # noqa: FBT001  # a key of the cache
    """How many beds of the premises fit; `spares` where the one named leaves scarcer rooms free."""
    return f"{beds} beds here fit; this one leaves scarcer rooms free" if spares else f"{beds} beds here fit"
