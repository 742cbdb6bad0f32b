"""When each timed rule is due, and how it stands. Pure: days in, days out."""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct, field

from bedspace.days import is_working, working_days_after
from gateway.transfers.applies import Case
from gateway.transfers.kinds import action_kinds
from gateway.transfers.regime import Regime, Rule, Task
from schemas.words import ClockState


class Starts(Struct, frozen=True, kw_only=True):
    """The days from which clocks count; None has not come."""

    notification: date
    referral: date
    move: date
    receipt: date | None = None
    passed: date | None = None
    arrival: date | None = None
    challenge: date | None = None
    back: date | None = None

    def day(self, rule: Rule) -> date | None:
        if rule.starts == "transfer":
            return self.passed or self.move
        if rule.starts == "return":
            return self.back
        return getattr(self, rule.starts) if rule.starts else None


class Pause(Struct, frozen=True):
    """Half-open: it ends by itself."""

    begins: date
    ends: date

    @property
    def working_days(self) -> int:
        return working_days_in(self.begins, self.ends)


class Due(Struct, frozen=True):
    rule: Rule
    due: date


def clocks_of(regime: Regime, case: Case, starts: Starts) -> list[Due]:
    """Of every rule that applies and whose start has come."""
    begun = [(rule, starts.day(rule)) for rule in regime.rule if rule.applies(case)]
    return [Due(rule, counted(rule, start)) for rule, start in begun if start is not None]


def counted(rule: Rule, start: date) -> date:
    """The day a rule is due that began on `start`, before any pause."""
    days = rule.days or 0
    if rule.kind == "working":
        return working_days_after(start, days) if days >= 0 else working_days_before(start, -days)
    return months_after(start, days) if rule.kind == "months" else start + timedelta(days=days)


def paused(due: date, pauses: list[Pause]) -> date:
    """The day it is due after pauses: later by as many working days as it stood still before it was due."""
    for pause in sorted(pauses, key=lambda one: one.begins):
        if pause.begins <= due:
            due = working_days_after(due, pause.working_days)
    return due


def working_days_before(day: date, days: int) -> date:
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working(day)
    return day


def working_days_in(begins: date, ends: date) -> int:
    return sum(is_working(begins + timedelta(days=n)) for n in range((ends - begins).days))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state_of(due: date, met_on: date | None, today: date, soon: int) -> ClockState:
    """`soon` is the number of working days ahead of the due day from which a clock warns."""
    if met_on is not None:
        return "met" if met_on <= due else "met_late"
    if today > due:
        return "overdue"
    if today == due:
        return "due"
    return "due_soon" if due <= working_days_after(today, soon) else "running"


class ToDo(Struct, frozen=True, kw_only=True):
    """One line of the action list to be."""

    kind: str
    title: str
    owner: str
    rule: str | None
    due_with: str | None
    due: date | None
    mandatory: bool = field(default=False)


def actions_of(regime: Regime, case: Case, dues: dict[str, date]) -> list[ToDo]:
    """An action that is evidence of a rule is there only where that rule applies to the case."""
    return [_to_do(regime, task, dues) for task in regime.action if task.applies(case) and _is_for(regime, task, case)]


def _is_for(regime: Regime, task: Task, case: Case) -> bool:
    rule = regime.met_by_action(task.kind)
    return rule is None or rule.applies(case)


def _to_do(regime: Regime, task: Task, dues: dict[str, date]) -> ToDo:
    rule = regime.met_by_action(task.kind)
    clock = rule.id if rule else task.due_with
    kind = action_kinds()[task.kind]
    return ToDo(
        kind=task.kind,
        title=kind.title,
        owner=kind.owner,
        rule=rule.id if rule else None,
        due_with=clock,
        due=dues.get(clock or ""),
        mandatory=task.mandatory,
    )
