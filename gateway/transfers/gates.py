"""What must be so before somebody records a status. What a far system reports is kept all the same."""

from datetime import datetime
from typing import Any

from bedspace.nights import spoken
from bedspace.store import Tx, queries
from gateway.transfers.regime import regimes
from gateway.transfers.responsible import refuse_back_dating
from schemas.errors import Conflict, NotAllowed
from schemas.words import NsiStatus

sql = queries(__file__)

BEYOND: frozenset[NsiStatus] = frozenset({"allocated", "in_progress", "completed"})
"""Where an NSI at MAPPA level 3 comes only through the co-ordination point."""


async def check_gates(tx: Tx, row: Any, status: NsiStatus, at: datetime, *, earlier: bool) -> None:
    """Raises `NotAllowed` to a receiver who would refuse, and `Conflict` for what comes first.

    `earlier`: somebody said that it holds from an earlier time.
    """
    if status in ("returned", "withdrawn"):
        await _check_refusal(tx, row, status)
    if status in BEYOND:
        await _check_brokered(tx, row)
    if status == "completed":
        await _check_decided(tx, row)
    if earlier and regimes()[row["regime"]].responsibility[row["type"]] == status:
        await refuse_back_dating(tx, row["person_id"], at)


async def _check_refusal(tx: Tx, row: Any, status: NsiStatus) -> None:
    if not await sql.only_receives(tx, nsi=row["id"]) or await sql.sent_back(tx, nsi=row["id"]):
        return
    if status == "returned":
        raise NotAllowed(
            f"{row['reference']}: a receiver does not refuse, and sends nothing back. If it is the risk, challenge it "
            "on risk: the national lead decides, and supervision goes on. If it is for another PDU, send it on."
        )
    raise NotAllowed(
        f"{row['reference']}: an NSI is withdrawn by those who send it. Challenge it on risk, or send it on, instead."
    )


async def _check_brokered(tx: Tx, row: Any) -> None:
    title = await sql.open_brokering(tx, nsi=row["id"])
    if title is not None:
        raise Conflict(
            f"{row['reference']} is at MAPPA level 3: first “{title}”. "
            "The co-ordinator closes it with evidence, or skips it with a reason."
        )


async def _check_decided(tx: Tx, row: Any) -> None:
    due = await sql.challenged(tx, nsi=row["id"])
    if due is not None:
        raise Conflict(
            f"{row['reference']} is challenged on risk, to be decided by {spoken(due)}. It is completed after that; "
            "until then supervision, enforcement and recall go on as they are."
        )
