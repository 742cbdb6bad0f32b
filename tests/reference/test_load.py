"""Loading the published facts into the database."""

import asyncio

import asyncpg
import pytest

from bedspace.reference import files
from bedspace.reference.load import load_reference
from gateway.store.database import Pool, transaction

COUNTS = """
select (select count(*) from region), (select count(*) from pdu), (select count(*) from local_authority_pdu),
       (select count(*) from prison), (select count(*) from area_2003_pdu), (select count(*) from called)
"""


async def load(pool: Pool) -> None:
    async with transaction(pool) as tx:
        await load_reference(tx)


async def loaded_anew(pool: Pool) -> None:
    """As when a newer version brings other files."""
    await pool.execute("update reference_loaded set sha256 = ''")
    await load(pool)


async def pdus_of(pool: Pool, gss: str) -> list[str]:
    return [row[0] for row in await pool.fetch("select pdu_code from local_authority_pdu where gss = $1", gss)]


async def test_loading_twice_changes_nothing(pool: Pool) -> None:
    await load(pool)
    first = await pool.fetchrow(COUNTS)
    rows = await pool.fetch("select xmin::text from pdu")
    await load(pool)
    assert await pool.fetchrow(COUNTS) == first
    assert await pool.fetch("select xmin::text from pdu") == rows


async def test_processes_that_start_at_once_load_once(pool: Pool) -> None:
    await asyncio.gather(*(load(pool) for _ in range(4)))
    assert await pool.fetchval("select count(*) from pdu") == 111
    assert await pool.fetchval("select sha256 from reference_loaded") == files.fingerprint()


async def test_what_was_kept_by_hand_stays_when_newer_data_is_loaded(pool: Pool) -> None:
    await load(pool)
    await pool.execute("update pdu set name = 'Leeds and Selby', by_hand = true where code = 'N55LEE'")
    await pool.execute("delete from local_authority_pdu where gss = 'E08000025' and pdu_code = 'N52BNES'")
    await pool.execute("update local_authority_pdu set by_hand = true where gss = 'E08000025'")
    await pool.execute("insert into called values ('the docks', 'authority', 'E08000012', 'Liverpool', true)")
    await loaded_anew(pool)
    assert await pool.fetchval("select name from pdu where code = 'N55LEE'") == "Leeds and Selby"
    assert await pdus_of(pool, "E08000025") == ["N52BIRM"]
    assert await pool.fetchval("select count(*) from called where key = 'the docks'") == 1


async def test_what_is_published_no_longer_is_forgotten_unless_others_refer_to_it(pool: Pool) -> None:
    await load(pool)
    await pool.execute("insert into local_authority_pdu values ('E08000035', 'N55WAK', 'named')")
    await pool.execute("insert into called values ('old name', 'pdu', 'N55LEE', 'Leeds')")
    await pool.execute("insert into pdu (code, region_code, name, title) values ('N55OLD', 'N55', 'Old', 'Old')")
    await loaded_anew(pool)
    assert await pdus_of(pool, "E08000035") == ["N55LEE"]
    assert await pool.fetchval("select count(*) from called where key = 'old name'") == 0
    assert await pool.fetchval("select count(*) from pdu where code = 'N55OLD'") == 1


async def test_spocs_are_no_reference_data_and_stay(pool: Pool) -> None:
    await load(pool)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select set_config('bedspace.nation', 'on', true)")
        await connection.execute(
            "insert into spoc (pdu_code, purpose, name, email, phone, hours, team) "
            "values ('N55LEE', 'transfer', 'Robin Invented', 'robin@pdu.invalid', '01632 960001', 'always', 'Leeds')"
        )
    await loaded_anew(pool)
    assert await pool.fetchval("select count(*) from spoc") == 1


async def test_a_code_is_never_another_things_name(pool: Pool) -> None:
    await load(pool)
    clashes = await pool.fetch(
        "select key from called where key in (select lower(code) from prison union select lower(code) from pdu "
        "union select lower(code) from region) group by key having count(*) > 1"
    )
    assert clashes == []


async def test_a_split_authority_cannot_lose_its_pdu_silently(pool: Pool) -> None:
    await load(pool)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await pool.execute("delete from pdu where code = 'N52BIRM'")
