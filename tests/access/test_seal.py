"""Whatever is done to one row of the audit, or to its chain, is found."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.access.seal import Sealer, broken_links
from gateway.store.database import Pool
from tests.access.test_act import Say, say

ROWS = 6


@pytest.fixture
async def owner(database: str) -> AsyncIterator[Tx]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def sealed(house: House, pool: Pool) -> Pool:
    """Six rows of audit, sealed by two passes."""
    sealer = Sealer(pool)
    for n in range(ROWS):
        await act(house, OPERATOR, say, Say(f"word {n}"), reason=f"because {n}")
        if n == 2:
            assert await sealer.seal() == 3
    assert await sealer.seal() == ROWS - 3
    return pool


async def broken(owner: Tx, published: tuple[int, bytes] | None = None) -> list[str]:
    return [words async for words in broken_links(owner, published=published)]


async def test_an_untouched_chain_holds(sealed: Pool, owner: Tx) -> None:
    assert await broken(owner) == []
    assert await owner.fetchval(
        "select array_agg(audit_id order by seq) = array_agg(audit_id order by audit_id) from audit_seal"
    )


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("at", "at + interval '1 microsecond'"),
        ("actor", "'somebody'"),
        ("role", "'spoc'"),
        ("action", "'hold.end'"),
        ("subject", "subject || '!'"),
        ("persons", "array['00000000-0000-4000-8000-000000000001'::uuid]"),
        ("reason", "null"),
        ("outcome", "'not_allowed'"),
    ],
)
@pytest.mark.parametrize("at", [1, 3, ROWS])
async def test_a_change_of_any_column_of_any_row_is_found(
    sealed: Pool, owner: Tx, column: str, change: str, at: int
) -> None:
    await owner.execute(f"update audit set {column} = {change} where id = $1", at)
    (words,) = await broken(owner)
    assert words.startswith(f"audit row {at},")


@pytest.mark.parametrize("at", [1, 3, ROWS])
async def test_a_deleted_row_is_found(sealed: Pool, owner: Tx, at: int) -> None:
    await owner.execute("delete from audit where id = $1", at)
    assert await broken(owner) == [f"audit row {at} has been deleted (link {at})"]


async def test_two_rows_changed_for_one_another_are_found(sealed: Pool, owner: Tx) -> None:
    rows = await owner.fetch("select reason from audit where id in (2, 4) order by id")
    await owner.execute("update audit set reason = $1 where id = 2", rows[1]["reason"])
    await owner.execute("update audit set reason = $1 where id = 4", rows[0]["reason"])
    assert [words[:11] for words in await broken(owner)] == ["audit row 2", "audit row 4"]


async def test_two_links_changed_for_one_another_are_found(sealed: Pool, owner: Tx) -> None:
    for was, becomes in ((2, 100), (4, 2), (100, 4)):
        await owner.execute("update audit_seal set seq = $2 where seq = $1", was, becomes)
    assert await broken(owner)


@pytest.mark.parametrize("at", [1, 3])
async def test_a_row_cut_out_with_its_link_is_found(sealed: Pool, owner: Tx, at: int) -> None:
    await owner.execute("delete from audit_seal where seq = $1", at)
    await owner.execute("delete from audit where id = $1", at)
    assert f"links {at} to {at} of the chain are missing" in await broken(owner)


async def test_a_row_cut_out_and_the_rest_renumbered_is_found(sealed: Pool, owner: Tx) -> None:
    await owner.execute("delete from audit_seal where seq = 3")
    await owner.execute("delete from audit where id = 3")
    for seq in range(4, ROWS + 1):
        await owner.execute("update audit_seal set seq = $1 - 1 where seq = $1", seq)
    assert await broken(owner)


async def test_a_chain_cut_off_at_its_end_is_found_by_a_published_head(sealed: Pool, owner: Tx) -> None:
    head = await owner.fetchrow("select seq, hash from audit_seal order by seq desc limit 1")
    assert head is not None
    published = (head["seq"], head["hash"])
    assert await broken(owner, published) == []
    await owner.execute("delete from audit_seal where seq > 4")
    await owner.execute("delete from audit where id > 4")
    assert await broken(owner, published) == [
        f"the published head {ROWS} is not in the chain: it has been cut off or written anew"
    ]


async def test_a_chain_written_anew_over_a_changed_row_is_found_by_a_published_head(sealed: Pool, owner: Tx) -> None:
    hash_ = await owner.fetchval("select hash from audit_seal where seq = $1", ROWS)
    await owner.execute("update audit set reason = 'nothing' where id = 3")
    await owner.execute("delete from audit_seal")
    assert await Sealer(sealed).seal() == ROWS
    assert await broken(owner) == []
    assert await broken(owner, (ROWS, hash_))


async def test_a_row_of_a_transaction_still_running_is_sealed_when_it_has_ended(
    house: House, pool: Pool, database: str, owner: Tx
) -> None:
    slow = await asyncpg.connect(database)
    transaction = slow.transaction()
    await transaction.start()
    await slow.execute(
        "insert into audit (at, actor, role, action, outcome) values (now(), 'slow', 'operator', 'verify', 'done')"
    )
    await act(house, OPERATOR, say, Say("quick"))
    sealer = Sealer(pool)
    assert await sealer.seal() == 0, "the slow one came first and may still commit"
    await transaction.commit()
    await slow.close()
    assert await sealer.seal() == 2
    assert await broken(owner) == []


async def test_four_sealers_at_once_make_one_chain_while_rows_are_written(house: House, pool: Pool, owner: Tx) -> None:
    async def write(n: int) -> None:
        later = House(pool=pool, now=lambda: house.now() + timedelta(seconds=n))
        await act(later, OPERATOR, say, Say("word"))

    async def seal_some() -> None:
        sealer = Sealer(pool)
        for _ in range(10):
            await sealer.seal()

    await asyncio.gather(*(write(n) for n in range(40)), *(seal_some() for _ in range(4)))
    await Sealer(pool).seal()
    assert await broken(owner) == []
    assert await owner.fetchval("select count(*) from audit_seal") == 40


async def test_sealed_rows_survive_new_transaction_numbers_of_a_restore(sealed: Pool, owner: Tx, house: House) -> None:
    await owner.execute("update audit set xid = '3'")
    await act(house, OPERATOR, say, Say("after"))
    assert await Sealer(sealed).seal() == 1
    assert await broken(owner) == []
