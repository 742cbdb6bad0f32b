"""A booking or stay goes on, or ends sooner; a resident is away for some nights."""

from datetime import date, datetime

import msgspec

from bedspace.claims.change import change_nights, claims_of_placement
from bedspace.nights import london_today, spoken
from bedspace.placements.asking import refuse_another_bed
from bedspace.placements.may import refuse_unless
from bedspace.placements.meetings import refuse_barred
from bedspace.placements.taken import Taken, done, save, take, tell
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.errors import Invalid
from schemas.placing import ComeBack, ExtendPlacement, GoAway, PlacementDone, ShortenPlacement

MOST = 1460
"""Nights of a stay, at most: more is a slip in the year."""


async def extend_placement(tx: Tx, command: ExtendPlacement, now: datetime) -> Done[PlacementDone]:
    """Raises `NightsClaimed` naming the nights of the next booking, `Invalid`, `Conflict`, `NotThere`."""
    taken, events = await take(tx, command.id, now)
    refuse_unless("extend", taken.standing(london_today(now)))
    if command.until <= taken.departs_on:
        raise Invalid.because("until", f"They leave on {spoken(taken.departs_on)}. Give a later day, or shorten.")
    if command.until <= london_today(now):
        raise Invalid.because("until", f"{spoken(command.until)} is not ahead. Give a later day.")
    if (command.until - taken.arrives_on).days > MOST:
        raise Invalid.because("until", f"That is more than {MOST} nights. Check the year.")
    await refuse_another_bed(tx, taken.person, taken.departs_on, command.until, now, but=taken.id)
    (held,) = await claims_of_placement(tx, taken.id)
    await refuse_barred(tx, taken, held.premises, taken.departs_on, command.until, now)
    lapsed = await _change(tx, taken, command.until, now)
    return await _changed(tx, taken, command.until, command.note, "extended", (*events, *lapsed), now)


async def shorten_placement(tx: Tx, command: ShortenPlacement, now: datetime) -> Done[PlacementDone]:
    """Nobody is sent away in the past: a stay ends today at the soonest. Raises `Invalid`, `Conflict`, `NotThere`."""
    today = london_today(now)
    taken, events = await take(tx, command.id, now)
    refuse_unless("shorten", taken.standing(today))
    if command.until >= taken.departs_on:
        raise Invalid.because("until", f"They leave on {spoken(taken.departs_on)}. Give an earlier day, or extend.")
    if command.until <= taken.arrives_on:
        raise Invalid.because("until", f"Give a day after the arrival on {spoken(taken.arrives_on)}.")
    if command.until < today:
        raise Invalid.because("until", f"{spoken(command.until)} is past. Give {spoken(today)} or a later day.")
    lapsed = await _change(tx, taken, command.until, now)
    return await _changed(tx, taken, command.until, command.note, "shortened", (*events, *lapsed), now)


async def _change(tx: Tx, taken: Taken, until: date, now: datetime) -> tuple[Event, ...]:
    (held,) = await claims_of_placement(tx, taken.id)
    _, lapsed = await change_nights(tx, held.id, held.first, until, now)
    return lapsed


async def _changed(
    tx: Tx, taken: Taken, until: date, note: str, kind: str, events: tuple[Event, ...], now: datetime
) -> Done[PlacementDone]:
    changed = msgspec.structs.replace(taken, departs_on=until)
    await save(tx, changed, now)
    said = f"From {spoken(taken.departs_on)} to {spoken(until)}. {note}".strip()
    await tell(tx, taken.id, kind, now, note=said)
    return await done(tx, changed, (*events, taken.event(f"placement_{kind}", until=until.isoformat())))


async def go_away(tx: Tx, command: GoAway, now: datetime) -> Done[PlacementDone]:
    """In hospital or with the police: the bed is kept. Raises `Invalid`, `Conflict`, `NotThere`."""
    taken, events = await take(tx, command.id, now)
    refuse_unless("away", taken.standing(london_today(now)))
    if command.until is not None and (command.until.tzinfo is None or command.until <= now):
        raise Invalid.because("until", "Give a time still to come, with its zone, or none where nobody knows.")
    changed = msgspec.structs.replace(taken, away=command.where, away_since=now, away_until=command.until)
    await save(tx, changed, now)
    expected = f", expected back on {spoken(london_today(command.until))}" if command.until else ""
    await tell(tx, taken.id, "away", now, note=f"{command.where}{expected}. {command.note}".strip())
    return await done(tx, changed, (*events, taken.event("person_away", where=command.where)))


async def come_back(tx: Tx, command: ComeBack, now: datetime) -> Done[PlacementDone]:
    """Raises `Conflict` for who is not away, `NotThere`."""
    taken, events = await take(tx, command.id, now)
    refuse_unless("back", taken.standing(london_today(now)))
    changed = msgspec.structs.replace(taken, away=None, away_since=None, away_until=None)
    await save(tx, changed, now)
    await tell(tx, taken.id, "back", now)
    return await done(tx, changed, (*events, taken.event("person_back")))
