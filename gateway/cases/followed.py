"""What follows for registrations from whatever may pass responsibility: in the same transaction, by whichever door."""

from datetime import datetime

from bedspace.store import Tx
from gateway.access.wider import the_whole_nation
from gateway.cases.registrations import ask_about_mismatches
from schemas.acts import Event

PASSES = frozenset(
    {
        "nsi_status_recorded",
        "nsi_allocated",
        "nsi_reported",
        "nsi_confirmed",
        "nsi_unannounced",
        "nsi_merged",
        "nsi_unmerged",
        "challenge_decided",
        "responsibility_taken_over",
    }
)
"""An area that becomes responsible must have on its registers what the other had."""


async def follow_registrations(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Events of other kinds cost nothing."""
    persons = dict.fromkeys(event.person for event in events if event.kind in PASSES and event.person)
    if not persons:
        return ()
    async with the_whole_nation(tx):
        return tuple([one.event for person in persons for one in await ask_about_mismatches(tx, person, now)])
