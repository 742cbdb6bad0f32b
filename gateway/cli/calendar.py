"""`bedspace calendar`: premises day by day."""

import asyncio
from datetime import date, datetime

import msgspec
import rich_click as click

from bedspace.nights import london_today, spoken
from bedspace.occupancy.calendar import read_calendar
from gateway.access.actors import OPERATOR
from gateway.access.looking import looking
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.occupancy import BedNights, Calendar, Span

MARKS = {"stay": "s", "booking": "b", "hold": "h", "turnaround": "t", "out_of_service": "x"}


@click.command()
@click.argument("code")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first night; tonight.")
@click.option("--nights", type=int, default=28, show_default=True, help="How many, 1 to 730.")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="Count beds that have this; several times.")
@click.option("--demand", default="", metavar="NEEDS:PEOPLE,…", help="Whether so many people could be placed at once.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def calendar(
    code: str, first: datetime | None, nights: int, needs: tuple[str, ...], demand: str, *, as_json: bool
) -> None:
    """Every bed of premises, night by night, and how many are free by what they offer. Nobody is named.

    \b
    bedspace calendar LEEDS --from 2027-01-11 --nights 84
    bedspace calendar LEEDS --need step_free --need en_suite
    bedspace calendar LEEDS --demand step_free:2,step_free+en_suite:1
    """
    found = asyncio.run(_ask(code, first.date() if first else None, nights, needs, demand))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        click.echo("\n".join(_written(found)))


async def _ask(code: str, first: date | None, nights: int, needs: tuple[str, ...], demand: str) -> Calendar:
    async with open_works(read_settings()) as works, looking(works.house, OPERATOR, "occupancy.read") as tx:
        now = works.house.now()
        return await read_calendar(tx, code, first or london_today(now), nights, now, needs=needs, demand=demand)


def _written(found: Calendar) -> list[str]:
    wide = max((len(bed.code) for bed in found.beds), default=3)
    lines = [f"{found.premises.name} ({found.premises.code}), {found.nights} nights from {spoken(found.from_)}", ""]
    lines += [f"{bed.code:<{wide}}  {_marks(bed, found)}" for bed in found.beds]
    lines += ["", "s stay  b booking  h hold  t turnaround  x out of service  . free  (blank) not open", ""]
    lines.append("night        beds  stay  booked  held  turn.  out  free" + ("  with all" if found.needs else ""))
    for day in found.days:
        amounts = (day.capacity, day.stay, day.booking, day.hold, day.turnaround, day.out_of_service, day.free)
        asked = f"{day.with_all:>10}" if found.needs else ""
        fits = "" if day.fits is None else f"  {'all fit' if day.fits else f'{day.placed} fit'}"
        lines.append("{}  {:>5} {:>5} {:>7} {:>5} {:>6} {:>4} {:>5}".format(day.night, *amounts) + asked + fits)
    if found.demand:
        lines += ["", f"For all {found.nights} nights: {found.demand.placed} of {found.demand.people} people fit."]
    return lines


def _marks(bed: BedNights, found: Calendar) -> str:
    return "".join(_mark(bed, day.night) for day in found.days)


def _mark(bed: BedNights, night: date) -> str:
    if (bed.opens and night < bed.opens) or (bed.closes and night >= bed.closes):
        return " "
    kinds = [MARKS[span.kind] for span in bed.spans if _covers(span, night)]
    return "s" if "s" in kinds else kinds[0] if kinds else "."


def _covers(span: Span, night: date) -> bool:
    return span.from_ <= night and (span.until is None or night < span.until)
