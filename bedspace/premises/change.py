"""Changes to premises as a whole and to their rooms. Each is remembered: what it was, who changed it, and when."""

from datetime import date, datetime

from msgspec import structs

from bedspace.nights import london_today
from bedspace.premises.held import Held, hold_premises, remember
from bedspace.premises.record import Draft
from bedspace.premises.write import sql, write
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.keeping import ChangeDetails, ChangeRoom
from schemas.premises import PremisesChanged


async def change_details(tx: Tx, command: ChangeDetails, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`, `Invalid`, or `Conflict` where the estate changes under people who have beds there."""
    held = await hold_premises(tx, command.code)
    change = command.change
    new = {name: value for name, value in structs.asdict(change).items() if value is not None}
    if command.position is not None:
        where = command.position
        new |= {"postcode": where.postcode, "lat": where.lat, "lon": where.lon}
        if change.pdu is None:
            new["pdu"] = await pdu_of(tx, where.gss, london_today(now)) or held.before.pdu
    return await written(tx, held, Draft(structs.replace(held.before, **new)), now, "details_changed")


async def pdu_of(tx: Tx, gss: str, today: date) -> str | None:
    """The PDU of a local authority; None where several divide it, or none is known."""
    rows = await sql.pdus_of_authority(tx, gss=gss, today=today)
    return rows[0]["pdu_code"] if len(rows) == 1 else None


async def change_room(tx: Tx, command: ChangeRoom, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`, `Invalid` (an unknown characteristic), or `Conflict` (another room has the name)."""
    held = await hold_premises(tx, command.code)
    change = command.change
    draft = Draft(held.before)
    if change.name not in draft.rooms:
        raise NotThere(f"There is no room {change.name} at {command.code}. Its rooms: {', '.join(draft.rooms)}.")
    if change.rename_to is not None and change.rename_to != change.name:
        if change.rename_to in draft.rooms:
            raise Conflict(f"{command.code} has a room {change.rename_to} already. Choose another name.")
        await sql.rename_room(tx, premises_id=held.id, name=change.name, rename_to=change.rename_to)
        draft = Draft((await hold_premises(tx, command.code)).before)
    if change.characteristics is not None:
        draft.rooms[change.rename_to or change.name] = set(change.characteristics)
    return await written(tx, held, draft, now, "room_changed")


async def written(
    tx: Tx, held: Held, draft: Draft, now: datetime, act: str, counts_from: date | None = None
) -> Done[PremisesChanged]:
    """Make a draft true, remember it, and say what happened."""
    lapsed = await write(tx, held, draft, now)
    return await remembered(tx, held, now, act, counts_from, lapsed)


async def remembered(
    tx: Tx,
    held: Held,
    now: datetime,
    act: str,
    counts_from: date | None = None,
    more: tuple[Event, ...] = (),
) -> Done[PremisesChanged]:
    """What an act changed, remembered and said; an act that changed nothing happened all the same."""
    code = held.before.code
    changes = await remember(tx, code, held.before, act, now, counts_from)
    body = {"act": act, "from": (counts_from or london_today(now)).isoformat()}
    return Done(
        PremisesChanged(code=code, changes=changes), (Event("premises_changed", f"premises:{code}", body=body), *more)
    )


def day_of(given: date | None, now: datetime, field: str = "from") -> date:
    """The day that an act counts from: today, or one to come. Raises `Invalid`."""
    today = london_today(now)
    if given is not None and given < today:
        raise Invalid.because(field, f"{given:%-d %B %Y} is in the past. Give {today:%-d %B %Y} or a later date.")
    return given or today
