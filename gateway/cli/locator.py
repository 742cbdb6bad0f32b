"""`bedspace locator`: who receives everywhere, and the files by which that is kept."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

import msgspec
import rich_click as click

from bedspace.locator.coverage import PURPOSES, coverage, who_receives
from bedspace.nights import london_today, spoken
from gateway.cli.locator_files import sectors, spocs
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import open_works
from schemas.locator import Coverage, Receives, WrongRoute

DAY = click.DateTime(["%Y-%m-%d"])
CELLS = {"spoc": "spoc", "deputy": "deputy", "team": "team", "region": "region"}
WIDTH = 16


@click.group()
def locator() -> None:
    """Who receives, everywhere: what is covered, and files of contacts and of postcode sectors.

    For one question, ask `bedspace locate`.

    \b
    bedspace locator coverage                    every PDU and purpose, and where nobody receives
    bedspace locator coverage --pdu N55LEE       who it is there, by name and telephone
    bedspace locator spocs export --out spocs.csv
    bedspace locator spocs import spocs.csv      shows what would change, and asks
    bedspace locator sectors export E08000025 --out sectors.csv
    bedspace locator sectors import sectors.csv
    """


locator.add_command(spocs)
locator.add_command(sectors)


@locator.command("coverage")
@click.option("--on", type=DAY, metavar="DATE", help="On which day; today when left out.")
@click.option("--region", metavar="CODE", help="Only the PDUs of this region, such as N55.")
@click.option("--pdu", "pdus", multiple=True, metavar="CODE", help="Only this PDU, with names; several times.")
@click.option("--gaps", "only_gaps", is_flag=True, help="Only the PDUs where something is missing.")
@click.option("--json", "as_json", is_flag=True, help="The report on the whole nation, as the API gives it.")
def report(on: datetime | None, region: str | None, pdus: tuple[str, ...], *, only_gaps: bool, as_json: bool) -> None:
    """Who receives for each PDU and purpose, and where nobody does.

    \b
    spoc      the SPOC of the PDU is there
    deputy    a deputy covers an absence
    team      a team covers an absence
    transfer  nobody is named: the contact for transfers answers
    region    nobody is named: the SPO or team that the region names answers
    AWAY      the SPOC is away, and nobody covers
    NOBODY    nobody answers at all
    spoc …!   the SPOC ends within four weeks, and nobody follows

    Exit status 1 where a PDU and purpose has no SPOC of its own who is there or is covered. One who ends soon is
    shown and is no gap yet.
    """
    found, everyone = asyncio.run(_read(on.date() if on else None))
    shown = [one for one in everyone if region in (None, one.region.code) and (not pdus or one.pdu.code in pdus)]
    unknown = sorted(set(pdus) - {one.pdu.code for one in everyone})
    if unknown or not shown:
        raise click.UsageError(f"No PDU in force on {spoken(found.on)} is {', '.join(unknown) or region or 'there'}.")
    missing = [one for one in shown if one.gap and one.gap.kind != "ending"]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        if only_gaps:
            wanting = {one.pdu.code for one in shown if one.gap}
            shown = [one for one in shown if one.pdu.code in wanting]
        click.echo("\n".join([*(_names(shown) if pdus else _table(shown)), *_sums(found, missing, shown)]))
    if missing:
        sys.exit(1)


async def _read(on: date | None) -> tuple[Coverage, list[Receives]]:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        day = on or london_today(works.house.now())
        return await coverage(tx, day), await who_receives(tx, day)


def _table(shown: list[Receives]) -> Iterator[str]:
    longest = max((len(one.pdu.name) for one in shown), default=0)
    for region, of_region in groupby(shown, key=lambda one: one.region):
        title = f"{region.name} ({region.code})"
        yield (
            f"{title:<{longest + 14}}"
            + "".join(f"{purpose.replace('_', ' '):<{WIDTH}}" for purpose in PURPOSES).rstrip()
        )
        for pdu, of_pdu in groupby(of_region, key=lambda one: one.pdu):
            cells = "".join(f"{_cell(one):<{WIDTH}}" for one in of_pdu)
            yield f"  {pdu.code:<9} {pdu.name:<{longest}}  {cells}".rstrip()
        yield ""


def _names(shown: list[Receives]) -> Iterator[str]:
    for pdu, of_pdu in groupby(shown, key=lambda one: one.pdu):
        yield f"{pdu.name} ({pdu.code})"
        for one in of_pdu:
            who = f"{one.name}, {one.phone}" if one.name else ""
            yield f"  {one.purpose.replace('_', ' '):<15} {_cell(one):<16} {who}".rstrip()
        yield ""


def _cell(one: Receives) -> str:
    gap = one.gap
    if gap and gap.kind == "nobody":
        return "NOBODY"
    if gap and gap.kind == "absent":
        return f"AWAY to {_short(gap.until)}" if gap.until else "AWAY"
    if gap and gap.kind == "ending" and gap.until:
        return f"spoc to {_short(gap.until)}!"
    if gap and one.answered_by == "spoc":
        return "transfer"
    return CELLS[one.answered_by or "spoc"]


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _sums(found: Coverage, missing: list[Receives], shown: list[Receives]) -> Iterator[str]:
    yield (
        f"On {spoken(found.on)}, {found.covered} of {found.pairs} pairs of a PDU and a purpose have a SPOC who is "
        f"there or covered ({found.pdus} PDUs)."
    )
    if missing:
        pdus = len({one.pdu.code for one in missing})
        where = f"{pdus} {'PDU' if pdus == 1 else 'PDUs'}"
        yield f"Missing: {len(missing)}, at {where}. Keep contacts with `bedspace locator spocs import`."
    elif shown:
        yield "Nothing is missing here."
    if found.sent_on_twice:
        yield f"{found.sent_on_twice} open NSIs were sent on more than once: look at where they went."
    yield from _routes(found.wrong_routes)


def _routes(routes: Iterable[WrongRoute]) -> Iterator[str]:
    for route in routes:
        where = route.sector or (route.authority.name if route.authority else "")
        times = "once" if route.times == 1 else f"{route.times} times"
        yield f"Wrong route: {route.from_pdu.name} → {route.to_pdu.name}, {times}{f' ({where})' if where else ''}."
