"""Invents what stands around premises: contacts, restrictions, a closure, and when somebody last confirmed the beds."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from msgspec import Struct

from bedspace.nights import LONDON, london_today
from bedspace.premises.around import keep_contact, restrict
from bedspace.premises.close import close_premises
from bedspace.premises.confirm import confirm_beds
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.keeping import (
    ClosePremises,
    Closure,
    ConfirmBeds,
    ContactChange,
    KeepContact,
    NewRestriction,
    Restrict,
)
from schemas.premises import ContactPurpose

DESKS: tuple[tuple[ContactPurpose, str, str], ...] = (
    ("general", "Office", "Every day, 8:00 to 20:00"),
    ("referral", "Referrals", "Monday to Friday, 9:00 to 17:00"),
    ("out_of_hours", "Duty manager", "20:00 to 8:00, and weekends"),
)
RESTRICTIONS: dict[int, tuple[str, str, int, int | None]] = {
    12: ("wheelchair", "The ramp is being rebuilt", 0, 35),
    25: ("catered", "The kitchen is being refitted", 7, 28),
    40: ("arson_suitable", "The alarm panel waits for a part", 0, None),
    58: ("accepts_sexual_offences", "A nursery has opened next door", 14, None),
    71: ("step_free", "The lift is out of order", 0, 10),
}
"""By the number of the premises: what, why, in how many days, and for how long."""
CLOSES = 20
"""The number of the premises that close, well after all that is booked there."""


class DressPremises(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "demo.fill"

    code: str
    number: int


class Dressed(Struct, frozen=True, kw_only=True):
    code: str


async def dress_premises(tx: Tx, command: DressPremises, now: datetime) -> Done[Dressed]:
    """Each by the verb that does it, in one act."""
    code, number, today = command.code, command.number, london_today(now)
    events: tuple[Event, ...] = ()
    for n, (purpose, desk, hours) in enumerate(DESKS):
        contact = ContactChange(
            name=f"{desk}, invented",
            phone=f"01632 960{(3 * number + n) % 1000:03}",  # kept for drama
            email=f"{code.lower()}.{purpose.replace('_', '.')}@demo.invalid",
            hours=hours,
        )
        events += (await keep_contact(tx, KeepContact(code=code, purpose=purpose, contact=contact), now)).events
    if number in RESTRICTIONS:
        events += (await restrict(tx, Restrict(code=code, restriction=_restriction(number, today)), now)).events
    if number == CLOSES:
        events += (await close_premises(tx, ClosePremises(code=code, closure=_closure(today)), now)).events
    confirmed_at = confirmed(number, now)
    if confirmed_at is not None:
        events += (await confirm_beds(tx, ConfirmBeds(code=code), confirmed_at)).events
    return Done(Dressed(code=code), events)


def _restriction(number: int, today: date) -> NewRestriction:
    what, why, ahead, days = RESTRICTIONS[number]
    first = today + timedelta(days=ahead)
    until = None if days is None else first + timedelta(days=days)
    return NewRestriction(characteristic=what, from_=first, until=until, reason=why)


def _closure(today: date) -> Closure:
    return Closure(
        from_=(today + timedelta(days=330)).replace(day=1),
        reason="lease",
        note="The owner needs the house back",
        approved_by="Dee Example-Director",
        approved_on=today - timedelta(days=5),
        reference="APPROVAL-2026-031, invented",
    )


def confirmed(number: int, now: datetime) -> datetime | None:
    """Most today or yesterday, some a week ago, some never."""
    if number % 10 == 9:
        return None
    days = 7 if number % 10 == 5 else number % 2
    return min(datetime.combine(london_today(now) - timedelta(days=days), time(8, number % 60), LONDON), now)
