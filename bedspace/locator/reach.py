"""Whether a PDU or region is within reach of who keeps it. Row-level security says the same, less kindly."""

from collections.abc import Iterable

from bedspace.store import Tx, queries
from schemas.errors import NotAllowed

sql = queries(__file__)


async def refuse_out_of_reach(tx: Tx, pdus: Iterable[str | None], regions: Iterable[str | None] = ()) -> None:
    """Raises `NotAllowed` naming the codes that are not."""
    beyond = await sql.beyond(tx, pdus=[pdu for pdu in pdus if pdu], regions=[region for region in regions if region])
    if beyond:
        named = ", ".join(beyond[:5]) + (f" and {len(beyond) - 5} more" if len(beyond) > 5 else "")
        raise NotAllowed(f"{named} is beyond the PDUs and regions that you work for. Ask those who do.")
