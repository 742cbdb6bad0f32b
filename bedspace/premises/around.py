"""What stands around premises: whom to telephone, and what they do not offer or accept on some nights."""

from datetime import datetime
from difflib import get_close_matches

from msgspec import structs

from bedspace.nights import london_today
from bedspace.premises.change import day_of, remembered
from bedspace.premises.held import hold_premises
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.errors import Conflict, Invalid, NotThere
from schemas.keeping import EndRestriction, KeepContact, Restrict
from schemas.premises import PremisesChanged

sql = queries(__file__)


async def keep_contact(tx: Tx, command: KeepContact, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`."""
    held = await hold_premises(tx, command.code)
    if command.contact is None:
        await sql.forget_contact(tx, premises_id=held.id, purpose=command.purpose)
    else:
        told = structs.asdict(command.contact)
        await sql.keep_contact(tx, premises_id=held.id, purpose=command.purpose, **told)
    return await remembered(tx, held, now, "contact_kept")


async def restrict(tx: Tx, command: Restrict, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`, `Invalid`, or `Conflict` where the same restriction holds on some of those nights."""
    held = await hold_premises(tx, command.code)
    new = command.restriction
    first = day_of(new.from_, now)
    if new.until is not None and new.until <= first:
        raise Invalid.because("until", "ends before it begins. Give a later date, or none.")
    codes = [row["code"] for row in await sql.codes(tx, today=london_today(now))]
    if new.characteristic not in codes:
        close = get_close_matches(new.characteristic, codes, n=1, cutoff=0.6)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise Invalid.because(
            "characteristic",
            f"There is no characteristic {new.characteristic[:40]}.{meant} GET /api/v1/characteristics.",
        )
    for one in held.before.restrictions:
        overlaps = (one.until is None or one.until > first) and (new.until is None or one.from_ < new.until)
        if one.characteristic == new.characteristic and overlaps:
            raise Conflict(f"{new.characteristic} is restricted there already on some of those nights. End that first.")
    await sql.restrict(
        tx, premises_id=held.id, code=new.characteristic, first=first, until=new.until, reason=new.reason, now=now
    )
    return await remembered(tx, held, now, "restricted", first)


async def end_restriction(tx: Tx, command: EndRestriction, now: datetime) -> Done[PremisesChanged]:
    """Raises `NotThere`. One that is over is left as it was."""
    held = await hold_premises(tx, command.code)
    first = day_of(command.from_, now)
    found = next((one for one in held.before.restrictions if one.id == command.id), None)
    if found is None:
        raise NotThere(f"There is no restriction {command.id} at {command.code}. GET its premises for those there are.")
    if found.until is None or found.until > first:
        await sql.forget_restriction(tx, premises_id=held.id, id=command.id, first=first)
        await sql.end_restriction(tx, premises_id=held.id, id=command.id, first=first)
    return await remembered(tx, held, now, "restriction_ended", first)
