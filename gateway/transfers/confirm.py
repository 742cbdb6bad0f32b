"""The sender confirms, and the referral begins."""

from datetime import datetime

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.status import answer, change, taken
from schemas.acts import Done
from schemas.errors import Conflict, NotAllowed
from schemas.nsis import ConfirmNsi, NsiState

sql = queries(__file__)


async def confirm_nsi(tx: Tx, command: ConfirmNsi, now: datetime) -> Done[NsiState]:
    """A prepared NSI is raised by this, and its clocks count from today. Who is responsible does not change.

    Confirming twice is harmless. Raises `NotAllowed` to the receiving side,
    `NotThere`, and `Conflict` when it was withdrawn or returned meanwhile.
    """
    row = await taken(tx, command.id)
    if not await sql.is_its_sender(tx, id=command.id):
        raise NotAllowed("An NSI is confirmed by those who send it. The link in their mail does it in one step.")
    if row["status"] in ("withdrawn", "returned"):
        raise Conflict(f"{row['reference']} was {row['status']} and cannot be confirmed. Raise a new NSI instead.")
    if row["status"] != "prepared":
        return answer(row, row["status"])
    today = london_today(now)
    await sql.refer(tx, id=command.id, today=today)
    await change(tx, row, "raised", now, kind="confirmed")
    await sql.raise_message(tx, inbox=row["inbox_id"])
    return answer(row, "raised", "nsi_confirmed")
