"""Makes a record true: what differs is checked and written, and nothing else is touched."""

from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from typing import Any

from bedspace.claims.place import end_lapsed
from bedspace.nights import london_today, spoken
from bedspace.premises.held import Held
from bedspace.premises.record import Draft
from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.errors import Conflict, FieldFault, Invalid
from schemas.premises import BedRecord, PremisesRecord

sql = queries(__file__)

KINDS = {
    "hold": "hold",
    "booking": "booking",
    "stay": "stay",
    "turnaround": "turnaround",
    "out_of_service": "out of service",
}

DETAILS = (
    "name",
    "postcode",
    "lat",
    "lon",
    "pdu",
    "gender",
    "type",
    "invented",
    "decides",
    "arrive_by",
    "depart_by",
    "turnaround_nights",
)


async def write(tx: Tx, held: Held | None, draft: Draft, now: datetime) -> tuple[Event, ...]:
    """The premises, their rooms and beds become as the draft says; the events are of holds that lapsed on the way.

    Raises `Invalid` (unknown, or in the past) or `Conflict` (a bed of others, claims in the way, a closure that
    nobody approved). Contacts and restrictions have acts of their own.
    """
    today = london_today(now)
    before, after = (held.before if held else None), draft.record
    _refuse_a_silent_closure(before, after)
    await _refuse_unknown(tx, before, after, today)
    premises_id = await _keep_itself(tx, held, after, today)
    await _keep_rooms(tx, premises_id, before, after)
    lapsed = await _keep_beds(tx, premises_id, before, after, now)
    await sql.forget_empty_rooms(tx, premises_id=premises_id)
    return lapsed


def _refuse_a_silent_closure(before: PremisesRecord | None, after: PremisesRecord) -> None:
    def stays_open(record: PremisesRecord) -> bool:
        return any(bed.closes is None for room in record.rooms for bed in room.beds)

    if before and after.closed_from is None and stays_open(before) and not stays_open(after):
        raise Conflict(
            f"This would close every bed of {after.code}, which closes the premises. Record the closure of the "
            "premises, with the approval of their director."
        )


async def _refuse_unknown(tx: Tx, before: PremisesRecord | None, after: PremisesRecord, today: date) -> None:
    """What was given before may have been retired since; what is given anew must be in force."""
    known = {row["code"]: row["scope"] for row in await sql.scopes(tx, today=today)}
    had = {room.name: room.characteristics for room in before.rooms} if before else {}
    given = (
        ("characteristics", "premises", after.characteristics, before.characteristics if before else []),
        *((f"rooms: {room.name}", "room", room.characteristics, had.get(room.name, [])) for room in after.rooms),
    )
    faults = [
        FieldFault(where, unknown(code, scope, known))
        for where, scope, codes, already in given
        for code in codes
        if known.get(code) != scope and code not in already
    ]
    if after.pdu and (before is None or before.pdu != after.pdu):
        known_pdu = await sql.pdu_in_force(tx, pdu=after.pdu, today=today)
        if not known_pdu:
            faults.append(FieldFault("pdu", f"There is no PDU {after.pdu[:40]} today. `bedspace locate` names PDUs."))
    if faults:
        raise Invalid(*faults)


def unknown(code: str, scope: str, known: dict[str, str]) -> str:
    """That there is no such characteristic, and which one was likely meant."""
    other = known.get(code)
    if other:
        return f"{code} is a characteristic of a {other}, not of a {scope}."
    close = get_close_matches(code, [one for one, of in known.items() if of == scope], n=1, cutoff=0.6)
    meant = f" Did you mean {close[0]}?" if close else ""
    return f"There is no characteristic {code[:40]} of a {scope}.{meant} GET /api/v1/characteristics lists them."


async def _keep_itself(tx: Tx, held: Held | None, after: PremisesRecord, today: date) -> int:
    before = held.before if held else None
    if held and before and before.gender != after.gender:
        await _refuse_the_other_estate(tx, held, after, today)
    details = {name: getattr(after, name) for name in DETAILS}
    if held and before and details == {name: getattr(before, name) for name in DETAILS}:
        premises_id = held.id
    else:
        premises_id = await sql.keep(tx, code=after.code, **details)
    if before is None or before.characteristics != after.characteristics:
        await sql.forget_premises_characteristics(tx, premises_id=premises_id, codes=after.characteristics)
        await sql.keep_premises_characteristics(tx, premises_id=premises_id, codes=after.characteristics)
    return premises_id


