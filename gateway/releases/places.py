"""Where somebody is to live: checked, approved by the licence, or arranged by a housing provider in the prison."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.geography.shape import at_the_end
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.link import keep_in_step
from gateway.releases.record import answered, ask, done, event, look, refuse_over, settle, take, tell
from schemas.acts import Done, Event
from schemas.errors import Invalid
from schemas.releases import ApproveAddress, ArrangeAccommodation, CheckAddress, ReleaseDone

sql = queries(__file__)


async def check_address(tx: Tx, command: CheckAddress, now: datetime) -> Done[ReleaseDone]:
    """Not suitable means that a bed is wanted. Raises `Invalid` where there is no address, `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        row = await take(tx, command.id)
        refuse_over(row)
        address = command.address or row["address"]
        if address is None:
            raise Invalid.because("address", "No address was notified. Give the one that was checked.")
        await sql.check(
            tx,
            id=command.id,
            address=address,
            postcode=at_the_end(address) or row["postcode"],
            outcome=command.outcome,
            today=london_today(now),
            now=now,
        )
        await tell(tx, command.id, f"address_{command.outcome}", now)
        differs = await compare_addresses(tx, command.id, now)
        return await _followed(tx, command.id, "release_address_checked", differs, now)


async def approve_address(tx: Tx, command: ApproveAddress, now: datetime) -> Done[ReleaseDone]:
    """Approving again replaces what was approved. Raises `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        row = await take(tx, command.id)
        refuse_over(row)
        await sql.approve(tx, id=command.id, address=command.address, today=london_today(now), now=now)
        await tell(tx, command.id, "address_approved", now)
        return await done(tx, command.id, now, await compare_addresses(tx, command.id, now))


async def arrange_accommodation(tx: Tx, command: ArrangeAccommodation, now: datetime) -> Done[ReleaseDone]:
    """The case manager is told at once; the address is still to be checked. Raises `Conflict`, `NotThere`."""
    row = await look(tx, command.id)
    refuse_over(row)
    async with the_whole_nation(tx):
        row = await take(tx, command.id)
        refuse_over(row)
        if (row["provider"], row["arranged_address"]) == (command.provider, command.address):
            return await done(tx, command.id, now)
        await sql.arrange(tx, id=command.id, provider=command.provider, address=command.address, now=now)
        await tell(tx, command.id, "arranged", now)
        differs = await compare_addresses(tx, command.id, now)
        return await _followed(tx, command.id, "release_arranged", differs, now)


async def _followed(tx: Tx, release: UUID, kind: str, events: list[Event], now: datetime) -> Done[ReleaseDone]:
    row = await settle(tx, release, now)
    nsi = await keep_in_step(tx, row, now)
    await settle(tx, release, now)
    return await done(tx, release, now, [event(row, kind), *events, *nsi])


async def compare_addresses(tx: Tx, release: UUID, now: datetime) -> list[Event]:
    """An address that is notified or arranged, and not the one approved, is asked about; the officer is told."""
    row = await look(tx, release)
    if row["approved_address"] is None:
        return []
    if _all_same(row):
        await answered(tx, release, "address_differs", "They are the same now.", now)
        return []
    said = "The address approved for the licence is not the one that was notified or arranged. Say which of them it is."
    if not await ask(tx, release, "address_differs", said, now):
        return []
    await tell(tx, release, "address_differs", now)
    return [event(row, "release_address_differs")]


def _all_same(row: Any) -> bool:
    others = [row[name] for name in ("address", "arranged_address") if row[name] is not None]
    return all(same_address(row["approved_address"], other) for other in others)


def same_address(one: str, other: str) -> bool:
    """Whatever its case, order and punctuation; what one leaves out, but for number and postcode, does not count."""
    a, b = _words(one), _words(other)
    if {word for word in a if word[0].isdigit()} != {word for word in b if word[0].isdigit()}:
        return False
    return at_the_end(one) == at_the_end(other) and (a <= b or b <= a)


def _words(address: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", address.casefold()))
