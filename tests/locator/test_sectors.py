"""Postcode sectors of split authorities: decided by people, dated, and never guessed."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.sectors import SectorKeeper, list_sectors, split_authorities
from bedspace.store import Tx
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.locate import Located
from schemas.locator import KeepSectors, SectorOf, SectorsKept
from tests.locator.conftest import TODAY

Ask = Callable[..., Awaitable[Located]]
FROM = date(2026, 12, 1)


def of(sector: str = "B1 1", pdu: str | None = "N52BNES", said_by: str = "the region's map") -> SectorOf:
    return SectorOf(authority="Birmingham", sector=sector, pdu=pdu, said_by=said_by)


@pytest.fixture
def keep(tx: Tx, postcodes: Postcodes, now: datetime) -> Callable[..., Awaitable[SectorsKept]]:
    async def kept(*sectors: SectorOf, from_: date = FROM, dry_run: bool = False) -> SectorsKept:
        command = KeepSectors(sectors=list(sectors), from_=from_, dry_run=dry_run)
        return (await SectorKeeper(postcodes).keep_sectors(tx, command, now)).result

    return kept


Keep = Callable[..., Awaitable[SectorsKept]]


async def test_a_postcode_in_a_decided_sector_has_one_pdu_from_the_day_and_says_who_decided(
    ask: Ask, keep: Keep
) -> None:
    await keep(of())
    assert len((await ask("B1 1AA", on=date(2026, 11, 30))).ambiguous or []) == 2
    located = await ask("B1 1AA", on=FROM)
    assert located.pdu is not None
    assert located.pdu.code == "N52BNES"
    assert located.read_as == "postcode B1 1AA, Birmingham (sector B1 1 by the region's map)"
    sector = await ask("b1 1", on=FROM)
    assert sector.pdu == located.pdu


async def test_an_undecided_sector_and_the_whole_authority_stay_ambiguous(ask: Ask, keep: Keep) -> None:
    await keep(of())
    assert len((await ask("B1 2HB", on=FROM)).ambiguous or []) == 2
    assert len((await ask("Birmingham", on=FROM)).ambiguous or []) == 2


async def test_a_sector_is_not_taken_for_the_outward_code_that_it_looks_like(ask: Ask) -> None:
    assert (await ask("LS1 4")).read_as == "sector LS1 4, Leeds"
    with pytest.raises(Invalid, match="LS98 9 is not a postcode sector in use"):
        await ask("LS98 9")


async def test_the_diff_is_said_first_and_the_same_again_changes_nothing(keep: Keep, tx: Tx) -> None:
    said = await keep(of(), of("B1 2"), dry_run=True)
    assert (len(said.changes), said.applied) == (2, False)
    assert await tx.fetchval("select count(*) from postcode_sector") == 0
    assert len((await keep(of(), of("B1 2"))).changes) == 2
    again = await keep(of(), of("B1 2", "N52BIRM"))
    assert [(one.sector, one.was, one.becomes) for one in again.changes] == [("B1 2", "N52BNES", "N52BIRM")]
    assert again.unchanged == 1


async def test_a_decision_is_taken_back_from_a_day_and_holds_until_then(ask: Ask, keep: Keep) -> None:
    await keep(of())
    await keep(of(pdu=None), from_=date(2027, 1, 1))
    assert (await ask("B1 1AA", on=date(2026, 12, 31))).pdu
    assert (await ask("B1 1AA", on=date(2027, 1, 1))).ambiguous


@pytest.mark.parametrize(
    ("one", "field", "said"),
    [
        (of("B1"), "sectors.0.sector", "no postcode sector"),
        (of("LS1 4"), "sectors.0.sector", "No postcode of LS1 4 lies in Birmingham"),
        (of(pdu="N55LEE"), "sectors.0.pdu", "Birmingham lies in N52BIRM and N52BNES"),
        (of(said_by=" "), "sectors.0.said_by", "Say who decided"),
        (SectorOf(authority="Leeds", sector="LS1 4", pdu="N55LEE"), "sectors.0.authority", "Those are: Birmingham"),
    ],
)
async def test_what_is_wrong_is_said_by_its_line_and_nothing_is_kept(
    keep: Keep, tx: Tx, one: SectorOf, field: str, said: str
) -> None:
    with pytest.raises(Invalid) as error:
        await keep(one, of())
    assert error.value.faults[0].field == field
    assert said in error.value.faults[0].why
    assert await tx.fetchval("select count(*) from postcode_sector") == 0


async def test_a_sector_given_twice_is_refused(keep: Keep) -> None:
    with pytest.raises(Invalid, match="given before, as number 1"):
        await keep(of(), of(pdu="N52BIRM"))


async def test_who_works_for_one_of_the_two_pdus_only_decides_nothing(keep: Keep, tx: Tx) -> None:
    await tx.execute("select set_config('bedspace.nation', 'off', true), set_config('bedspace.pdus', 'N52BNES', true)")
    with pytest.raises(NotAllowed, match="N52BIRM"):
        await keep(of())
    await tx.execute("select set_config('bedspace.regions', 'N52', true), set_config('bedspace.pdus', '', true)")
    assert (await keep(of())).applied


async def test_the_table_lists_every_sector_in_order_decided_or_not(keep: Keep, tx: Tx, postcodes: Postcodes) -> None:
    assert [one.authority.name for one in await split_authorities(tx, postcodes, TODAY)] == [
        "Birmingham",
        "Liverpool",
        "Manchester",
        "Ribble Valley",
    ]
    await keep(of())
    first = await list_sectors(tx, postcodes, "E08000025", FROM, limit=3, cursor=None)
    assert [(one.sector, one.pdu and one.pdu.code) for one in first.items] == [
        ("B1 1", "N52BNES"),
        ("B1 2", None),
        ("B1 3", None),
    ]
    following = await list_sectors(tx, postcodes, "E08000025", FROM, limit=200, cursor=first.next)
    assert following.items[0].sector > "B1 3"
    with pytest.raises(NotThere):
        await list_sectors(tx, postcodes, "E08000035", FROM, limit=3, cursor=None)
