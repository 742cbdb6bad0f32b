"""The one door: every write, and every read of a person, goes through `act`."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct

from bedspace.store import Tx, queries
from gateway.access.actors import Actor
from gateway.access.permissions import Reach, permit
from gateway.delivery.letters import owed
from gateway.delivery.spread import spread
from gateway.store.database import Pool, transaction
from schemas.acts import Command, Done, Event
from schemas.errors import KeyReused, NotAllowed

sql = queries(__file__)

C = TypeVar("C", bound=Command)
R = TypeVar("R")

KEPT = timedelta(hours=24)


async def nothing_follows(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:  # noqa: ARG001  # as `Follow` is called
    return ()


class House(Struct, frozen=True):
    """What `act` works with: the pool, the time, and a bell for the relay, rung after a commit that owes a delivery."""

    pool: Pool
    now: Callable[[], datetime]
    ring: Callable[[], None] = lambda: None
    follow: Callable[[Tx, tuple[Event, ...], datetime], Awaitable[tuple[Event, ...]]] = nothing_follows
    """What follows elsewhere from what happened, in the same transaction; answers what happened by that."""


async def act(
    house: House,
    actor: Actor,
    verb: Callable[[Tx, C, datetime], Awaitable[Done[R]]],
    command: C,
    *,
    key: str | None = None,
    reason: str | None = None,
) -> R:
    """Run one verb for an actor, in one transaction with its events, deliveries, audit row and answer.

    `key` is an idempotency key: within 24 hours the same key has the same answer and nothing is done again.
    Raises what the verb raises, `NotAllowed`, `KeyReused`, or `Unavailable` when the database does not answer;
    in every case nothing of it stays.
    """
    now = house.now()
    try:
        reach = permit(actor, command.action)
    except NotAllowed:
        await _audit_refusal(house, actor, command, now)
        raise
    async with transaction(house.pool) as tx:
        await set_scope(tx, actor, reach)
        if key is not None:
            given = await _given_before(tx, actor, key, command, now)
            if given is not None:
                return msgspec.json.decode(given, type=_answer_type(verb))  # type: ignore[no-any-return]  # the type is the verb's own
        done = await verb(tx, command, now)
        followed = await house.follow(tx, done.events, now) if done.events else ()
        if followed:
            done = msgspec.structs.replace(done, events=(*done.events, *followed))
        owes = await _keep(tx, actor, command, done, now, reason)
        if key is not None:
            await sql.keep_answer(tx, actor=actor.id, key=key, answer=msgspec.json.encode(done.result))
    if owes:
        house.ring()
    return done.result


async def set_scope(tx: Tx, actor: Actor, reach: Reach) -> None:
    """Open row-level security for this transaction, as far as `reach`."""
    await sql.set_scope(
        tx,
        nation="on" if reach == "nation" else "off",
        regions=",".join(actor.regions) if reach == "region" else "",
        pdus=",".join(actor.pdus) if reach == "pdu" else "",
        premises=",".join(actor.premises) if reach == "premises" else "",
        prisons=",".join(actor.prisons) if reach == "own" else "",
        actor=actor.id,
        role=actor.role,
        nsi=actor.nsi,
        everyone="on" if actor.role == "gateway" else "off",
    )


async def _given_before(tx: Tx, actor: Actor, key: str, command: Command, now: datetime) -> bytes | None:
    fingerprint = hashlib.sha256(command.action.encode() + msgspec.msgpack.encode(command)).digest()
    if await sql.claim_key(tx, actor=actor.id, key=key, fingerprint=fingerprint, now=now):
        return None
    row = await sql.given_answer(tx, actor=actor.id, key=key)
    if row["given_at"] < now - KEPT:
        await sql.renew_key(tx, actor=actor.id, key=key, fingerprint=fingerprint, now=now)
        return None
    if row["fingerprint"] != fingerprint:
        raise KeyReused(
            "This Idempotency-Key was used in the last 24 hours with another body. Send a new key, or the same body."
        )
    answer: bytes = row["answer"]
    return answer


def _answer_type(verb: Callable[..., Any]) -> Any:
    return get_args(verb.__annotations__["return"])[0]


async def _keep(tx: Tx, actor: Actor, command: Command, done: Done[Any], now: datetime, reason: str | None) -> bool:
    owes = await _keep_events(tx, done.events, now)
    persons = {*done.persons, *(event.person for event in done.events if event.person)}
    await sql.audit(
        tx,
        at=now,
        actor=actor.id,
        role=actor.role,
        action=command.action,
        subject=done.subject or (done.events[0].subject if done.events else ""),
        persons=sorted(persons),
        reason=reason,
        outcome="done",
    )
    return owes


async def _keep_events(tx: Tx, events: tuple[Event, ...], now: datetime) -> bool:
    """Store what happened, and the letters and deliveries it owes; answer whether any is owed."""
    if not events:
        return False
    rows = await sql.keep_events(
        tx,
        at=now,
        kinds=[event.kind for event in events],
        subjects=[event.subject for event in events],
        persons=[event.person for event in events],
        bodies=[event.body for event in events],
    )
    letters = [(row["id"], event, letter) for row, event in zip(rows, events, strict=True) for letter in owed(event)]
    for event_id, event, letter in letters:
        lane = f"person:{event.person}" if event.person else event.subject
        await sql.owe(
            tx, event_id=event_id, channel="mail", purpose=letter, subject=event.subject, lane=f"{lane}:{letter}"
        )
    spreads = await spread(tx, [row["id"] for row in rows], events)
    return bool(letters) or spreads


async def _audit_refusal(house: House, actor: Actor, command: Command, now: datetime) -> None:
    async with transaction(house.pool) as tx:
        await sql.audit(
            tx,
            at=now,
            actor=actor.id,
            role=actor.role,
            action=command.action,
            subject="",
            persons=[],
            reason=None,
            outcome="not_allowed",
        )
