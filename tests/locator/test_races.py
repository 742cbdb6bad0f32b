"""Several who keep contacts at once, and who may."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.absences import keep_absence
from bedspace.locator.sectors import SectorKeeper
from bedspace.locator.spocs import keep_spocs
from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.store.database import open_pool
from schemas.errors import Conflict, NotAllowed
from schemas.locator import KeepAbsence, KeepSectors, KeepSpocs, SectorOf, SpocOf, SpocsKept
from schemas.words import Role

FROM = date(2026, 12, 1)
RACERS = 12
CURRENT = "select id from spoc where pdu_code = $1 and purpose = $2 and kind = 'spoc' and valid @> date '2026-12-01'"


@pytest.fixture
async def open_house(of_its_own: str, now: datetime) -> AsyncIterator[House]:
    pool = await open_pool(of_its_own, size=RACERS)
    yield House(pool=pool, now=lambda: now)
    await asyncio.wait_for(pool.close(), 20)


def of(role: Role, *, pdus: tuple[str, ...] = (), regions: tuple[str, ...] = ()) -> Actor:
    return Actor(id=f"{role}-1", name="Pat Invented", role=role, pdus=pdus, regions=regions)


def contact(pdu: str, n: int, *, replaces: int | None = None) -> SpocOf:
    return SpocOf(
        pdu=pdu, purposes=["transfer"], name=f"Kit Invented-{n}", email=f"kit{n}@pdu.invalid",
        phone="01632 960999", hours="Weekdays", team="Transfers", replaces=replaces,
    )  # fmt: skip


async def deadlocks(house: House) -> int:
    found: int = await house.pool.fetchval("select deadlocks from pg_stat_database where datname = current_database()")
    return found


async def test_of_two_staff_who_saw_the_same_contact_one_keeps_it_and_the_other_is_told(open_house: House) -> None:
    seen = await open_house.pool.fetchval(CURRENT, "N55LEE", "transfer")
    staff = of("spoc", pdus=("N55LEE",)), of("spo", pdus=("N55LEE",))
    answers = await asyncio.gather(
        *(
            act(open_house, actor, keep_spocs, KeepSpocs(spocs=[contact("N55LEE", n, replaces=seen)], from_=FROM))
            for n, actor in enumerate(staff)
        ),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "SpocsKept"]
    (told,) = [one for one in answers if isinstance(one, Conflict)]
    assert "Somebody else has kept the contact for transfer meanwhile" in str(told)
    assert len(await open_house.pool.fetch(CURRENT, "N55LEE", "transfer")) == 1


async def test_all_who_keep_the_contacts_of_two_pdus_in_any_order_wait_for_one_another(open_house: House) -> None:
    before = await deadlocks(open_house)
    operator = of("operator")

    async def keep(n: int) -> SpocsKept:
        pdus = ("N55YRK", "N55WAK") if n % 2 else ("N55WAK", "N55YRK")
        return await act(
            open_house, operator, keep_spocs, KeepSpocs(spocs=[contact(pdu, n) for pdu in pdus], from_=FROM)
        )

    kept = await asyncio.gather(*(keep(n) for n in range(RACERS)))
    assert [one.kept for one in kept] == [2] * RACERS
    names = {
        await open_house.pool.fetchval(f"select name from spoc where id in ({CURRENT})", pdu, "transfer")
        for pdu in ("N55YRK", "N55WAK")
    }
    assert len(names) == 1, "both are as the last one kept them"
    assert await deadlocks(open_house) == before


@pytest.mark.parametrize(
    ("actor", "pdu", "may"),
    [
        (of("spo", pdus=("N55SHF",)), "N55SHF", True),
        (of("spoc", pdus=("N55SHF",)), "N55SHF", True),
        (of("aco", regions=("N55",)), "N55SHF", True),
        (of("administrator"), "N55SHF", True),
        (of("spo", pdus=("N55SHF",)), "N55HER", False),
        (of("aco", regions=("N54",)), "N55SHF", False),
        (of("practitioner", pdus=("N55SHF",)), "N55SHF", False),
        (of("auditor"), "N55SHF", False),
    ],
    ids=lambda one: one.role if isinstance(one, Actor) else str(one),
)
async def test_contacts_are_kept_by_those_of_the_pdu_the_region_or_the_nation(
    open_house: House, actor: Actor, pdu: str, *, may: bool
) -> None:
    command = KeepSpocs(spocs=[contact(pdu, 99)], from_=FROM)
    if may:
        assert (await act(open_house, actor, keep_spocs, command)).kept == 1
    else:
        with pytest.raises(NotAllowed):
            await act(open_house, actor, keep_spocs, command)


async def test_absences_are_recorded_by_an_administrator_of_the_pdu_and_by_no_other_pdus(open_house: House) -> None:
    command = KeepAbsence(spoc=await open_house.pool.fetchval(CURRENT, "N55BAS", "victim"), from_=FROM)
    with pytest.raises(NotAllowed):
        await act(open_house, of("case_administrator", pdus=("N55SHF",)), keep_absence, command)
    assert (await act(open_house, of("case_administrator", pdus=("N55BAS",)), keep_absence, command)).absences


async def test_sectors_are_decided_for_the_region_and_by_no_pdu_alone(open_house: House, postcodes: Postcodes) -> None:
    one = SectorOf(authority="Birmingham", sector="B1 1", pdu="N52BIRM", said_by="A map")
    command = KeepSectors(sectors=[one], from_=FROM)
    keep = SectorKeeper(postcodes).keep_sectors
    for actor in (of("spo", pdus=("N52BIRM", "N52BNES")), of("aco", regions=("N55",))):
        with pytest.raises(NotAllowed):
            await act(open_house, actor, keep, command)
    assert (await act(open_house, of("aco", regions=("N52",)), keep, command)).changes
