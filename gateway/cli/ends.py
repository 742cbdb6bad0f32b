"""`bedspace ends`: both ends of every move, regions that do not report one, and the review of a temporary move."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli.nsi import found_nsi
from gateway.settings import read_settings
from gateway.transfers.ends import end_not_reporting, list_ends, mark_not_reporting, report_end
from gateway.transfers.move_review import review_move
from gateway.wiring import open_works
from schemas.ends import (
    EndNotReporting,
    EndsPage,
    EndsState,
    ListEnds,
    MarkNotReporting,
    MoveRow,
    NotReporting,
    ReportEnd,
    Which,
)
from schemas.move_review import MoveDecision, ReviewMove

DAY = click.DateTime(["%Y-%m-%d"])
END = click.Choice(get_args(Which))


@click.group()
def ends() -> None:
    """What each end of a move reports: that somebody went, and that somebody came. Nobody is named.

    \b
    bedspace ends list --state in_missing     who went and was not said to have come
    bedspace ends report NSI-000123 in --on 2026-12-18
    bedspace ends not-reporting N07 in --from 2026-04-01
    bedspace ends reporting N07 in --on 2026-10-01
    bedspace ends review NSI-000123 returned  what the origin decides about a temporary move
    """


@ends.command("list")
@click.option("--from", "first", type=DAY, help="The first day; without, a year before.")
@click.option("--until", type=DAY, help="The first day no longer counted; without, tomorrow.")
@click.option("--pdu", metavar="CODE", help="At either end.")
@click.option("--region", metavar="CODE", help="At either end.")
@click.option("--state", type=click.Choice(get_args(EndsState)))
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(first: datetime | None, until: datetime | None, *, as_json: bool, **asked: Any) -> None:
    """Counts, region by region, and the moves."""
    page: EndsPage = asyncio.run(_act(list_ends, ListEnds(from_=_day(first), until=_day(until), **asked)))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(page), indent=2).decode())
        return
    click.echo("\n".join(_whole(page)))


@ends.command()
@click.argument("which_nsi", metavar="ID|REFERENCE")
@click.argument("which", type=END)
@click.option("--on", type=DAY, help="The day; without, today.")
def report(which_nsi: str, which: Which, on: datetime | None) -> None:
    """Report that the person went (out) or came (in)."""
    done = asyncio.run(_of_nsi(which_nsi, report_end, lambda nsi: ReportEnd(id=nsi, which=which, on=_day(on))))
    click.echo(f"{done.reference}: out {done.ends.out_on or 'not reported'}, in {done.ends.in_on or 'not reported'}.")


@ends.command("not-reporting")
@click.argument("region", metavar="CODE")
@click.argument("which", type=END)
@click.option("--from", "first", type=DAY, required=True)
@click.option("--until", type=DAY, help="The first day on which it reports again.")
def not_reporting(region: str, which: Which, first: datetime, until: datetime | None) -> None:
    """Say that a region does not report an end."""
    command = MarkNotReporting(region=region, which=which, from_=first.date(), until=_day(until))
    _said(asyncio.run(_act(mark_not_reporting, command)))


@ends.command()
@click.argument("region", metavar="CODE")
@click.argument("which", type=END)
@click.option("--on", type=DAY, required=True, help="The first day on which it reports again.")
def reporting(region: str, which: Which, on: datetime) -> None:
    """Say that a region reports again."""
    _said(asyncio.run(_act(end_not_reporting, EndNotReporting(region=region, which=which, on=on.date()))))


@ends.command()
@click.argument("which_nsi", metavar="ID|REFERENCE")
@click.argument("decision", type=click.Choice(get_args(MoveDecision)))
@click.option("--back-on", type=DAY, help="Where the person has returned; without, today.")
@click.option("--until", type=DAY, help="Where it is extended: the new end.")
@click.option("--why", default="", help="Needed where it is extended. Nothing about the person.")
def review(which_nsi: str, decision: MoveDecision, back_on: datetime | None, until: datetime | None, why: str) -> None:
    """Review a temporary move at its end."""

    def command(nsi: Any) -> ReviewMove:
        return ReviewMove(id=nsi, decision=decision, back_on=_day(back_on), until=_day(until), why=why)

    done = asyncio.run(_of_nsi(which_nsi, review_move, command))
    newest = next(one for one in done.reviews if one.decision)
    what = f"until {newest.new_until}" if newest.new_until else newest.new_nsi or f"back on {newest.back_on}"
    click.echo(f"{done.reference}: {decision.replace('_', ' ')}, {what}.")


async def _act(verb: Any, command: Any) -> Any:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, verb, command)


async def _of_nsi(which: str, verb: Any, command: Any) -> Any:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, verb, command(await found_nsi(works, which)))


def _day(at: datetime | None) -> Any:
    return at.date() if at else None


def _said(done: NotReporting) -> None:
    until = f" until {done.until}" if done.until else ""
    click.echo(f"{done.name} ({done.region}) does not report {done.which} from {done.from_}{until}.")


def _whole(page: EndsPage) -> Iterator[str]:
    yield f"Moves from {page.from_} until {page.until}"
    yield "  " + ", ".join(f"{state.replace('_', ' ')} {count}" for state, count in page.counts.items() if count)
    of = page.reported
    yield f"  of {of.out} of {of.of} regions that report out, and {of.in_} of {of.of} that report in"
    for row in page.regions:
        silent = [end for end, reports in (("out", row.reports_out), ("in", row.reports_in)) if not reports]
        note = f"  does not report {' and '.join(silent)}" if silent else ""
        missing = f"missing {row.out_missing} out, {row.in_missing} in"
        yield f"  {row.code:<4} {row.name:<28} {row.out:>4} out {row.in_:>4} in  {missing}{note}"
    yield from (_row(row) for row in page.items)
    if page.next:
        yield f"There are more: add --cursor {page.next}"


def _row(row: MoveRow) -> str:
    way = f"{row.sending_pdu or '?'} to {row.receiving_pdu}"
    chased = f"  asked {row.chased} times" if row.chased else ""
    days = f"out {row.out_on or '–':<10}  in {row.in_on or '–':<10}"
    return (
        f"{row.reference}  {row.type.replace('_', ' '):<14}  {way:<18}  {days}  {row.state.replace('_', ' ')}{chased}"
    )
