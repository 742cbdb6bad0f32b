"""`bedspace connections`: which area sends or is sent what, and how that goes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import rich_click as click

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.connections.keep import Keeper
from gateway.connections.pause import pause_connection, resume_connection
from gateway.connections.read import list_connections, read_connection
from gateway.intake.dry import Dry, unreadable
from gateway.settings import read_settings
from gateway.wiring import Works, check_connection, open_readers, open_works
from schemas.connections import (
    Connection,
    ConnectionDone,
    KeepConnection,
    ListConnections,
    PauseConnection,
    ReadConnection,
    ResumeConnection,
    Tried,
)
from schemas.errors import Unreadable
from schemas.inbox import ReadUsing
from schemas.toml import decoded

WOULD = {"raise": "raised", "prepare": "prepared", "review": "for review"}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def connections() -> None:
    """Which area sends or is sent what, in which system's words, by which road; and how that goes.

    \b
    bedspace connections keep york-crams.toml           make one, or replace what is said of it
    bedspace connections test york-crams extract.csv    what it would make of a sample; nothing is written
    bedspace connections pause york-crams --why "They change their export on Friday"
    bedspace connections resume york-crams
    """


@connections.command("list")
@click.option("--area", metavar="CODE", help="Only of this PDU, area of 2003 or region.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(area: str | None, *, as_json: bool) -> None:
    """List connections with how each goes."""
    found: list[Connection] = []
    cursor: str | None = ""
    while cursor is not None:
        page = _act(list_connections, ListConnections(area=area, limit=200, cursor=cursor or None))
        found += page.items
        cursor = page.next
    if as_json:
        click.echo(_json(found))
        return
    for one in found:
        click.echo(f"{one.code:<24} {_what(one)}: {_health(one)}")
    if not found:
        click.echo("There is no connection. `bedspace connections keep FILE.toml` makes one.")


@connections.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(code: str, *, as_json: bool) -> None:
    """Show one connection, and the codes that have no word yet, as a form to fill."""
    one = _act(read_connection, ReadConnection(code=code))
    click.echo(_json(one) if as_json else "\n".join(_shown(one)))


@connections.command()
@click.argument("file", type=FILE)
def keep(file: Path) -> None:
    """Make a connection from a TOML file, or replace what is said of one.

    \b
    code = "york-crams"
    title = "Transfers of North Yorkshire, from CRAMS"
    area = "32"
    system = "areafile"
    profile = "crams"
    channel = "http"
    account = "york-crams"
    trusted = true
    [codes.status]
    Q = "withdrawn"
    """
    done: ConnectionDone = _act(Keeper(check_connection).keep, decoded(file, KeepConnection))
    click.echo(f"{done.code} is {'made' if done.new else 'changed'}.")


@connections.command()
@click.argument("code")
@click.option("--why", required=True, help="For those who see it stand. Nothing about a person.")
def pause(code: str, why: str) -> None:
    """Stop a connection. Nothing is lost: what comes in is stored, what goes out waits."""
    _act(pause_connection, PauseConnection(code=code, why=why))
    click.echo(f"{code} is paused.")


@connections.command()
@click.argument("code")
def resume(code: str) -> None:
    """Let a connection go on."""
    _act(resume_connection, ResumeConnection(code=code))
    click.echo(f"{code} goes on.")


@connections.command()
@click.argument("code")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def test(code: str, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Show what a connection would make of sample files; nothing is written."""
    tried = asyncio.run(_test(code, files))
    if as_json:
        click.echo(_json(tried))
        return
    for file, one in zip(files, tried, strict=True):
        click.echo("\n".join(_tried(file, one)))


async def _test(code: str, files: tuple[Path, ...]) -> list[Tried]:
    async with open_works(read_settings()) as works, open_readers() as readers:
        one = await act(works.house, OPERATOR, read_connection, ReadConnection(code=code))
        using = ReadUsing(system=one.system, profile=one.profile, codes=one.codes)
        dry, today = Dry(works.pool, works.postcodes), london_today(works.house.now())
        tried = []
        for file in files:
            try:
                reading = await readers.read("", file.read_bytes(), using)
            except Unreadable as error:
                tried.append(unreadable(one, str(error)))
            else:
                tried.append(await dry.tried(one, reading, today))
        return tried


def _act(verb: Any, command: Any) -> Any:
    async def run() -> Any:
        async with open_works(read_settings()) as works:
            return await _within(works, verb, command)

    return asyncio.run(run())


async def _within(works: Works, verb: Any, command: Any) -> Any:
    return await act(works.house, OPERATOR, verb, command)


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _what(one: Connection) -> str:
    return f"{one.direction:<3} {one.system}/{one.profile} by {one.channel}, of {one.area}"


def _health(one: Connection) -> str:
    if one.paused_at:
        return f"paused: {one.paused_why}"
    if one.breaker != "closed":
        return f"broken until {one.broken_until:%d %B %H:%M}: {one.last_error}"
    last = f"last good {one.last_good_at:%d %B %H:%M}" if one.last_good_at else "nothing yet"
    return f"{last}, {one.waiting} wait, {one.to_review} for review"


def _shown(one: Connection) -> Iterator[str]:
    yield f"{one.code}  {one.title}"
    yield f"  {_what(one)}"
    taken = "raised as they are" if one.trusted else "prepared, and confirmed by a person"
    yield f"  its records are {taken}" if one.direction == "in" else "  to them"
    yield f"  {_health(one)}"
    if one.last_error:
        yield f"  last error {one.last_error_at:%d %B %Y %H:%M}: {one.last_error}"
    field = ""
    for code in sorted(one.unmapped, key=lambda code: (code.field, -code.times)):
        if code.field != field:
            field = code.field
            yield f"\n[codes.{field}]"
        yield f'{_json(code.code)} = ""    # came {code.times} times'


def _tried(file: Path, one: Tried) -> Iterator[str]:
    counts = ", ".join(f"{count} {word}" for word, count in one.counts.items())
    yield f"{file}: {one.unreadable}" if one.unreadable else f"{file}, read as {one.read_as}: {counts}."
    for number, record in enumerate(one.records, start=1):
        yield f"  {number}. {record.kind}: would be {WOULD[record.would]}{f' ({record.why})' if record.why else ''}"
        if record.to:
            yield f"     to {record.to}"
        if record.missing:
            yield f"     missing: {', '.join(record.missing)}"
        for field, evidence in record.evidence.items():
            yield f"     {field:<18} “{evidence.text}” ({evidence.source})"
    for row in one.refused:
        yield f"  line {row.line}, {row.column}: {row.why}"
    for code in one.unmapped:
        yield f"  no word for {code.field} “{code.code}” ({code.times} times)"
    yield from (f"  {problem}" for problem in one.problems)
    yield "  Nothing was written."
