"""The status of an NSI, folded of what every source reports, whatever the order in which it arrives.

Within a source its own version orders, and time does not run back: what a later version says holds from no earlier
than what the versions before it say. Between sources that time orders; at the same instant the names of the sources
do. The last one counts.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise

from msgspec import Struct

from bedspace.nights import london_today
from schemas.words import NsiStatus, NsiType

OURS = "bedspace"
"""The source of what is done here."""

FINAL = frozenset[NsiStatus]({"completed", "withdrawn", "returned"})
BEGUN = frozenset[NsiStatus]({"in_progress", "completed"})

STEPS: dict[NsiStatus, int] = {
    "prepared": 0,
    "raised": 1,
    "received": 2,
    "allocated": 3,
    "in_progress": 4,
    "completed": 5,
    "withdrawn": 5,
    "returned": 5,
}
"""A source may leave steps out; it may not take one back."""


class Report(Struct, frozen=True, kw_only=True):
    """What a source says of an NSI. Two of one source, record and version are one and the same."""

    source: str
    record: str = ""
    """What the source calls the NSI. Its versions count for each record."""
    version: int
    status: NsiStatus
    at: datetime
    started_on: date | None = None
    ended_on: date | None = None
    outcome: str | None = None


class Folded(Struct, frozen=True, kw_only=True):
    status: NsiStatus
    since: datetime
    source: str
    started_on: date | None
    ended_on: date | None
    outcome: str | None


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Each once, with `at` the time from which it counts; the last one is what holds."""
    ordered = sorted({_key(one): one for one in reports}.values(), key=_key)
    counting: list[Report] = []
    for _, stream in groupby(ordered, key=lambda one: (one.source, one.record)):
        latest: datetime | None = None
        for one in stream:
            latest = one.at if latest is None else max(latest, one.at)
            counting.append(_at(one, latest))
    return sorted(counting, key=lambda one: (one.at, *_key(one)))


def fold(reports: Iterable[Report]) -> Folded:
    """Needs at least one report."""
    ordered = in_order(reports)
    last = ordered[-1]
    over = last.status in FINAL
    ended = (last.ended_on or london_today(last.at)) if over else None
    started = _started(ordered)
    return Folded(
        status=last.status,
        since=last.at,
        source=last.source,
        started_on=min(started, ended) if started and ended else started,
        ended_on=ended,
        outcome=next((one.outcome for one in reversed(ordered) if one.outcome), None) if over else None,
    )


def _started(ordered: list[Report]) -> date | None:
    """As the last source that says so; else the day from which it was in progress, since it was raised last."""
    raised = max((n for n, one in enumerate(ordered) if STEPS[one.status] < STEPS["in_progress"]), default=-1)
    said = [one.started_on for one in ordered if one.started_on]
    begun = [london_today(one.at) for one in ordered[raised + 1 :] if one.status in BEGUN]
    return said[-1] if said else next(iter(begun), None)


def impossible(reports: Sequence[Report], type_: NsiType, move_on: date) -> list[str]:
    """In words, what of a far system's reports cannot be. What is done here was held to `NEXT` beforehand."""
    pairs = pairwise(in_order(reports))
    far = [one for one in reports if one.source != OURS]
    wrong = {
        f"{_said(before)}, and after it {_said(after)}."
        for before, after in pairs
        if (before.source, after.source) != (OURS, OURS) and not _follows(before.status, after.status)
    } | {
        f"{_said(one)}: {BEFORE_IT_STARTS}"
        for one in far
        if not allowed(type_, one.status, london_today(one.at), move_on)
    }
    return sorted(wrong)


BEFORE_IT_STARTS = "a temporary move is completed by the return from it, and it had not begun."


def allowed(type_: NsiType, status: NsiStatus, on: date, move_on: date) -> bool:
    """A temporary move completes when the person is back: never before the day on which it starts."""
    return not (type_ == "temporary_move" and status == "completed" and on < move_on)


def _follows(before: NsiStatus, after: NsiStatus) -> bool:
    if before == after:
        return True
    if before == "returned":
        return after in ("raised", "withdrawn")
    return before not in FINAL and STEPS[after] > STEPS[before] and (before, after) != ("prepared", "completed")


def _said(one: Report) -> str:
    name = f"{one.source} {one.record}".strip()
    return f"{one.status.replace('_', ' ').capitalize()} ({name}, version {one.version})"


def _key(one: Report) -> tuple[str, str, int]:
    return one.source, one.record, one.version


def _at(one: Report, at: datetime) -> Report:
    return Report(
        source=one.source,
        record=one.record,
        version=one.version,
        status=one.status,
        at=at,
        started_on=one.started_on,
        ended_on=one.ended_on,
        outcome=one.outcome,
    )
