"""Several workers and people at once: each bed is proposed once, and nobody is proposed two."""

import asyncio
from random import Random

from bedspace.search.register import Register
from gateway.store.database import Pool
from gateway.worker.waiting import WaitingTick
from schemas.errors import BedspaceError
from tests.premises.making import keep, premises
from tests.waiting.conftest import Lobby


async def test_racing_workers_propose_each_bed_once_and_nobody_twice(lobby: Lobby, reading: Pool) -> None:
    await keep(lobby.house, premises("AP1", [[]] * 12))
    people = [await lobby.waits() for _ in range(16)]
    other = Register(reading, lobby.postcodes, now=lambda: lobby.at)
    ticks = [WaitingTick(lobby.house, other, lobby.postcodes), lobby.ticker(), lobby.ticker(), lobby.ticker()]
    counts = await asyncio.gather(*(tick.tick() for tick in ticks for _ in range(2)), return_exceptions=True)
    await other.close()
    assert [one for one in counts if isinstance(one, BaseException)] == []
    assert sum(one for one in counts if isinstance(one, int)) == 12
    proposed = await lobby.proposed()
    assert len(proposed) == 12
    assert len(set(proposed.values())) == 12
    assert list(proposed) == people[:12]


async def test_people_and_workers_at_once_never_deadlock_and_every_hold_has_its_proposal(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1", [[]] * 6))
    people = [await lobby.waits() for _ in range(12)]
    random = Random(7)

    async def somebody_acts() -> None:
        for _ in range(6):
            rows = await lobby.rows("select id, placement_id from open_one")
            if not rows:
                await lobby.ticker().tick()
                continue
            row = random.choice(rows)
            try:
                match random.randrange(4):
                    case 0:
                        await lobby.skip(row["id"])
                    case 1:
                        await lobby.offer(row["id"])
                    case 2:
                        await lobby.leave(row["placement_id"])
                    case _:
                        await lobby.ticker().tick()
            except BedspaceError:
                continue

    done = await asyncio.gather(*(somebody_acts() for _ in range(6)), return_exceptions=True)
    assert [one for one in done if isinstance(one, BaseException)] == []
    wrong = await lobby.rows(
        "select p.id from proposal p "
        "where (p.outcome is null) <> exists (select from bed_claim c where c.id = p.hold_id)"
    )
    assert wrong == []
    assert people
