"""Both ends of every move: reported, missing and asked for, or of an area that does not report (M-02, M-06)."""

from datetime import date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import asyncpg
import msgspec

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.status import taken
from schemas.acts import Done, Event
from schemas.ends import (
    EndNotReporting,
    EndReported,
    Ends,
    EndsPage,
    EndsState,
    ListEnds,
    MarkNotReporting,
    MoveRow,
    NotReporting,
    RegionEnds,
    Reported,
    ReportEnd,
    Which,
)
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere

sql = queries(__file__)

ASKED: dict[Which, str] = {"in": "out_without_in", "out": "in_without_out"}
"""The kind of the question about an end that is missing."""
WHAT: dict[Which, str] = {"out": "the person went", "in": "the person came"}
SIDE: dict[Which, str] = {"out": "sending", "in": "receiving"}


async def ends_of(tx: Tx, nsi: UUID) -> Ends:
    row = await sql.ends(tx, nsi=nsi)
    return Ends(out_on=row["out_on"], in_on=row["in_on"], state=row["state"])


async def report_end(tx: Tx, command: ReportEnd, now: datetime) -> Done[EndReported]:
    """Another day corrects it; the same again is harmless. It answers what was asked about that end.

    Raises `NotThere`, `NotAllowed` to the other end, `Invalid`, and `Conflict` where the NSI was never a move.
    """
    row = await taken(tx, command.id)
    ends = await sql.ends(tx, nsi=command.id)
    if row["status"] in ("prepared", "withdrawn", "returned"):
        raise Conflict(f"{row['reference']} is {row['status']}: nobody moves by it. Raise or confirm it first.")
    if not ends[f"at_{command.which}"]:
        side = SIDE[command.which]
        raise NotAllowed(f"That {WHAT[command.which]} is reported by the {side} end, each for itself.")
    on = command.on or london_today(now)
    if on > london_today(now):
        raise Invalid.because("on", "Give today, or the earlier day on which it was.")
    was = ends[f"{command.which}_on"]
    other = ends["in_on"] if command.which == "out" else ends["out_on"]
    _check_order(command.which, on, other)
    if was == on:
        return Done(await _reported(tx, row), persons=(row["person_id"],), subject=f"nsi:{command.id}")
    await sql.keep(tx, nsi=command.id, which=command.which, on=on, now=now)
    await sql.answered(tx, nsi=command.id, kind=ASKED[command.which], now=now)
    corrected = f" It was said to be on {spoken(was)}." if was else ""
    note = f"{WHAT[command.which].capitalize()} on {spoken(on)}.{corrected}"
    await tell(tx, command.id, "end_reported", now, note=note)
    await recount(tx, command.id, now)
    event = Event("nsi_end_reported", f"nsi:{command.id}", row["person_id"], {"which": command.which, "tell": []})
    return Done(await _reported(tx, row), (event,), (row["person_id"],))


def _check_order(which: Which, on: date, other: date | None) -> None:
    if other is None:
        return
    if which == "out" and on > other:
        raise Invalid.because("on", f"They came on {spoken(other)}, so they went on that day or before.")
    if which == "in" and on < other:
        raise Invalid.because("on", f"They went on {spoken(other)}, so they came on that day or after.")


async def _reported(tx: Tx, row: Any) -> EndReported:
    return EndReported(id=row["id"], reference=row["reference"], ends=await ends_of(tx, row["id"]))


async def list_ends(tx: Tx, command: ListEnds, now: datetime) -> Done[EndsPage]:
    """Counts of whatever one may see, and of how many regions they are. Raises `Invalid`."""
    until = command.until or london_today(now) + timedelta(days=1)
    first = command.from_ or until - timedelta(days=365)
    if first >= until:
        raise Invalid.because("until", "Give a day after the first one.")
    span = {"first": first, "until": until}
    where = {"pdu": command.pdu, "region": command.region}
    rows = await sql.moves(
        tx, **span, **where, state=command.state, before=_number(command.cursor), limit=command.limit + 1
    )
    shown = rows[: command.limit]
    counted = {row["state"]: row["moves"] for row in await sql.counts(tx, **span, **where)}
    counts: dict[EndsState, int] = {state: counted.get(state, 0) for state in get_args(EndsState)}
    reported = await sql.reported(tx, **span)
    page = EndsPage(
        from_=first,
        until=until,
        counts=counts,
        reported=Reported(out=reported["out"], in_=reported["in_"], of=reported["of"]),
        regions=[_as(row, RegionEnds) for row in await sql.regions(tx, **span, **where)],
        not_reporting=[_as(row, NotReporting) for row in await sql.not_reporting(tx, **span)],
        items=[msgspec.convert(row, MoveRow) for row in shown],
        next=str(shown[-1]["number"]) if len(rows) > len(shown) else None,
    )
    return Done(page, subject="ends")


def _as(row: Any, shape: type[Any]) -> Any:
    return shape(**{name: row[name] for name in shape.__struct_fields__})


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    return int(cursor)


async def mark_not_reporting(tx: Tx, command: MarkNotReporting, now: datetime) -> Done[NotReporting]:  # noqa: ARG001  # as a verb is called
    """Raises `NotThere`, `NotAllowed` to another region, `Invalid`, and `Conflict` where it is marked already."""
    region = await _region(tx, command.region)
    if command.until is not None and command.until <= command.from_:
        raise Invalid.because("until", "Give a day after the first one, or none where it is not known.")
    span = {"region": region["code"], "which": command.which, "first": command.from_, "until": command.until}
    try:
        await sql.mark(tx, **span)
    except asyncpg.ExclusionViolationError as error:
        raise Conflict(f"{region['name']} is marked for some of these days already. End that first.") from error
    kept = NotReporting(
        region=region["code"], name=region["name"], which=command.which, from_=command.from_, until=command.until
    )
    return Done(kept, (_marked("region_not_reporting", region, command.which),))


async def end_not_reporting(tx: Tx, command: EndNotReporting, now: datetime) -> Done[NotReporting]:  # noqa: ARG001  # as a verb is called
    """Raises `NotThere`, `NotAllowed` to another region, and `Conflict` where it is not marked the day before."""
    region = await _region(tx, command.region)
    day = command.on - timedelta(days=1)
    span = await sql.marked(tx, region=region["code"], which=command.which, day=day)
    if span is None:
        raise Conflict(f"{region['name']} is not marked as one that does not report on {spoken(day)}.")
    await sql.end_mark(tx, region=region["code"], which=command.which, until=command.on)
    kept = NotReporting(
        region=region["code"], name=region["name"], which=command.which, from_=span["from_"], until=command.on
    )
    return Done(kept, (_marked("region_reporting", region, command.which),))


async def _region(tx: Tx, code: str) -> Any:
    region = await sql.region(tx, region=code.strip().upper())
    if region is None:
        raise NotThere("There is no such region. Give its code, such as N55.")
    if not region["ours"]:
        raise NotAllowed("A region says of itself that it does not report, or the national lead does.")
    return region


def _marked(kind: str, region: Any, which: Which) -> Event:
    return Event(kind, f"region:{region['code']}", None, {"which": which})
