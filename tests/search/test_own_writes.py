"""Whoever has written and then searches finds what was written, however many write at once."""

import asyncio
from collections.abc import Callable
from datetime import date

import pytest

from bedspace.claims.holds import end_hold, place_hold
from bedspace.search.register import Register
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from schemas.claims import EndHold, PlaceHold
from schemas.search import Need
from tests.premises.making import keep, premises

WRITERS = 6
NEED = Need(near="LS1 4AP", from_=date(2026, 12, 1), nights=10, gender="male", limit=100)


async def write_and_search(house: House, registers: list[Register], bed: str, times: int) -> int:
    """How many of the searches after a write of one's own were stale."""
    stale = 0
    for turn in range(times):
        register = registers[turn % len(registers)]
        hold = await act(house, OPERATOR, place_hold, PlaceHold(bed=bed, from_=NEED.from_, nights=10, reason="x"))
        stale += bed in {hit.bed for hit in (await register.shortlist(NEED)).hits}
        await act(house, OPERATOR, end_hold, EndHold(id=hold.id))
        stale += bed not in {hit.bed for hit in (await register.shortlist(NEED)).hits}
    return stale


async def probe(house: House, open_register: Callable[[], Register], times: int) -> None:
    for n in range(WRITERS):
        await keep(house, premises(f"AP{n}", at=(53.0 + n / 10, -1.5)))
    registers = [open_register(), open_register()]
    stale = await asyncio.gather(*(write_and_search(house, registers, f"AP{n}-1", times) for n in range(WRITERS)))
    assert sum(stale) == 0


async def test_no_search_after_a_write_of_ones_own_is_stale(
    house: House, open_register: Callable[[], Register]
) -> None:
    await probe(house, open_register, 15)


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_no_search_of_twelve_thousand_is_stale(house: House, open_register: Callable[[], Register]) -> None:
    await probe(house, open_register, 1000)
