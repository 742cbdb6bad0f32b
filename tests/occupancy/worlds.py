"""Rows that no database has seen: random ones for hypothesis, drawn from a seed."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from bedspace.occupancy.rows import Bed, Claim, Restriction, Rows, Site

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CODES = ("step_free", "en_suite", "ground_floor")
NIGHTS = 14


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


def site(n: int = 1, **changes: Any) -> Site:
    given = {
        "id": n,
        "code": f"AP{n}",
        "name": f"Example House {n}",
        "region": f"R{n % 2}",
        "region_name": f"North {n}",
    }
    return Site(**{**given, "gender": "male", "type": "standard", "invented": True, **changes})


def bed(n: int, premises_id: int = 1, *offers: str, **changes: Any) -> Bed:
    given = {"id": n, "code": f"B{n}", "premises_id": premises_id, "room": f"Room {n}", "offers": list(offers)}
    return Bed(**{**given, "opens": day(-999), "closes": None, "temporary": False, **changes})


def claim(bed_id: int, kind: Any, first: int, end: int | None, **changes: Any) -> Claim:
    return Claim(bed_id=bed_id, kind=kind, first=day(first), end=None if end is None else day(end), **changes)


def rows(*claims: Claim, beds: list[Bed], first: int = 0, nights: int = NIGHTS, **changes: Any) -> Rows:
    sites = [site(n) for n in sorted({one.premises_id for one in beds} or {1})]
    given = {"today": TODAY, "first": day(first), "end": day(first + nights), "sites": sites, "restrictions": []}
    return Rows(**{**given, "beds": beds, "claims": list(claims), **changes})


def world_of(seed: int) -> Rows:
    dice = Random(seed)
    sites = dice.choice([1, 1, 2])
    beds = [_bed(dice, n, dice.randrange(sites) + 1) for n in range(1, dice.randrange(1, 7) + 1)]
    beds.sort(key=lambda one: one.premises_id)
    claims = [claim for one in beds for claim in _claims(dice, one.id)]
    limits = [
        Restriction(premises_id=dice.randrange(sites) + 1, code=dice.choice(CODES), first=day(2), end=day(5))
        for _ in range(dice.choice([0, 0, 1]))
    ]
    made = rows(*claims, beds=beds, first=dice.choice([0, 0, 3, -5]), restrictions=limits)
    return Rows(
        today=TODAY,
        first=made.first,
        end=made.end,
        sites=[site(n) for n in range(1, sites + 1)],
        beds=beds,
        claims=claims,
        restrictions=limits,
    )


def _bed(dice: Random, n: int, premises_id: int) -> Bed:
    opens, closes = dice.choice([(-999, None), (-999, None), (-999, None), (-99, 6), (2, None)])
    return bed(
        n,
        premises_id,
        *(code for code in CODES if dice.random() < 0.5),
        opens=day(opens),
        closes=None if closes is None else day(closes),
        temporary=dice.random() < 0.1,
    )


def _claims(dice: Random, bed_id: int) -> list[Claim]:
    """End to end or with gaps; the first may be a resident who was to have left, another's bed by then or not."""
    found, night = [], dice.choice([-9, -4, 0, 0, 2, 5])
    for _ in range(dice.choice([0, 1, 2, 3])):
        length = dice.choice([1, 2, 3, 8])
        kind = dice.choice(["hold", "booking", "stay", "turnaround", "out_of_service"])
        over = kind == "stay" and night + length <= 0
        endless = kind == "stay" and not over and dice.random() < 0.2
        late = kind == "booking" and night <= 0
        found.append(claim(bed_id, kind, night, None if endless else night + length, overdue=over, late=late))
        if endless:
            break
        night += length + dice.choice([0, 0, 1, 4])
    return found


WORLDS = st.integers(0, 2**64 - 1).map(world_of)
