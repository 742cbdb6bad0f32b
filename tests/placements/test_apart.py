"""Two who must not meet never come to the same premises, though both are placed at the same moment."""

import asyncio
from datetime import date

import pytest

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.people.meetings import record_pair
from gateway.worker.ticks import lengthen
from schemas.errors import BedspaceError, Conflict
from schemas.meetings import RecordPair
from schemas.placing import PlacementDone
from tests.placements.placing import AP1, Clock, somebody


async def apart(clock: Clock) -> None:
    pair = RecordPair(person="X000001", other="X000002", kind="rival", source="prison")
    await act(clock.house, OPERATOR, record_pair, pair)


async def test_of_two_who_must_not_meet_one_is_accepted_at_the_same_premises(clock: Clock) -> None:
    for n in (1, 2):
        await clock.decided(somebody(n))
    await apart(clock)
    for number in range(6):
        first = date(2027, 1, 11 + number)
        both = [
            await clock.referred(somebody(n), ask=["AP1"], arrives_on=first, nights=1, decide=False) for n in (1, 2)
        ]
        results = await asyncio.gather(
            *(clock.do("accept", one, AP1, bed=f"AP1-{n}") for n, one in enumerate(both, 1)), return_exceptions=True
        )
        assert len([one for one in results if isinstance(one, PlacementDone)]) == 1, results
        (lost,) = [one for one in results if not isinstance(one, PlacementDone)]
        assert isinstance(lost, Conflict)
        assert "ruled out" in str(lost)


@pytest.mark.parametrize("hours", [1, 26, 50])
async def test_premises_are_ruled_out_while_the_other_overstays_there(clock: Clock, hours: int) -> None:
    """Before the worker has come by, however long ago they were to leave; and after it."""
    await clock.arrived("AP1-1", somebody(1), nights=1)
    await clock.decided(somebody(2))
    await apart(clock)
    clock.later(days=1, hours=hours)
    placement = await clock.referred(somebody(2), arrives_on=clock.at.date(), nights=5, decide=False)
    for _ in range(2):
        with pytest.raises(BedspaceError, match="ruled out"):
            await clock.do("offer", placement, bed="AP1-2")
        await lengthen(clock.house)
    await clock.do("offer", placement, bed="AP2-2")


async def test_who_overstays_elsewhere_has_a_bed_for_tonight(clock: Clock) -> None:
    await clock.arrived("AP1-1", somebody(1), nights=1)
    clock.later(days=2)
    again = await clock.referred(somebody(1), arrives_on=clock.at.date(), nights=5, decide=False)
    with pytest.raises(Conflict, match=r"already has a bed at .* \(AP1\)"):
        await clock.do("offer", again, bed="AP2-1")


async def test_a_bed_with_somebody_still_there_is_not_chosen_by_itself(clock: Clock) -> None:
    await clock.arrived("AP1-3", somebody(1), nights=1)
    clock.later(days=1, hours=3)
    placement = await clock.referred(somebody(2), ask=["AP1"], arrives_on=clock.at.date(), nights=5)
    assert (await clock.do("accept", placement, AP1)).bed == "AP1-2"
