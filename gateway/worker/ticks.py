"""The clocks of the worker: what happens by itself as time goes by."""

from bedspace.claims.holds import lapse_holds
from bedspace.store import queries
from gateway.access.act import KEPT, House, act
from gateway.access.actors import GATEWAY
from gateway.store.database import transaction
from schemas.claims import LapseHolds

sql = queries(__file__)


async def lapse(house: House) -> int:
    """End holds whose time is over, and answer how many."""
    async with transaction(house.pool, readonly=True) as tx:
        if not await sql.a_hold_lapses(tx, now=house.now()):
            return 0
    return (await act(house, GATEWAY, lapse_holds, LapseHolds())).holds


async def prune(house: House) -> None:
    """Forget answers that no repeat may ask for any more."""
    async with transaction(house.pool) as tx:
        await sql.prune(tx, before=house.now() - KEPT)
