"""Taking a bed out of service, saying more of it later, and cancelling that. Every revision is kept."""

import re
from datetime import date, datetime
from typing import NoReturn

import msgspec
from msgspec import Struct

from bedspace.claims.change import change_nights, end_claim, lock_beds
from bedspace.claims.place import Claim, place
from bedspace.claims.rest import make_way
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from schemas.outages import CancelOutage, OutageKept, ReviseOutage, TakeOutOfService

sql = queries(__file__)

LONGEST = 3660
"""Nights."""
IDS = range(1, 1 << 63)


class Newest(Struct, frozen=True, kw_only=True):
    """What is said of a bed out of service now. `claim` is None once it is over or cancelled."""

    id: int
    bed_id: int
    bed: str
    n: int
    first: date
    end: date
    reason: str
    reference: str | None
    note: str
    claim: int | None
    cancelled_at: datetime | None


async def take_out_of_service(tx: Tx, command: TakeOutOfService, now: datetime) -> Done[OutageKept]:
    """Raises `Invalid`, `NotThere` (no such bed in reach), or `NightsClaimed` with the nights that are somebody's."""
    bed_id = await sql.bed_in_reach(tx, bed=command.bed)
    if bed_id is None:
        raise NotThere(f"There is no bed {command.bed} at premises whose beds you keep. Check its code.")
    await _check(tx, command, now)
    _, lapsed = await lock_beds(tx, now, beds=[command.bed])
    outage_id: int = await sql.begin(tx, bed_id=bed_id)
    await make_way(tx, bed_id, command.from_, command.until, now)
    claim = Claim(
        bed=command.bed,
        kind="out_of_service",
        from_=command.from_,
        nights=(command.until - command.from_).days,
        reason=command.reason,
        outage=outage_id,
    )
    try:
        await place(tx, claim, now)
    except NightsClaimed as error:
        _move_them_first(error)
    await _say(tx, outage_id, 1, command, now)
    event = Event("bed_out_of_service", f"outage:{outage_id}", body=_body(command.bed, command))
    return Done(OutageKept(id=outage_id, bed=command.bed, revision=1), (*lapsed, event))


async def revise_outage(tx: Tx, command: ReviseOutage, now: datetime) -> Done[OutageKept]:
    """The claim follows the newest revision. Saying the same again is harmless.

    Raises `Invalid`, `NotThere`, `NightsClaimed`, or `Conflict` (over, cancelled, or revised by somebody meanwhile).
    """
    newest, lapsed = await _locked(tx, command.id, now)
    if newest.claim is None:
        raise _over(newest)
    if command.revision not in (None, newest.n):
        raise Conflict(f"Somebody has revised this since: it is at revision {newest.n}. Look at it again first.")
    await _check(tx, command, now)
    said = (newest.first, newest.end, newest.reason, newest.reference, newest.note)
    if said == (command.from_, command.until, command.reason, command.reference, command.note):
        return Done(OutageKept(id=newest.id, bed=newest.bed, revision=newest.n), lapsed, subject=f"outage:{newest.id}")
    await make_way(tx, newest.bed_id, command.from_, command.until, now)
    try:
        await change_nights(tx, newest.claim, command.from_, command.until, now)
    except NightsClaimed as error:
        _move_them_first(error)
    await sql.give_reason(tx, id=newest.id, reason=command.reason)
    await _say(tx, newest.id, newest.n + 1, command, now)
    event = Event("outage_revised", f"outage:{newest.id}", body=_body(newest.bed, command))
    return Done(OutageKept(id=newest.id, bed=newest.bed, revision=newest.n + 1), (*lapsed, event))


async def cancel_outage(tx: Tx, command: CancelOutage, now: datetime) -> Done[OutageKept]:
    """Cancelling twice is harmless. Raises `NotThere`, or `Conflict` where it is over."""
    newest, lapsed = await _locked(tx, command.id, now)
    if newest.cancelled_at is not None:
        kept = OutageKept(id=newest.id, bed=newest.bed, revision=newest.n, cancelled=True)
        return Done(kept, lapsed, subject=f"outage:{newest.id}")
    if newest.claim is None:
        raise _over(newest)
    await withdraw(tx, newest, command.note, now)
    event = Event("outage_cancelled", f"outage:{newest.id}", body={"bed": newest.bed})
    kept = OutageKept(id=newest.id, bed=newest.bed, revision=newest.n + 1, cancelled=True)
    return Done(kept, (*lapsed, event))


