"""`bedspace locator spocs` and `bedspace locator sectors`: contacts and postcode sectors as files."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import rich_click as click

from bedspace.locator import sector_sheet, spoc_sheet
from bedspace.locator.contacts import every_pdu, list_contacts
from bedspace.locator.sectors import SectorKeeper, list_sectors, split_authorities
from bedspace.locator.spocs import keep_spocs
from bedspace.nights import london_today, spoken
from bedspace.store import Tx
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import Works, open_works
from schemas.errors import Invalid
from schemas.locator import KeepSectors, KeepSpocs, Sector, SectorChange, SectorsKept, SpocChange, SpocsKept

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Into a file.")
ON = click.option("--on", type=DAY, metavar="DATE", help="As it is on that day; today when left out.")
FROM = click.option("--from", "from_", type=DAY, metavar="DATE", help="From which day it counts; today if left out.")
APPLY = click.option("--apply", is_flag=True, help="Change it, without asking.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")

Kept = TypeVar("Kept", SpocsKept, SectorsKept)


def _columns(columns: dict[str, str]) -> str:
    return "\n\n".join(["Columns, in any order:", *(f"{name}: {what}" for name, what in columns.items())])


@click.group()
def spocs() -> None:
    """Who receives, as a file: one line a contact. Absences are recorded on the pages or by the API."""


@spocs.command("import", epilog=_columns(spoc_sheet.COLUMNS))
@click.argument("file", type=FILE)
@FROM
@APPLY
@JSON
def import_spocs(file: Path, from_: datetime | None, *, apply: bool, as_json: bool) -> None:
    """Import a CSV of contacts: says what would change, and changes it all or nothing.

    Contacts that are not in the file are left alone. Without --apply it asks on a terminal, and changes nothing
    elsewhere. Every fault is told with its line and column; then nothing is changed.
    """
    raw = file.read_bytes()

    async def keep(works: Works, day: date, *, dry_run: bool) -> SpocsKept:
        async with transaction(works.pool, readonly=True) as tx:
            places = await every_pdu(tx, day)
        codes = [pdu.code for pdu, _ in places]
        said = spoc_sheet.read_spocs(raw, codes, sorted({region.code for _, region in places}))
        return await act(works.house, OPERATOR, keep_spocs, KeepSpocs(spocs=said, from_=day, dry_run=dry_run))

    _import(file, from_, keep, _contacts_said, apply=apply, as_json=as_json)


@spocs.command("export")
@ON
@OUT
def export_spocs(on: datetime | None, out: Path | None) -> None:
    """Write the CSV that `import` takes, of all contacts of a day. Imported as it is, it changes nothing."""

    async def read(tx: Tx, _works: Works, day: date) -> str:
        found = await list_contacts(tx, day, limit=100_000)
        return spoc_sheet.write_spocs(one for one in found.items if one.from_ <= day)

    _export(read, on, out, "contacts")


@click.group()
def sectors() -> None:
    """In which PDU each postcode sector of a split authority lies, as a file: one line a sector."""


@sectors.command("import", epilog=_columns(sector_sheet.COLUMNS))
@click.argument("file", type=FILE)
@FROM
@APPLY
@JSON
def import_sectors(file: Path, from_: datetime | None, *, apply: bool, as_json: bool) -> None:
    """Import a CSV of postcode sectors: says what would change, and changes it all or nothing.

    Sectors that are not in the file are left alone. Without --apply it asks on a terminal, and changes nothing
    elsewhere. Every fault is told with its line and column; then nothing is changed.
    """
    raw = file.read_bytes()

    async def keep(works: Works, day: date, *, dry_run: bool) -> SectorsKept:
        lines = sector_sheet.SectorLines(raw)
        command = KeepSectors(sectors=lines.sectors, from_=day, dry_run=dry_run)
        try:
            return await act(works.house, OPERATOR, SectorKeeper(works.postcodes).keep_sectors, command)
        except Invalid as error:
            raise lines.at_lines(error) from error

    _import(file, from_, keep, _sectors_said, apply=apply, as_json=as_json)


@sectors.command("export")
@click.argument("authorities", nargs=-1, metavar="[GSS]…")
@ON
@OUT
def export_sectors(authorities: tuple[str, ...], on: datetime | None, out: Path | None) -> None:
    """Write the CSV that `import` takes: every sector of all split authorities, or of some, decided or not.

    Fill in the column `pdu` and who said so, and import it.
    """

    async def read(tx: Tx, works: Works, day: date) -> str:
        which = authorities or [one.authority.code for one in await split_authorities(tx, works.postcodes, day)]
        found: list[Sector] = []
        for gss in which:
            found += (await list_sectors(tx, works.postcodes, gss, day, limit=10_000, cursor=None)).items
        return sector_sheet.write_sectors(found)

    _export(read, on, out, "sectors")


def _import(
    file: Path,
    from_: datetime | None,
    keep: Callable[..., Awaitable[Kept]],
    said: Callable[[Kept], Iterable[str]],
    *,
    apply: bool,
    as_json: bool,
) -> None:
    async def run(*, dry_run: bool) -> tuple[Kept, date]:
        async with open_works(read_settings()) as works:
            day = from_.date() if from_ else london_today(works.house.now())
            return await keep(works, day, dry_run=dry_run), day

    try:
        kept, day = asyncio.run(run(dry_run=not apply))
        if not as_json:
            click.echo("\n".join(said(kept)))
        if not apply and kept.changes and not as_json and sys.stdin.isatty():
            if not click.confirm("Change this?"):
                click.echo("Nothing was changed.")
                return
            kept, day = asyncio.run(run(dry_run=False))
    except Invalid as error:
        for fault in error.faults:
            click.echo(f"{file.name}, {fault.field}: {fault.why}", err=True)
        count = len(error.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}. Nothing was changed.", err=True)
        sys.exit(1)
    click.echo(msgspec.json.format(msgspec.json.encode(kept), indent=2).decode() if as_json else _done(kept, day))


def _done(kept: SpocsKept | SectorsKept, day: date) -> str:
    if not kept.changes:
        return "All is so already."
    return f"Changed, from {spoken(day)}." if kept.applied else "Nothing was changed: add --apply to change it."


def _contacts_said(kept: SpocsKept) -> Iterable[str]:
    yield from (_contact_said(one) for one in kept.changes)
    changed = len({(one.place, one.purpose) for one in kept.changes})
    yield f"{kept.kept} pairs of a PDU or region and a purpose are in the file; {changed} would change."


def _contact_said(one: SpocChange) -> str:
    place = f"{one.place} {one.purpose.replace('_', ' ')}"
    if one.was is None:
        return f"{place}: + {one.becomes}"
    return f"{place}: {one.what.replace('_', ' ')} {one.was or 'nothing'} → {one.becomes or 'nothing'}"


def _sectors_said(kept: SectorsKept) -> Iterable[str]:
    yield from (_sector_said(one) for one in kept.changes)
    yield f"{len(kept.changes) + kept.unchanged} sectors are in the file; {len(kept.changes)} would change."


def _sector_said(one: SectorChange) -> str:
    if one.was == one.becomes:
        return f"{one.authority} {one.sector}: {one.becomes}, said by somebody else"
    return f"{one.authority} {one.sector}: {one.was or 'undecided'} → {one.becomes or 'undecided'}"


def _export(
    read: Callable[[Tx, Works, date], Awaitable[str]], on: datetime | None, out: Path | None, what: str
) -> None:
    async def run() -> str:
        async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
            return await read(tx, works, on.date() if on else london_today(works.house.now()))

    content = asyncio.run(run())
    if out:
        out.write_text(content, encoding="utf-8", newline="")
        click.echo(f"{content.count(chr(10)) - 1} {what} are in {out}.")
    else:
        click.echo(content, nl=False)
