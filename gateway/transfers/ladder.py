"""Who is told of an overdue clock, and from which day. Pure."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct

from bedspace.days import working_days_after
from gateway.transfers.applies import Case
from gateway.transfers.regime import Regime, Step

SIDES = {
    "sending practitioner": "sending",
    "sending SPO": "sending",
    "receiving practitioner": "receiving",
    "receiving SPO": "receiving",
    "MAPPA co-ordinator": "receiving",
}
"""Which end's people are told of a clock, by its owner; of others, nobody but the nation."""


class Told(Struct, frozen=True):
    n: int
    """Of the step, from 1."""
    grade: str


def steps_due(regime: Regime, case: Case, due: date, today: date, told: Collection[int]) -> list[Told]:
    """The steps that have come and were not told yet, the lowest first."""
    return [
        Told(n, step.grade)
        for n, step in enumerate(regime.step, 1)
        if n not in told and _is_for(step, case) and today >= working_days_after(due, step.after)
    ]


def _is_for(step: Step, case: Case) -> bool:
    return (
        (not step.rosh or case.rosh in step.rosh)
        and (not step.mappa_level or case.mappa_level in step.mappa_level)
        and (not step.disputed or case.disputed)
    )