async def start_later(tx: Tx, outage_id: int, first: date, note: str, now: datetime) -> Event:
    """Of an outage whose bed is locked, in the way of somebody who sleeps there: it begins later, or falls away."""
    newest = await _newest(tx, outage_id)
    if newest.claim is None:
        raise _over(newest)
    if first >= newest.end:
        await withdraw(tx, newest, note, now)
        return Event("outage_cancelled", f"outage:{newest.id}", body={"bed": newest.bed})
    later = ReviseOutage(
        id=newest.id,
        from_=first,
        until=newest.end,
        reason=newest.reason,
        reference=newest.reference,
        note=f"{newest.note} {note}".strip()[:500],
    )
    await change_nights(tx, newest.claim, first, newest.end, now)
    await _say(tx, newest.id, newest.n + 1, later, now)
    return Event("outage_revised", f"outage:{newest.id}", body=_body(newest.bed, later))


async def withdraw(tx: Tx, newest: Newest, note: str, now: datetime) -> None:
    """Cancel an outage whose bed is locked."""
    if newest.claim is not None:
        await end_claim(tx, newest.claim, how="cancelled", now=now)
    await sql.cancel(tx, id=newest.id, now=now)
    said = msgspec.structs.asdict(newest)
    await sql.say(
        tx,
        **{name: said[name] for name in ("id", "first", "end", "reason", "reference")},
        n=newest.n + 1,
        note=note,
        cancelled=True,
        now=now,
    )


async def _locked(tx: Tx, outage_id: int, now: datetime) -> tuple[Newest, tuple[Event, ...]]:
    _, lapsed = await lock_beds(tx, now, beds=[(await _newest(tx, outage_id)).bed])
    return await _newest(tx, outage_id), lapsed


async def _newest(tx: Tx, outage_id: int) -> Newest:
    row = await sql.newest(tx, id=outage_id) if outage_id in IDS else None
    if row is None:
        raise NotThere(f"There is no bed out of service {outage_id} at premises whose beds you keep. Check its number.")
    return msgspec.convert(dict(row), Newest)


async def _say(tx: Tx, outage_id: int, n: int, said: TakeOutOfService | ReviseOutage, now: datetime) -> None:
    await sql.say(
        tx,
        id=outage_id,
        n=n,
        first=said.from_,
        end=said.until,
        reason=said.reason,
        reference=said.reference,
        note=said.note,
        cancelled=False,
        now=now,
    )


async def _check(tx: Tx, said: TakeOutOfService | ReviseOutage, now: datetime) -> None:
    if said.until <= said.from_:
        raise Invalid.because(
            "until", f"It must be after {spoken(said.from_)}: the first night on which the bed is in service again."
        )
    if (said.until - said.from_).days > LONGEST:
        raise Invalid.because("until", "That is more than ten years. Close the bed instead.")
    await check_listed(tx, said.reason, of="out_of_service", field="reason", today=london_today(now), note=said.note)
    if said.reference is None:
        return
    kind = await sql.reference_kind(tx, reason=said.reason)
    if kind is None:
        raise Invalid.because("reference", f"The reason “{said.reason}” takes no reference. Leave it out.")
    if kind == "crn" and not re.fullmatch(r"[A-Z]\d{6}", said.reference):
        raise Invalid.because("reference", "With this reason it is a CRN: one capital letter and six digits.")


def _body(bed: str, said: TakeOutOfService | ReviseOutage) -> dict[str, str]:
    return {"bed": bed, "from": said.from_.isoformat(), "until": said.until.isoformat(), "reason": said.reason}


def _move_them_first(error: NightsClaimed) -> NoReturn:
    raise NightsClaimed(
        error.bed, error.nights, "Move those bookings or stays to another bed first, or choose other nights."
    ) from error


def _over(newest: Newest) -> Conflict:
    how = "was cancelled" if newest.cancelled_at else f"was over on {spoken(newest.end)}"
    return Conflict(f"This {how}. Take the bed out of service anew if it is needed.")
