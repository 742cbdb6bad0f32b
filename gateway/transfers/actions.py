"""The action list, and rules met by hand."""

from datetime import datetime

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.status import answer, taken
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.nsis import CompleteAction, MeetClock, NsiState

sql = queries(__file__)


async def complete_action(tx: Tx, command: CompleteAction, now: datetime) -> Done[NsiState]:
    """Doing it twice is harmless. Raises `NotThere`."""
    row = await taken(tx, command.id)
    line = await sql.action(tx, nsi=command.id, n=command.n)
    if line is None:
        raise NotThere(f"{row['reference']} has no action {command.n}.")
    if line["done_at"] is not None:
        return answer(row, row["status"])
    await sql.complete(tx, nsi=command.id, n=command.n, now=now)
    if line["rule"]:
        await sql.meet_clock(tx, nsi=command.id, rule=line["rule"], on=london_today(now))
    await tell(tx, command.id, "action_done", now, note=f"{line['title']}.")
    return answer(row, row["status"], "nsi_action_completed")


async def meet_clock(tx: Tx, command: MeetClock, now: datetime) -> Done[NsiState]:
    """The first day stands: meeting it again is harmless. Raises `NotThere`, and `Invalid` for a day ahead."""
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
    await sql.meet_clock(tx, nsi=command.id, rule=command.rule, on=on)
    await tell(tx, command.id, "clock_met", now, note=f"{clock['rule']} {clock['title']}, on {spoken(on)}.")
    return answer(row, row["status"], "nsi_clock_met")
