"""Whatever people do, in whatever order, everything that must hold holds."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from bedspace.claims.holds import lapse_holds
from bedspace.placements.may import OVER
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.verify.register import snapshot_differs
from gateway.verify.verify import Verify, verify
from gateway.worker.ticks import alert, archive, lapse_answers, lengthen
from schemas.claims import LapseHolds
from schemas.errors import BedspaceError
from tests.placements.placing import ACTS, Clock, somebody

BEDS = [f"AP{premises}-{bed}" for premises in (1, 2, 3) for bed in (1, 2, 3)]
PEOPLE = 12
OFTEN: dict[str, float] = {
    **{"withdraw": 0.1, "cancel": 0.15, "not_arrived": 0.1, "decline": 0.3, "needs": 0.2, "ask": 0.1, "offer": 0.5},
    **{"accept": 4, "arrive": 6, "relocate": 5, "relocation_accept": 6, "depart": 0.7},
}
"""How likely an act is beside others that may be done as well, which count as one."""


def given(draw: Random, what: str, clock: Clock) -> dict[str, Any]:
    """What an act might be given, sensible or not."""
    day = clock.at.date() + timedelta(days=draw.choice((-1, 0, 1, 2, 5, 12, 30)))
    choices: dict[str, dict[str, Any]] = {
        "ask": {"premises": draw.sample(["AP1", "AP2", "AP3"], 2)},
        "offer": {"bed": draw.choice(BEDS)},
        "accept": draw.choice([{}, {"premises": "AP1"}, {"premises": "AP2"}, {"premises": "AP3"}]),
        "decline": draw.choice([{"reason": "full"}, {"reason": "full", "premises": "AP1"}]),
        "withdraw": {"reason": "duplicate"},
        "arrive": draw.choice([{}, {}, {"bed": draw.choice(BEDS)}]),
        "not_arrived": {"reason": "did_not_come"},
        "depart": {"reason": "moved_on"},
        "extend": {"until": day},
        "shorten": {"until": day},
        "needs": {"needs": ["step_free"]},
        "cancel": {"reason": "died"},
        "away": {"where": "hospital"},
        "relocate": {
            "bed": draw.choice(BEDS),
            "reason": "staff",
            **draw.choice([{"emergency": True}, {"on": day}, {"on": clock.at.date() + timedelta(days=1)}]),
        },
        "relocation_decline": {"reason": "full"},
    }
    return choices.get(what, {})


async def refer(draw: Random, clock: Clock, made: list[UUID]) -> None:
    arrives = clock.at.date() + timedelta(days=draw.choice((0, 0, 0, 0, 1, 3, 10)))
    made.append(
        await clock.referred(
            somebody(draw.randrange(PEOPLE)),
            arrives_on=arrives,
            nights=draw.choice((1, 3, 10, 20)),
            ask=draw.sample(["AP1", "AP2", "AP3"], draw.choice((0, 1, 1, 2))),
        )
    )


async def time_goes_by(draw: Random, clock: Clock) -> None:
    clock.later(hours=draw.choice((1, 5, 20, 50)))
    await act(clock.house, GATEWAY, lapse_holds, LapseHolds())
    for tick in (lengthen, lapse_answers, alert, archive):
        await tick(clock.house)


async def some_act(draw: Random, clock: Clock, placement: UUID) -> str:
    """Mostly one that the state allows, and rarely one that ends it all."""
    may = [one.act for one in (await clock.read(placement)).may if one.allowed]
    if not may or draw.random() < 0.1:
        return draw.choice([one for one in ACTS if one not in ("lapse", "alert")])
    return draw.choices(may, [OFTEN.get(one, 1.0) for one in may])[0]


async def live(clock: Clock, seed: int, steps: int) -> Counter[str]:
    """How often each act was done, and not refused."""
    draw = Random(seed)
    made: list[UUID] = []
    done = Counter[str]()
    for _ in range(steps):
        chance, what = draw.random(), "refer"
        try:
            if chance < 0.18 or not made:
                await refer(draw, clock, made)
            elif chance < 0.26:
                what = "time"
                await time_goes_by(draw, clock)
            else:
                placement = draw.choice(made[-10:])
                what = await some_act(draw, clock, placement)
                if (await clock.do(what, placement, **given(draw, what, clock))).state in OVER and draw.random() < 0.9:
                    made.remove(placement)
        except BedspaceError:
            continue
        done[what] += 1
    await sound(clock.house)
    return done


async def sound(house: House) -> None:
    findings = await act(house, OPERATOR, verify, Verify())
    broken = {one.id: one.found for one in findings if one.state == "broken"}
    assert broken == {}
    assert await snapshot_differs(house.pool, house.now()) == []


@pytest.mark.parametrize("seed", range(4))
async def test_after_any_sequence_of_acts_every_invariant_holds(clock: Clock, seed: int) -> None:
    done = await live(clock, seed, 200)
    assert {"offer", "accept", "arrive", "relocate", "time"} <= set(done), done


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 140))
async def test_after_long_sequences_of_acts_every_invariant_holds(clock: Clock, seed: int) -> None:
    await live(clock, seed, 600)
