"""What goes wrong in the search that people have today, and must not here."""

from datetime import date
from pathlib import Path

import pytest

from bedspace.geography.postcodes import Postcodes, open_postcodes
from bedspace.search.ask import Ask, Zone
from bedspace.search.search import Found, search
from bedspace.search.snapshot import Claim
from bedspace.search.understand import understand
from schemas.search import Need
from tests.search.registers import BASE, World, bed, days, site


@pytest.fixture(scope="module")
def postcodes(tmp_path_factory: pytest.TempPathFactory) -> Postcodes:
    return open_postcodes(Path(tmp_path_factory.mktemp("postcodes")))


def ask(**changes: object) -> Ask:
    given = {"lat": 53.0, "lon": -1.5, "first": days(9), "nights": 84, "gender": "male", **changes}
    return Ask(**given)  # type: ignore[arg-type]  # as a test gives them


def found(world: World, question: Ask) -> Found:
    return search(world.snapshot(), question)


def codes(answer: Found) -> list[str]:
    return [hit.premises.code for hit in answer.hits]


def test_the_dates_asked_for_are_used() -> None:
    world = World([site(1)], [bed(1)], {1: ((20, 30, None),)})
    assert codes(found(world, ask(first=days(0), nights=20))) == ["AP1"]
    assert codes(found(world, ask(first=days(0), nights=21))) == []
    assert codes(found(world, ask(first=days(29), nights=5))) == []
    assert codes(found(world, ask(first=days(30), nights=5))) == ["AP1"]


def test_one_bed_meets_every_need_and_two_rooms_do_not_share_the_credit() -> None:
    world = World([site(1)], [bed(1, offers=["step_free"]), bed(2, offers=["en_suite"])], {})
    answer = found(world, ask(needs=("step_free", "en_suite")))
    assert codes(answer) == []
    assert answer.near_misses[0].why == ["No one bed is both step-free and en-suite"]
    assert answer.near_misses[0].fits_if == ["en-suite only without step-free", "step-free only without en-suite"]


def test_a_free_bed_and_a_suitable_bed_are_not_the_same_bed() -> None:
    world = World([site(1)], [bed(1, offers=["en_suite"]), bed(2)], {1: ((0, 700, None),)})
    assert codes(found(world, ask(needs=("en_suite",)))) == []


def test_a_bed_that_is_taken_for_one_night_in_the_middle_is_not_free() -> None:
    world = World([site(1)], [bed(1)], {1: ((50, 51, None),)})
    assert codes(found(world, ask())) == []


def test_two_beds_free_for_half_the_time_each_are_not_one_bed_for_the_whole() -> None:
    world = World([site(1)], [bed(1), bed(2)], {1: ((9, 50, None),), 2: ((50, 99, None),)})
    assert codes(found(world, ask())) == []


def test_latitude_and_longitude_are_not_swapped(postcodes: Postcodes) -> None:
    """From M1 1AE to L1 1JD it is 31.3 miles; with the two swapped it would be 52."""
    liverpool = postcodes.find("L1 1JD")
    assert liverpool is not None
    need = Need(near="M1 1AE", from_=BASE, nights=1, gender="male")
    world = World([site(1, lat=liverpool.lat, lon=liverpool.lon)], [bed(1)], {})
    assert found(world, understand(need, postcodes)).hits[0].miles == pytest.approx(31.3, rel=0.01)


def test_the_nearest_is_first_by_true_distance() -> None:
    """A degree of longitude is shorter than one of latitude here: 0.8° east is nearer than 0.6° north."""
    east, north = site(1, lat=53.0, lon=-0.7), site(2, lat=53.6, lon=-1.5)
    world = World([north, east], [bed(1, 1), bed(2, 2)], {})
    assert codes(found(world, ask())) == ["AP1", "AP2"]


def test_mens_and_womens_estates_are_apart_even_among_the_near_misses() -> None:
    world = World([site(1, gender="female")], [bed(1)], {})
    assert found(world, ask()) == Found([], [])
    assert codes(found(world, ask(gender="female"))) == ["AP1"]


def test_premises_in_an_exclusion_zone_are_in_no_part_of_the_answer() -> None:
    """Not as a hit, not as a near miss, and not as the nearest that has what is missing."""
    world = World(
        [site(1, offers=["catered"]), site(2), site(3, offers=["catered"])], [bed(1, 1), bed(2, 2), bed(3, 3)], {}
    )
    answer = found(world, ask(lat=53.1, needs=("catered",), zones=(Zone(53.1, -1.5, 1.0),)))
    assert "Example House 1" not in repr(answer)
    assert answer.hits[0].reasons[0] == "Nearest that fits"
    assert answer.near_misses[0].why == [
        "No bed listed as catered; the nearest with one is Example House 3, 13.8 miles"
    ]


def test_the_bed_given_is_the_one_that_leaves_scarcer_rooms_free() -> None:
    wheelchair = ["step_free", "en_suite"]
    plain = [bed(n) for n in range(3, 12)]
    world = World([site(1)], [bed(1, offers=wheelchair), bed(2, offers=["step_free"]), *plain], {})
    first = found(world, ask()).hits[0]
    assert first.bed == "B003"
    assert "11 beds here fit; this one leaves scarcer rooms free" in first.reasons
    assert found(world, ask(needs=("step_free",))).hits[0].bed == "B002"
    assert found(world, ask(needs=("en_suite",))).hits[0].bed == "B001"


def test_what_a_quarter_of_the_beds_have_is_not_scarce() -> None:
    common, rare = bed(1, offers=["single_room", "step_free"]), bed(2, offers=["en_suite"])
    elsewhere = [bed(n, 2) for n in range(3, 8)] + [bed(8, 2, ["single_room", "step_free"])]
    assert found(World([site(1)], [common, rare, *elsewhere], {}), ask()).hits[0].bed == "B001"
    assert found(World([site(1)], [common, rare, *elsewhere, bed(9, 2)], {}), ask()).hits[0].bed == "B002"


def test_the_last_window_of_the_horizon_is_offered() -> None:
    world = World([site(1)], [bed(1)], {1: ((0, 646, None),)})
    assert found(world, ask()).near_misses[0].fits_if == [f"free from {spoken(days(646))}"]
    longer = World([site(1)], [bed(1)], {1: ((0, 647, None),)})
    assert found(longer, ask()).near_misses[0].fits_if == []


def test_premises_with_more_than_a_word_of_beds_offer_the_best_of_all_of_them() -> None:
    beds = [bed(n) for n in range(1, 131)]
    taken: dict[int, tuple[Claim, ...]] = {one.id: ((0, 100 + one.id, None),) for one in beds}
    near = found(World([site(1)], beds, taken), ask()).near_misses
    assert [one.fits_if for one in near] == [[f"free from {spoken(days(101))}"]]
    taken[130] = ((0, 95, None),)
    assert found(World([site(1)], beds, taken), ask()).near_misses[0].fits_if == [f"free from {spoken(days(95))}"]
    taken[129] = ((60, 95, None),)
    assert found(World([site(1)], beds, taken), ask()).near_misses[0].fits_if[1] == "free if 33 nights shorter"
    taken[128] = ()
    assert found(World([site(1)], beds, taken), ask()).hits[0].bed == "B128"


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
