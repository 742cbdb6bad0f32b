"""Premises taken in hand: queued for, checked to be the account's to keep, and remembered once changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from bedspace.nights import london_today
from bedspace.premises.differ import differences
from bedspace.premises.record import read_records
from bedspace.store import Reader, Tx, queries
from schemas.errors import Invalid, NotThere
from schemas.premises import Change, PremisesHistory, PremisesRecord, Version

sql = queries(__file__)


RESERVED = ("import", "export", "new", "unconfirmed")
"""Words that stand where a code does in addresses."""


class Held(Struct, frozen=True):
    """Premises that nobody else changes, nor claims a bed of, until the transaction ends."""

    id: int
    before: PremisesRecord


async def hold_premises(tx: Tx, code: str) -> Held:
    """Raises `NotThere` where there are none, or others keep them."""
    held = await hold_several(tx, [code])
    if code not in held:
        raise _not_there(code)
    return held[code]


async def hold_several(tx: Tx, codes: Sequence[str]) -> dict[str, Held]:
    """Those that are there, by code. Premises before beds, each in the order of ids, and all before any write."""
    rows = await sql.hold(tx, codes=list(codes))
    for row in rows:
        if not row["kept"]:
            raise _not_there(row["code"])
    await sql.lock_beds(tx, premises=[row["id"] for row in rows])
    records = await read_records(tx, [row["code"] for row in rows])
    return {row["code"]: Held(row["id"], records[row["code"]]) for row in rows}


async def hold_bed(tx: Tx, bed: str) -> Held:
    """The premises of a bed. Raises `NotThere`, also for a temporary bed, which is not kept but ends."""
    code = await sql.premises_of_bed(tx, bed=bed)
    held = (await hold_several(tx, [code])).get(code) if code else None
    if held is None or not any(one.code == bed for room in held.before.rooms for one in room.beds):
        raise NotThere(f"There is no bed {bed} to be kept. GET /api/v1/premises/{{code}} lists the beds of premises.")
    return held


async def refuse_to_begin(tx: Tx, code: str) -> None:
    """Raises `NotThere` where the account keeps some premises only, so that these cannot be new ones of its own.

    Raises `Invalid` for a code that is an address of its own.
    """
    if code.lower() in RESERVED:
        raise Invalid.because("code", f"{code} is a word of the addresses here. Give the premises another code.")
    if not await sql.may_begin(tx):
        raise _not_there(code)


def _not_there(code: str) -> NotThere:
    return NotThere(
        f"There are no premises {code} that you keep. GET /api/v1/premises lists all. "
        "Ask an administrator for new premises, or to be given these."
    )


async def remember(
    tx: Tx, code: str, before: PremisesRecord | None, act: str, now: datetime, counts_from: date | None = None
) -> list[Change]:
    """Append what the premises have become, if they have become something else; answer how they differ."""
    after = (await read_records(tx, [code]))[code]
    changes = differences(before, after)
    if not changes:
        return []
    today = london_today(now)
    if before is not None and not await sql.is_remembered(tx, code=code):
        await _append(tx, before, "before_history", today, now)
    await _append(tx, after, act, counts_from or today, now)
    return changes


async def _append(tx: Tx, record: PremisesRecord, act: str, counts_from: date, now: datetime) -> None:
    await sql.remember(
        tx,
        code=record.code,
        record=msgspec.json.encode(record).decode(),
        act=act,
        counts_from=counts_from,
        now=now,
    )


async def read_history(reader: Reader, code: str, *, limit: int = 20, cursor: str | None = None) -> PremisesHistory:
    """A page of versions, each with how it differs from the one before. Raises `Invalid` or `NotThere`."""
    if code not in await read_records(reader, [code]):
        raise NotThere(f"There are no premises {code}. GET /api/v1/premises lists them.")
    if cursor and not (cursor.isdecimal() and len(cursor) < 9):
        raise Invalid.because("cursor", "is not one that this list gave. Start without it.")
    rows = await sql.history(reader, code=code, before=int(cursor) if cursor else None, rows=limit + 1)
    items = [_version(row) for row in rows[:limit]]
    return PremisesHistory(items=items, next=str(items[-1].n) if len(rows) > limit else None)


def _version(row: Any) -> Version:
    """With no changes where it is what was there before changes were remembered."""
    remembered = row["act"] != "before_history"
    return Version(
        n=row["n"],
        act=row["act"],
        counts_from=row["counts_from"],
        made_at=row["made_at"],
        made_by=row["made_by"],
        changes=differences(_record(row["before"]), msgspec.json.decode(row["record"], type=PremisesRecord))
        if remembered
        else [],
    )


def _record(text: str | None) -> PremisesRecord | None:
    return None if text is None else msgspec.json.decode(text, type=PremisesRecord)
