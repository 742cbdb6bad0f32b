"""A release taken in hand, and what acts on it answer.

Locks are taken in one order: beds, placements, persons, then releases, then NSIs. So a verb on a release that also
changes its placement does that first, and only then takes the release.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.releases.needs import sql as needs_sql
from gateway.releases.needs import title_of
from schemas.acts import Done, Event
from schemas.errors import Conflict, NotThere
from schemas.releases import QuestionKind, ReleaseDone, ReleaseState
from schemas.words import PlacementState

sql = queries(__file__)

OVER: frozenset[ReleaseState] = frozenset({"released", "returned", "cancelled"})
HAS_BED: frozenset[PlacementState] = frozenset({"booked", "arrived"})
ASKS: frozenset[PlacementState] = frozenset({"referred", "offered", "displaced"})


async def look(tx: Tx, release: UUID) -> Any:
    """A release in reach as it is just now, nothing locked. Raises `NotThere`."""
    row = await sql.release(tx, id=release)
    if row is None:
        raise NotThere("There is no such release, or it is not yours to see.")
    return row


async def take(tx: Tx, release: UUID) -> Any:
    """The same, locked until this transaction ends."""
    await sql.lock(tx, id=release)
    return await look(tx, release)


def refuse_over(row: Any) -> None:
    """Raises `Conflict`."""
    if row["state"] in OVER:
        raise Conflict(f"{row['reference']} is {row['state']}: nothing about it can be changed. Send a new notice.")


async def tell(tx: Tx, release: UUID, kind: str, at: datetime, note: str = "") -> None:
    """One more line of its history. `note` says nothing about the person."""
    await sql.tell(tx, release=release, at=at, kind=kind, note=note)


async def ask(tx: Tx, release: UUID, kind: QuestionKind, said: str, now: datetime) -> bool:
    """Ask somebody to decide; answer whether that is new."""
    return await sql.ask(tx, release=release, kind=kind, said=said, now=now) is not None


async def answered(tx: Tx, release: UUID, kind: QuestionKind, answer: str, now: datetime) -> bool:
    """The question is settled, by whoever acts; answer whether it was open."""
    return await sql.answer(tx, release=release, kind=kind, answer=answer, now=now) is not None


def state_of(row: Any) -> ReleaseState:
    """Where it stands, from what is on record."""
    state: ReleaseState = row["state"]
    if state in OVER:
        return state
    if row["placement_state"] in HAS_BED:
        return "ready"
    if row["placement_state"] in ASKS:
        return "referred"
    if row["kind"] == "rotl" or row["address_checked"] == "suitable":
        return "ready"
    return "needs_bed" if row["address"] is None or row["address_checked"] == "not_suitable" else "noticed"


async def settle(tx: Tx, release: UUID, now: datetime) -> Any:
    """Set the state, and meet or reopen what is met by record alone; answer the row as it is then."""
    row = await look(tx, release)
    state = state_of(row)
    if state != row["state"]:
        await sql.set_state(tx, id=release, state=state, now=now)
        await tell(tx, release, f"became_{state}", now)
    if state not in OVER:
        await _meet(tx, row, "place", now, holds=state == "ready")
        await _meet(tx, row, "nsi", now, holds=row["nsi_status"] is not None or _stays_at_home(row))
        await _meet(tx, row, "responsible_officer", now, holds=row["officer_email"] is not None)
    return await look(tx, release)


def _stays_at_home(row: Any) -> bool:
    """Only a place that is sure says so."""
    if row["placement_state"] in HAS_BED:
        return bool(row["premises_pdu"] == row["home"])
    return bool(row["address_checked"] == "suitable" or row["kind"] == "rotl") and row["pdu_code"] == row["home"]


async def _meet(tx: Tx, row: Any, kind: str, now: datetime, *, holds: bool) -> None:
    if holds:
        await needs_sql.settle(tx, release=row["id"], kind=kind, why=None, now=now)
    elif kind != "responsible_officer" and await sql.was_met_by_record(tx, release=row["id"], kind=kind):
        await needs_sql.reopen(tx, release=row["id"], kind=kind)


def audience(row: Any) -> list[str]:
    """Who can be told by letter: `spoc` of resettlement, `home`, `officer`, `prison`, `premises`, `ap_spoc`."""
    whom = ["spoc"]
    if row["home"] != row["pdu_code"]:
        whom.append("home")
    if row["officer_email"]:
        whom.append("officer")
    if row["contact_email"]:
        whom.append("prison")
    if row["placement_state"] in (*HAS_BED, *ASKS) and row["premises_id"]:
        whom += ["premises", "ap_spoc"]
    return whom


def event(row: Any, kind: str, **body: Any) -> Event:
    """Owes a letter to everybody of `audience`, unless `tell` says to whom."""
    return Event(kind, f"release:{row['id']}", row["person_id"], {"tell": audience(row), **body})


def changed_event(before: Any, row: Any) -> Event:
    """The same for what has changed; who received there before is told as well."""
    elsewhere = before["pdu_code"] != row["pdu_code"]
    return event(row, "release_changed", tell=[*audience(row), *(["former"] if elsewhere else [])])


async def done(tx: Tx, release: UUID, now: datetime, events: Sequence[Event] = ()) -> Done[ReleaseDone]:
    """What a write answers."""
    row = await look(tx, release)
    today = london_today(now)
    lacking = [] if row["state"] in OVER else await needs_sql.needs(tx, release=release)
    result = ReleaseDone(
        id=release,
        reference=row["reference"],
        state=row["state"],
        release_on=row["release_on"],
        pdu=row["pdu_code"],
        placement=row["placement_id"],
        nsi=row["nsi_id"],
        must_exist_today=[title_of(one["kind"]) for one in lacking if one["met_at"] is None and one["due"] <= today],
        questions=[one["said"] for one in await sql.open_questions(tx, release=release)],
    )
    return Done(result, tuple(events), (row["person_id"],), f"release:{release}")
