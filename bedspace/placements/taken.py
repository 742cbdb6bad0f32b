"""A placement taken in hand: its beds, its person and its row locked, always in that order, until the act ends."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct, field

from bedspace.claims.change import lock_beds
from bedspace.nights import london_today
from bedspace.placements.may import BEFORE, Standing
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import NotThere
from schemas.placements import Away, Wanted
from schemas.placing import PlacementDone
from schemas.premises import PremisesType
from schemas.words import Decider, Gender, PlacementState, Timeliness

sql = queries(__file__)

SAVED = (
    *("state", "arrives_on", "departs_on", "premises_id", "arrive_by", "alerted_at", "arrived_at", "departed_at"),
    *("away", "away_since", "away_until", "ended_reason", "ended_note", "move_on", "checked_reason"),
)


class OpenApproach(Struct, frozen=True, kw_only=True):
    """An approach that waits for its answer. `by_hour` is the usual hour of arrival there."""

    id: int
    premises_id: int
    premises: str
    premises_name: str
    bed: str | None
    hold_id: int | None
    decides: Decider
    answer_by: datetime
    by_hour: time
    for_a_move: bool


class OpenMove(Struct, frozen=True, kw_only=True):
    """A move between premises that is asked for or agreed. `departs_on` is from before it."""

    id: int
    approach_id: int
    from_premises: int
    from_code: str
    from_bed: int
    from_bed_code: str
    to_premises: int
    to_code: str
    to_name: str
    to_bed: int
    to_bed_code: str
    on_day: date
    departs_on: date
    state: Literal["asked", "agreed"]
    kept_hold: int | None


class Taken(Struct, frozen=True, kw_only=True):
    """What acts decide by and change: `msgspec.structs.replace` it, then `save`."""

    id: UUID
    reference: str
    state: PlacementState
    person: UUID
    gender: Gender
    type: PremisesType
    timeliness: Timeliness
    arrives_on: date
    departs_on: date
    need: Wanted
    premises_id: int | None
    arrive_by: datetime | None
    alerted_at: datetime | None
    arrived_at: datetime | None
    departed_at: datetime | None
    away: Away | None
    away_since: datetime | None
    away_until: datetime | None
    ended_reason: str | None
    ended_note: str
    move_on: str | None
    checked_reason: str | None
    officer_email: str | None
    approaches: list[OpenApproach] = field(default_factory=list)
    move: OpenMove | None = None
    proposed: str | None = None
    """The bed that the waiting list keeps for it, locked."""

    @property
    def asked(self) -> list[OpenApproach]:
        """Open approaches for the placement itself, not for a move."""
        return [one for one in self.approaches if not one.for_a_move]

    @property
    def subject(self) -> str:
        return f"placement:{self.id}"

    def standing(self, today: date) -> Standing:
        return Standing(
            state=self.state,
            arrives_on=self.arrives_on,
            today=today,
            open_approaches=len(self.asked),
            away=self.away is not None,
            move=self.move.state if self.move else None,
        )

    def event(self, kind: str, **body: Any) -> Event:
        return Event(kind, self.subject, self.person, body)


async def take(tx: Tx, placement: UUID, now: datetime, *, beds: Sequence[str] = ()) -> tuple[Taken, tuple[Event, ...]]:
    """The placement, and the events of holds that lapsed on the way. `beds` are others that the act will claim.

    Raises `NotThere` (also for a bed), or `Conflict` where it has got another bed meanwhile.
    """
    seen = await sql.look(tx, id=placement)
    if seen is None:
        raise NotThere("There is no such placement, or it is not yours to see.")
    proposed = await sql.proposed_bed(tx, id=placement)
    _, lapsed = await lock_beds(
        tx,
        now,
        beds=sorted({*beds, *seen["beds"], *([proposed] if proposed else [])}),
        claims=seen["holds"],
        placements=[placement],
    )
    await sql.lock_person(tx, person=seen["person_id"])
    row = await sql.take(tx, id=placement)
    approaches = await sql.open_approaches(tx, id=placement)
    move = await sql.open_move(tx, id=placement)
    taken = msgspec.convert(
        {
            **row,
            "approaches": [dict(one) for one in approaches],
            "move": dict(move) if move else None,
            "proposed": proposed,
        },
        Taken,
    )
    return taken, lapsed


async def save(tx: Tx, taken: Taken, now: datetime) -> None:
    saved = await sql.save(
        tx,
        id=taken.id,
        need=msgspec.to_builtins(taken.need),
        waits=taken.state in BEFORE,
        now=now,
        **{name: getattr(taken, name) for name in SAVED},
    )
    if saved is None:
        raise NotThere("This placement has gone out of your reach meanwhile. Nothing was changed.")


async def tell(
    tx: Tx, placement: UUID, kind: str, now: datetime, *, state: PlacementState | None = None, note: str = ""
) -> None:
    """One more line of the history; with the state that it has come to by it."""
    await sql.tell(tx, placement=placement, at=now, kind=kind, state=state, note=note)


async def done(tx: Tx, taken: Taken, events: Sequence[Event] = (), remarks: Sequence[str] = ()) -> Done[PlacementDone]:
    """What the act answers. Whoever has said no may not see it any more: they are told no bed and no premises."""
    row = await sql.done(tx, id=taken.id)
    known = row or {name: getattr(taken, name) for name in ("id", "reference", "state", "arrives_on", "departs_on")}
    answer = msgspec.convert({**known, "remarks": list(remarks)}, PlacementDone)
    return Done(answer, tuple(events), (taken.person,), taken.subject)


async def spocs(tx: Tx, placement: Taken, premises_id: int, approach: int, now: datetime) -> list[str]:
    """Who else learns of an AP referral: `spoc` of the PDU of the premises, `resettlement` where that is known."""
    row = await sql.spocs(
        tx,
        premises_id=premises_id,
        placement=placement.id,
        person=placement.person,
        approach=approach,
        today=london_today(now),
    )
    return [whom for whom in ("spoc", "resettlement") if row[whom]]


async def both_premises(tx: Tx, departs: int, arrives: int, officer_email: str | None) -> list[str]:
    """Who can be told of a move between premises: `departing`, `arriving`, `officer`."""
    told = await audience(tx, departs, None), await audience(tx, arrives, officer_email)
    whom = [name for name, one in zip(("departing", "arriving"), told, strict=True) if "premises" in one]
    return [*whom, *(["officer"] if officer_email else [])]


async def audience(tx: Tx, premises_id: int, officer_email: str | None) -> list[str]:
    """Who can be told by letter: `premises`, `decider`, `duty`, `officer`, `referrer`."""
    purposes = {row["purpose"] for row in await sql.contacts(tx, premises_id=premises_id)}
    whom = []
    if purposes & {"general", "referral"}:
        whom += ["premises", "decider"]
    if "out_of_hours" in purposes:
        whom.append("duty")
    if officer_email:
        whom += ["officer", "referrer"]
    return whom
