"""Who holds a grade of the ladder at a place, and who covers."""

from datetime import datetime

from msgspec import convert

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.chasing import Holder, HolderAway, Holders, KeepHolder, ListHolders
from schemas.errors import Invalid, NotAllowed, NotThere

sql = queries(__file__)

PLACES = {"spo": "pdu", "aco": "region", "mappa_coordinator": "region", "national_lead": "nation"}


async def keep_holder(tx: Tx, command: KeepHolder, now: datetime) -> Done[Holders]:
    """Raises `Invalid` for a place that the grade is not of, or a day that is past."""
    today = london_today(now)
    from_ = command.from_ or today
    wanted = PLACES[command.grade]
    if await sql.kind_of(tx, code=command.place, today=today) != wanted:
        of = "Give `nation`." if wanted == "nation" else f"Give the code of a {'PDU' if wanted == 'pdu' else 'region'}."
        raise Invalid.because("place", of)
    if from_ < today:
        raise Invalid.because("from", "Give today or a later day.")
    if not await sql.is_ones_own(tx, place=command.place):
        raise NotAllowed("Who holds a grade is kept by their own region.")
    if await sql.follows(tx, grade=command.grade, place=command.place, from_=from_):
        raise Invalid.because("from", "Somebody is named from that day or a later one already. Give a later day.")
    await sql.end(tx, grade=command.grade, place=command.place, from_=from_)
    await sql.keep(
        tx,
        grade=command.grade,
        place=command.place,
        name=command.name,
        email=command.email,
        from_=from_,
        now=now,
    )
    return await list_holders(tx, ListHolders(place=command.place), now)


async def holder_away(tx: Tx, command: HolderAway, now: datetime) -> Done[Holders]:
    """Raises `NotThere`, and `Invalid` for days or cover that do not fit."""
    place = await sql.place_of(tx, id=command.id)
    if place is None or not await sql.is_ones_own(tx, place=place):
        raise NotThere("There is no such holder of a grade, or it is not yours to keep.")
    if command.from_ and command.until and command.until <= command.from_:
        raise Invalid.because("until", "Give a day after the absence begins.")
    if (command.cover_name is None) != (command.cover_email is None):
        raise Invalid.because("cover_email", "Give name and address of who covers, or neither.")
    if command.cover_email and not command.from_:
        raise Invalid.because("from", "Say from which day somebody covers.")
    await sql.away(
        tx,
        id=command.id,
        from_=command.from_,
        until=command.until,
        cover_name=command.cover_name,
        cover_email=command.cover_email,
    )
    return await list_holders(tx, ListHolders(place=place), now)


async def list_holders(tx: Tx, command: ListHolders, now: datetime) -> Done[Holders]:
    """Today's and those to come."""
    rows = await sql.holders(tx, place=command.place, today=london_today(now))
    return Done(Holders(items=[convert(dict(row), Holder) for row in rows]), subject="grades")
