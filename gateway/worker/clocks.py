"""The tick of the clocks of NSIs: overdue ones told up the ladder, the digest of the day, patterns of police checks."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bedspace.nights import london_today
from bedspace.store import Reader
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.store.database import transaction
from gateway.transfers.digests import is_time, keep_digest, to_write_to
from gateway.transfers.end_chases import chase_end
from gateway.transfers.end_chases import to_chase as ends_to_chase
from gateway.transfers.escalate import escalate_nsi, to_escalate
from gateway.transfers.move_review import ask_review
from gateway.transfers.move_review import to_ask as reviews_to_ask
from gateway.transfers.paper import chase_paper, papers_overdue
from gateway.transfers.police import find_patterns, patterns_change
from gateway.worker.repeat import Loop
from schemas.chasing import EscalateNsi, KeepDigest
from schemas.ends import ChaseEnd
from schemas.errors import BedspaceError, Unavailable
from schemas.files import FindPatterns
from schemas.move_review import AskReview
from schemas.paper import ChasePaper

log = structlog.get_logger("bedspace.worker")


async def chase(house: House) -> int:
    """Tell what is overdue one step further up, NSI by NSI, in the morning of working days; answer how many steps."""
    if not is_time(house.now()):
        return 0
    found = await _look(house, lambda tx: to_escalate(tx, london_today(house.now())))
    return sum([await _done(house, escalate_nsi, EscalateNsi(id=nsi)) for nsi in found])


async def digest(house: House) -> int:
    """Write to each person who has something due, once a working day; answer to how many."""
    if not is_time(house.now()):
        return 0
    found = await _look(house, lambda tx: to_write_to(tx, house.now()))
    return sum([await _done(house, keep_digest, command) for command in found])


async def patterns(house: House) -> int:
    """Tell regions of police checks that are overdue by the number; answer how many patterns are new."""
    if not await _look(house, lambda tx: patterns_change(tx, house.now())):
        return 0
    return await _done(house, find_patterns, FindPatterns())


async def papers(house: House) -> int:
    """Ask where paper files are that are overdue, in the morning of working days; answer how many."""
    if not is_time(house.now()):
        return 0
    found = await _look(house, lambda tx: papers_overdue(tx, house.now()))
    return sum([await _done(house, chase_paper, ChasePaper(id=nsi)) for nsi in found])


async def ask_for_ends(house: House) -> int:
    """Ask whoever has not reported an end of a move, in the morning of working days; answer how many are asked."""
    if not is_time(house.now()):
        return 0
    found = await _look(house, lambda tx: ends_to_chase(tx, house.now()))
    return sum([await _done(house, chase_end, ChaseEnd(id=nsi)) for nsi in found])


async def ask_for_reviews(house: House) -> int:
    """Ask the origin of each temporary move that is at its end, at the same hours; answer how many are asked."""
    if not is_time(house.now()):
        return 0
    found = await _look(house, lambda tx: reviews_to_ask(tx, house.now()))
    return sum([await _done(house, ask_review, AskReview(id=nsi)) for nsi in found])


async def _look(house: House, look: Callable[[Reader], Awaitable[Any]]) -> Any:
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        return await look(tx)


Chase = EscalateNsi | KeepDigest | FindPatterns | ChasePaper | ChaseEnd | AskReview


async def _done(house: House, verb: Any, command: Chase) -> int:
    """One that cannot be done does not keep the others."""
    try:
        count: int = (await act(house, GATEWAY, verb, command)).count
    except Unavailable:
        raise
    except BedspaceError as error:
        log.warning("not_chased", action=command.action, exc_info=error)
        return 0
    return count


def chasing(house: House) -> list[Loop]:
    """What the worker does about clocks, again and again."""

    async def clocks() -> float:
        return 1 if await chase(house) else 60

    async def digests() -> float:
        return 1 if await digest(house) else 120

    async def checks() -> float:
        await patterns(house)
        await papers(house)
        return 900

    async def ends() -> float:
        return 1 if await ask_for_ends(house) else 900

    async def reviews() -> float:
        return 1 if await ask_for_reviews(house) else 900

    return [
        Loop("clocks", clocks),
        Loop("digests", digests),
        Loop("checks", checks),
        Loop("ends", ends),
        Loop("reviews", reviews),
    ]
