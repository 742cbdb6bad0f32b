"""A file of beds compared with the register, and made true where that is asked for: all of it, or nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from msgspec import structs

from bedspace.nights import london_today, spoken
from bedspace.premises.change import day_of
from bedspace.premises.columns import BEDS, NEEDED_WHEN_NEW
from bedspace.premises.differ import differences
from bedspace.premises.held import Held, hold_several, refuse_to_begin, remember
from bedspace.premises.houses import House, Known, Places, Reading
from bedspace.premises.keep import blank
from bedspace.premises.record import Draft, DraftBed
from bedspace.premises.write import write
from bedspace.sheets import read_lines
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid
from schemas.keeping import ImportPremises
from schemas.premises import Imported, PremisesDifference, PremisesRecord

sql = queries(__file__)


class _NotMeant(Exception):
    """What a dry run wrote is taken back."""


class Importer:
    """Imports with the postcodes it is given."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def import_premises(self, tx: Tx, command: ImportPremises, now: datetime) -> Done[Imported]:
        """Raises `Unreadable` (no CSV), `NotThere` (not the account's to keep) or `Invalid` with every fault.

        Without `apply` everything is tried and taken back, so that the difference is what would happen.
        """
        first, today = day_of(command.from_, now), london_today(now)
        known = Known(
            {row["code"]: row["scope"] for row in await sql.scopes(tx)},
            {row["code"]: row["name"] for row in await sql.pdus(tx, today=today)},
            self._places,
        )
        lines = read_lines(command.content, BEDS)
        reading = Reading(known, lines)
        houses = [reading.houses[code] for code in sorted(reading.houses)]
        held = await hold_several(tx, [house.code for house in houses])
        for house in houses:
            if house.code not in held:
                await refuse_to_begin(tx, house.code)
        faults = [*reading.faults, *await _others(tx, houses), *_missing(houses, held)]
        if faults:
            raise Invalid(*_in_order(faults))
        pdus = await _pdus(tx, houses, today)
        drafts: list[tuple[House, Held | None, Draft]] = []
        for house in houses:
            one = held.get(house.code)
            drafts.append((house, one, _draft(house, one, lines.columns, pdus, first, command, today)))
        faults = [fault for house, one, draft in drafts for fault in _too_early(house, one, draft, first, today)]
        if faults:
            raise Invalid(*faults)
        events = await _make_true(tx, drafts, command, first, now)
        return Done(_imported(drafts, command, first), events, subject="premises:file")


def _in_order(faults: list[FieldFault]) -> list[FieldFault]:
    def place(fault: FieldFault) -> tuple[int, ...]:
        return tuple(int(word) for word in fault.field.replace(",", " ").split() if word.isdecimal())

    return sorted(dict.fromkeys(faults), key=place)


async def _others(tx: Tx, houses: list[House]) -> list[FieldFault]:
    lines = {code: (house.code, bed.line) for house in houses for code, bed in house.beds.items()}
    faults = []
    for row in await sql.owners(tx, codes=list(lines)):
        code, line = lines[row["code"]]
        if row["temporary"]:
            faults.append(line.fault("bed", f"{row['code']} is a temporary bed, which is not kept but ends."))
        elif row["premises"] != code:
            faults.append(line.fault("bed", f"{row['code']} is a bed of {row['premises']}. Give the bed another code."))
    return faults


def _missing(houses: list[House], held: dict[str, Held]) -> list[FieldFault]:
    return [
        house.line.fault(
            column, f"is missing, and {house.code} is not on the register yet: check its code, or fill in."
        )
        for house in houses
        if house.code not in held
        for column in NEEDED_WHEN_NEW
        if column not in house.details
    ]


async def _pdus(tx: Tx, houses: Iterable[House], today: date) -> dict[str, str]:
    gss = sorted({house.details["postcode"].gss for house in houses if "postcode" in house.details})
    return {row["gss"]: row["pdu"] for row in await sql.authorities(tx, gss=gss, today=today)}


