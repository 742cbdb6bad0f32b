"""`bedspace intake`: messages from files."""

import asyncio
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli.intake_dry import look
from gateway.cli.intake_files import Handed, handed
from gateway.cli.intake_report import FileReport, report_of, written
from gateway.intake.read import read_inbox
from gateway.intake.readers import Readers
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.settings import read_settings
from gateway.transfers.read import read_nsi
from gateway.wiring import Works, open_readers, open_works, systems
from schemas.errors import BedspaceError, Invalid
from schemas.inbox import InboxItem, ReadInbox, StoreMessage
from schemas.nsis import ReadNsi

PATIENCE = 45
"""Seconds to wait for a message that a worker has taken to read."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--area", default="", metavar="CODE", help="PDU or area of 2003 that sent them, where they do not say.")
@click.option("--system", metavar="NAME", help="Read them as this system's; see `bedspace adapters`.")
@click.option("--connection", default="", metavar="CODE", help="As if they came by this connection.")
@click.option("--dry-run", is_flag=True, help="Show what would be prepared, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def intake(
    files: tuple[str, ...], area: str, system: str | None, connection: str, *, dry_run: bool, as_json: bool
) -> None:
    """Read messages from files, and prepare the NSIs they ask for.

    FILE is an e-mail as a mail program saves it (.eml), a folder of them, or a pattern in quotes. Each message is
    stored before it is read, so giving the same file again changes nothing. What is whole is prepared and routed to
    the SPOC who receives; what is not waits for a person, and the sender is told what is missing.

    \b
    bedspace intake release.eml --dry-run   what would be prepared, and why
    bedspace intake mail/ --area N55YRK     a folder, handed in by York
    bedspace nsi list                       what came of it
    bedspace intake tracker.xlsx --connection yorkshire-tracker     rows of a spreadsheet, or of an extract

    Exit status 1 when a file could not be read.
    """
    if dry_run and connection:
        raise Invalid.because("--dry-run", f"Say `bedspace connections test {connection} FILE`: it writes nothing.")
    content_type = _content_type_of(system)
    found = handed(files, content_type)
    reports = asyncio.run(look(found) if dry_run else _take_in(found, area, connection))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(reports), indent=2).decode())
    else:
        click.echo("\n\n".join("\n".join(written(report)) for report in reports))
        click.echo(f"\n{_summary(reports)}{' Nothing was written.' if dry_run else ''}")
    if any(report.state in ("refused", "unread") for report in reports):
        sys.exit(1)


def _summary(reports: Sequence[FileReport]) -> str:
    states = Counter(report.state for report in reports)
    files = "1 message" if len(reports) == 1 else f"{len(reports)} messages"
    return f"{files}: {', '.join(f'{count} {state}' for state, count in sorted(states.items()))}."


def _content_type_of(system: str | None) -> str | None:
    if system is None:
        return None
    for known in systems():
        if known.name == system:
            return known.content_types[0]
    names = ", ".join(known.name for known in systems())
    raise Invalid.because("--system", f"There is no system {system}. These can be read: {names}.")


async def _take_in(found: Sequence[Handed], area: str, connection: str) -> list[FileReport]:
    async with open_works(read_settings()) as works, open_readers() as readers:
        settler = Settler(works.postcodes)
        return [await _take_in_one(works, readers, settler, one, area, connection) for one in found]


async def _take_in_one(
    works: Works, readers: Readers, settler: Settler, one: Handed, area: str, connection: str
) -> FileReport:
    if one.raw is None:
        return FileReport(file=one.file, state="unread", reason=one.reason)
    message = StoreMessage(
        raw=one.raw,
        content_type=one.content_type,
        source_key=hashlib.sha256(one.raw).hexdigest(),
        channel="cli",
        filename=Path(one.file).name[:200],
        area=area,
        connection=connection,
    )
    try:
        item = await act(works.house, OPERATOR, store_message, message)
    except BedspaceError as error:
        return FileReport(file=one.file, state="unread", reason=str(error))
    item = await _settled(works, readers, settler, item)
    nsis = [await act(works.house, OPERATOR, read_nsi, ReadNsi(id=nsi)) for nsi in item.nsi_ids]
    return report_of(one.file, item, nsis)


async def _settled(works: Works, readers: Readers, settler: Settler, item: InboxItem) -> InboxItem:
    """Read it here, or wait for the worker that has taken it."""
    until = time.monotonic() + PATIENCE
    while item.state in ("stored", "reading") and time.monotonic() < until:
        if not await read_waiting(works.house, readers, settler, only=(item.inbox_id,)):
            await asyncio.sleep(0.1)
        item = await act(works.house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))
    return item
