"""The day of a release: asked about before a non-working day, confirmed by a named person, and moved in one act."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today, refuse_past, spoken
from bedspace.placements.reschedule import move_arrival
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.days import asks_which_date, day_before_that, named
from gateway.releases.link import keep_in_step
from gateway.releases.needs import asked_of, recount
from gateway.releases.record import answered, ask, done, event, look, refuse_over, settle, take, tell
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NightsClaimed
from schemas.releases import ChangeReleaseDate, ConfirmReleaseDate, ReleaseDone

sql = queries(__file__)

MOVES_WITH_IT = ("referred", "offered", "declined", "lapsed", "displaced", "booked")


async def ask_about(tx: Tx, release: UUID, release_on: date, now: datetime) -> list[Event]:
    """Before a non-working day, which date is meant; a day that is not is not asked about, and settles it."""
    asks = asks_which_date(release_on)
    await sql.mark(tx, id=release, asks=asks)
    if not asks:
        await answered(tx, release, "which_date", f"{named(release_on)}.", now)
        return []
    said = (
        f"{named(release_on)} is before a day on which services are closed. Is that the day, or an earlier one, "
        f"such as {named(day_before_that(release_on))}? A named person confirms it."
    )
    await answered(tx, release, "which_date", f"Another day was given: {named(release_on)}.", now)
    await ask(tx, release, "which_date", said, now)
    await tell(tx, release, "date_asked", now, named(release_on) + ".")
    return [event(await look(tx, release), "release_date_asked")]


async def confirm_date(tx: Tx, command: ConfirmReleaseDate, now: datetime) -> Done[ReleaseDone]:
    """By a person, never by a system. Another day moves the release first. Raises `Invalid`, `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        moved: list[Event] = []
        if command.release_on != row["release_on"]:
            moved = await move_to(tx, command.id, command.release_on, None, now)
        await take(tx, command.id)
        await sql.confirm(tx, id=command.id, now=now)
        await answered(tx, command.id, "which_date", f"{named(command.release_on)}.", now)
        await tell(tx, command.id, "date_confirmed", now, f"{named(command.release_on)}.")
        confirmed = event(await look(tx, command.id), "release_date_confirmed")
        return await done(tx, command.id, now, [*moved, confirmed])


async def change_date(tx: Tx, command: ChangeReleaseDate, now: datetime) -> Done[ReleaseDone]:
    """Everything follows in the one act. The same day again is harmless. Raises `Invalid`, `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        same = (command.release_on, command.until or row["until"]) == (row["release_on"], row["until"])
        moved = [] if same else await move_to(tx, command.id, command.release_on, command.until, now)
        return await done(tx, command.id, now, moved)


async def move_to(tx: Tx, release: UUID, release_on: date, until: date | None, now: datetime) -> list[Event]:
    """Placement, what must exist, NSI and its clocks, and the people: needs the reach of the nation.

    A bed that is not free on the new nights is left as it was, and asked about. Raises `Invalid`, `Conflict`.
    """
    seen = await look(tx, release)
    refuse_over(seen)
    today = london_today(now)
    refuse_past(release_on, today)
    back = _return(seen, release_on, until)
    followed, why_not = await _placement(tx, seen, release_on, now)
    row = await take(tx, release)
    refuse_over(row)
    if row["release_on"] != seen["release_on"] or row["placement_id"] != seen["placement_id"]:
        raise Conflict("This release has just changed. Look at it again, and then decide.")
    await sql.move(tx, id=release, release_on=release_on, until=back, now=now)
    await recount(tx, release, asked_of(row["kind"], row["rosh"], release_on, today))
    note = f"From {spoken(row['release_on'])} to {spoken(release_on)}."
    await tell(tx, release, "moved", now, note)
    await answered(tx, release, "bed_not_free", note, now)
    if why_not:
        await ask(tx, release, "bed_not_free", why_not, now)
        await tell(tx, release, "bed_not_free", now)
    asked = await ask_about(tx, release, release_on, now)
    nsi = await keep_in_step(tx, await settle(tx, release, now), now)
    row = await settle(tx, release, now)
    return [*followed, *asked, *nsi, event(row, "release_moved", on=release_on.isoformat())]


def _return(row: Any, release_on: date, until: date | None) -> date | None:
    """Of a temporary licence: as long as before where nothing is said. Raises `Invalid`."""
    if row["until"] is None:
        if until is not None:
            raise Invalid.because("until", "Only a temporary licence has a day of return. Leave it out.")
        return None
    back: date = until or release_on + (row["until"] - row["release_on"])
    if back <= release_on:
        raise Invalid.because("until", "Give a day of return after the day of release.")
    return back


async def _placement(tx: Tx, row: Any, release_on: date, now: datetime) -> tuple[tuple[Event, ...], str]:
    """Moved by its own verb, or why it could not be."""
    if row["placement_state"] not in MOVES_WITH_IT:
        return (), ""
    on = row["arrives_on"] + (release_on - row["release_on"])
    try:
        async with tx.transaction():
            return (await move_arrival(tx, row["placement_id"], max(on, release_on), now)).events, ""
    except (NightsClaimed, Conflict) as error:
        still = f"{row['placement_reference']} is still for {spoken(row['arrives_on'])}."
        return (), f"{still} {error} Find a bed for the new day, or cancel that one."
