"""A release that does not happen, or has happened; and the return from a temporary licence."""

from datetime import date, datetime
from typing import Any

from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.placements.decline import withdraw_placement
from bedspace.placements.depart import cancel_placement
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.link import begin_nsi, end_nsi, keep_in_step
from gateway.releases.record import changed_event, done, event, look, refuse_over, settle, take, tell
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid
from schemas.placing import CancelPlacement, WithdrawPlacement
from schemas.releases import CancelRelease, RecordReleased, RecordReturned, ReleaseDone

sql = queries(__file__)

CANCELS = {
    "died": "died",
    "recorded_in_error": "recorded_in_error",
    "refused": "release_refused",
    "changed_mind": "changed_mind",
}
"""Reasons of the list `cancel` by those of a release; `kept_in_custody` is the rest."""
WITHDRAWS = {"died": "died", "recorded_in_error": "recorded_in_error"}
"""The same of the list `withdraw`; `circumstances` is the rest."""


async def cancel_release(tx: Tx, command: CancelRelease, now: datetime) -> Done[ReleaseDone]:
    """Referral or booking and NSI end with it, what is asked is settled, and everybody is told. Twice is harmless.

    Raises `Invalid`, `Conflict` once the person has left the prison, `NotThere`.
    """
    seen = await look(tx, command.id)
    today = london_today(now)
    await check_listed(tx, command.reason, of="release_cancelled", field="reason", today=today, note=command.note)
    if seen["state"] == "cancelled":
        return await done(tx, command.id, now)
    refuse_over(seen)
    async with the_whole_nation(tx):
        ended = await end_placement(tx, seen, command.reason, now)
        row = await take(tx, command.id)
        _refuse_changed(seen, row)
        nsi = await end_nsi(tx, row, "withdrawn", now)
        whom = event(seen, "release_cancelled")
        await sql.cancel(tx, id=command.id, reason=command.reason, now=now)
        await sql.settle_questions(tx, release=command.id, answer="The release was cancelled.", now=now)
        await tell(tx, command.id, "cancelled", now, f"{command.reason}. {command.note}".strip())
        return await done(tx, command.id, now, [*ended, *nsi, whom])


async def end_placement(tx: Tx, row: Any, reason: str, now: datetime) -> tuple[Event, ...]:
    """By its own verbs: a booking is cancelled, a referral withdrawn. Raises `Conflict` once the person has arrived."""
    placement = row["placement_id"]
    if row["placement_state"] in ("booked", "displaced"):
        why = CANCELS.get(reason, "kept_in_custody")
        return (await cancel_placement(tx, CancelPlacement(id=placement, reason=why), now)).events
    if row["placement_state"] in ("referred", "offered", "declined", "lapsed"):
        why = WITHDRAWS.get(reason, "circumstances")
        return (await withdraw_placement(tx, WithdrawPlacement(id=placement, reason=why), now)).events
    if row["placement_state"] == "arrived":
        raise Conflict("The person has arrived at the premises. Record the departure there instead.")
    return ()


def _refuse_changed(seen: Any, row: Any) -> None:
    """Raises `Conflict`."""
    refuse_over(row)
    if row["placement_id"] != seen["placement_id"]:
        raise Conflict("This release has just changed. Look at it again, and then decide.")


async def record_released(tx: Tx, command: RecordReleased, now: datetime) -> Done[ReleaseDone]:
    """Twice is harmless. Raises `Invalid` for a day ahead, `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    if row["state"] in ("released", "returned"):
        return await done(tx, command.id, now)
    refuse_over(row)
    on = _day(command.on, london_today(now))
    async with the_whole_nation(tx):
        row = await take(tx, command.id)
        refuse_over(row)
        await sql.release(tx, id=command.id, on=on, now=now)
        await sql.settle_questions(tx, release=command.id, answer="The person was released.", now=now)
        await tell(tx, command.id, "released", now, f"On {spoken(on)}.")
        if row["kind"] == "rotl":
            await begin_nsi(tx, row, on, now)
        return await done(tx, command.id, now, [event(row, "release_happened")])


async def record_returned(tx: Tx, command: RecordReturned, now: datetime) -> Done[ReleaseDone]:
    """The temporary move is over, and the home PDU has never ceased to be responsible. Twice is harmless.

    Raises `Invalid`, `Conflict` for who was not released on temporary licence, `NotThere`.
    """
    row = await look(tx, command.id)
    if row["state"] == "returned":
        return await done(tx, command.id, now)
    if row["kind"] != "rotl" or row["state"] != "released":
        raise Conflict(f"{row['reference']} is not out on temporary licence, so there is no return to record.")
    on = _day(command.on, london_today(now))
    async with the_whole_nation(tx):
        row = await take(tx, command.id)
        await sql.come_back(tx, id=command.id, now=now)
        await tell(tx, command.id, "returned", now, f"On {spoken(on)}.")
        ended = await end_nsi(tx, row, "completed", now)
        return await done(tx, command.id, now, [*ended, event(row, "release_returned")])


def _day(given: date | None, today: date) -> date:
    """Raises `Invalid`."""
    if given is not None and given > today:
        raise Invalid.because("on", "Give today, or the earlier day on which it was.")
    return given or today


async def changed_mind(tx: Tx, seen: Any, place: dict[str, Any], now: datetime) -> list[Event]:
    """Somewhere else is wanted: what was referred or booked ends, and the new PDU of resettlement is told.

    Needs the reach of the nation. Raises `Conflict`.
    """
    ended = await end_placement(tx, seen, "changed_mind", now)
    row = await take(tx, seen["id"])
    _refuse_changed(seen, row)
    before = event(seen, "release_plan_dropped", tell=[one for one in ("premises", "ap_spoc") if one in _whom(seen)])
    await sql.elsewhere(tx, id=seen["id"], now=now, **place)
    await sql.settle_questions(tx, release=seen["id"], answer="The person changed their mind.", now=now)
    await tell(tx, seen["id"], "changed_mind", now)
    nsi = await keep_in_step(tx, await settle(tx, seen["id"], now), now)
    row = await settle(tx, seen["id"], now)
    return [*ended, *nsi, before, changed_event(seen, row)]


def _whom(row: Any) -> list[str]:
    whom: list[str] = event(row, "").body["tell"]
    return whom
