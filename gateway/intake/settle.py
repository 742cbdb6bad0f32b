"""What a message comes to: NSIs prepared and routed, or a question to a person, or nothing to do. Never silence."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.connections.health import note, note_faulty
from gateway.intake.checklist import NATIONAL, Facts, asked_beyond, facts_of, lacking
from gateway.intake.outcomes import Outcome, count_codes, outcome_of_records
from gateway.intake.preparing import ForReview, Preparing
from gateway.intake.records import Taker
from gateway.intake.threads import gather
from gateway.people.keep import lock_identities
from gateway.transfers.regime import regime_on
from schemas.acts import Done, Event
from schemas.drafts import Reading
from schemas.errors import NotThere
from schemas.inbox import InboxItem, SettleMessage

sql = queries(__file__)

UNSETTLED = ("stored", "reading")
LONGEST_ID = 500
"""Characters of a Message-ID that are kept and compared."""


class Settler:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._preparing = Preparing(postcodes)
        self.taker = Taker(postcodes)
        """Of the records of trusted connections."""

    async def settle(self, tx: Tx, command: SettleMessage, now: datetime) -> Done[InboxItem]:
        """Settling again is harmless: the first settlement stands. Raises `NotThere`."""
        row = await sql.unsettled(tx, id=command.inbox_id)
        if row is None:
            raise NotThere("There is no such message, or it is not yours to see.")
        subject = f"inbox:{command.inbox_id}"
        if row["state"] not in UNSETTLED:
            return Done(msgspec.convert(row, InboxItem), subject=subject)
        reading = command.reading and plain(command.reading)
        outcome = await self._outcome(tx, row, reading, command.fault, now)
        sender = _sender(reading)
        settled = await _keep(tx, command.inbox_id, reading, outcome, sender, now)
        await gather(tx, command.inbox_id, reading)
        answer = sender is not None and outcome.state in ("prepared", "review") and not row["trusted"]
        outcome = msgspec.structs.replace(
            outcome, events=(*outcome.events, *await _note(tx, row["connection"], reading, outcome, now))
        )
        event = Event("message_settled", subject, None, {"answer": answer, "state": outcome.state})
        return Done(msgspec.convert(settled, InboxItem), (*outcome.events, event), subject=subject)

    async def _outcome(self, tx: Tx, row: Any, reading: Reading | None, fault: str, now: datetime) -> Outcome:
        if reading is None:
            return Outcome(state="refused", reason=fault or "This message could not be read. The original is kept.")
        if row["trusted"]:
            return await outcome_of_records(tx, row["inbox_id"], reading)
        if reading.automatic:
            return Outcome(state="ignored", reason=f"An automatic message ({reading.automatic}). It is not answered.")
        twin = await _twin(tx, row, reading)
        if twin is not None:
            return Outcome(state="duplicate", reason="The same message came before.", nsi_ids=twin["nsi_ids"])
        return await self._prepared(tx, row, reading, now)

    async def _prepared(self, tx: Tx, row: Any, reading: Reading, now: datetime) -> Outcome:
        """Every draft its own NSI, or the whole message for review."""
        today = london_today(now)
        facts = [facts_of(draft, today) for draft in reading.nsis]
        regime = regime_on(today)
        more = _each_once([asked_beyond(one, regime) for one in facts])
        short = _each_once([lacking(one) for one in facts]) if facts else _all_but_the_sender(reading)
        if short:
            return Outcome(state="review", reason=_too_little(facts), missing=short + more)
        if left := _left_over(reading):
            return Outcome(state="review", reason=left, missing=more)
        try:
            async with tx.transaction():
                await lock_identities(tx, [one.identity for one in facts])
                kept = await self._preparing.prepare(tx, row, list(zip(reading.nsis, facts, strict=True)), now)
        except ForReview as review:
            return Outcome(state="review", reason=str(review), missing=[*review.missing, *more], nsi_ids=review.nsis)
        events = tuple(event for one in kept for event in one.events)
        return Outcome(state="prepared", missing=more, nsi_ids=[one.id for one in kept], events=events)


async def _note(
    tx: Tx, connection: str | None, reading: Reading | None, outcome: Outcome, now: datetime
) -> tuple[Event, ...]:
    """How its connection goes by this, and which of its codes have no word yet."""
    if connection is None:
        return ()
    if reading is None:
        await note_faulty(tx, connection, outcome.reason or "A message could not be read.", now)
        return ()
    if reading.unmapped:
        await count_codes(tx, connection, reading.unmapped, now)
    return await note(tx, connection, None, now)


def plain(reading: Reading) -> Reading:
    """Without what a table of text cannot hold (NUL, half a surrogate pair), and without the attachments' bytes."""
    return msgspec.convert(_plain(msgspec.to_builtins(msgspec.structs.replace(reading, parts=[]))), Reading)


def _plain(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\0", "").encode(errors="replace").decode()
        case list():
            return [_plain(one) for one in value]
        case dict():
            return {key: _plain(one) for key, one in value.items()}
    return value


def _all_but_the_sender(reading: Reading) -> list[str]:
    return [name for name in NATIONAL if name != "sender_email" or not reading.sender_email]


def _too_little(facts: list[Facts]) -> str:
    if not facts:
        return "Nothing in this message names a person who moves."
    if len(facts) > 1:
        return f"This message holds {len(facts)} requests, and not each has all that an NSI needs."
    return "This message does not hold all that an NSI needs."


def _left_over(reading: Reading) -> str:
    """What is no NSI is looked at by a person, and so is what could not be read: nothing is dropped in silence."""
    said = []
    if others := len(reading.drafts) - len(reading.nsis):
        said.append(f"This message holds {others} records beside its requests, which must be entered by hand.")
    if reading.refused:
        first = reading.refused[0]
        said.append(
            f"{len(reading.refused)} rows cannot be read; line {first.line}, column {first.column}: {first.why}"
        )
    return " ".join(said)


def _each_once(lists: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


def _sender(reading: Reading | None) -> str | None:
    if reading is None:
        return None
    found = [draft.sender_email.value for draft in reading.nsis if draft.sender_email]
    return reading.sender_email or next(iter(found), None)


async def _twin(tx: Tx, row: Any, reading: Reading) -> Any:
    """The message that this one repeats: the same bytes, or the same Message-ID with the same text."""
    message_id = reading.message_id[:LONGEST_ID]
    keys = [f"bytes:{row['sha256'].hex()}", f"message:{message_id}:{reading.body_hash}"]
    await sql.lock_messages(tx, keys=keys)
    return await sql.twin(
        tx, id=row["inbox_id"], sha256=row["sha256"], message_id=message_id or None, body_hash=reading.body_hash
    )


async def _keep(
    tx: Tx, inbox: UUID, reading: Reading | None, outcome: Outcome, sender: str | None, now: datetime
) -> Any:
    return await sql.settle(
        tx,
        id=inbox,
        state=outcome.state,
        reason=outcome.reason,
        missing=outcome.missing,
        nsi_ids=outcome.nsi_ids,
        draft=reading,
        message_id=(reading.message_id[:LONGEST_ID] or None) if reading else None,
        body_hash=reading.body_hash if reading else None,
        read_as=(reading.read_as or None) if reading else None,
        sender_email=sender,
        now=now,
    )
