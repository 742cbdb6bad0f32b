"""What of the nation is not covered on a day: PDUs and purposes without a SPOC who is there."""

from datetime import date, timedelta
from typing import Any, get_args

from bedspace.locator.locate import ANSWERS
from bedspace.store import Tx, queries
from schemas.locate import Named
from schemas.locator import Coverage, Gap, GapKind, Receives, WrongRoute
from schemas.words import Purpose

sql = queries(__file__)

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
SOON = timedelta(days=28)
ORDER: tuple[GapKind, ...] = ("nobody", "absent", "stands_in", "ending")
SERIOUS: frozenset[GapKind] = frozenset({"nobody", "absent"})
"""Gaps for which somebody should act today."""


async def coverage(tx: Tx, on: date, soon: timedelta = SOON) -> Coverage:
    """Every PDU in force and every purpose on a day, the worst gaps first; and the routes that were put right."""
    rows = await _pairs(tx, on, soon)
    gaps = [gap for row in rows if (gap := _gap(row))]
    gaps.sort(key=lambda gap: (ORDER.index(gap.kind), gap.pdu.name, PURPOSES.index(gap.purpose)))
    uncovered = sum(gap.kind != "ending" for gap in gaps)
    return Coverage(
        on=on,
        pdus=len({row["pdu_code"] for row in rows}),
        pairs=len(rows),
        covered=len(rows) - uncovered,
        gaps=gaps,
        wrong_routes=[_wrong_route(row) for row in await sql.wrong_routes(tx)],
        sent_on_twice=await _sent_on_twice(tx),
    )


async def who_receives(tx: Tx, on: date) -> list[Receives]:
    """Every PDU in force and every purpose on a day with who answers, by region, PDU and purpose."""
    found = [
        Receives(
            pdu=Named(row["pdu_code"], row["pdu_name"]),
            region=Named(row["region_code"], row["region_name"]),
            purpose=row["purpose"],
            name=row["who"],
            phone=row["phone"],
            answered_by=ANSWERS[row["answering"]] if row["answering"] else None,
            gap=_gap(row),
        )
        for row in await _pairs(tx, on, SOON)
    ]
    return sorted(found, key=lambda one: (one.region.name, one.pdu.name, PURPOSES.index(one.purpose)))


async def _pairs(tx: Tx, on: date, soon: timedelta) -> list[Any]:
    rows: list[Any] = await sql.pairs(tx, purposes=list(PURPOSES), on=on, soon=min(on, date.max - soon) + soon)
    return rows


async def _sent_on_twice(tx: Tx) -> int:
    """Of the whole nation, whoever asks: a number, and nothing about anybody."""
    before = await sql.nation(tx)
    await sql.see_nation(tx, nation="on")
    times: int = await sql.sent_on_twice(tx)
    await sql.see_nation(tx, nation=before)
    return times


def _gap(row: Any) -> Gap | None:
    kind = _kind(row)
    if kind is None:
        return None
    until = {"ending": row["ends"], "absent": row["back"]}.get(kind)
    return Gap(
        pdu=Named(row["pdu_code"], row["pdu_name"]),
        region=Named(row["region_code"], row["region_name"]),
        purpose=row["purpose"],
        kind=kind,
        answered_by=ANSWERS[row["answering"]] if row["answering"] else None,
        until=until,
    )


def _kind(row: Any) -> GapKind | None:
    if row["answering"] is None and not row["absent"]:
        return "nobody"
    if row["absent"] and not row["covered"]:
        return "absent"
    if row["own_id"] is None:
        return "stands_in"
    return "ending" if row["ends"] is not None and not row["followed"] else None


def _wrong_route(row: Any) -> WrongRoute:
    return WrongRoute(
        from_pdu=Named(row["from_pdu"], row["from_name"]),
        to_pdu=Named(row["to_pdu"], row["to_name"]),
        authority=Named(row["gss"], row["authority"]) if row["gss"] else None,
        sector=row["sector"],
        times=row["times"],
        last=row["last"],
    )
