"""C-08: a referral for which no premises are found comes to the queue of the nation, with whom was asked already."""

from typing import Any

import pytest

from bedspace.placements.accept import accept_placement
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.delivery.compose import WriteLetter, Writer
from gateway.following import follow
from gateway.store.database import Pool
from gateway.transfers.holders import keep_holder
from gateway.transfers.national import close_search, seek_for_placement
from gateway.transfers.searches import read_search
from schemas.chasing import KeepHolder
from schemas.errors import Conflict, NotThere
from schemas.national import CloseSearch, ReadSearch, Search, SeekForPlacement, Sought
from schemas.placing import AcceptPlacement
from tests.placements.placing import AP1, LEEDS, Clock, somebody

LEAD = demo_actor("national_lead")
WRITER = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)


async def sought(clock: Clock, placement: Any, actor: Any = LEEDS) -> Sought:
    command = SeekForPlacement(id=placement, reason="no_accommodation", tried="All near.", needed="A ground floor.")
    return await act(_house(clock), actor, seek_for_placement, command)


async def shown(clock: Clock, search: Sought) -> Search:
    return await act(_house(clock), LEAD, read_search, ReadSearch(id=search.id))


def _house(clock: Clock) -> House:
    """With what follows from what happens, as in life."""
    return House(pool=clock.pool, now=lambda: clock.at, follow=follow)


async def test_c_08_what_premises_said_stands_with_a_referral_in_the_queue_of_the_nation(
    clock: Clock, pool: Pool
) -> None:
    lead = KeepHolder(grade="national_lead", place="nation", name="Nat Example", email="nat@nation.invalid")
    await act(_house(clock), OPERATOR, keep_holder, lead)
    placement = await clock.referred(somebody(1), ask=["AP1", "AP2"])
    await clock.do("decline", placement, AP1, reason="full")
    done = await sought(clock, placement)
    found = await shown(clock, done)
    assert [(one.premises, one.outcome, one.reason) for one in found.approaches] == [
        ("AP1", "declined", "full"),
        ("AP2", None, None),
    ]
    assert (found.about, found.pdu, found.asked) == ((await clock.read(placement)).reference, "N55LEE", 2)
    assert (await clock.read(placement)).hard_to_place is not None
    assert await pool.fetchval("select count(*) from outbox where purpose = 'hard_to_place_to_lead'") == 1
    asked = WriteLetter(purpose="hard_to_place_to_lead", subject=f"placement:{placement}")
    letter = await act(_house(clock), GATEWAY, WRITER.write, asked)
    assert (letter.to, "hard to place" in letter.subject) == ("nat@nation.invalid", True)
    with pytest.raises(Conflict, match="in the queue already"):
        await sought(clock, placement)
    with pytest.raises(NotThere):
        await sought(clock, done.id)


async def test_c_08_a_bed_that_is_booked_ends_the_search_by_itself(clock: Clock) -> None:
    placement = await clock.referred(somebody(1), ask=["AP1"])
    done = await sought(clock, placement)
    await act(_house(clock), AP1, accept_placement, AcceptPlacement(id=placement))
    found = await shown(clock, done)
    assert (found.outcome, found.steps[-1].said, found.steps[-1].by) == ("placed", "A bed is booked.", AP1.id)
    with pytest.raises(Conflict, match="is booked: no bed is sought for it"):
        await sought(clock, placement)


async def test_c_08_the_national_lead_s_decision_is_told_to_the_referrer(clock: Clock, pool: Pool) -> None:
    placement = await clock.referred(somebody(1), ask=["AP1"])
    done = await sought(clock, placement)
    closed = CloseSearch(id=done.id, outcome="placed", said="With AP2, from Monday.")
    await act(_house(clock), LEAD, close_search, closed)
    assert await pool.fetchval("select count(*) from outbox where purpose = 'search_decided_to_referrer'") == 1
    told = WriteLetter(purpose="search_decided_to_referrer", subject=f"placement:{placement}")
    letter = await act(_house(clock), GATEWAY, WRITER.write, told)
    assert (letter.to, "AP2" in letter.text) == ("officer@probation.invalid", False)
