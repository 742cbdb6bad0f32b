"""The briefing pack: what moves, what is in time, how full premises are; counted, and small numbers left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, get_args

from bedspace.nights import london_today
from bedspace.occupancy.lost import read_lost
from bedspace.occupancy.rows import Which
from bedspace.store import Tx, queries
from gateway.figures.small import LEAST, beside_total, percent, share, told
from schemas.acts import Done
from schemas.briefing import Briefing, ByRosh, Count, Flow, LostBy, Nights, ReadBriefing, Reported, RuleMet
from schemas.errors import FieldFault, Invalid
from schemas.locate import Named
from schemas.occupancy import LostNights
from schemas.words import Rosh

sql = queries(__file__)

BACK = timedelta(days=90)
LONGEST = 730
ONE = timedelta(days=1)
COLUMNS = ("in_", "out", "within", "in_flight", "overdue", "held_for_others", "held_by_others")

NOTES = (
    f"Counts from 1 to {LEAST - 1} are not said, nor counts of any size from which one of them could be worked out.",
    "A rule counts where it was due in the period. What is not applicable, or not recorded, is not among the cases "
    "and is counted beside them; a mandatory action that was skipped counts as overdue.",
    "An NSI counts where it was raised in the period and was confirmed, and neither withdrawn nor returned.",
    "What is in flight is counted today, caretaking on the last day.",
)
ENDS = {"out": "departures", "in": "arrivals"}


async def read_briefing(tx: Tx, command: ReadBriefing, now: datetime) -> Done[Briefing]:
    """Raises `Invalid` for a period that ends before it begins, lies ahead or is too long, or an unknown region."""
    today = london_today(now)
    first, last = _period(command, today)
    regions = [Named(row["code"], row["name"]) for row in await sql.regions(tx, first=first, last=last)]
    only = _only(regions, command.region)
    within: dict[str, Any] = {"region": command.region, "first": first, "last": last}
    moves = await sql.moves(tx, **within)
    flows, total = _flows(only, await _columns(tx, moves, within, today))
    lost = await read_lost(tx, Which(region=command.region), first, last + ONE, now, by="nation")
    briefing = Briefing(
        from_=first,
        to=last,
        region=only[0] if command.region else None,
        made_at=now,
        reported=_reported(only, moves, await sql.not_reporting(tx, **within)),
        raised=told(sum(row["many"] for row in moves)),
        flows=flows,
        total=None if command.region else total,
        rosh=_by_rosh(moves),
        rules=[_rule(row) for row in await sql.rules(tx, today=today, **within)],
        nights=_nights(lost),
        lost_by=_lost_by(lost),
        notes=list(NOTES),
    )
    return Done(briefing, subject="briefing")


def _period(command: ReadBriefing, today: date) -> tuple[date, date]:
    last = command.to or today - ONE
    first = command.from_ or max(last, date.min + BACK) - BACK
    faults = []
    if last > today:
        faults.append(FieldFault("to", "That is still to come. Give today or an earlier day."))
    if first > last:
        faults.append(FieldFault("from", "The first day is after the last. Give an earlier one."))
    elif (last - first).days >= LONGEST:
        faults.append(FieldFault("from", f"Give a period of at most {LONGEST} days."))
    if faults:
        raise Invalid(*faults)
    return first, last


def _only(regions: list[Named], code: str | None) -> list[Named]:
    found = [one for one in regions if code in (None, one.code)]
    if not found and regions:
        known = ", ".join(f"{one.code} ({one.name})" for one in regions)
        raise Invalid.because("region", f"There is no such region. The regions are {known}.")
    return found


async def _columns(
    tx: Tx, moves: Sequence[Any], within: Mapping[str, Any], today: date
) -> dict[str, Counter[str | None]]:
    """Column → region → how many."""
    found: dict[str, Counter[str | None]] = {name: Counter() for name in COLUMNS}
    for row in moves:
        if row["from_region"] in (None, row["to_region"]):
            found["within"][row["to_region"]] += row["many"]
        else:
            found["in_"][row["to_region"]] += row["many"]
            found["out"][row["from_region"]] += row["many"]
    for row in await sql.in_flight(tx, region=within["region"], today=today):
        found["in_flight"][row["region"]] += row["many"]
        found["overdue"][row["region"]] += row["overdue"]
    for row in await sql.caretaking(tx, day=within["last"], only=within["region"]):
        found["held_for_others"][row["region"]] += row["for_others"]
        found["held_by_others"][row["region"]] += row["by_others"]
    return found


def _flows(regions: list[Named], columns: Mapping[str, Counter[str | None]]) -> tuple[list[Flow], Flow]:
    """With a total for every column: what is left out of it is left out so that nobody can fill it in."""
    shown: dict[str, list[Count]] = {}
    totals: dict[str, Count] = {}
    for name, counted in columns.items():
        shown[name], totals[name] = beside_total([counted[region.code] for region in regions])
    flows = [
        Flow(region=region, **{name: counts[n] for name, counts in shown.items()}) for n, region in enumerate(regions)
    ]
    return flows, Flow(region=Named("", "All regions"), **totals)


def _reported(regions: list[Named], moves: Sequence[Any], not_reporting: Sequence[Any]) -> Reported:
    heard = {row[end] for row in moves for end in ("from_region", "to_region")}
    return Reported(
        regions=sum(one.code in heard for one in regions),
        of=len(regions),
        silent=[one.name for one in regions if one.code not in heard],
        not_reporting=[f"{row['name']}: {ENDS[row['which']]}" for row in not_reporting],
    )


def _by_rosh(moves: Sequence[Any]) -> list[ByRosh]:
    levels: list[Rosh | None] = [*reversed(get_args(Rosh)), None]
    counted: Counter[Rosh | None] = Counter()
    for row in moves:
        counted[row["rosh"]] += row["many"]
    counts, _total = beside_total([counted[level] for level in levels])
    whole = sum(counted.values())
    return [
        ByRosh(rosh=level, moves=count, percent=None if count is None else percent(count, whole))
        for level, count in zip(levels, counts, strict=True)
    ]


def _rule(row: Any) -> RuleMet:
    of = row["met"] + row["overdue"]
    met, in_percent = share(row["met"], of)
    return RuleMet(
        regime=row["regime"],
        rule=row["rule"],
        title=row["title"],
        met=met,
        of=told(of),
        percent=in_percent,
        overdue=None if met is None else row["overdue"],
        not_applicable=told(row["not_applicable"]),
        not_recorded=told(row["not_recorded"]),
    )


def _nights(lost: LostNights) -> Nights:
    all_of_it = lost.total
    occupied, in_percent = share(all_of_it.occupied, all_of_it.capacity)
    return Nights(
        capacity=told(all_of_it.capacity),
        occupied=occupied,
        percent=in_percent,
        lost=told(all_of_it.lost),
        out_of_service=told(all_of_it.out_of_service),
        turnaround=told(all_of_it.turnaround),
        empty=told(all_of_it.empty),
    )


def _lost_by(lost: LostNights) -> list[LostBy]:
    """Nights out of service by reason, the most first."""
    counts, _total = beside_total(list(lost.total.reasons.values()))
    names = [lost.reasons[code] for code in lost.total.reasons]
    return [LostBy(reason=name, nights=count) for name, count in zip(names, counts, strict=True)]
