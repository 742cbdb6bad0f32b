"""`bedspace premises`: list and show, import and export, and what is unconfirmed."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import rich_click as click

from bedspace.nights import london_today, spoken
from bedspace.premises.columns import COLUMNS
from bedspace.premises.differ import written
from bedspace.premises.export import export_premises
from bedspace.premises.importing import Importer
from bedspace.premises.read import Wanted, list_premises, list_unconfirmed, show_premises
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import open_works
from schemas.errors import Invalid
from schemas.keeping import ImportPremises
from schemas.premises import Imported, PremisesDetail, PremisesType
from schemas.words import Gender

DAY = click.DateTime(["%Y-%m-%d"])
COLUMN_HELP = "\n\n".join(f"{name}: {what}" for name, what in COLUMNS.items())


@click.group()
def premises() -> None:
    """Premises, rooms and beds: list and show them, import and export them, and see what nobody has confirmed.

    \b
    bedspace premises list --region N55
    bedspace premises show P034
    bedspace premises export --out beds.csv
    bedspace premises import beds.csv            shows what would change, and asks
    bedspace premises unconfirmed --days 3
    """


@premises.command("list")
@click.option("--region", metavar="CODE")
@click.option("--pdu", metavar="CODE")
@click.option("--gender", type=click.Choice(get_args(Gender)))
@click.option("--type", "kind", type=click.Choice(get_args(PremisesType)))
@click.option("--called", metavar="TEXT", help="With this in the name or code.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(limit: int, cursor: str | None, *, as_json: bool, **asked: Any) -> None:
    """List premises, by code."""
    wanted = Wanted(type=asked.pop("kind"), **asked)
    page = asyncio.run(_read(list_premises, limit=limit, cursor=cursor or "", wanted=wanted))
    if as_json:
        click.echo(_json(page))
        return
    for row in page.items:
        closes = f", closes {row.closed_from}" if row.closed_from else ""
        click.echo(
            f"{row.code:<8} {row.name:<28} {row.postcode:<9} {row.pdu or '':<8} {row.gender:<7}"
            f"{row.type.replace('_', ' '):<14} {row.beds:>3} beds, {row.unconfirmed} unconfirmed{closes}"
        )
    if not page.items:
        click.echo("No premises are like that.")
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


@premises.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(code: str, *, as_json: bool) -> None:
    """Show one premises with contacts, restrictions, rooms and beds."""
    found = asyncio.run(_shown(code))
    click.echo(_json(found) if as_json else "\n".join(_whole(found)))


@premises.command()
@click.option("--days", type=click.IntRange(0, 365), default=1, show_default=True, help="So old is still fresh.")
@click.option("--region", metavar="CODE")
@click.option("--pdu", metavar="CODE")
@click.option("--limit", type=click.IntRange(1, 200), default=200, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def unconfirmed(limit: int, cursor: str | None, *, as_json: bool, **asked: Any) -> None:
    """Beds that nobody has confirmed for so many days, premises by premises."""
    page = asyncio.run(_read(list_unconfirmed, limit=limit, cursor=cursor or "", **asked))
    if as_json:
        click.echo(_json(page))
        return
    for one in page.items:
        oldest = f"oldest {london_today(one.oldest)}" if one.oldest else "some never confirmed"
        click.echo(f"{one.code:<8} {one.name:<28} {len(one.unconfirmed):>3} of {one.beds:<3} {oldest}")
    click.echo(f"{page.beds} of {page.of} beds open today are unconfirmed.")
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


@premises.command("import", epilog=f"Columns, in any order:\n\n{COLUMN_HELP}")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "from_", type=DAY, help="From which night it counts; today when left out.")
@click.option("--close-missing", is_flag=True, help="Close beds of premises in the file that it does not name.")
@click.option("--apply", is_flag=True, help="Change it, without asking.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def import_(file: Path, from_: datetime | None, *, close_missing: bool, apply: bool, as_json: bool) -> None:
    """Import a CSV of beds, one line a bed: says what would change, and changes it all or nothing.

    Premises that are not in the file are left alone. Without --apply it asks on a terminal, and changes nothing
    elsewhere. Every fault is told with its line and column; then nothing is changed.
    """
    command = ImportPremises(
        content=file.read_bytes(), from_=from_.date() if from_ else None, close_missing=close_missing, apply=apply
    )
    try:
        imported = asyncio.run(_import(command))
        if not as_json:
            click.echo("\n".join(_difference(imported)))
        if not apply and imported.differences and not as_json and sys.stdin.isatty():
            if not click.confirm("Change this?"):
                click.echo("Nothing was changed.")
                return
            imported = asyncio.run(_import(msgspec.structs.replace(command, apply=True)))
    except Invalid as error:
        for fault in error.faults:
            click.echo(f"{file.name}, {fault.field}: {fault.why}", err=True)
        count = len(error.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}. Nothing was changed.", err=True)
        sys.exit(1)
    click.echo(_json(imported) if as_json else _done(imported))


@premises.command()
@click.argument("codes", nargs=-1, metavar="[CODE]…")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Into a file.")
def export(codes: tuple[str, ...], out: Path | None) -> None:
    """Write the CSV that `import` takes, of all premises or of some. Imported as it is, it changes nothing."""
    content = asyncio.run(_read(export_premises, codes=list(codes) or None))
    if out:
        out.write_text(content, encoding="utf-8", newline="")
        click.echo(f"{content.count(chr(10)) - 1} beds are in {out}.")
    else:
        click.echo(content, nl=False)


async def _read(read: Any, **asked: Any) -> Any:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        return await read(tx, today=london_today(works.house.now()), **asked)


async def _shown(code: str) -> PremisesDetail:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        return await show_premises(tx, code, london_today(works.house.now()))


async def _import(command: ImportPremises) -> Imported:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, Importer(works.postcodes).import_premises, command)


def _difference(imported: Imported) -> Iterator[str]:
    for one in imported.differences:
        yield f"{one.code} {one.name}{' (new)' if one.new else ''}"
        yield from (f"  {written(change)}" for change in one.changes)
    count = len(imported.differences)
    yield f"{imported.premises} premises and {imported.beds} beds are in the file; {count} premises would change."


def _done(imported: Imported) -> str:
    if not imported.differences:
        return "All is so already."
    if imported.applied:
        return f"Changed, from {spoken(imported.from_)}."
    return "Nothing was changed: add --apply to change it."


def _json(answer: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _whole(found: PremisesDetail) -> Iterator[str]:
    yield f"{found.code}  {found.name}, {found.postcode}  ({found.gender} estate, {found.type.replace('_', ' ')})"
    yield f"  PDU           {found.pdu or 'none on record'}"
    yield f"  referrals     decided by {found.decides.replace('_', ' ')}"
    yield f"  hours         arrive by {found.arrive_by}, leave by {found.depart_by}"
    yield f"  turnaround    {found.turnaround_nights} nights"
    yield f"  offers        {', '.join(found.characteristics) or 'nothing in particular'}"
    if found.closed_from:
        yield f"  closes        {spoken(found.closed_from)}"
    for contact in found.contacts:
        said = ", ".join((contact.name, contact.phone, contact.email, contact.hours))
        yield f"  {contact.purpose.replace('_', ' '):<13} {said}"
    for one in found.restrictions:
        until = f" until {one.until}" if one.until else ""
        yield f"  not           {one.characteristic} from {one.from_}{until}: {one.reason}"
    for room in found.rooms:
        yield f"\n{room.name}  {', '.join(room.characteristics)}"
        for bed in room.beds:
            yield f"  {bed.code:<10} from {bed.opens}{_until(bed.closes)}{_fresh(bed.confirmed_at)}"


def _until(closes: date | None) -> str:
    return f" to {closes}" if closes else ""


def _fresh(confirmed_at: datetime | None) -> str:
    return f", confirmed {london_today(confirmed_at)}" if confirmed_at else ", never confirmed"
