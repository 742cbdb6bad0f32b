"""Keeps premises as they are said to be now: rooms, beds and characteristics in one act."""

from datetime import date, datetime

from msgspec import structs

from bedspace.nights import london_today
from bedspace.premises.held import hold_several, refuse_to_begin, remember
from bedspace.premises.record import Draft, DraftBed
from bedspace.premises.write import write
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.errors import Invalid
from schemas.keeping import KeepPremises, KeepRoom
from schemas.premises import PremisesKept, PremisesRecord

__all__ = ["KeepPremises", "KeepRoom", "PremisesKept", "keep_premises"]

EARLIEST = date(2021, 6, 26)
"""Since when a bed is open of which nobody says since when."""


async def keep_premises(tx: Tx, command: KeepPremises, now: datetime) -> Done[PremisesKept]:
    """Raises `Invalid` (unknown or named twice) or `Conflict` (a bed of other premises, or one still claimed)."""
    today = london_today(now)
    _refuse_twins(command)
    held = (await hold_several(tx, [command.code])).get(command.code)
    if held is None:
        await refuse_to_begin(tx, command.code)
    before = held.before if held else None
    draft = Draft(_itself(command, before))
    closed = _rooms_and_beds(draft, command, today)
    lapsed = await write(tx, held, draft, now)
    await remember(tx, command.code, before, "kept", now)
    beds = sum(len(room.beds) for room in command.rooms)
    event = Event("premises_kept", f"premises:{command.code}", body={"closed": closed})
    return Done(PremisesKept(code=command.code, beds=beds, closed=closed), (event, *lapsed))


def _refuse_twins(command: KeepPremises) -> None:
    beds = [bed for room in command.rooms for bed in room.beds]
    for field_, names in (("rooms", [room.name for room in command.rooms]), ("beds", beds)):
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            raise Invalid.because(field_, f"{', '.join(twins)} is named more than once. Give each its own name.")


def blank(code: str) -> PremisesRecord:
    """Premises of which nothing is known yet but how premises usually work."""
    return PremisesRecord(
        code=code,
        name="",
        postcode="",
        lat=0,
        lon=0,
        pdu=None,
        gender="male",
        type="standard",
        invented=False,
        decides="premises",
        arrive_by="17:00",
        depart_by="12:00",
        turnaround_nights=0,
        closed_from=None,
        characteristics=[],
        rooms=[],
        contacts=[],
        restrictions=[],
    )


def _itself(command: KeepPremises, before: PremisesRecord | None) -> PremisesRecord:
    return structs.replace(
        before or blank(command.code),
        name=command.name,
        postcode=command.postcode,
        lat=command.lat,
        lon=command.lon,
        pdu=command.pdu_code,
        gender=command.gender,
        type=command.type,
        invented=command.invented,
        characteristics=sorted(set(command.characteristics)),
    )


def _rooms_and_beds(draft: Draft, command: KeepPremises, today: date) -> list[str]:
    """The codes of the beds that close."""
    named = {bed: room.name for room in command.rooms for bed in room.beds}
    draft.rooms |= {room.name: set(room.characteristics) for room in command.rooms}
    for code, room in named.items():
        bed = draft.beds.setdefault(code, DraftBed(room, EARLIEST))
        bed.room = room
        if not bed.open_after(today):
            bed.reopen(today)
    closing = sorted(code for code, bed in draft.beds.items() if code not in named and bed.open_after(today))
    for code in closing:
        draft.beds[code].close(today, today)
    return closing
