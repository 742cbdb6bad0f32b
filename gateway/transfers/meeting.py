"""Timed rules met by hand."""

from datetime import datetime

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.regime import regimes
from gateway.transfers.status import answer, taken
from schemas.action_list import MeetClock
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.nsis import NsiState

sql = queries(__file__)


async def meet_clock(tx: Tx, command: MeetClock, now: datetime) -> Done[NsiState]:
    """The first day stands: meeting it again is harmless. One that is due again and again goes on to its next day.

    Raises `NotThere`, and `Invalid` for a day ahead.
    """
    row = await taken(tx, command.id)
    today = london_today(now)
    on = command.on or today
    if on > today:
        raise Invalid.because("on", "Give today, or the earlier day on which it was met.")
    clock = await sql.clock(tx, nsi=command.id, rule=command.rule)
    if clock is None:
        raise NotThere(f"{row['reference']} has no rule {command.rule}.")
    if clock["met_on"] is not None:
        return answer(row, row["status"])
    rule = regimes()[row["regime"]].named(command.rule)
    if rule and rule.every:
        await sql.keep_round(tx, nsi=command.id, rule=command.rule, due=clock["due"], on=on)
    else:
        await sql.meet_clock(tx, nsi=command.id, rule=command.rule, on=on)
    await tell(tx, command.id, "clock_met", now, note=f"{clock['rule']} {clock['title']}, on {spoken(on)}.")
    await recount(tx, command.id, now)
    return answer(row, row["status"], "nsi_clock_met")
