"""Finds or keeps the person an NSI is about, and masks one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from bedspace.store import Tx, queries
from gateway.people.match import Identity, Known, match
from schemas.acts import Done, Event
from schemas.errors import Ambiguous, NotThere
from schemas.people import AccessLimited, LimitAccess

sql = queries(__file__)


async def lock_identities(tx: Tx, identities: Iterable[Identity]) -> None:
    """Let two messages about one new person wait for each other, always in one order, until this transaction ends."""
    keys = {
        f"{field}:{getattr(identity, field)}"
        for identity in identities
        for field in ("crn", "noms", "pnc", "birth_date")
        if getattr(identity, field) is not None
    }
    await sql.lock_identities(tx, keys=sorted(keys))


async def person_of(tx: Tx, identity: Identity, now: datetime) -> tuple[UUID, bool]:
    """The person on record, with identifiers that were not known yet filled in; else a new one.

    Also whether someone else has this name and birth date under other identifiers.

    Needs the locks of `lock_identities`. Raises `Ambiguous` when it is not sure who is meant.
    """
    rows = await sql.people_like(
        tx, crn=identity.crn, noms=identity.noms, pnc=identity.pnc, birth_date=identity.birth_date
    )
    found = match(identity, [msgspec.convert(row, Known) for row in rows])
    if found.unsure:
        raise Ambiguous(f"{found.unsure} Check who is meant.")
    facts = msgspec.structs.asdict(identity)
    if found.person is None:
        person = uuid4()
        await sql.keep_person(tx, id=person, now=now, **facts)
        return person, found.alike
    facts.pop("name")
    await sql.complete_person(tx, id=found.person, **facts)
    return found.person, False


async def limit_access(tx: Tx, command: LimitAccess, now: datetime) -> Done[AccessLimited]:  # noqa: ARG001  # a verb has three parameters
    if not await sql.limit_access(tx, id=command.id):
        raise NotThere("There is no such person.")
    for actor in command.allowed:
        await sql.allow(tx, id=command.id, actor=actor)
    event = Event("access_limited", f"person:{command.id}", command.id)
    return Done(AccessLimited(id=command.id), (event,))
