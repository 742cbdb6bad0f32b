"""The demo looks alive, breaks no invariant, and is made once."""

import itertools
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from bedspace.locator.coverage import coverage
from bedspace.nights import london_today
from bedspace.reference.load import load_reference
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.demo.build import build_demo
from gateway.demo.nights import invent_nights
from gateway.demo.people import invent_person
from gateway.demo.premises import invent_premises
from gateway.people.identifiers import crn, noms, pnc
from gateway.releases.read import list_releases
from gateway.settings import Settings
from gateway.store.database import Pool, open_pool, transaction
from gateway.transfers.read import list_nsis
from gateway.verify.verify import Verify, verify
from gateway.wiring import utc_now
from schemas.nsis import ListNsis
from schemas.releases import ListReleases

SETTINGS = Settings(data=Path(".bedspace"))


@pytest.fixture
async def demo(database: str) -> AsyncIterator[Pool]:
    owner = await asyncpg.connect(database)
    async with owner.transaction():
        await load_reference(owner)
    await owner.close()
    assert await build_demo(SETTINGS, database, premises=8)
    assert not await build_demo(SETTINGS, database, premises=8)
    pool = await open_pool(database, size=2)
    yield pool
    await pool.close()


async def test_it_looks_alive_and_nothing_in_it_is_broken(demo: Pool) -> None:
    house = House(pool=demo, now=utc_now)
    async with demo.acquire() as connection, connection.transaction():
        await connection.execute("set local bedspace.nation = 'on'")
        states = {row["state"] for row in await connection.fetch("select distinct state from inbox")}
        masked = await connection.fetchval(
            "select count(*) from nsi where not exists (select from person p where p.id = nsi.person_id)"
        )
    assert {"raised", "prepared", "review", "ignored"} <= states
    assert masked == 1
    page = await act(house, OPERATOR, list_nsis, ListNsis())
    assert {"prepared", "received", "allocated", "in_progress", "completed", "withdrawn"} <= {
        row.status for row in page.items
    }
    assert 3 <= sum(row.overdue for row in page.items) < len(page.items)
    beds = await demo.fetchval("select count(*) from bed")
    taken = await demo.fetchval("select count(*) from bed_claim where during @> current_date")
    assert 0.8 < taken / beds < 0.97
    async with demo.acquire() as connection, connection.transaction():
        await connection.execute("set local bedspace.nation = 'on'")
        waits = await connection.fetchval("select count(*) from placement where waiting_since is not null")
        assert waits >= 12
        assert await connection.fetchval("select count(*) from proposal where outcome is null") > 0
        assert await connection.fetchval("select count(*) from proposal_skip") == 1
        codes = await connection.fetchval("select count(*) from bed_claim where reason = 'recorded_before_lists'")
        assert codes == 0, "the demo gives true reasons"
    async with transaction(demo, readonly=True) as tx:
        covered = await coverage(tx, london_today(utc_now()))
        regional = await tx.fetchval("select count(distinct region_code) from spoc where out_of_hours <> ''")
        sectors = await tx.fetchval("select count(*) from postcode_sector where invented")
    assert {gap.kind for gap in covered.gaps} == {"absent", "ending"}
    assert [(one.from_pdu.code, one.to_pdu.code, one.sector) for one in covered.wrong_routes] == [
        ("N55BAC", "N55YNY", "BD20 6")
    ]
    assert (regional, sectors) == (12, 5)
    releases = await act(house, OPERATOR, list_releases, ListReleases(prison="LEI"))
    assert {"needs_bed", "noticed", "ready"} <= {row.state for row in releases.items}
    broken = [one for one in await act(house, OPERATOR, verify, Verify()) if one.state == "broken"]
    assert broken == []


def test_nine_beds_in_ten_are_taken_tonight_and_people_come_and_go_today() -> None:
    today = date(2026, 11, 22)
    plans = [invent_nights(f"P{number:03}-{bed:02}", today) for number in range(100) for bed in range(23)]
    nights = [night for plan in plans for night in plan]
    assert 0.88 < sum(night.start <= today < night.end for night in nights) / len(plans) < 0.94
    assert sum(night.start == today for night in nights) > 20
    assert sum(night.end == today for night in nights) > 20
    for plan in plans:
        for before, after in itertools.pairwise(plan):
            assert before.end <= after.start


def test_invented_people_are_always_the_same_look_invented_and_have_identifiers_that_check() -> None:
    for number in (0, 7, 9_999, 10_000, 900_012):
        person = invent_person(number, "male")
        assert person == invent_person(number, "male")
        assert crn(person.crn) == person.crn
        assert noms(person.noms) == person.noms
        assert pnc(person.pnc, date(2026, 11, 22)) == person.pnc


def test_invented_premises_have_all_their_beds_and_nobody_reaches_a_wheelchair_room_by_stairs() -> None:
    for number in range(1, 102):
        premises = invent_premises(number, 22)
        assert sum(room.beds for room in premises.rooms) == 22
        assert all(
            "step_free" in room.characteristics for room in premises.rooms if "wheelchair" in room.characteristics
        )
    assert {invent_premises(number, 22).gender for number in range(1, 102)} == {"male", "female"}
