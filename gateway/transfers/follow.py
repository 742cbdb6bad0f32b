"""What follows from a status: who is responsible, whom nobody holds for another any more, what is left to decide."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.caretaking import end_caretaking
from gateway.transfers.fold import OURS, Folded
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.regime import regimes
from gateway.transfers.reports import sql as reports
from gateway.transfers.responsible import Holder, pass_on, responsible_now
from gateway.transfers.search_ends import settle_if_over

sql = queries(__file__)

WHO = "who_is_responsible"


async def follow(tx: Tx, row: Any, folded: Folded, now: datetime) -> None:
    """Call it once, when the status of an NSI has changed, with its lock held."""
    if folded.status == "withdrawn":
        await sql.lapse(tx, nsi=row["id"], now=now)
    await settle_if_over(tx, row["id"], folded.status, now)
    await _pass(tx, row, folded, now)


async def carry_challenge(tx: Tx, nsi: UUID, into: UUID, now: datetime) -> None:
    """An NSI was found to be another one: an open challenge of it is one of that, and is still to be decided."""
    await sql.lapse_twin(tx, nsi=nsi, into_=into, now=now)
    if await sql.carry(tx, nsi=nsi, into_=into):
        await tell(tx, into, "challenged", now, note="The challenge of the NSI that was found to be this one.")
        await recount(tx, into, now)


async def _pass(tx: Tx, row: Any, folded: Folded, now: datetime) -> None:
    """The receiving side is responsible, with the status by which its regime says so.

    History moves nobody. What a far system reports late moves nobody who became responsible meanwhile: one asks.
    """
    regime = regimes()[row["regime"]]
    if row["quiet"] or regime.responsibility[row["type"]] != folded.status:
        return
    held = await responsible_now(tx, row["person_id"])
    to = Holder(
        region=row["receiving_region"],
        pdu=row["receiving_pdu"],
        pdu_name=row["receiving_pdu_name"],
        team=row["team"],
        officer=row["officer"],
    )
    if folded.source != OURS and held is not None and held["why"] and folded.since < held["since"]:
        if held["pdu_code"] != to.pdu:
            said = f"It is {folded.status.replace('_', ' ')} since {spoken(folded.since)}, and somebody else has been "
            said += f"responsible since {spoken(held['since'])}. Who is it?"
            await reports.ask(tx, nsi=row["id"], kind=WHO, said=said, now=now)
        return
    why = f"{row['reference']}, by the {regime.title}."
    since = await pass_on(tx, row["person_id"], to, folded.since, why=why, nsi=row["id"])
    if since:
        note = f"To {row['receiving_pdu_name']} ({row['receiving_pdu']}), by the {regime.title}."
        await tell(tx, row["id"], "passed", since, note=note)
    await end_caretaking(tx, row["person_id"], london_today(folded.since))
