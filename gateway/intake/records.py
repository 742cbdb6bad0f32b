"""Records of a trusted connection, each taken as it is: raised, known already, or for a person with the reason why."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.store import Tx, queries
from gateway.intake.case_records import CaseRecords
from gateway.intake.reported import Reported, Unfit
from gateway.intake.take import LEASE
from gateway.transfers.in_flight import OnTracker
from schemas.acts import Done, Event
from schemas.drafts import (
    Draft,
    DraftContact,
    DraftEnforcement,
    DraftNsi,
    DraftRegistration,
    DraftStatus,
    values_of,
)
from schemas.errors import BedspaceError, NotThere
from schemas.inbox import RecordsTaken, TakeRecords
from schemas.nsi_life import NsiReported
from schemas.words import RecordState

sql = queries(__file__)

AT_ONCE = 20
"""Records of one transaction, so that nobody waits long for it."""


class Came(Struct, frozen=True, kw_only=True):
    """What a record came to."""

    state: RecordState
    reason: str | None = None
    missing: list[str] = []
    nsi: UUID | None = None
    events: tuple[Event, ...] = ()
    persons: tuple[UUID, ...] = ()


class Record(Struct, frozen=True, kw_only=True):
    """A record, with the message and the connection it came by, and what is known of it from before."""

    message: Any
    draft: Any
    reference: str
    digest: bytes
    version: int


Take: TypeAlias = Callable[[Tx, Record, datetime], Awaitable[Came]]


class Taker:
    """Closes over what the verb needs beside its command. `takes` says who takes which kind of record."""

    def __init__(self, postcodes: Postcodes) -> None:
        reported, cases = Reported(postcodes), CaseRecords(postcodes)
        self.takes: dict[type[Draft], Take] = {
            DraftNsi: _by(reported.nsi),
            DraftStatus: _by(reported.status),
            DraftContact: _by(cases.contact),
            DraftEnforcement: _by(cases.enforcement),
            DraftRegistration: _by(cases.registration),
        }

    async def take(self, tx: Tx, command: TakeRecords, now: datetime) -> Done[RecordsTaken]:
        """Raises `NotThere` where the message is not being read, or came by no connection."""
        message = await sql.message(tx, id=command.inbox_id, until=now + LEASE)
        if message is None:
            raise NotThere("This message is not being read, or came by no connection.")
        await sql.lock_connection(tx, connection=message["connection"])
        last = command.first + len(command.drafts) - 1
        before = {row["n"] for row in await sql.taken_before(tx, id=command.inbox_id, first=command.first, last=last)}
        counts = Counter[RecordState]()
        events: list[Event] = []
        persons: list[UUID] = []
        for n, draft in enumerate(command.drafts, start=command.first):
            if n in before:
                continue
            came = await self._one(tx, message, draft, now)
            await _keep(tx, command.inbox_id, n, draft, came)
            counts[came.state] += 1
            events += came.events
            persons += came.persons
        subject = f"inbox:{command.inbox_id}"
        return Done(RecordsTaken(counts=dict(counts)), tuple(events), tuple(persons), subject)

    async def _one(self, tx: Tx, message: Any, draft: Draft, now: datetime) -> Came:
        kind = str(draft.__struct_config__.tag)
        take = self.takes.get(type(draft))
        if take is None:
            return Came(state="review", reason=f"Records of the kind “{kind}” are entered by hand for now.")
        digest = hashlib.sha256(msgspec.msgpack.encode(values_of(draft))).digest()
        reference = _reference(draft)
        known = await sql.known(tx, connection=message["connection"], reference=reference)
        if known and known["digest"] == digest:
            await sql.seen(tx, connection=message["connection"], reference=reference, now=now)
            return Came(state="unchanged", nsi=known["nsi_id"])
        version = draft.version.value if draft.version else (known["version"] + 1 if known else 1)
        record = Record(message=message, draft=draft, reference=reference, digest=digest, version=version)
        came = await take(tx, record, now)
        if came.state == "raised":
            facts = {"connection": message["connection"], "reference": reference, "digest": digest, "version": version}
            await sql.know(tx, **facts, nsi=came.nsi, now=now)
        return came


def _by(report: Callable[[Tx, Any, datetime], Awaitable[Done[Any]]]) -> Take:
    """What the report of a record comes to. Whatever is in the way leaves nothing of it, and is said to a person."""

    async def take(tx: Tx, record: Record, now: datetime) -> Came:
        try:
            async with tx.transaction():
                done = await report(tx, record, now)
        except Unfit as error:
            return Came(state="review", reason=str(error), missing=error.missing)
        except OnTracker as error:
            return Came(state="ignored", reason=str(error))
        except BedspaceError as error:
            return Came(state="review", reason=str(error))
        nsi = done.result.id if isinstance(done.result, NsiReported) else None
        return Came(state="raised", nsi=nsi, events=done.events, persons=done.persons)

    return take


def _reference(draft: Draft) -> str:
    """What the far system calls it; else made of who it is about, and when, so that the same is known again."""
    if draft.external_reference:
        return draft.external_reference.value[:100]
    values = values_of(draft)
    told = [str(values.get(name, "")) for name in ("crn", "noms", "pnc", "name", "birth_date", "type", "move_on", "at")]
    return "made-" + hashlib.sha256("\0".join(told).encode()).hexdigest()[:32]


def line_of(draft: Draft) -> int | None:
    """Of its first value that stood on one."""
    for name in draft.__struct_fields__:
        found = getattr(draft, name)
        words = found.source.split() if found else []
        if "line" in words and words[-1] != "line":
            number = words[words.index("line") + 1].rstrip(",")
            if number.isdigit() and len(number) < 10:
                return int(number)
    return None


async def _keep(tx: Tx, inbox: UUID, n: int, draft: Draft, came: Came) -> None:
    await sql.keep_record(
        tx,
        inbox=inbox,
        n=n,
        kind=str(draft.__struct_config__.tag),
        state=came.state,
        reason=came.reason,
        line=line_of(draft),
        missing=came.missing,
        nsi=came.nsi,
        draft=draft,
    )
