"""`bedspace briefing`: figures for those who decide, without anybody in them."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

import msgspec
import rich_click as click

from bedspace.nights import spoken
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.figures.briefing import read_briefing
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.briefing import Briefing, Count, Flow, ReadBriefing, RuleMet

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "first", type=DAY, help="The first day; 90 days before the last, where it is not given.")
@click.option("--to", "last", type=DAY, help="The last day, included; yesterday, where it is not given.")
@click.option("--region", metavar="CODE", help="Only what begins or ends in this region.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def briefing(first: datetime | None, last: datetime | None, region: str | None, *, as_json: bool) -> None:
    """Moves by region and risk, rules met in time, caretaking and beds.

    What is left out is a star (`*`): a count below five, or one that would give it away.

    \b
    bedspace briefing
    bedspace briefing --from 2026-07-01 --to 2026-09-30 --region N55
    """
    command = ReadBriefing(from_=first.date() if first else None, to=last.date() if last else None, region=region)
    found = asyncio.run(_read(command))
    text = msgspec.json.format(msgspec.json.encode(found), indent=2).decode() if as_json else "\n".join(lines(found))
    click.echo(text)


async def _read(command: ReadBriefing) -> Briefing:
    async with open_works(read_settings()) as works:
        found = await act(works.house, OPERATOR, read_briefing, command)
        return msgspec.structs.replace(found, invented=works.stamp == "demo")


def said(count: Count) -> str:
    """A star is no number: what is left out may be large, where it would give a small one away."""
    return "*" if count is None else f"{count:,}"


def lines(found: Briefing) -> Iterator[str]:
    invented = " (invented)" if found.invented else ""
    where = found.region.name if found.region else "all regions"
    yield f"Briefing{invented}: {spoken(found.from_)} to {spoken(found.to)}, {where}"
    yield f"{found.reported.regions} of {found.reported.of} regions reported moves."
    if found.reported.silent:
        yield f"Silent: {', '.join(found.reported.silent)}"
    if found.reported.not_reporting:
        yield f"Not reported: {'; '.join(found.reported.not_reporting)}"
    yield f"\nNSIs raised: {said(found.raised)}"
    yield f"{'':<28}{'in':>7}{'out':>7}{'within':>8}{'flight':>8}{'overdue':>9}{'held for':>10}{'held by':>9}"
    yield from (_flow(one) for one in found.flows)
    if found.total:
        yield _flow(found.total)
    yield "\nBy risk of serious harm"
    yield from (
        f"  {(one.rosh or 'not given').replace('_', ' '):<12}{said(one.moves):>7}{_percent(one.percent)}"
        for one in found.rosh
    )
    yield "\nRules met in time"
    yield from (_rule(one) for one in found.rules)
    nights = found.nights
    yield f"\nBed nights: {said(nights.occupied)} of {said(nights.capacity)} occupied{_percent(nights.percent)}"
    parts = {"out of service": nights.out_of_service, "turnaround": nights.turnaround, "empty": nights.empty}
    yield f"Lost: {said(nights.lost)} ({', '.join(f'{name} {said(count)}' for name, count in parts.items())})"
    yield from (f"  {one.reason}: {said(one.nights)}" for one in found.lost_by)
    yield ""
    yield from (f"{'* ' if n == 0 else ''}{note}" for n, note in enumerate(found.notes))


def _flow(one: Flow) -> str:
    named = f"{one.region.name[:27]:<28}"
    return (
        f"{named}{said(one.in_):>7}{said(one.out):>7}{said(one.within):>8}{said(one.in_flight):>8}"
        f"{said(one.overdue):>9}{said(one.held_for_others):>10}{said(one.held_by_others):>9}"
    )


def _rule(one: RuleMet) -> str:
    beside = f"; not applicable {said(one.not_applicable)}, not recorded {said(one.not_recorded)}"
    return f"  {one.rule:<6}{one.title}: in {said(one.met)} of {said(one.of)} cases{_percent(one.percent)}{beside}"


def _percent(value: float | None) -> str:
    return "" if value is None else f" ({value:g} %)"
