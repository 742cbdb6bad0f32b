"""A dozen who wait for a bed: some with one proposed, one who was not given it, one who waits in vain."""

from datetime import datetime, timedelta
from typing import Any

from bedspace.waiting.join import join_waiting
from bedspace.waiting.skip import Skipper
from gateway.access.accounts import demo_actor
from gateway.access.act import act
from gateway.demo.placing import Day
from gateway.waiting.read import WaitingReader
from gateway.wiring import Works
from gateway.worker.waiting import WaitingTick
from schemas.waiting import JoinWaiting, ListProposals, SkipProposal

PEOPLE = 960_000
"""Number of the first person."""
AT_MOST = 10
"""Looks at the list; each proposes twenty beds at most."""

WANTED: tuple[tuple[int, int, dict[str, Any]], ...] = (
    (1, 2, {"needs": ["step_free", "en_suite"]}),
    (5, 3, {"needs": ["wheelchair", "call_for_help"]}),
    (6, 9, {}),
    (12, 6, {"needs": ["wheelchair", "mobility_aids", "near_office", "arson_suitable"]}),
    (16, 11, {"needs": ["single_room"], "nights": 28}),
    (20, 4, {"type": "pipe"}),
    (33, 20, {"needs": ["step_free"], "preferred": ["en_suite"]}),
    (40, 14, {"type": "esap"}),
    (45, 8, {"needs": ["ground_floor", "hearing_loop", "braille_signs", "tactile_floor", "wheelchair"]}),
    (50, 2, {"needs": ["catered"], "nights": 56}),
    (61, 17, {"needs": ["arson_suitable"]}),
    (75, 1, {}),
)
"""In how many days a bed is wanted, since how many days they wait, and what else is asked for."""


async def let_people_wait(works: Works, now: datetime) -> None:
    """All by the verbs: a practitioner refers, the worker proposes, the central referral unit says why not."""
    day = Day(works, now)
    day.number = PEOPLE
    for ahead, since, given in WANTED:
        at = day.ago(days=since)
        nights = given.get("nights", 84)
        more = {name: value for name, value in given.items() if name != "nights"}
        one = await day.referred(at, day.today + timedelta(days=ahead), nights, "male", **more)
        await day.do(at, day.practitioner, join_waiting, JoinWaiting(id=one))
    await _propose(works)
    unit = demo_actor("central_referral_unit")
    reader = WaitingReader(works.register, works.postcodes)
    proposed = (await act(works.house, unit, reader.list_proposals, ListProposals(limit=1))).items
    for proposal in proposed:
        skip = SkipProposal(id=proposal.id, reason="residents", note="A dispute from a former stay")
        await act(works.house, unit, Skipper(works.register, works.postcodes).skip_proposal, skip)
    await _propose(works)


async def _propose(works: Works) -> None:
    tick = WaitingTick(works.house, works.register, works.postcodes)
    for _ in range(AT_MOST):
        if not await tick.tick():
            return
