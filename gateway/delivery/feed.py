"""The changes feed: everything that happened, in one order that never changes, as far as one may see it.

The order is that of transactions, then of ids: ids alone are given before their transaction commits, so that a reader
who went on by them would pass a late one.
"""

import base64
import binascii
import re
from datetime import datetime
from typing import Any

import msgspec

from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.changes import Change, Changes, ReadChanges
from schemas.errors import Invalid, Outdated

sql = queries(__file__)

OPEN = ("premises", "bed", "hold", "outage", "pdu", "region", "authority", "spoc", "list")
"""Subjects of the register and of the locator: nobody's record. Those of NSIs, placements and releases are shown to
whom the record is; all others are our own affairs."""
STRETCH = 1000
"""Events that are looked at for one page, at most: who may see few of them gets a short page, and `more`."""
BEGINNING = ("0", 0)


async def read_changes(tx: Tx, command: ReadChanges, now: datetime) -> Done[Changes]:  # noqa: ARG001  # a verb has three parameters
    """One page. Raises `Invalid` for a `since` that is none of ours, `Outdated` for one from before a restore."""
    if command.since == "now":
        end = await sql.at_end(tx)
        return Done(
            Changes(items=[], next=_cursor(end) if end else _written(*BEGINNING), more=False), subject="changes"
        )
    xid, last = await _place(tx, command.since)
    rows = await sql.page(tx, xid=xid, id=last, many=STRETCH, open=list(OPEN))
    shown = [row for row in rows if row["seen"]][: command.limit]
    full = len(shown) == command.limit
    reached = shown[-1] if full else rows[-1] if rows else None
    page = Changes(
        items=[msgspec.convert(row, Change, from_attributes=False) for row in shown],
        next=_cursor(reached) if reached else _written(xid, last),
        more=full or len(rows) == STRETCH,
    )
    persons = tuple(sorted({row["person_id"] for row in shown if row["person_id"]}))
    return Done(page, persons=persons, subject="changes")


async def _place(tx: Tx, since: str | None) -> tuple[str, int]:
    if since is None:
        return BEGINNING
    xid, last = _read(since)
    if last and not await sql.stands(tx, xid=xid, id=last):
        raise Outdated(
            "The register was restored from a backup since this `since` was given. Read the feed again from the "
            "beginning, without `since`, and forget the ids you have seen: they may have been given again."
        )
    return xid, last


def _cursor(row: Any) -> str:
    return _written(row["xid"], row["id"])


def _written(xid: str, last: int) -> str:
    return base64.urlsafe_b64encode(f"{xid}.{last}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, int]:
    try:
        told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise _none_of_ours() from error
    found = re.fullmatch(r"(\d{1,18})\.(\d{1,18})", told)
    if found is None:
        raise _none_of_ours()
    return found[1], int(found[2])


def _none_of_ours() -> Invalid:
    return Invalid.because(
        "since", "Send the `next` of the page before, as it came; none from the beginning; `now` to begin from now."
    )
