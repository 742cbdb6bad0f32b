"""`bedspace occupancy`: free beds, nights lost, and the weeks to come."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import TypeVar, get_args

import msgspec
import rich_click as click

from bedspace.nights import london_today, spoken
from bedspace.occupancy.forecast import read_forecast
from bedspace.occupancy.grid import read_grid
from bedspace.occupancy.lost import read_lost
from bedspace.occupancy.rows import Which
from bedspace.store import Tx
from gateway.access.actors import OPERATOR
from gateway.access.looking import looking
from gateway.settings import read_settings
from gateway.wiring import Works, open_works
from schemas.occupancy import Forecast, Grid, LostNights, Part
from schemas.words import Gender

A = TypeVar("A")

DAY = click.DateTime(["%Y-%m-%d"])
WEEK = 7


@click.group()
def occupancy() -> None:
    """How full premises are. Nobody is named.

    \b
    bedspace occupancy show --region N55 --need step_free     free beds, by premises and week
    bedspace occupancy lost --from 2026-11-01 --to 2026-12-01 nights lost, by reason
    bedspace occupancy forecast --by region                   the next twelve weeks
    """


@occupancy.command()
@click.option("--from", "first", type=DAY, metavar="DATE", help="The first night; tonight.")
@click.option("--nights", type=int, default=84, show_default=True, help="How many, 1 to 730.")
@click.option("--region", metavar="CODE")
@click.option("--gender", type=click.Choice(get_args(Gender)), help="Of the estate.")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="Count beds that have this; several times.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it, night by night.")
def show(
    first: datetime | None,
    nights: int,
    region: str | None,
    gender: Gender | None,
    needs: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Free beds of all premises: the fewest on any night of each week."""
    which = Which(region=region, gender=gender)

    async def read(tx: Tx, works: Works, now: datetime) -> Grid:
        start = first.date() if first else london_today(now)
        return await read_grid(
            tx, works.register.current, which, start, nights, now, needs=needs, invented=works.stamp == "demo"
        )

    found = asyncio.run(_ask(read))
    click.echo(_json(found) if as_json else "\n".join(_grid(found)))


@occupancy.command()
@click.option("--from", "first", type=DAY, required=True, metavar="DATE", help="The first night.")
@click.option("--to", type=DAY, required=True, metavar="DATE", help="The first day that no longer counts.")
@click.option("--premises", metavar="CODE")
@click.option("--region", metavar="CODE")
@click.option("--by", type=click.Choice(get_args(Part)), default="region", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def lost(first: datetime, to: datetime, premises: str | None, region: str | None, by: Part, *, as_json: bool) -> None:
    """Nights on which a bed gave nobody a place to sleep, by reason."""
    which = Which(code=premises, region=region)

    async def read(tx: Tx, _works: Works, now: datetime) -> LostNights:
        return await read_lost(tx, which, first.date(), to.date(), now, by=by)

    found = asyncio.run(_ask(read))
    click.echo(_json(found) if as_json else "\n".join(_lost(found)))


@occupancy.command()
@click.option("--weeks", type=int, default=12, show_default=True)
@click.option("--premises", metavar="CODE")
@click.option("--region", metavar="CODE")
@click.option("--by", type=click.Choice(get_args(Part)), default="nation", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def forecast(weeks: int, premises: str | None, region: str | None, by: Part, *, as_json: bool) -> None:
    """Beds occupied on an average night of the weeks to come, from known arrivals and departures."""
    which = Which(code=premises, region=region)

    async def read(tx: Tx, _works: Works, now: datetime) -> Forecast:
        return await read_forecast(tx, which, london_today(now), weeks, now, by=by)

    found = asyncio.run(_ask(read))
    click.echo(_json(found) if as_json else "\n".join(_forecast(found)))


async def _ask(read: Callable[[Tx, Works, datetime], Awaitable[A]]) -> A:
    async with open_works(read_settings()) as works, looking(works.house, OPERATOR, "occupancy.read") as tx:
        return await read(tx, works, works.house.now())


def _json(answer: Grid | LostNights | Forecast) -> str:
    return msgspec.json.format(msgspec.json.encode(answer)).decode()


def _grid(found: Grid) -> list[str]:
    starts = range(0, found.nights, WEEK)
    lines = [
        f"The fewest free beds on a night of each week from {spoken(found.from_)}, {len(found.rows)} premises.",
        "",
    ]
    lines.append(f"{'':<32}" + "".join(f"{_short(found.from_ + timedelta(days=n)):>7}" for n in starts))
    named = [(row.premises.name, row.free) for row in found.rows]
    for name, free in [*named, ("All", found.totals.free)]:
        lines.append(f"{name[:31]:<32}" + "".join(f"{min(free[n : n + WEEK]):>7}" for n in starts))
    return lines


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _lost(found: LostNights) -> list[str]:
    lines = [f"Bed nights from {spoken(found.from_)} up to {spoken(found.to)}, by {found.by}.", ""]
    lines.append(f"{'':<32}{'capacity':>9}{'occupied':>9}{'kept':>7}{'turn.':>7}{'empty':>8}{'out':>7}{'lost':>8}")
    for row in [*found.rows, found.total]:
        amounts = (row.capacity, row.occupied, row.kept, row.turnaround, row.empty, row.out_of_service)
        text = "{:>9}{:>9}{:>7}{:>7}{:>8}{:>7}".format(*amounts)
        name = row.name or ("All" if row is found.total else "No region")
        lines.append(f"{name[:31]:<32}{text}{row.share(row.lost):>7}%")
    lines += ["", "Out of service:"] if found.reasons else []
    return lines + [f"{found.total.reasons[code]:>9}  {name}" for code, name in found.reasons.items()]


def _forecast(found: Forecast) -> list[str]:
    lines = [f"Beds occupied on an average night. Overdue {found.overdue}, late {found.late}, no end {found.endless}."]
    for row in [*(found.rows if found.by != "nation" else []), found.total]:
        lines += ["", row.name or "All", "week from    beds    out  expected   low – high     held   in  out"]
        lines += [
            f"{week.from_}{week.capacity:>8}{week.out_of_service:>7}{week.expected:>10}"
            f"{week.low:>8} – {week.high:<7}{week.held:>5}{week.arrivals:>5}{week.departures:>5}"
            for week in row.weeks
        ]
    return lines
