"""What goes wrong in the search that people have today, and must not here."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec import ValidationError, convert, structs

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.geography.postcodes import Postcodes, open_postcodes
from bedspace.search.ask import Ask, Zone
from bedspace.search.register import Register
from bedspace.search.search import Found, search
from bedspace.search.snapshot import Claim
from bedspace.search.understand import understand
from bedspace.search.words import LEAVES_TODAY
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.people.meetings import record_check, record_pair
from gateway.people.searching import shortlist
from gateway.store.database import Pool
from schemas.errors import Invalid
from schemas.meetings import RecordCheck, RecordPair
from schemas.search import Avoid, AvoidArea, Need
from tests.premises.making import keep, premises
from tests.search.conftest import DECEMBER, need
from tests.search.registers import BASE, NOW, World, bed, days, site


@pytest.fixture(scope="session")
def template(organised: str) -> str:
    """With the lists of reasons, which recording who must not meet asks for."""
    return organised


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


def test_an_exclusion_zone_is_a_place_and_a_size_and_never_free_text(postcodes: Postcodes) -> None:
    assert [one.name for one in structs.fields(Avoid)] == ["postcode", "miles"]
    assert [one.name for one in structs.fields(AvoidArea)] == ["corners"]
    with pytest.raises(ValidationError, match="note"):
        convert({"postcode": "LS1 4AP", "miles": 1, "note": "the school in Mill Lane"}, Avoid)
    with pytest.raises(ValidationError, match="note"):
        convert({"corners": ["LS1 4AP", "M1 1AE", "BD1 1HX"], "note": "the school in Mill Lane"}, AvoidArea)
    for zone in (
        {"avoid": [{"postcode": "the school", "miles": 1}]},
        {"avoid_areas": [{"corners": ["the school"] * 3}]},
    ):
        with pytest.raises(Invalid) as refused:
            understand(need(**zone), postcodes)
        assert "school" not in str(refused.value), "said to whoever asked, and not repeated"


@pytest.mark.parametrize(
    "zone",
    [
        {"avoid": [{"postcode": "LS1 4AP", "miles": 1}]},
        {"avoid_areas": [{"corners": [{"lat": a, "lon": b} for a, b in ((53, -2), (54, -2), (54, -1), (53, -1))]}]},
        {"exclude_districts": ["LS1"]},
        {"exclude_premises": ["AP1"]},
    ],
)
def test_an_exclusion_zone_of_each_kind_is_obeyed(postcodes: Postcodes, zone: dict[str, Any]) -> None:
    here = postcodes.find("LS1 4AP")
    assert here is not None
    inside = site(1, lat=here.lat, lon=here.lon, postcode="LS1 4AP")
    world = World([inside, site(2, lat=55.0, postcode="M1 1AE")], [bed(1, 1), bed(2, 2)], {2: ((0, 700, None),)})
    assert codes(found(world, understand(need(), postcodes))) == ["AP1"]
    answer = found(world, understand(need(**zone), postcodes))
    assert codes(answer) == []
    assert [near.premises.code for near in answer.near_misses] == ["AP2"]


@pytest.mark.parametrize("role", ["prison_staff", "practitioner"])
async def test_prison_staff_and_practitioners_may_search_themselves(
    house: House, register: Register, role: str
) -> None:
    await keep(house, premises("AP1"))
    answer = await shortlist(register, house, demo_actor(role), need())
    assert [hit.bed for hit in answer.hits] == ["AP1-1"]


async def test_people_who_must_not_meet_are_checked_at_search_time_and_not_checked_is_told(
    house: House, register: Register, pool: Pool
) -> None:
    await keep(house, premises("AP1"))
    await keep(house, premises("AP2", [[], []]))
    one, other = await person(pool, "Z990001"), await person(pool, "Z990002")
    stay = PlaceClaim(bed="AP2-2", kind="stay", from_=DECEMBER + timedelta(days=9), nights=10, person=other)
    await act(house, OPERATOR, place_claim, stay)
    for_one = need(person="Z990001")

    before = await shortlist(register, house, OPERATOR, for_one)
    assert [hit.premises.code for hit in before.hits] == ["AP1", "AP2"]
    assert before.association.state == "not_checked"
    assert before.association.checked_at is None

    pair = RecordPair(person="Z990001", other="Z990002", kind="non_associate", source="prison")
    await act(house, OPERATOR, record_pair, pair)
    await act(
        house,
        OPERATOR,
        record_check,
        convert({"person": str(one), "outcome": "recorded", "against": ["prison"]}, RecordCheck),
    )
    after = await shortlist(register, house, OPERATOR, for_one)
    assert [hit.premises.code for hit in after.hits] == ["AP1"]
    assert after.near_misses == []
    assert after.association.state == "checked"


async def person(pool: Pool, crn: str) -> UUID:
    one = uuid4()
    added = "insert into person (id, crn, name, created_at) values ($1, $2, 'Robin Invented', now())"
    await pool.execute(added, one, crn)
    return one


def test_a_bed_whose_resident_leaves_today_and_is_not_recorded_as_gone_says_so() -> None:
    soon, past = NOW + timedelta(hours=2), NOW - timedelta(hours=2)
    world = World([site(1)], [bed(1)], {1: ((-9, 0, soon),)})
    assert LEAVES_TODAY in found(world, ask(first=days(0))).hits[0].reasons
    assert LEAVES_TODAY not in found(world, ask(first=days(1))).hits[0].reasons
    assert LEAVES_TODAY not in found(World([site(1)], [bed(1)], {}), ask(first=days(0))).hits[0].reasons
    late = World([site(1)], [bed(1)], {1: ((-9, 0, past),)})
    assert codes(found(late, ask(first=days(0)))) == [], "the hour when people leave is past: they are still there"
    assert codes(found(late, ask(first=days(1)))) == ["AP1"]


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
