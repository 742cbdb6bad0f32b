"""For which area somebody writes to a case: one that holds or supervises, and that is one's own."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.errors import Invalid, NotAllowed

sql = queries(__file__)

Why = Literal["responsible", "caretaking", "nsi", "placement", "release"]

HOLDS: frozenset[Why] = frozenset({"responsible", "caretaking", "nsi"})
"""Who holds or supervises: responsible, caretaking, or at either end of an NSI that is not over."""
EVERY: frozenset[Why] = HOLDS | {"placement", "release"}
"""Those, and whoever has the person in a placement or a release."""


async def area_of(tx: Tx, person: UUID, given: str | None, now: datetime, *, why: Collection[Why] = EVERY) -> str:
    """The PDU that an entry is of. Raises `Invalid` or `NotAllowed`."""
    rows = await _areas(tx, person, now, why)
    if given is not None:
        _known(rows, given)
        if not any(row["ours"] for row in rows if row["pdu"] == given):
            raise NotAllowed("You record for a PDU that you work for. Leave the PDU out, or give your own.")
        return given
    ours = list(dict.fromkeys(row["pdu"] for row in rows if row["ours"]))
    if len(ours) > 1:
        held = [row["pdu"] for row in rows if row["ours"] and row["why"] == "responsible"]
        ours = held or ours
    if len(ours) > 1:
        raise Invalid.because("pdu", f"Say for which PDU: {', '.join(ours)}.")
    own: str = ours[0]
    return own


async def any_area_of(tx: Tx, person: UUID, given: str, now: datetime) -> str:
    """Also of the other end, for somebody who works at one. Raises `Invalid` or `NotAllowed`."""
    _known(await _areas(tx, person, now, EVERY), given)
    return given


async def _areas(tx: Tx, person: UUID, now: datetime, why: Collection[Why]) -> list[Any]:
    rows = [row for row in await sql.areas(tx, person=person, today=london_today(now)) if row["why"] in why]
    if not any(row["ours"] for row in rows):
        raise NotAllowed("This is recorded by an area that holds or supervises the person. Yours does not.")
    return rows


def _known(rows: list[Any], given: str) -> None:
    known = list(dict.fromkeys(row["pdu"] for row in rows))
    if given not in known:
        why = f"That PDU does not hold or supervise this person. Those that do: {', '.join(known)}."
        raise Invalid.because("pdu", why)
