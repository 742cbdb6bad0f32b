"""What happens by itself as time goes by."""

from datetime import timedelta

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from gateway.worker.ticks import lapse, prune
from tests.access.test_act import Say, say


async def test_answers_are_forgotten_after_24_hours(house: House, pool: Pool) -> None:
    await act(house, OPERATOR, say, Say("bed"), key="old")
    later = House(pool=pool, now=lambda: house.now() + timedelta(hours=23))
    await act(later, OPERATOR, say, Say("bed"), key="new")
    await prune(later)
    assert await pool.fetchval("select count(*) from idempotency") == 2
    await prune(House(pool=pool, now=lambda: house.now() + timedelta(hours=25)))
    assert await pool.fetchval("select key from idempotency") == "new"


async def test_where_no_hold_lapses_nothing_is_written(house: House, pool: Pool) -> None:
    assert await lapse(house) == 0
    assert await pool.fetchval("select count(*) from audit") == 0
