"""Whoever gets a bed otherwise, or needs none, keeps none that was proposed: in the same act."""

import asyncio
from random import Random
from uuid import UUID

from schemas.errors import BedspaceError
from tests.placements.placing import AP2, LEEDS, UNIT
from tests.premises.making import keep, premises
from tests.waiting.conftest import Lobby


async def one_proposed(lobby: Lobby) -> UUID:
    """Somebody who waits, for whom the only bed of AP1 is kept; AP2 opens after that."""
    await keep(lobby.house, premises("AP1"))
    placement = await lobby.waits()
    await lobby.tick()
    assert await lobby.proposed() == {placement: "AP1-1"}
    await keep(lobby.house, premises("AP2"))
    return placement


async def holds(lobby: Lobby) -> list[str]:
    rows = await lobby.rows(
        "select b.code from bed_claim c join bed b on b.id = c.bed_id where c.kind = 'hold' order by b.code"
    )
    return [row["code"] for row in rows]


async def closed_by(lobby: Lobby) -> list[tuple[str, str]]:
    return [tuple(row) for row in await lobby.rows("select outcome, settled_by from proposal")]


async def test_a_referral_that_is_withdrawn_keeps_no_bed(lobby: Lobby) -> None:
    placement = await one_proposed(lobby)
    await lobby.do("withdraw", placement, LEEDS, reason="another_found")
    assert (await lobby.proposed(), await holds(lobby)) == ({}, [])
    assert await closed_by(lobby) == [("closed", LEEDS.id)]


async def test_who_is_offered_another_bed_keeps_that_one_alone(lobby: Lobby) -> None:
    placement = await one_proposed(lobby)
    await lobby.do("offer", placement, UNIT, bed="AP2-1")
    assert (await lobby.proposed(), await holds(lobby)) == ({}, ["AP2-1"])


async def test_the_proposed_bed_may_be_offered_from_the_referral_as_well(lobby: Lobby) -> None:
    placement = await one_proposed(lobby)
    await lobby.do("offer", placement, UNIT, bed="AP1-1")
    assert (await lobby.proposed(), await holds(lobby)) == ({}, ["AP1-1"])


async def test_premises_that_accept_close_a_proposal_elsewhere_which_they_do_not_see(lobby: Lobby) -> None:
    placement = await one_proposed(lobby)
    await lobby.do("ask", placement, LEEDS, premises=["AP2"])
    await lobby.do("accept", placement, AP2, bed="AP2-1")
    assert (await lobby.proposed(), await holds(lobby)) == ({}, [])
    assert await closed_by(lobby) == [("closed", AP2.id)]


async def test_racing_acts_and_workers_leave_no_bed_kept_for_who_waits_no_longer(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1", [[]] * 8))
    await keep(lobby.house, premises("AP2", [[]] * 8))
    people = [await lobby.waits() for _ in range(12)]
    random = Random(26)

    async def somebody_acts() -> None:
        for _ in range(8):
            placement = random.choice(people)
            try:
                match random.randrange(4):
                    case 0:
                        await lobby.do("withdraw", placement, reason="another_found")
                    case 1:
                        await lobby.do("offer", placement, bed=f"AP2-{random.randrange(8) + 1}")
                    case 2:
                        await lobby.do("accept", placement)
                    case _:
                        await lobby.ticker().tick()
            except BedspaceError:
                continue

    done = await asyncio.gather(*(somebody_acts() for _ in range(8)), return_exceptions=True)
    assert [one for one in done if isinstance(one, BaseException)] == []
    wrong = await lobby.rows(
        "select p.id from proposal p join placement pl on pl.id = p.placement_id where p.outcome is null "
        "and (pl.waiting_since is null or pl.state = 'offered' "
        "or not exists (select from bed_claim c where c.id = p.hold_id))"
    )
    assert wrong == []
    kept = await lobby.rows(
        "select c.id from bed_claim c join proposal p on p.hold_id = c.id where p.outcome is not null"
    )
    assert kept == []
