"""Placements with their persons, one whole or many in a list: for the pages, the API and the letters."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.placements.may import Standing, may_all, why_not
from bedspace.store import Tx, queries
from gateway.placements.words import what
from gateway.transfers.searches import search_of
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.people import Person
from schemas.placements import (
    Approach,
    Happened,
    ListPlacements,
    Placement,
    PlacementPage,
    PlacementRow,
    PremisesDay,
    ReadDay,
    ReadPlacement,
    Relocation,
    Risk,
    Suitability,
    Wanted,
)
from schemas.search import Association, PremisesAt

sql = queries(__file__)

SAME = (
    *("id", "reference", "state", "origin", "gender", "type", "timeliness", "arrives_on", "departs_on", "bed"),
    *("arrive_by", "arrived_at", "departed_at", "alerted_at", "away", "away_since", "away_until", "ended_reason"),
    *("ended_note", "move_on", "checked_reason", "waiting_since", "waiting_until", "officer_name", "officer_email"),
    *("referring_pdu", "referring_region", "referred_by", "referred_at", "changed_at"),
    "expected_departure",
)
"""Fields that are as in the row."""


async def read_placement(tx: Tx, command: ReadPlacement, now: datetime) -> Done[Placement]:
    """Masked (person, and every note) for a reader who may not see a limited-access person."""
    row = await sql.placement(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such placement, or it is not yours to see.")
    shown = row["name"] is not None
    approaches = [msgspec.convert(dict(one), Approach) for one in await sql.approaches(tx, id=command.id, shown=shown)]
    move = await sql.relocation(tx, id=command.id, shown=shown)
    relocation = msgspec.convert(dict(move), Relocation) if move else None
    standing = _standing(row, approaches, relocation, london_today(now))
    placement = Placement(
        **{name: row[name] for name in SAME},
        person=_person(row),
        risk=_risk(row),
        wanted=msgspec.convert(row["need"], Wanted),
        suitability=msgspec.convert(row["suitability"], Suitability | None),
        premises=msgspec.convert(row["premises"], PremisesAt | None),
        association=Association.of(row["meetings_checked_at"]),
        approaches=approaches,
        relocation=relocation,
        history=[_happened(one) for one in await sql.history(tx, id=command.id, shown=shown)],
        may=may_all(standing),
        hard_to_place=await search_of(tx, placement=command.id),
        withdrawal=[] if why_not("withdraw", standing) else _withdrawal(row, approaches),
    )
    return Done(placement, persons=(row["person_id"],), subject=f"placement:{command.id}")


def _standing(row: Any, approaches: list[Approach], move: Relocation | None, today: date) -> Standing:
    open_move = move.state if move and move.settled_at is None else None
    return Standing(
        state=row["state"],
        arrives_on=row["arrives_on"],
        today=today,
        open_approaches=sum(one.outcome is None for one in approaches) - (open_move == "asked"),
        away=row["away"] is not None,
        move=open_move,
    )


def _person(row: Any) -> Person:
    if row["name"] is None:
        return Person(id=row["person_id"], limited_access=True)
    fields = ("crn", "noms", "pnc", "name", "birth_date", "limited_access")
    return Person(id=row["person_id"], gender=row["person_gender"], **{field: row[field] for field in fields})


def _risk(row: Any) -> Risk:
    return Risk(
        to_staff=row["risk_to_staff"],
        to_residents=row["risk_to_residents"],
        rosh=row["rosh"],
        note=row["risk_note"],
    )


def _withdrawal(row: Any, approaches: list[Approach]) -> list[str]:
    """The tree of what goes with the referral: each approach, and the bed that is kept for it."""
    branches = [f"AP referral {row['reference']}"]
    for one in approaches:
        if one.outcome is None:
            kept = f", with the hold on bed {one.bed}" if one.bed else ""
            branches.append(f"The approach to {one.premises.name} ({one.premises.code}){kept}")
    return branches


def _happened(row: Any) -> Happened:
    return Happened(
        at=row["at"], kind=row["kind"], what=what(row["kind"]), note=row["note"], by=row["by"], state=row["state"]
    )


async def id_of(tx: Tx, reference: str) -> UUID:
    """The placement of a reference such as `PL-000123`. Raises `NotThere`."""
    found: UUID | None = await sql.id_of(tx, reference=reference.upper())
    if found is None:
        raise NotThere("There is no such placement, or it is not yours to see. A reference looks like PL-000123.")
    return found


async def list_placements(tx: Tx, command: ListPlacements, now: datetime) -> Done[PlacementPage]:
    """Newest first, or by the answer that is due.

    Raises `Invalid` for a cursor that is not one of ours, or a code that is unknown.
    """
    rows, number = await (_to_decide(tx, command) if command.to_decide else _newest(tx, command, now))
    if not rows:
        await _refuse_unknown(tx, command)
    shown = rows[: command.limit]
    page = PlacementPage(
        items=[row_of(row) for row in shown],
        next=str(shown[-1][number]) if len(rows) > len(shown) else None,
    )
    return Done(page, persons=_opened(shown), subject="placements")


async def _refuse_unknown(tx: Tx, command: ListPlacements) -> None:
    """Nothing is found by a slip in a code, and that is said. Raises `Invalid`."""
    row = await sql.known_codes(tx, premises=command.premises, region=command.region, pdu=command.pdu)
    for field, kind in (("premises", "premises"), ("region", "region"), ("pdu", "PDU")):
        if not row[field]:
            code = str(getattr(command, field))[:40]
            raise Invalid.because(field, f"There {'are' if field == 'premises' else 'is'} no {kind} {code}.")


async def _newest(tx: Tx, command: ListPlacements, now: datetime) -> tuple[list[Any], str]:
    among = await sql.candidates(tx, premises=command.premises)
    asked = {
        "premises": command.premises,
        "state": command.state,
        "arriving": command.arriving,
        "departing": command.departing,
        "mine": command.mine,
        "pdu": command.pdu,
        "region": command.region,
        "on": command.on,
        "today": london_today(now),
        "before": _number(command.cursor),
        "limit": command.limit + 1,
    }
    page = await (sql.page(tx, **asked) if among is None else sql.page_among(tx, among=among, **asked))
    return await sql.lines(tx, ids=[row["id"] for row in page]), "number"


async def _to_decide(tx: Tx, command: ListPlacements) -> tuple[list[Any], str]:
    after = command.cursor and await sql.approach_cursor(tx, id=_number(command.cursor))
    rows = await sql.to_decide(
        tx,
        premises=command.premises,
        mine=command.mine,
        pdu=command.pdu,
        region=command.region,
        after_at=after["answer_by"] if after else None,
        after_id=after["id"] if after else None,
        limit=command.limit + 1,
    )
    return rows, "approach_id"


def row_of(row: Any) -> PlacementRow:
    return msgspec.convert({**row}, PlacementRow)


def _opened(rows: list[Any]) -> tuple[UUID, ...]:
    return tuple({row["person_id"] for row in rows if row["name"] is not None})


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", cursor):
        raise Invalid.because("cursor", "Send the `next` of the page before, as it came, or none for the first page.")
    return int(cursor)


async def read_day(tx: Tx, command: ReadDay, now: datetime) -> Done[PremisesDay]:
    """Who comes and goes at premises. What is out of reach is left out. Raises `NotThere`."""
    at = await sql.premises_at(tx, code=command.premises)
    if at is None:
        raise NotThere(f"There are no premises {command.premises}. GET /api/v1/premises lists them.")
    on = command.on or london_today(now)
    rows = await sql.day(tx, premises=command.premises, on=on)
    day = PremisesDay(
        premises=PremisesAt(**at),
        on=on,
        arriving=[_arriving(row, command.premises) for row in rows if row["about"] == "arriving"],
        departing=[row_of(row) for row in rows if row["about"] == "departing"],
        away=[row_of(row) for row in rows if row["about"] == "away"],
        residents=await sql.residents(tx, premises=command.premises),
    )
    return Done(day, persons=_opened(rows), subject=f"premises:{command.premises}")


def _arriving(row: Any, premises: str) -> PlacementRow:
    """Who comes by a move between premises comes to the bed there."""
    if row["moves_to"] != premises:
        return row_of(row)
    return row_of({**row, "bed": row["moves_to_bed"], "room": row["moves_to_room"]})
