"""The register in a process: what it answers, refuses, and notices."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from msgspec import structs

from bedspace.claims.holds import end_hold
from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.search.ask import Ask
from bedspace.search.register import Register
from bedspace.search.sql_form import walk
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.claims import EndHold
from schemas.errors import Invalid
from tests.premises.making import keep, premises
from tests.search.conftest import DECEMBER, Clock, beds, hold, need


async def test_a_hit_names_premises_bed_miles_and_reasons(house: House, register: Register) -> None:
    await keep(house, premises("AP1", [["en_suite"], []], at=(53.7932, -1.7531), offers=["catered"]))
    found = await register.shortlist(need(needs=["en_suite", "catered"]))
    hit = found.hits[0]
    assert (hit.premises.code, hit.premises.name, hit.premises.postcode) == ("AP1", "Example House AP1", "LS1 4AP")
    assert (hit.bed, hit.miles, hit.lat, hit.lon) == ("AP1-1", 8.2, 53.7932, -1.7531)
    assert hit.reasons == [
        "Nearest that fits",
        "Free for all 10 nights",
        "This one bed is en-suite and catered",
        "Not yet confirmed by the premises: ranked as if 5 miles farther",
    ]
    assert (found.as_of, found.invented) == (house.now(), True)


async def test_a_hold_is_seen_by_the_next_search_and_its_end_too(house: House, register: Register) -> None:
    await keep(house, premises("AP1"))
    assert beds(await register.shortlist(need())) == ["AP1-1"]
    held = await hold(house)
    assert beds(await register.shortlist(need())) == []
    await act(house, OPERATOR, end_hold, EndHold(id=held.id))
    assert beds(await register.shortlist(need())) == ["AP1-1"]


async def test_a_hold_that_lapses_frees_the_bed_at_that_moment_without_a_write(
    house: House, register: Register, clock: Clock, pool: Pool
) -> None:
    await keep(house, premises("AP1"))
    await register.current()
    held = await hold(house)
    ask = Ask(lat=53.8, lon=-1.5, first=DECEMBER, nights=10, gender="male")
    clock.now = held.expires_at - timedelta(microseconds=1)
    assert beds(await register.shortlist(need())) == []
    assert await walk(pool, ask, clock.now) == []
    clock.now = held.expires_at
    assert beds(await register.shortlist(need())) == ["AP1-1"]
    assert [walked.code for walked in await walk(pool, ask, clock.now)] == ["AP1"]
    assert await pool.fetchval("select count(*) from bed_claim") == 1
    clock.now = held.expires_at - timedelta(hours=1)
    assert beds(await register.shortlist(need())) == [], "a clock that was set back"


async def test_what_another_process_writes_is_seen_too(
    house: House, open_register: Callable[[], Register], pool: Pool
) -> None:
    await keep(house, premises("AP1", [[], []]))
    one, other = open_register(), open_register()
    for register in (one, other):
        assert beds(await register.shortlist(need())) == ["AP1-1"]
    await hold(house)
    for register in (one, other):
        assert beds(await register.shortlist(need())) == ["AP1-2"]


async def test_a_writer_that_was_running_during_one_search_is_seen_by_the_next(
    house: House, register: Register, pool: Pool
) -> None:
    """Its transaction is older than that search, and commits after it: no cursor may pass it."""
    await keep(house, premises("AP1", [[], []]))
    async with pool.acquire() as connection:
        writing = connection.transaction()
        await writing.start()
        await connection.execute(
            "insert into bed_claim (bed_id, kind, during, placed_by, placed_at) "
            "select id, 'turnaround', '[2026-12-01,2026-12-05)', 'x', now() from bed where code = 'AP1-1'"
        )
        assert beds(await register.shortlist(need())) == ["AP1-1"]
        await hold(house, "AP1-2")
        assert beds(await register.shortlist(need())) == ["AP1-1"]
        await writing.commit()
    assert beds(await register.shortlist(need())) == []


async def test_new_premises_new_rooms_and_other_characteristics_are_seen(house: House, register: Register) -> None:
    assert (await register.shortlist(need())).hits == []
    command = premises("AP1", [["en_suite"]])
    await keep(house, command)
    assert beds(await register.shortlist(need(needs=["en_suite"]))) == ["AP1-1"]
    await keep(house, structs.replace(command, rooms=[structs.replace(command.rooms[0], characteristics=[])]))
    assert beds(await register.shortlist(need(needs=["en_suite"]))) == []
    await keep(house, structs.replace(command, characteristics=["catered"]))
    assert beds(await register.shortlist(need(needs=["en_suite", "catered"]))) == ["AP1-1"]
    await keep(house, premises("AP1", [["en_suite"], [], []]))
    assert len((await register.current()).shape.where) == 3
    await keep(house, structs.replace(command, gender="female"))
    assert (await register.shortlist(need())).near_misses == []


@pytest.mark.parametrize(
    "statement",
    [
        "update premises set name = 'Renamed House'",
        "update bed set code = 'X1'",
        "update bed set open = daterange('2021-06-26', '2026-12-05')",
        "delete from room_characteristic",
        "insert into characteristic (code, name, scope) values ('garden', 'Garden', 'premises')",
        "update room set name = 'Blue room'",
    ],
)
async def test_a_change_by_hand_is_seen_as_well(house: House, register: Register, pool: Pool, statement: str) -> None:
    await keep(house, premises("AP1", [["en_suite"]]))
    before = await register.current()
    await pool.execute(statement)
    assert await register.current() is not before


async def test_a_bed_that_is_confirmed_says_so(house: House, register: Register, pool: Pool, clock: Clock) -> None:
    await keep(house, premises("AP1"))
    before = await register.current()
    await pool.execute("update bed set confirmed_at = $1", clock.now - timedelta(days=3))
    assert (await register.shortlist(need())).hits[0].reasons[-1] == "Confirmed by the premises 3 days ago"
    assert await register.current() is before, "without reading everything again"


async def test_on_a_new_day_in_london_the_register_begins_that_day(
    house: House, register: Register, clock: Clock
) -> None:
    await keep(house, premises("AP1"))
    await hold(house, hours=72)
    await register.shortlist(need())
    clock.now += timedelta(days=1)
    assert beds(await register.shortlist(need())) == []
    assert (await register.current()).base == date(2026, 11, 23)
    with pytest.raises(Invalid, match="22 November 2026 is in the past"):
        await register.shortlist(need(**{"from": date(2026, 11, 22)}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"from": date(2026, 11, 21)}, "from: 21 November 2026 is in the past. Give 22 November 2026 or a later date"),
        ({"near": "ZZ1 1ZZ"}, "near: ZZ1 1ZZ is not a postcode"),
        ({"needs": ["step-fre"]}, "needs: There is no need “step-fre”. Did you mean step_free"),
        ({"needs": ["jacuzzi"]}, "There is no need “jacuzzi”. `GET /api/v1/characteristics` lists them all"),
        ({"from": date(9999, 12, 31)}, "from: This date is too far ahead"),
    ],
)
async def test_what_cannot_be_searched_is_refused_in_words(
    register: Register, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await register.shortlist(need(**changes))
    assert message in str(refused.value)


async def test_an_unknown_postcode_of_a_zone_is_refused_without_repeating_it(register: Register) -> None:
    with pytest.raises(Invalid) as refused:
        await register.shortlist(need(avoid=[{"postcode": "QQ9 9QQ", "miles": 2}]))
    assert "Zone 1" in str(refused.value)
    assert "QQ9" not in str(refused.value)


async def test_the_snapshot_holds_no_person(house: House, register: Register) -> None:
    await keep(house, premises("AP1"))
    person = uuid4()
    await act(
        house, OPERATOR, place_claim, PlaceClaim(bed="AP1-1", kind="stay", from_=DECEMBER, nights=3, person=person)
    )
    snapshot = await register.current()
    held = repr((snapshot.claims, snapshot.shape.__dict__))
    assert snapshot.claims
    assert str(person) not in held
    assert "UUID" not in held


async def test_past_the_horizon_the_database_answers_and_no_other_dates_are_offered(
    house: House, register: Register
) -> None:
    await keep(house, premises("AP1", [["en_suite"], ["en_suite", "step_free"]]))
    await keep(house, premises("AP2", [[]], at=(53.4781, -2.2250)))
    far = date(2029, 3, 1)
    await act(house, OPERATOR, place_claim, PlaceClaim(bed="AP1-1", kind="stay", from_=far, nights=3, person=uuid4()))
    found = await register.shortlist(need(**{"from": far, "needs": ["en_suite"]}))
    assert beds(found) == ["AP1-2"]
    assert [(near.why, near.fits_if) for near in found.near_misses] == [
        (["No bed listed as en-suite; the nearest with one is Example House AP1, 0.0 miles"], ["free without en-suite"])
    ]
    assert beds(await register.shortlist(need(**{"from": far + timedelta(days=3), "needs": ["en_suite"]}))) == ["AP1-1"]
