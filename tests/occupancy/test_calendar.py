"""The calendar of premises, against counting by hand."""

from datetime import date
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from bedspace.occupancy.asked import Wish
from bedspace.occupancy.assign import largest
from bedspace.occupancy.calendar import calendar
from bedspace.occupancy.rows import Rows
from schemas.occupancy import Night
from tests.occupancy.worlds import CODES, NOW, TODAY, WORLDS, bed, claim, day, rows, site

KINDS = ("stay", "booking", "hold", "turnaround", "out_of_service")


def is_open(world: Rows, bed_at: int, night: int) -> bool:
    one, when = world.beds[bed_at], night_of(world, night)
    return one.opens <= when and (one.closes is None or when < one.closes)


def night_of(world: Rows, night: int) -> date:
    return day((world.first - TODAY).days + night)


def kind_of(world: Rows, bed_at: int, night: int) -> str:
    """What a bed is on a night, by looking at every claim: the one who sleeps there goes first."""
    when, found = night_of(world, night), set()
    for one in world.claims:
        if one.bed_id == world.beds[bed_at].id and one.first <= when:
            there = one.overdue and when <= TODAY
            if one.end is None or when < one.end or there:
                found.add(one.kind)
    order = ("stay", "out_of_service", "booking", "turnaround", "hold")
    return next((kind for kind in order if kind in found), "free")


def free_beds(world: Rows, night: int) -> list[int]:
    return [
        n
        for n, one in enumerate(world.beds)
        if not one.temporary and is_open(world, n, night) and kind_of(world, n, night) == "free"
    ]


def offers(world: Rows, bed_at: int, night: int) -> set[str]:
    one, when = world.beds[bed_at], night_of(world, night)
    gone = {
        limit.code
        for limit in world.restrictions
        if limit.premises_id == one.premises_id and limit.first <= when and (limit.end is None or when < limit.end)
    }
    return set(one.offers) - gone


def one_premises(world: Rows) -> Rows:
    kept = [one for one in world.beds if one.premises_id == 1]
    limits = [one for one in world.restrictions if one.premises_id == 1]
    ids = {one.id for one in kept}
    return Rows(
        today=world.today,
        first=world.first,
        end=world.end,
        sites=[site(1)],
        beds=kept,
        claims=[one for one in world.claims if one.bed_id in ids],
        restrictions=limits,
    )


@settings(max_examples=150)
@given(WORLDS.map(one_premises))
def test_every_bed_is_counted_once_a_night_and_as_what_it_is(world: Rows) -> None:
    for n, night in enumerate(calendar(world, NOW, known=CODES).days):
        lasting = [at for at, one in enumerate(world.beds) if not one.temporary and is_open(world, at, n)]
        assert night.capacity == len(lasting)
        for kind in KINDS:
            assert getattr(night, kind) == sum(kind_of(world, at, n) == kind for at in lasting)
        assert night.free == len(free_beds(world, n))
        assert night.capacity == night.free + sum(getattr(night, kind) for kind in KINDS)


@settings(max_examples=150)
@given(WORLDS.map(one_premises))
def test_free_with_a_need_is_the_most_people_with_that_need_who_could_be_placed(world: Rows) -> None:
    for n, night in enumerate(calendar(world, NOW, needs=CODES[:2], known=CODES).days):
        beds = free_beds(world, n)
        for code, count in night.free_with.items():
            assert count == sum(code in offers(world, at, n) for at in beds)
        assert night.with_all == sum(set(CODES[:2]) <= offers(world, at, n) for at in beds)


WISHES = st.lists(
    st.builds(Wish, st.lists(st.sampled_from(CODES), unique=True, max_size=2).map(tuple), st.integers(1, 2)),
    min_size=1,
    max_size=3,
)


def most(wants: list[set[int]], beds: list[int]) -> int:
    """By trying every way to give beds to people."""
    best = 0
    padded = beds + [-1] * len(wants)
    for given_beds in set(permutations(padded, len(wants))):
        best = max(best, sum(one in want for one, want in zip(given_beds, wants, strict=True)))
    return best


@settings(max_examples=60)
@given(WORLDS.map(one_premises), WISHES)
def test_a_mix_of_demands_is_placed_as_far_as_any_assignment_can(world: Rows, wishes: list[Wish]) -> None:
    people = [wish.needs for wish in wishes for _ in range(wish.people)][:4]
    wishes = [Wish(needs, 1) for needs in people]
    days = calendar(world, NOW, wishes=wishes, known=CODES).days
    for n in (0, 3, 7):
        beds = free_beds(world, n)
        wants = [{at for at in beds if set(needs) <= offers(world, at, n)} for needs in people]
        assert days[n].placed == most(wants, beds)
        assert days[n].fits == (days[n].placed == len(people))


@given(st.lists(st.integers(0, 31), max_size=4))
def test_the_largest_assignment_is_that_of_trying_them_all(wants: list[int]) -> None:
    sets = [{bed_at for bed_at in range(5) if want >> bed_at & 1} for want in wants]
    assert largest(wants) == most(sets, list(range(5)))


def first_night(world: Rows, **asked: object) -> Night:
    return calendar(world, NOW, known=CODES, **asked).days[0]  # type: ignore[arg-type]  # as the tests below give them


def test_people_are_moved_along_so_that_all_fit() -> None:
    world = rows(beds=[bed(1, 1, "step_free", "en_suite"), bed(2, 1, "step_free")])
    night = first_night(world, wishes=[Wish(("step_free",), 1), Wish(("en_suite",), 1)])
    assert (night.placed, night.fits) == (2, True)


def test_a_demand_for_the_whole_window_asks_for_beds_that_stay_free() -> None:
    beds = [bed(1, 1, "step_free"), bed(2, 1, "step_free")]
    world = rows(claim(1, "booking", 0, 3), claim(2, "booking", 3, 9), beds=beds)
    found = calendar(world, NOW, wishes=[Wish(("step_free",), 1)], known=CODES)
    assert all(night.fits for night in found.days)
    assert found.demand is not None
    assert (found.demand.placed, found.demand.fits) == (0, False)


def test_temporary_beds_are_apart() -> None:
    night = first_night(rows(claim(2, "stay", -1, 3), beds=[bed(1), bed(2, temporary=True)]))
    assert (night.capacity, night.free, night.temporary, night.temporary_claimed) == (1, 1, 1, 1)


def test_a_resident_who_is_overdue_is_shown_until_tomorrow_and_marked() -> None:
    found = calendar(rows(claim(1, "stay", -9, -2, overdue=True), beds=[bed(1)]), NOW)
    assert [(span.until, span.overdue) for span in found.beds[0].spans] == [(day(1), True)]
    assert [night.stay for night in found.days[:2]] == [1, 0]
