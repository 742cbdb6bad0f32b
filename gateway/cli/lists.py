"""`bedspace lists`: what people choose from, as data."""

import asyncio
from datetime import datetime
from typing import Any

import msgspec
import rich_click as click

from bedspace.lists.keep import keep_list_entry, list_lists, show_list
from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import open_works
from schemas.errors import Invalid
from schemas.lists import EntryChange, EntryKept, KeepListEntry, ListEntry, ListRow

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def lists() -> None:
    """Reasons, outcomes and the like: show them, add to them, rename, retire, and set the codes of the case system.

    \b
    bedspace lists list
    bedspace lists show departure
    bedspace lists keep departure moved_abroad --name "Moved abroad" --external-code MA
    bedspace lists keep departure curfew --until 2027-01-01      retires it from that day
    """


@lists.command("list")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(*, as_json: bool) -> None:
    """List the lists."""
    found = asyncio.run(_lists())
    if as_json:
        click.echo(_json(found))
        return
    for row in found:
        click.echo(f"{row.list:<20} {row.in_force:>3} in force, {row.retired} retired")


@lists.command()
@click.argument("name", metavar="LIST")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(name: str, *, as_json: bool) -> None:
    """Show all entries of a list."""
    found = asyncio.run(_show(name))
    if as_json:
        click.echo(_json(found))
        return
    for entry in found:
        dates = "" if entry.until is None else f"  until {entry.until}"
        note = "  wants a note" if entry.needs_note else ""
        click.echo(f"{entry.code:<24} {entry.external_code or '':<6} {entry.name}{note}{dates}")


@lists.command()
@click.argument("name", metavar="LIST")
@click.argument("code")
@click.option("--name", "called", metavar="TEXT", help="Needed for a new entry; otherwise it stays.")
@click.option("--external-code", metavar="CODE", help="What the case system calls it.")
@click.option("--parent", metavar="CODE")
@click.option("--needs-note/--needs-no-note", default=None)
@click.option("--from", "from_", type=DAY, help="In force from then on.")
@click.option("--until", type=DAY, help="In force no longer from then on.")
def keep(name: str, code: str, called: str | None, **given: Any) -> None:
    """Add or change one entry; what is left out stays as it is."""
    kept = asyncio.run(_keep(name, code, called, given))
    click.echo(f"{kept.code} is {'new' if kept.new else 'kept'} in {kept.list}.")


async def _lists() -> list[ListRow]:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        return await list_lists(tx, london_today(works.house.now()))


async def _show(name: str) -> list[ListEntry]:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        return await show_list(tx, name, london_today(works.house.now()))


async def _keep(name: str, code: str, called: str | None, given: dict[str, Any]) -> EntryKept:
    there = {entry.code: entry for entry in await _show(name)}.get(code)
    if there is None and not called:
        raise Invalid.because("name", "is missing: a new entry needs --name.")
    new = {key: value.date() if isinstance(value, datetime) else value for key, value in given.items()}
    fields = ("name", "external_code", "parent", "needs_note", "reference_kind", "until")
    as_it_is = {field: getattr(there, field) for field in fields} if there else {}
    said = {key: value for key, value in {"name": called, **new}.items() if value is not None}
    begins = {"from": said.pop("from_", None)}
    try:
        entry = msgspec.convert(msgspec.to_builtins(as_it_is | said | begins), EntryChange)
        command = msgspec.convert({"list": name, "code": code, "entry": msgspec.to_builtins(entry)}, KeepListEntry)
    except msgspec.ValidationError as error:
        raise Invalid.because(code, f"{error}.") from error
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, keep_list_entry, command)


def _json(answer: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
