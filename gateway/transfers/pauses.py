"""A clock that stands still for a reason, within a limit, and goes on by itself."""

from datetime import date, datetime
from typing import Any

import asyncpg

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.clocks import working_days_in
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.regime import Regime, Rule, regimes
from gateway.transfers.status import answer, taken
from schemas.acts import Done
from schemas.chasing import PauseClock, ResumeClock
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsis import NsiState

sql = queries(__file__)


async def pause_clock(tx: Tx, command: PauseClock, now: datetime) -> Done[NsiState]:
    """The day it is due moves by the working days of the pause.

    Raises `NotThere`, `Conflict` for a clock that is met, overdue or paused on those days already, and `Invalid` for a
    reason or a length that its regime does not take.
    """
    row = await taken(tx, command.id)
    today = london_today(now)
    begins = command.from_ or today
    clock, regime, rule = await _clock(tx, row, command.rule)
    if clock["met_on"] is not None:
        raise Conflict(f"{command.rule} was met on {spoken(clock['met_on'])}: there is nothing to pause.")
    if begins > clock["due"]:
        raise Conflict(f"{command.rule} is due on {spoken(clock['due'])}: a later pause does not undo what is overdue.")
    await _check(tx, command, regime, today)
    await _check_length(tx, command, rule, begins, today)
    try:
        async with tx.transaction():
            await sql.pause(
                tx,
                nsi=command.id,
                rule=command.rule,
                begins=begins,
                ends=command.until,
                reason=command.reason,
                note=command.note,
                now=now,
            )
    except asyncpg.ExclusionViolationError as error:
        raise Conflict(f"{command.rule} is paused on some of these days already. Choose others.") from error
    await recount(tx, command.id, now)
    reason = command.reason.replace("_", " ")
    note = f"{command.rule} from {spoken(begins)} until {spoken(command.until)}: {reason}."
    await tell(tx, command.id, "clock_paused", now, note=" ".join(filter(None, (note, command.note))))
    return answer(row, row["status"], "nsi_clock_paused")


async def resume_clock(tx: Tx, command: ResumeClock, now: datetime) -> Done[NsiState]:
    """It runs again from today; the day on which a pause began counts as paused. Without a pause it is harmless.

    Raises `NotThere`.
    """
    row = await taken(tx, command.id)
    await _clock(tx, row, command.rule)
    if not await sql.resume(tx, nsi=command.id, rule=command.rule, today=london_today(now)):
        return answer(row, row["status"])
    await recount(tx, command.id, now)
    await tell(tx, command.id, "clock_resumed", now, note=f"{command.rule}.")
    return answer(row, row["status"], "nsi_clock_resumed")


async def _clock(tx: Tx, row: Any, rule_id: str) -> tuple[Any, Regime, Rule]:
    regime = regimes()[row["regime"]]
    rule = regime.named(rule_id)
    clock = await sql.clock(tx, nsi=row["id"], rule=rule_id)
    if clock is None or rule is None:
        raise NotThere(f"{row['reference']} has no clock of rule {rule_id}.")
    return clock, regime, rule


async def _check(tx: Tx, command: PauseClock, regime: Regime, today: date) -> None:
    if command.reason not in regime.pause_reasons:
        raise Invalid.because(
            "reason",
            f"The {regime.title} takes these reasons for a pause: {', '.join(regime.pause_reasons) or 'none'}.",
        )
    await check_listed(tx, command.reason, of="clock_pause", field="reason", today=today, note=command.note)


async def _check_length(tx: Tx, command: PauseClock, rule: Rule, begins: date, today: date) -> None:
    if begins < today:
        raise Invalid.because("from", "Give today or a later day: a pause is not recorded after the event.")
    if command.until <= begins:
        raise Invalid.because("until", "Give a day after the pause begins.")
    if not rule.pause_days:
        raise Invalid.because("rule", f"{rule.id} is not paused: its regime sets no limit for it.")
    if (command.until - begins).days > 366:  # a year, so that no far date is counted day by day
        raise Invalid.because("until", "Give a day within the next year.")
    had = [working_days_in(one["begins"], one["ends"]) for one in await sql.pauses(tx, nsi=command.id, rule=rule.id)]
    left = rule.pause_days - sum(had)
    if working_days_in(begins, command.until) > left:
        raise Invalid.because(
            "until", f"{rule.id} may be paused for {rule.pause_days} working days in all; {max(left, 0)} are left."
        )
