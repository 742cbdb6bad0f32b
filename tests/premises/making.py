"""Premises for a test, in a line or two."""

from collections.abc import Sequence
from datetime import datetime

from bedspace.premises.keep import KeepPremises, KeepRoom, PremisesKept, keep_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import open_pool
from schemas.words import Gender

LEEDS = (53.7974, -1.5528)


def premises(
    code: str = "AP1",
    rooms: Sequence[Sequence[str]] = ((),),
    *,
    gender: Gender = "male",
    at: tuple[float, float] = LEEDS,
    offers: Sequence[str] = (),
    beds: int = 1,
) -> KeepPremises:
    """One item of `rooms` a room: what it offers. Beds are called `AP1-1`, `AP1-2`, …"""
    return KeepPremises(
        code=code,
        name=f"Example House {code}",
        postcode="LS1 4AP",
        lat=at[0],
        lon=at[1],
        gender=gender,
        invented=True,
        characteristics=list(offers),
        rooms=[
            KeepRoom(
                name=f"Room {n}",
                characteristics=list(room),
                beds=[f"{code}-{n}" if beds == 1 else f"{code}-{n}{chr(97 + bed)}" for bed in range(beds)],
            )
            for n, room in enumerate(rooms, 1)
        ],
    )


async def keep(house: House, command: KeepPremises) -> PremisesKept:
    return await act(house, OPERATOR, keep_premises, command)


async def two_premises(database: str, now: datetime) -> None:
    """AP1 has one step-free room with an own bathroom and a plain one, AP2 has one of each."""
    pool = await open_pool(database, size=1)
    house = House(pool=pool, now=lambda: now)
    await keep(house, premises("AP1", [["step_free", "en_suite"], []]))
    await keep(house, premises("AP2", [["step_free"], ["en_suite"]]))
    await pool.close()
