"""Registers that no database has seen: random ones for hypothesis, and small ones by hand."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct, structs

from bedspace.geography.area import Corners
from bedspace.search.ask import Ask, Zone
from bedspace.search.shape import BedRow, RestrictionRow, Shape, SiteRow
from bedspace.search.snapshot import HORIZON, Claim, Snapshot
from schemas.words import Gender

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BASE = date(2026, 11, 22)
ROOM = {"step_free": "step-free", "en_suite": "en-suite", "single_room": "single room"}
WHOLE = {"catered": "catered", "pipe": "PIPE"}
NAMES = ROOM | WHOLE
ACCEPTS = {"accepts_hate": "accepts hate offences"}
NAMES |= ACCEPTS


class World(Struct, frozen=True):
    """All that a snapshot is made of."""

    sites: list[SiteRow]
    beds: list[BedRow]
    claims: dict[int, tuple[Claim, ...]]
    restrictions: list[RestrictionRow] = []

    def snapshot(self, now: datetime = NOW) -> Snapshot:
        return Snapshot(Shape(self.sites, self.beds, NAMES, BASE, self.restrictions), BASE, dict(self.claims), now)

    def without(self, codes: set[str]) -> "World":
        """The same, had these premises never been built."""
        sites = [site for site in self.sites if site.code not in codes]
        kept = {site.id for site in sites}
        limits = [one for one in self.restrictions if one.premises_id in kept]
        return World(sites, [bed for bed in self.beds if bed.premises_id in kept], self.claims, limits)

    def with_these_in_the_other_estate(self, codes: set[str]) -> "World":
        """The same, had these premises been built for the others: there, and in no part of this search."""
        other: dict[Gender, Gender] = {"male": "female", "female": "male"}
        sites = [structs.replace(one, gender=other[one.gender]) if one.code in codes else one for one in self.sites]
        return World(sites, self.beds, self.claims, self.restrictions)


def site(n: int, **changes: Any) -> SiteRow:
    given = {"id": n, "code": f"AP{n}", "name": f"Example House {n}", "postcode": "LS1 4AP", "offers": []}
    return SiteRow(**{**given, "lat": 53.0 + n / 10, "lon": -1.5, "gender": "male", **changes})


def bed(n: int, premises_id: int = 1, offers: Sequence[str] = (), **changes: Any) -> BedRow:
    given = {"id": n, "code": f"B{n:03}", "premises_id": premises_id, "offers": list(offers)}
    return BedRow(**{**given, "opens": date(2021, 6, 26), "closes": None, "confirmed_at": None, **changes})


def days(count: int) -> date:
    return BASE + timedelta(days=count)


def world_of(seed: int) -> World:
    """A random register. Drawn from a seed, and not piece by piece, so that all sorts of them are about as likely.

    No two of its places are equally far from one that is asked for: rounding alone would say which is nearer.
    """
    dice = Random(seed)
    sites = [
        site(
            n,
            lat=dice.choice([52.1, 53.0, 53.4, 54.0]),
            lon=dice.choice([-2.0, -1.5, -1.4]),
            gender=dice.choice(["male", "male", "male", "female"]),
            offers=_some(dice, WHOLE | ACCEPTS, 0.6),
            type=dice.choice(["standard", "standard", "independent"]),
            postcode=dice.choice(["LS1 4AP", "LS6 1AA", "M1 1AE"]),
        )
        for n in range(1, dice.choice([0, 1, 2, 3, 4, 5]) + 1)
    ]
    beds: list[BedRow] = []
    for where in sites:
        few = [_bed(dice) for _ in range(dice.choice([0, 1, 1, 2, 3, 4]))]
        many = few * 17 if dice.random() < 0.1 else few
        beds += [bed(len(beds) + n, where.id, **given) for n, given in enumerate(many, 1)]
    patterns = [_claims(dice) for _ in range(9)]
    limits = [_restriction(dice, where) for where in sites for _ in range(dice.choice([0, 0, 0, 1, 1, 2]))]
    return World(sites, beds, {one.id: dice.choice(patterns) for one in beds}, limits)


def restriction(premises_id: int, code: str, first: int, end: int | None) -> RestrictionRow:
    return RestrictionRow(premises_id=premises_id, code=code, first=days(first), end=None if end is None else days(end))


def _restriction(dice: Random, where: SiteRow) -> RestrictionRow:
    first = dice.choice([-9, 0, 1, 2, 5, 60])
    length = dice.choice([1, 2, 5, 30, 200, None])
    return restriction(where.id, dice.choice([*NAMES]), first, None if length is None else max(first + length, 1))


def ask_of(seed: int) -> Ask:
    dice = Random(seed)
    nights = dice.choice([1, 1, 2, 2, 3, 5, 7, 28, 84, 127, 128, 129, 256, 257, 384, 730])
    first = dice.choice([0, 0, 1, 2, 3, 5, 9, 60, HORIZON - 10, HORIZON])
    more = _more(dice, nights)
    return Ask(
        first=days(max(0, min(first, HORIZON - nights - more["later"]))),
        nights=nights,
        lat=dice.choice([53.0, 53.52]),
        lon=dice.choice([-1.5, -1.46]),
        gender=dice.choice(["male", "male", "male", "female"]),
        needs=tuple(dice.sample([*ROOM, *WHOLE], dice.choice([0, 0, 1, 1, 2, 2, 3]))),
        zones=tuple(Zone(53.0, -1.5, dice.choice([0.1, 30.0])) for _ in range(dice.choice([0, 0, 1]))),
        limit=dice.choice([1, 3, 20]),
        **more,
    )


def _more(dice: Random, nights: int) -> dict[str, Any]:
    """What is asked for now and then."""

    def now_and_then(value: Any, otherwise: Any, share: float = 0.3) -> Any:
        return value if dice.random() < share else otherwise

    codes = [f"AP{n}" for n in range(1, 6)]
    return {
        "must": now_and_then(tuple(ACCEPTS), ()),
        "prefer": now_and_then(tuple(dice.sample([*ROOM, *WHOLE], dice.choice([1, 2, 3]))), ()),
        "prefer_premises": now_and_then(tuple(dice.sample(codes, dice.choice([1, 2, 5]))), ()),
        "earlier": now_and_then(dice.choice([1, 2, 7]), 0),
        "later": now_and_then(dice.choice([1, 2, 7, 28]), 0) if nights < HORIZON - 28 else 0,
        "independent": dice.random() < 0.1,
        "areas": now_and_then((dice.choice(SHAPES),), (), 0.2),
        "districts": now_and_then(frozenset({"LS6"}), frozenset(), 0.2),
        "excluded": now_and_then(frozenset(dice.sample(codes, 1)), frozenset(), 0.2),
    }


SHAPES: list[Corners] = [
    ((52.9, -2.5), (53.1, -2.5), (53.1, -1.0), (52.9, -1.0)),
    ((52.1, -1.5), (53.0, -1.5), (54.0, -1.4)),
    ((51.0, -3.0), (55.0, -3.0), (55.0, -1.0), (53.2, -1.45), (51.0, -1.0)),
]
SEEDS = st.integers(0, 2**64 - 1)
WORLDS, ASKS = SEEDS.map(world_of), SEEDS.map(ask_of)


def _some(dice: Random, codes: Iterable[str], share: float) -> list[str]:
    return [code for code in codes if dice.random() < share]


def _bed(dice: Random) -> dict[str, Any]:
    opens, closes = dice.choice([(-99, None), (-99, None), (-99, None), (-99, 6), (2, None), (-99, 400)])
    return {
        "offers": _some(dice, ROOM, dice.choice([0.2, 0.7])),
        "opens": days(opens),
        "closes": None if closes is None else days(closes),
        "confirmed_at": dice.choice([None, NOW, NOW - timedelta(days=3), NOW - timedelta(days=dice.randrange(90))]),
    }


def _claims(dice: Random) -> tuple[Claim, ...]:
    """Claims of one bed, end to end or with gaps, some begun before today; some are holds, lapsed or not.

    Before them now and then stays that should have ended, whose residents should be gone by now or later today.
    """
    gone = [(-20, -9, NOW - timedelta(days=9))], [(-9, 0, NOW + timedelta(minutes=dice.choice([-60, 0, 60])))]
    found: list[Claim] = list(dice.choice([[], [], [], [], *gone]))
    night = dice.choice([-4, -2, 0, 0, 1, 3, 8])
    for _ in range(dice.choice([0, 1, 1, 2, 3, 8])):
        length, lapses = dice.choice([1, 1, 2, 3, 5, 21, 84, 300]), dice.choice([None, None, None, -60, 0, 60])
        if night + length > 0:
            found.append((night, night + length, None if lapses is None else NOW + timedelta(minutes=lapses)))
        night += length + dice.choice([0, 0, 1, 2, 3, 10, 60])
    return tuple(found)
