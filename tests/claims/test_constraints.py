"""The tables keep the promises by themselves, whoever writes to them."""

import asyncpg
import pytest

from gateway.access.act import House
from gateway.store.database import Pool
from tests.premises.making import keep, premises

CLAIM = (
    "with placed as (select md5(concat($1::text, $5::text))::uuid as id where $1 in ('booking', 'stay') and $3 <> ''), "
    "kept as (insert into placement (id, person_id, state, origin, gender, arrives_on, departs_on, referred_by, "
    "referred_at, changed_at) select id, $3::text::uuid, 'referred', 'import', 'male', '2026-12-01', '2026-12-05', "
    "'x', now(), now() from placed) "
    "insert into bed_claim (bed_id, kind, during, person_id, expires_at, placement_id, placed_by, placed_at) "
    "select id, $1, $2::text::daterange, $3::text::uuid, $4::text::timestamptz, (select id from placed), 'x', now() "
    "from bed where code = $5"
)
SAM = "0b5e0000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


DECEMBER, LATER = "[2026-12-01,2026-12-05)", "[2026-12-04,2026-12-06)"


@pytest.mark.parametrize(
    ("constraint", "rows"),
    [
        (
            "a_bed_has_one_claim_a_night",
            [("stay", DECEMBER, SAM, None, "AP1-1"), ("turnaround", LATER, None, None, "AP1-1")],
        ),
        (
            "a_person_has_one_bed_a_night",
            [("stay", DECEMBER, SAM, None, "AP1-1"), ("booking", LATER, SAM, None, "AP1-2")],
        ),
        ("a_claim_has_nights", [("turnaround", "empty", None, None, "AP1-1")]),
        ("a_claim_has_nights", [("turnaround", "(,2026-12-06)", None, None, "AP1-1")]),
        ("a_hold_lapses", [("hold", DECEMBER, None, None, "AP1-1")]),
        ("a_hold_lapses", [("turnaround", DECEMBER, None, "2026-12-01T00:00Z", "AP1-1")]),
        ("a_booking_or_stay_has_a_placement", [("stay", DECEMBER, None, None, "AP1-1")]),
        ("bed_claim_kind_check", [("sleepover", DECEMBER, None, None, "AP1-1")]),
    ],
)
async def test_a_row_that_breaks_a_promise_is_refused_by_name(
    pool: Pool, constraint: str, rows: list[tuple[str | None, ...]]
) -> None:
    for row in rows[:-1]:
        await pool.execute(CLAIM, *row)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await pool.execute(CLAIM, *rows[-1])
    assert refused.value.as_dict()["constraint_name"] == constraint


@pytest.mark.parametrize("window", ["empty", "(,2026-12-06)"])
async def test_a_bed_opens_on_a_day(pool: Pool, window: str) -> None:
    with pytest.raises(asyncpg.CheckViolationError, match="a_bed_opens_on_a_day"):
        await pool.execute("update bed set open = $1::text::daterange", window)


async def test_every_write_of_a_claim_marks_its_bed_with_its_transaction(pool: Pool) -> None:
    for statement in (CLAIM, "update bed_claim set reason = 'x'", "delete from bed_claim"):
        arguments = ("turnaround", DECEMBER, None, None, "AP1-1") if statement is CLAIM else ()
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(statement, *arguments)
            current = await connection.fetchval("select pg_current_xact_id()")
        marked = await pool.fetch(
            "select b.code from bed_state s join bed b on b.id = s.bed_id where s.xid = $1", current
        )
        assert [row["code"] for row in marked] == ["AP1-1"]


async def test_moving_a_claim_to_another_bed_marks_both(pool: Pool) -> None:
    await pool.execute(CLAIM, "turnaround", DECEMBER, None, None, "AP1-1")
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("update bed_claim set bed_id = (select id from bed where code = 'AP1-2')")
        current = await connection.fetchval("select pg_current_xact_id()")
    assert await pool.fetchval("select count(*) from bed_state where xid = $1", current) == 2


async def test_the_history_can_be_added_to_and_not_changed(pool: Pool) -> None:
    for statement in ("update bed_claim_history set reason = 'x'", "delete from bed_claim_history"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)
