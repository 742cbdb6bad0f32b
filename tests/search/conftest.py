"""A register over a real database, with a clock that a test may set and three postcodes."""

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from typing import Any, NamedTuple

import pytest
from msgspec import convert, structs

from bedspace.claims.holds import place_hold
from bedspace.search.register import Register
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool, open_pool
from schemas.claims import Hold, PlaceHold
from schemas.errors import Invalid
from schemas.search import Need, Shortlist


class Spot(NamedTuple):
    lat: float
    lon: float


KNOWN = {"LS1 4AP": Spot(53.7974, -1.5528), "M1 1AE": Spot(53.4781, -2.2250), "BD1 1HX": Spot(53.7932, -1.7531)}


class ThreePostcodes:
    def find(self, text: str) -> Spot | None:
        return KNOWN.get(text)

    def point(self, near: str) -> Spot:
        if near not in KNOWN:
            raise Invalid.because("near", f"{near} is not a postcode.")
        return KNOWN[near]

    def is_district(self, outward: str) -> bool:
        return outward in {"LS1", "M1", "BD1"}


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def house(pool: Pool, clock: Clock) -> House:
    """A house whose clock the test sets."""
    return House(pool=pool, now=clock)


@pytest.fixture
async def open_register(database: str, clock: Clock) -> AsyncIterator[Callable[[], Register]]:
    """Opens registers as a process does: with a pool of their own that plans generically."""
    pool = await open_pool(database, size=4, plan_cache_mode="force_generic_plan")
    opened: list[Register] = []

    def open_one() -> Register:
        opened.append(Register(pool, ThreePostcodes(), now=clock, invented=True))
        return opened[-1]

    yield open_one
    for register in opened:
        await register.close()
    await pool.close()


@pytest.fixture
def register(open_register: Callable[[], Register]) -> Register:
    return open_register()


DECEMBER = date(2026, 12, 1)


def need(**changes: Any) -> Need:
    given = {"near": "LS1 4AP", "from": DECEMBER, "nights": 10, "gender": "male"}
    return convert({**given, **changes}, Need)


async def hold(house: House, bed: str = "AP1-1", **changes: Any) -> Hold:
    command = PlaceHold(bed=bed, from_=DECEMBER, nights=10, reason="x")
    return await act(house, OPERATOR, place_hold, structs.replace(command, **changes))


def beds(shortlist: Shortlist) -> list[str]:
    return [hit.bed for hit in shortlist.hits]
