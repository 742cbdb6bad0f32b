"""The clocks and the action list of an NSI, as they are read."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import convert

from bedspace.store import Tx, queries
from gateway.transfers.clocks import state_of, working_days_in
from gateway.transfers.kinds import action_kinds
from gateway.transfers.regime import Regime, regimes
from schemas.locate import Named
from schemas.nsi_parts import ClockPause
from schemas.nsis import Action, Asks, Clock
from schemas.words import NsiStatus

sql = queries(__file__)

STOPPED = {"withdrawn", "returned"}
"""Clocks that were not met by then are no longer shown."""


async def clocks_of(tx: Tx, nsi: UUID, status: NsiStatus, regime_id: str, today: date) -> list[Clock]:
    regime = regimes()[regime_id]
    pauses = await sql.pauses(tx, nsi=nsi)
    return [
        _clock(one, [convert(dict(row), ClockPause) for row in pauses if row["rule"] == one["rule"]], regime, today)
        for one in await sql.clocks(tx, nsi=nsi, today=today)
        if one["met_on"] is not None or status not in STOPPED
    ]


def _clock(row: Any, pauses: list[ClockPause], regime: Regime, today: date) -> Clock:
    rule = regime.named(row["rule"])
    had = sum(working_days_in(one.from_, one.until) for one in pauses)
    state = state_of(row["due"], row["met_on"], today, regime.due_soon_working_days)
    return Clock(
        **dict(row),
        state="not_met" if row["passed_over_on"] else state,
        pauses=pauses,
        pause_days_left=max(0, (rule.pause_days if rule else 0) - had),
    )


async def actions_of(tx: Tx, nsi: UUID) -> list[Action]:
    return [_action(row) for row in await sql.actions(tx, nsi=nsi)]


def _action(row: Any) -> Action:
    kind = action_kinds().get(row["kind"], action_kinds()["other"])
    asks = [
        Asks(
            id=one.id,
            title=one.title,
            type=one.type,
            required=one.required,
            options=[Named(code, name) for code, name in one.options.items()],
            list=one.list,
        )
        for one in kind.field
    ]
    return Action(**dict(row), asks=asks, skipped_by=list(kind.skipped_by) if row["mandatory"] else [])