def _draft(
    house: House,
    held: Held | None,
    columns: tuple[str, ...],
    pdus: dict[str, str],
    first: date,
    command: ImportPremises,
    today: date,
) -> Draft:
    before = held.before if held else blank(house.code)
    draft = Draft(structs.replace(before, **_details(house, before, pdus)))
    draft.rooms |= {name: set(codes) for name, codes in house.rooms.items() if codes is not None}
    for code, given in house.beds.items():
        draft.rooms.setdefault(given.room, set())
        bed = draft.beds.setdefault(code, DraftBed(given.room, given.opens or first))
        bed.room = given.room
        bed.opens = given.opens or bed.opens
        if given.closes is not None:
            bed.closes = given.closes
        elif "closes" in columns or not bed.open_after(today):
            was_closed = not bed.open_after(today)
            bed.reopen(first if given.opens is None and was_closed else bed.opens)
    if command.close_missing:
        for code, bed in draft.beds.items():
            if code not in house.beds and bed.open_after(first):
                bed.close(first, today)
    return draft


def _details(house: House, before: PremisesRecord, pdus: dict[str, str]) -> dict[str, Any]:
    new = dict(house.details)
    place = new.pop("postcode", None)
    if place is not None and place.postcode != before.postcode:
        new |= {"postcode": place.postcode, "lat": place.lat, "lon": place.lon}
        new.setdefault("pdu", pdus.get(place.gss) or before.pdu)
    if house.characteristics is not None:
        new["characteristics"] = house.characteristics
    return new


def _too_early(house: House, held: Held | None, draft: Draft, first: date, today: date) -> Iterable[FieldFault]:
    """Beds open and close on a day to come; anything else counts from the moment it is written."""
    if held is None or first == today:
        return
    for change in differences(held.before, draft.record):
        kind = change.where.partition(" ")[0]
        new_room = kind == "room" and change.where.removeprefix("room ") not in {r.name for r in held.before.rooms}
        moved = kind == "bed" and change.what == "room" and change.was is not None
        if kind == "premises" or (kind == "room" and not new_room) or moved:
            why = (
                f"{change.where}: {change.what} would change, and only beds that open or close can wait for "
                f"{spoken(first)}. Import this on that day, or take it out."
            )
            yield house.line.fault("premises", why)


async def _make_true(
    tx: Tx, drafts: list[tuple[House, Held | None, Draft]], command: ImportPremises, first: date, now: datetime
) -> tuple[Event, ...]:
    """All that stands in the way is found, premises by premises; then nothing stays, or all does."""
    events: list[Event] = []
    faults: list[FieldFault] = []
    try:
        async with tx.transaction():
            for house, held, draft in drafts:
                if held and differences(held.before, draft.record) == []:
                    continue
                try:
                    async with tx.transaction():
                        lapsed = await write(tx, held, draft, now)
                        await remember(tx, house.code, held.before if held else None, "imported", now, first)
                except (Conflict, Invalid) as error:
                    faults += _on_lines(house, error)
                    continue
                body = {"act": "imported", "from": first.isoformat()}
                events += [Event("premises_changed", f"premises:{house.code}", body=body), *lapsed]
            if faults or not command.apply:
                raise _NotMeant
    except _NotMeant:
        if faults:
            raise Invalid(*faults) from None
        return ()
    return tuple(events)


def _on_lines(house: House, error: Conflict | Invalid) -> list[FieldFault]:
    """Where in the file the beds stand that an error is about; the first line of the premises where it names none."""
    found = [
        bed.line.fault("bed", str(error))
        for code, bed in house.beds.items()
        if str(error).startswith((f"{code}:", f"{code},"))
    ]
    return found or [house.line.fault("premises", str(error))]


def _imported(drafts: list[tuple[House, Held | None, Draft]], command: ImportPremises, first: date) -> Imported:
    found = [
        PremisesDifference(
            code=house.code,
            name=draft.record.name,
            new=held is None,
            changes=differences(held.before if held else None, draft.record),
        )
        for house, held, draft in drafts
    ]
    return Imported(
        applied=command.apply,
        from_=first,
        premises=len(drafts),
        beds=sum(len(house.beds) for house, _, _ in drafts),
        differences=[one for one in found if one.changes],
    )