async def _refuse_the_other_estate(tx: Tx, held: Held, after: PremisesRecord, today: date) -> None:
    rows = await sql.others_sleep_there(tx, premises_id=held.id, gender=after.gender, today=today)
    if rows:
        raise Conflict(
            f"People of the other estate have beds there, so the estate is not changed: {in_the_way(rows)}. "
            "Move or cancel those first."
        )


async def _keep_rooms(tx: Tx, premises_id: int, before: PremisesRecord | None, after: PremisesRecord) -> None:
    had = {room.name: room.characteristics for room in before.rooms} if before else {}
    changed = [room for room in after.rooms if had.get(room.name) != room.characteristics]
    if not changed:
        return
    pairs = [(room.name, code) for room in changed for code in room.characteristics]
    names, codes = [name for name, _ in pairs], [code for _, code in pairs]
    rooms = [room.name for room in changed]
    await sql.keep_rooms(tx, premises_id=premises_id, names=rooms)
    await sql.forget_room_characteristics(tx, premises_id=premises_id, rooms=rooms, names=names, codes=codes)
    await sql.keep_room_characteristics(tx, premises_id=premises_id, names=names, codes=codes)


def _beds(record: PremisesRecord | None) -> dict[str, tuple[str, BedRecord]]:
    return {bed.code: (room.name, bed) for room in record.rooms for bed in room.beds} if record else {}


async def _keep_beds(
    tx: Tx, premises_id: int, before: PremisesRecord | None, after: PremisesRecord, now: datetime
) -> tuple[Event, ...]:
    today, had = london_today(now), _beds(before)
    changed = {code: bed for code, bed in _beds(after).items() if had.get(code) != bed}
    if not changed:
        return ()
    _refuse_past(had, changed, after, today)
    others = [row["code"] for row in await sql.beds_of_others(tx, premises_id=premises_id, codes=list(changed))]
    if others:
        raise Conflict(f"{', '.join(others)}: other premises have a bed with this code. Give the bed another code.")
    columns: dict[str, list[Any]] = {
        "codes": list(changed),
        "opens": [bed.opens for _, bed in changed.values()],
        "closes": [bed.closes for _, bed in changed.values()],
    }
    lapsed = await end_lapsed(tx, [row["bed_id"] for row in await sql.ids(tx, codes=list(changed))], now)
    rows = await sql.claims_in_the_way(tx, today=today, **columns)
    if rows:
        codes = ", ".join(dict.fromkeys(row["code"] for row in rows))
        raise Conflict(
            f"{codes}: still claimed after {spoken(today)}, so not to be closed: {in_the_way(rows)}. "
            "End or move those first, or close later."
        )
    kept = await sql.keep_beds(tx, premises_id=premises_id, names=[name for name, _ in changed.values()], **columns)
    if len(kept) < len(changed):
        raise Conflict("Somebody else has just used the code of one of these beds. Give the bed another code.")
    return lapsed


def _refuse_past(
    had: dict[str, tuple[str, BedRecord]], changed: dict[str, tuple[str, BedRecord]], after: PremisesRecord, today: date
) -> None:
    for code, (_, bed) in changed.items():
        was = had[code][1] if code in had else None
        if bed.closes and bed.closes <= bed.opens:
            raise Invalid.because(code, "closes before it opens. Give a later date for its closing.")
        if bed.closes and bed.closes < today and (was is None or was.closes != bed.closes):
            raise Invalid.because(code, f"{spoken(bed.closes)} is in the past. Close it from {spoken(today)} or later.")
        if after.closed_from and (bed.closes is None or bed.closes > after.closed_from):
            raise Conflict(
                f"{code} would be open after {after.code} closes on {spoken(after.closed_from)}. "
                "Withdraw the closure first, or close the bed by then."
            )


def in_the_way(rows: Sequence[Any]) -> str:
    """The nights that are claimed, bed by bed: `P034-01, stay from 1 to 5 December 2026`."""
    return "; ".join(
        f"{code}, " + ", ".join(f"{KINDS[row['kind']]} {_nights(row['first'], row['end'])}" for row in list(group)[:5])
        for code, group in groupby(rows, itemgetter("code"))
    )


def _nights(first: date, end: date | None) -> str:
    """From the first night to the morning of the departure."""
    return f"from {spoken(first)} to {spoken(end)}" if end else f"from {spoken(first)} on"
