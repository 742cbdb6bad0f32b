"""An invented NSI, the message it came from, and what is owed for them."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import asyncpg
import pytest
from msgspec import Struct

from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from schemas.acts import Done, Event

NSI = UUID("00000000-0000-4000-8000-0000000000a1")
MESSAGE = UUID("00000000-0000-4000-8000-0000000000b1")
PERSON = UUID("00000000-0000-4000-8000-0000000000c1")
CANARIES = ("Zebedee", "Example-Canary", "X999001", "A9991ZZ", "1 Canary Street", "LS1 4AP", "1987", "canary reason")
"""All that is known of the person, none of which may be in any mail."""

Owe = Callable[..., Awaitable[None]]


class Happen(Struct, frozen=True):
    action: ClassVar[str] = "intake.settle"
    events: tuple[Event, ...]


async def happen(tx: Tx, command: Happen, now: datetime) -> Done[None]:
    return Done(None, command.events)


@pytest.fixture
def owe(house: House) -> Owe:
    """Lets events happen through `act`, which owes their letters."""

    async def owed(*events: Event) -> None:
        await act(house, GATEWAY, happen, Happen(events))

    return owed


def routed(nsi: UUID = NSI, person: UUID = PERSON) -> Event:
    return Event("nsi_routed", f"nsi:{nsi}", person)


def settled(message: UUID = MESSAGE) -> Event:
    return Event("message_settled", f"inbox:{message}", PERSON, {"answer": True})


@pytest.fixture
async def owner(database: str) -> "asyncpg.Connection[asyncpg.Record]":
    return await asyncpg.connect(database)


@pytest.fixture
async def nsi(owner: "asyncpg.Connection[asyncpg.Record]", now: datetime) -> UUID:
    """A prepared NSI with a SPOC, a clock and a message, and a person full of canaries."""
    await owner.execute("insert into region (code, name) values ('R1', 'Invented Region')")
    await owner.execute("insert into pdu (code, region_code, name, title) values ('P1', 'R1', 'Inventon', 'Inventon')")
    spoc = await owner.fetchval(
        "insert into spoc (pdu_code, purpose, name, email, phone, hours, team) values "
        "('P1', 'transfer', 'Sam Invented', 'spoc.inventon@example.invalid', '0', 'office', 'duty') returning id"
    )
    await owner.execute(
        "insert into person (id, crn, noms, name, birth_date, gender, created_at) values ($1, 'X999001', 'A9991ZZ', "
        "'Zebedee Example-Canary', '1987-06-05', 'male', $2)",
        PERSON,
        now,
    )
    await owner.execute(
        "insert into inbox (id, received_at, channel, submitted_by, source_key, content_type, raw, sha256, state, "
        "sender_email, message_id, draft) values ($1, $2, 'http', 'someone', 'k1', 'message/rfc822', 'Zebedee', 'x', "
        "'prepared', 'pat@probation.example.invalid', '<abc@example.invalid>', $3)",
        MESSAGE,
        now,
        '{"subject": "Zebedee Example-Canary"}',
    )
    await owner.execute(
        "insert into nsi (id, type, status, person_id, move_on, address, postcode, reason, receiving_pdu, "
        "receiving_region, spoc_id, missing, inbox_id, referred_on, created_at) values ($1, 'case_transfer', "
        "'prepared', $2, '2026-12-28', '1 Canary Street', 'LS1 4AP', 'canary reason', 'P1', 'R1', $3, "
        "'{birth_date,mappa}', $4, '2026-11-22', $5)",
        NSI,
        PERSON,
        spoc,
        MESSAGE,
        now,
    )
    await owner.execute(
        "insert into nsi_clock (nsi_id, rule, title, due) values ($1, 'T-02', 'Written confirmation', $2)",
        NSI,
        date(2026, 11, 24),
    )
    return NSI
