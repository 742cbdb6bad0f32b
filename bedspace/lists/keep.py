"""Lists are edited here, with dates and external codes: nobody waits for a new version of the software."""

from datetime import date, datetime
from difflib import get_close_matches

import msgspec
from msgspec import structs

from bedspace.nights import london_today
from bedspace.store import Reader, Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Invalid, NotThere
from schemas.lists import EntryKept, KeepCharacteristic, KeepListEntry, ListEntry, ListRow

sql = queries(__file__)


async def list_lists(reader: Reader, today: date) -> list[ListRow]:
    """By name."""
    return msgspec.convert(await sql.lists(reader, today=today), list[ListRow], from_attributes=True)


async def show_list(reader: Reader, name: str, today: date) -> list[ListEntry]:
    """All entries, those in force first. Raises `NotThere`."""
    rows = await sql.entries(reader, list=name, today=today)
    if not rows:
        known = [row.list for row in await list_lists(reader, today)]
        close = get_close_matches(name, known, n=1, cutoff=0.6)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise NotThere(f"There is no list {name[:60]}.{meant} The lists are: {', '.join(known)}.")
    return [msgspec.convert(dict(row), ListEntry) for row in rows]


async def keep_list_entry(tx: Tx, command: KeepListEntry, now: datetime) -> Done[EntryKept]:
    """Adds, renames, moves, retires or brings back one entry. Raises `NotThere` (no such list) or `Invalid`."""
    await sql.hold_list(tx)
    entry, today = command.entry, london_today(now)
    there = {one.code: one for one in await show_list(tx, command.list, today)}
    _refuse_dates(entry.from_, entry.until, there[command.code].from_ if command.code in there else None)
    _refuse_parent(command, there)
    given = structs.asdict(entry) | {"first": entry.from_ or (None if command.code in there else today)}
    del given["from_"]
    new = await sql.keep_entry(tx, list=command.list, code=command.code, **given)
    await sql.remember(tx, list=command.list, code=command.code, now=now)
    return _kept(command.list, command.code, new)


def _kept(name: str, code: str, new: bool) -> Done[EntryKept]:  # noqa: FBT001  # what the table answered
    kept = EntryKept(list=name, code=code, new=new)
    return Done(kept, (Event("list_kept", f"list:{name}", body={"code": code}),))


def _refuse_dates(first: date | None, until: date | None, since: date | None) -> None:
    begins = first or since
    if until is not None and begins is not None and until <= begins:
        raise Invalid.because("until", f"is not after {begins:%-d %B %Y}, when it begins. Give a later date.")


def _refuse_parent(command: KeepListEntry, there: dict[str, ListEntry]) -> None:
    above, seen = command.entry.parent, {command.code}
    while above is not None:
        if above not in there and above != command.code:
            raise Invalid.because("parent", f"There is no {above[:60]} in this list. Name one of its codes.")
        if above in seen:
            raise Invalid.because("parent", "would stand above itself. Name another, or none.")
        seen.add(above)
        above = there[above].parent


async def keep_characteristic(tx: Tx, command: KeepCharacteristic, now: datetime) -> Done[EntryKept]:
    """As an entry of a list. Rooms and premises that have a retired one keep it, and no search asks for it."""
    await sql.hold_list(tx)
    given, today = command.characteristic, london_today(now)
    known = await sql.known(tx, code=command.code)
    if known and known["scope"] != given.scope:
        scope = known["scope"]
        raise Invalid.because(
            "scope", f"{command.code} is one of a {scope}, and stays so. Add another with a new code."
        )
    _refuse_dates(given.from_, given.until, known["since"] if known else today)
    columns = structs.asdict(given) | {"first": given.from_ or (None if known else today)}
    del columns["from_"]
    new = await sql.keep_characteristic(tx, code=command.code, **columns)
    await sql.remember(tx, list="characteristics", code=command.code, now=now)
    return _kept("characteristics", command.code, new)
