"""When each timed rule is due, and how it stands."""

from datetime import date, timedelta

from msgspec import Struct

from bedspace.days import working_days_after
from gateway.transfers.regime import Regime, Rule, Task
from schemas.words import ClockState, NsiType, Rosh


class Starts(Struct, frozen=True, kw_only=True):
    """The days from which clocks count."""

    notification: date
    referral: date
    move: date

    @property
    def transfer(self) -> date:
        """Until the day that the case passes is decided, the planned move stands for it."""
        return self.move


class Due(Struct, frozen=True):
    rule: Rule
    due: date


def clocks_of(regime: Regime, type_: NsiType, rosh: Rosh | None, starts: Starts) -> list[Due]:
    return [Due(rule, due_on(rule, starts)) for rule in regime.rule if rule.applies(type_, rosh)]


def due_on(rule: Rule, starts: Starts) -> date:
    start: date = getattr(starts, rule.starts)
    return counted(rule, start)


def counted(rule: Rule, start: date) -> date:
    return working_days_after(start, rule.days) if rule.kind == "working" else start + timedelta(days=rule.days)


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

    title: str
    owner: str
    rule: str | None
    due_with: str | None
    due: date | None


def actions_of(regime: Regime, type_: NsiType, clocks: list[Due]) -> list[ToDo]:
    """An action that answers to a rule is there only where the rule has a clock."""
    due = {clock.rule.id: clock.due for clock in clocks}
    return [
        _to_do(task, due) for task in regime.action if type_ in task.types and (task.meets is None or task.meets in due)
    ]


def _to_do(task: Task, due: dict[str, date]) -> ToDo:
    clock = task.meets or task.due_with
    return ToDo(title=task.title, owner=task.owner, rule=task.meets, due_with=clock, due=due.get(clock or ""))
