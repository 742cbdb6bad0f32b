"""Keeps premises as they are said to be now: rooms, beds and characteristics in one act."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid
from schemas.premises import PremisesType
from schemas.words import Gender

sql = queries(__file__)

Code = Annotated[str, Meta(min_length=1, max_length=40)]


class KeepRoom(Struct, frozen=True, kw_only=True):
    """A room, what it offers, and the codes of its beds."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    characteristics: list[str] = field(default_factory=list)
    beds: Annotated[list[Code], Meta(min_length=1)]


class KeepPremises(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of one premises. A bed that is no longer named closes today; a bed that is named again opens again."""

    action: ClassVar[str] = "premises.keep"

    code: Code
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    postcode: str
    lat: Annotated[float, Meta(ge=49, le=61)]
    lon: Annotated[float, Meta(ge=-9, le=2)]
    pdu_code: str | None = None
    gender: Gender
    type: PremisesType = "standard"
    invented: bool
    """True where rooms, gender, type and characteristics are made up."""
    characteristics: list[str] = field(default_factory=list)
    rooms: list[KeepRoom] = field(default_factory=list)


class PremisesKept(Struct, frozen=True, kw_only=True):
    """`beds` are open now; `closed` are the codes of those that this act closed."""

    code: str
    beds: int
    closed: list[str]


async def keep_premises(tx: Tx, command: KeepPremises, now: datetime) -> Done[PremisesKept]:
    """Raises `Invalid` (unknown or named twice) or `Conflict` (a bed of other premises, or one still claimed)."""
    today = london_today(now)
    _refuse_twins(command)
    await _refuse_unknown(tx, command, today)
    premises_id = await _keep_itself(tx, command)
    await sql.lock_beds(tx, premises_id=premises_id)
    await _keep_rooms(tx, premises_id, command)
    closed = await _keep_beds(tx, premises_id, command, today)
    await sql.forget_empty_rooms(tx, premises_id=premises_id)
    beds = sum(len(room.beds) for room in command.rooms)
    event = Event("premises_kept", f"premises:{command.code}", body={"closed": closed})
    return Done(PremisesKept(code=command.code, beds=beds, closed=closed), (event,))


def _refuse_twins(command: KeepPremises) -> None:
    beds = [bed for room in command.rooms for bed in room.beds]
    for field_, names in (("rooms", [room.name for room in command.rooms]), ("beds", beds)):
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            raise Invalid.because(field_, f"{', '.join(twins)} is named more than once. Give each its own name.")


async def _refuse_unknown(tx: Tx, command: KeepPremises, today: date) -> None:
    known = {row["code"]: row["scope"] for row in await sql.scopes(tx, today=today)}
    faults = [
        FieldFault(where, f"There is no characteristic {code} of a {scope}. GET /api/v1/characteristics lists them.")
        for where, scope, codes in (
            ("characteristics", "premises", command.characteristics),
            *((f"rooms: {room.name}", "room", room.characteristics) for room in command.rooms),
        )
        for code in codes
        if known.get(code) != scope
    ]
    if faults:
        raise Invalid(*faults)


async def _keep_itself(tx: Tx, command: KeepPremises) -> int:
    premises_id: int = await sql.keep(
        tx,
        code=command.code,
        name=command.name,
        postcode=command.postcode,
        lat=command.lat,
        lon=command.lon,
        pdu_code=command.pdu_code,
        gender=command.gender,
        type=command.type,
        invented=command.invented,
    )
    await sql.forget_premises_characteristics(tx, premises_id=premises_id)
    await sql.keep_premises_characteristics(tx, premises_id=premises_id, codes=command.characteristics)
    return premises_id


async def _keep_rooms(tx: Tx, premises_id: int, command: KeepPremises) -> None:
    names = [room.name for room in command.rooms]
    pairs = [(room.name, code) for room in command.rooms for code in room.characteristics]
    await sql.keep_rooms(tx, premises_id=premises_id, names=names)
    await sql.forget_room_characteristics(tx, premises_id=premises_id, names=names)
    await sql.keep_room_characteristics(
        tx, premises_id=premises_id, names=[name for name, _ in pairs], codes=[code for _, code in pairs]
    )


async def _keep_beds(tx: Tx, premises_id: int, command: KeepPremises, today: date) -> list[str]:
    pairs = [(bed, room.name) for room in command.rooms for bed in room.beds]
    codes = [bed for bed, _ in pairs]
    others = [row["code"] for row in await sql.beds_of_others(tx, premises_id=premises_id, codes=codes)]
    if others:
        raise Conflict(f"{', '.join(others)}: other premises have a bed with this code. Give the bed another code.")
    await sql.keep_beds(tx, premises_id=premises_id, codes=codes, names=[name for _, name in pairs], today=today)
    claimed = [row["code"] for row in await sql.claimed_beds(tx, premises_id=premises_id, codes=codes, today=today)]
    if claimed:
        raise Conflict(
            f"{', '.join(claimed)}: still claimed after {spoken(today)}, so not to be closed. End those claims first."
        )
    return [row["code"] for row in await sql.close_beds(tx, premises_id=premises_id, codes=codes, today=today)]
