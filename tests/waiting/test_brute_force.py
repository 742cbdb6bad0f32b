"""What is proposed equals what a plain look at everything would propose."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from uuid import UUID

import numpy as np
import pytest
from msgspec.structs import replace

from bedspace.search.ask import Zone
from bedspace.search.shape import BedRow, Shape, SiteRow
from bedspace.search.snapshot import Claim, Snapshot
from bedspace.waiting.match import MIDDLE, Entry, match, never, window
from bedspace.waiting.order import ordered

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
NAMES = {code: code for code in ("step_free", "en_suite", "lift", "pipe")}


def register(random: Random, sites: int, beds: int, free: float) -> tuple[Snapshot, list[SiteRow], list[BedRow]]:
    site_rows = [
        SiteRow(
            id=n,
            code=f"AP{n:03}",
            name=f"House {n}",
            postcode="LS1 4AP",
            lat=51 + random.random() * 4,
            lon=-3 + random.random() * 3,
            gender=random.choice(["male", "male", "female"]),
            type="standard",
            offers=[code for code in ("lift", "pipe") if random.random() < 0.3],
        )
        for n in range(1, sites + 1)
    ]
    bed_rows = [
        BedRow(
            id=n,
            code=f"B{n:05}",
            premises_id=random.randint(1, sites),
            opens=date(2021, 6, 26),
            closes=None,
            confirmed_at=None,
            offers=[code for code in ("step_free", "en_suite") if random.random() < 0.3],
        )
        for n in range(1, beds + 1)
    ]
    claims: dict[int, tuple[Claim, ...]] = {
        bed.id: ((random.randint(0, 40), random.randint(41, 120), None),) for bed in bed_rows if random.random() > free
    }
    return Snapshot(Shape(site_rows, bed_rows, NAMES, TODAY), TODAY, claims, NOW), site_rows, bed_rows


def somebody(random: Random, n: int) -> Entry:
    arrives = TODAY + timedelta(days=random.randint(-3, 60))
    return Entry(
        id=UUID(int=n),
        reference=f"PL-{n:06}",
        displaced=random.random() < 0.05,
        timeliness="standard",
        rosh=random.choice([None, "high", "very_high", "medium"]),
        arrives_on=arrives,
        waiting_since=NOW - timedelta(days=random.randint(0, 30)),
        gender=random.choice(["male", "female"]),
        type=random.choice(["standard", "standard", "pipe"]),
        departs_on=arrives + timedelta(days=random.choice([7, 28, 84])),
        near=random.choice([None, (53.8, -1.5)]),
        needs=tuple(code for code in ("step_free", "en_suite", "lift") if random.random() < 0.25),
        zones=(Zone(53.8, -1.5, random.randint(10, 60)),) if random.random() < 0.2 else (),
        barred=frozenset({f"AP{random.randint(1, 5):03}"}),
        not_at=frozenset({f"AP{random.randint(1, 5):03}"}),
        not_in=frozenset({random.randint(1, 30)}),
        idle=random.random() < 0.9,
    )


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = np.radians(a), np.radians(b)
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * 3958.7613 * np.arcsin(np.sqrt(h)))


def brute(snapshot: Snapshot, sites: list[SiteRow], beds: list[BedRow], entries: list[Entry]) -> dict[UUID, set[int]]:
    """For each in order the beds it might have: all that fit at the nearest premises with one. What it really got
    is taken from the machine, so that the two go on from the same."""
    by_id = {site.id: site for site in sites}
    taken: set[int] = set()
    found: dict[UUID, set[int]] = {}
    got = {one.entry.id: one.bed for one in match(snapshot, entries)}
    for entry in entries:
        if not entry.idle:
            continue
        fitting = [bed for bed in beds if bed.id not in taken and fits(snapshot, entry, bed, by_id[bed.premises_id])]
        if not fitting:
            continue
        here = entry.near or MIDDLE
        far = {bed.id: miles(here, (by_id[bed.premises_id].lat, by_id[bed.premises_id].lon)) for bed in fitting}
        nearest = min(far.values())
        found[entry.id] = {bed for bed, distance in far.items() if distance <= nearest + 1e-6}
        if entry.id in got:
            taken.add(got[entry.id])
    return found


def fits(snapshot: Snapshot, entry: Entry, bed: BedRow, site: SiteRow) -> bool:
    first, end = window(entry, TODAY)
    has = {*bed.offers, *site.offers}
    needs = {*entry.needs, *({"pipe"} if entry.type == "pipe" else set())}
    nights = {(first - TODAY).days + n for n in range((end - first).days)}
    busy = {night for start, stop, _ in snapshot.claims.get(bed.id, ()) for night in range(start, stop)}
    return (
        site.gender == entry.gender
        and needs <= has
        and not nights & busy
        and site.code not in entry.barred | entry.not_at
        and bed.id not in entry.not_in
        and all(miles((zone.lat, zone.lon), (site.lat, site.lon)) > zone.miles for zone in entry.zones)
    )


@pytest.mark.parametrize("seed", range(25))
def test_proposals_equal_a_brute_force_look_and_each_that_was_passed_over_did_not_fit(seed: int) -> None:
    random = Random(seed)
    snapshot, sites, beds = register(random, 8, 60, free=0.3)
    entries = ordered([somebody(random, n) for n in range(1, 41)], TODAY)
    found = match(snapshot, entries)
    expected = brute(snapshot, sites, beds, entries)
    assert [one.entry.id for one in found] == list(expected)
    assert all(one.bed in expected[one.entry.id] for one in found)
    assert len({one.bed for one in found}) == len(found)
    got = {one.entry.id for one in found}
    rows, by_id = {bed.id: bed for bed in beds}, {site.id: site for site in sites}
    for one in found:
        ahead = [entry for entry in entries[: one.place - 1] if entry.idle and entry.id not in got]
        assert [passed.id for passed in one.passed] == [entry.id for entry in ahead]
        bed = rows[one.bed]
        assert not any(fits(snapshot, entry, bed, by_id[bed.premises_id]) for entry in ahead)
        assert all(passed.code for passed in one.passed)


def test_a_need_that_no_bed_can_ever_meet_says_so() -> None:
    random = Random(1)
    snapshot, _, _ = register(random, 8, 60, free=1)
    plain = Entry(
        id=UUID(int=1),
        reference="PL-000001",
        displaced=False,
        timeliness="standard",
        rosh="high",
        arrives_on=TODAY,
        waiting_since=NOW,
        gender="male",
        type="standard",
        departs_on=TODAY + timedelta(days=84),
    )

    assert never(snapshot, plain) == ""
    assert never(snapshot, replace(plain, needs=("hoist",))).startswith("No bed for men has this: hoist.")
    everywhere = replace(plain, zones=(Zone(53, -1.5, 500),))
    assert never(snapshot, everywhere).startswith("Every bed for men that has all of this is ruled out for them.")
    assert match(snapshot, [everywhere]) == []


def test_a_thousand_who_wait_are_matched_to_two_thousand_four_hundred_beds_each_bed_once() -> None:
    random = Random(3)
    snapshot, _, _ = register(random, 104, 2400, free=0.05)
    entries = ordered([somebody(random, n) for n in range(1, 1001)], TODAY)
    began = perf_counter()
    found = match(snapshot, entries)
    took = perf_counter() - began
    print(f"{len(entries)} entries, 2,400 beds: {len(found)} proposals, {took * 1000:.0f} ms")  # noqa: T201  # measured
    beds = [one.bed for one in found]
    assert len(beds) > 100
    assert len(set(beds)) == len(beds)
