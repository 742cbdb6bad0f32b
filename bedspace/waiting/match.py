"""Which free bed goes to whom: for each entry in order, the bed that a search for it would put first. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import numpy as np
from msgspec import Struct

from bedspace.search.ask import BY_TYPE, Ask, Zone, once
from bedspace.search.ground import Ground
from bedspace.search.search import hits
from bedspace.search.shape import Bed, Shape
from bedspace.search.snapshot import Snapshot, Words
from bedspace.search.survey import survey
from bedspace.waiting.order import Standing
from schemas.premises import PremisesType
from schemas.words import Gender

MIDDLE = (52.56, -1.47)
"""Where a search for somebody begins who may go anywhere: the middle of England and Wales."""

NIGHTS, RULED_OUT, SKIPPED, ESTATE, LIMITED = "nights", "ruled_out", "skipped", "estate", "limited"


class Entry(Standing, frozen=True, kw_only=True):
    """One who waits, with all that a bed must meet. It holds no person."""

    gender: Gender
    type: PremisesType
    departs_on: date
    near: tuple[float, float] | None = None
    """Latitude and longitude; None where anywhere will do."""
    needs: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    prefer_premises: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    barred: frozenset[str] = frozenset()
    """Codes of premises where somebody is whom they must not meet."""
    not_at: frozenset[str] = frozenset()
    """Codes of premises that said no, or of which a person said why not."""
    not_in: frozenset[int] = frozenset()
    """Ids of beds of which a person said why not."""
    idle: bool = True
    """Nothing is proposed or offered to them just now."""
    stamp: str = ""
    """Changes whenever something of the entry changes in the database."""


class Passed(Struct, frozen=True):
    """Who stood ahead, and why the bed did not fit them."""

    id: UUID
    place: int
    code: str


class Match(Struct, frozen=True, kw_only=True):
    """A bed for an entry."""

    entry: Entry
    place: int
    bed: int
    bed_code: str
    premises: str
    first: date
    end: date
    passed: tuple[Passed, ...] = ()


def window(entry: Entry, today: date) -> tuple[date, date]:
    """The nights to keep: as many as were asked for, from the day a bed was wanted or from today if that is past."""
    first = max(entry.arrives_on, today)
    return first, first + (entry.departs_on - entry.arrives_on)


def ask_of(entry: Entry, today: date) -> Ask:
    """What a search for this entry asks."""
    first, end = window(entry, today)
    lat, lon = entry.near or MIDDLE
    by_type = (BY_TYPE[entry.type],) if entry.type in BY_TYPE else ()
    return Ask(
        lat=lat,
        lon=lon,
        first=first,
        nights=(end - first).days,
        gender=entry.gender,
        needs=once((*by_type, *entry.needs)),
        zones=entry.zones,
        limit=1,
        prefer=entry.prefer,
        prefer_premises=entry.prefer_premises,
        independent=entry.type == "independent",
        excluded=entry.barred | entry.not_at,
    )


def match(
    snapshot: Snapshot,
    entries: Sequence[Entry],
    *,
    taken: Sequence[int] = (),
    far: Mapping[UUID, Words] | None = None,
    limit: int = 1 << 30,
) -> list[Match]:
    """`entries` in order. `taken` are ids of beds that are proposed to somebody already; `far` are busy words of
    entries whose nights go past the horizon. Changes nothing."""
    shape, given = snapshot.shape, np.zeros(len(snapshot.shape.beds), np.uint64)
    beds = {bed.code: (bed, row, bit) for row, held in enumerate(shape.beds) for bit, bed in enumerate(held)}
    for proposed in taken:
        _give(shape, given, proposed)
    found: list[Match] = []
    missed: list[tuple[Entry, int, Ground]] = []
    for place, entry in enumerate(entries, 1):
        if not entry.idle:
            continue
        ground = ground_of(snapshot, entry, given, (far or {}).get(entry.id))
        if ground is None:
            continue
        if not ground.fits.any():
            missed.append((entry, place, ground))
            continue
        hit = hits(ground)[0]
        bed, row, bit = beds[hit.bed]
        passed = tuple(Passed(one.id, at, why_not(other, one, bed, row, bit)) for one, at, other in missed)
        found.append(_match(snapshot, entry, place, bed, hit.premises.code, passed))
        _give(shape, given, bed.id)
        if len(found) == limit:
            break
    return found


def ground_of(snapshot: Snapshot, entry: Entry, given: Words, far: Words | None = None) -> Ground | None:
    """What a search for an entry stands on; beds that are given, and those it may not have, count as busy.

    None where something is needed that no characteristic in use is.
    """
    ask = ask_of(entry, snapshot.base)
    if not set(ask.needs) <= snapshot.shape.has.keys():
        return None
    busy = snapshot.window((ask.first - snapshot.base).days, ask.nights) if far is None else far
    return survey(snapshot, ask, {0: busy | given | _not_for(snapshot.shape, entry)})


def _not_for(shape: Shape, entry: Entry) -> Words:
    """Single beds that an entry may not have, whatever they offer."""
    words = np.zeros(len(shape.beds), np.uint64)
    for bed in entry.not_in:
        _give(shape, words, bed)
    return words


def _give(shape: Shape, words: Words, bed: int) -> None:
    if bed in shape.where:
        row, bit = shape.where[bed]
        words[row] |= np.uint64(1 << bit)


def _match(snapshot: Snapshot, entry: Entry, place: int, bed: Bed, premises: str, passed: tuple[Passed, ...]) -> Match:
    first, end = window(entry, snapshot.base)
    return Match(
        entry=entry,
        place=place,
        bed=bed.id,
        bed_code=bed.code,
        premises=premises,
        first=first,
        end=end,
        passed=passed,
    )


def why_not(ground: Ground, entry: Entry, bed: Bed, row: int, bit: int) -> str:
    """The first reason, as a code, for which a bed does not fit an entry; empty where it fits.

    A zone and somebody who must not be met are one code: which of the two it was says too much.
    """
    shape, site = ground.snapshot.shape, ground.snapshot.shape.sites[int(ground.snapshot.shape.site_of_row[row])]

    def has(words: Words) -> bool:
        return bool(int(words[row]) >> bit & 1)

    if site.gender != entry.gender:
        return ESTATE
    for need in ground.ask.needs:
        if not has(shape.has[need]):
            return f"needs:{need}"
    if site.code not in entry.barred and (site.code in entry.not_at or bed.id in entry.not_in):
        return SKIPPED
    if not has(ground.estate):
        return RULED_OUT
    if has(ground.windows[0].busy):
        return NIGHTS
    return "" if has(ground.fits) else LIMITED


def never(snapshot: Snapshot, entry: Entry) -> str:
    """Why no bed of the register can ever meet this need, in words; empty where one can."""
    ask, shape = ask_of(entry, snapshot.base), snapshot.shape
    who, estate = ("men" if entry.gender == "male" else "women"), shape.estate[entry.gender]
    unknown = [need for need in ask.needs if need not in shape.has]
    lacking = unknown or [need for need in ask.needs if not (estate & shape.has[need]).any()]
    if lacking:
        return f"No bed for {who} has this: {_named(shape, lacking)}. {THEN}"
    suits = estate
    for need in ask.needs:
        suits = suits & shape.has[need]
    if not suits.any():
        what = f"all of this: {_named(shape, ask.needs)}" if ask.needs else "a place in the register"
        return f"No one bed for {who} has {what}. {THEN}"
    ground = survey(snapshot, ask, {0: _not_for(shape, entry)})
    return (
        ""
        if (ground.suits & ~ground.windows[0].busy).any()
        else f"Every bed for {who} that has all of this is ruled out for them. {THEN}"
    )


THEN = "Change what is needed, or take this entry off the list."


def _named(shape: Shape, codes: Sequence[str]) -> str:
    return ", ".join(shape.names.get(code, code) for code in codes)
