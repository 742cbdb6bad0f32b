"""What follows for a release from what happens to its placement: in the same transaction, by whichever door."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.link import begin_nsi, end_nsi, keep_in_step, stays
from gateway.releases.record import OVER, answered, ask, event, look, settle, take, tell
from schemas.acts import Event

sql = queries(__file__)

Then = Callable[[Tx, Any, Event, datetime], Awaitable[list[Event]]]
"""What follows, given the release as it is, and what happened."""


async def follow(tx: Tx, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Events that are about no placement of a release cost nothing, or one look."""
    about = [(placement, one) for one in events if (placement := _placement(one))]
    if not about:
        return ()
    followed: list[Event] = []
    async with the_whole_nation(tx):
        for placement, happened in about:
            for row in await sql.of_placement(tx, placement=placement):
                release = await take(tx, row["id"])
                followed += await FOLLOWS[happened.kind](tx, release, happened, now)
    return tuple(followed)


def _placement(happened: Event) -> UUID | None:
    if happened.kind not in FOLLOWS:
        return None
    if happened.kind == "premises_asked":
        return UUID(happened.body["placement"])
    kind, _, placement = happened.subject.partition(":")
    return UUID(placement) if kind == "placement" else None


async def _asked(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:  # noqa: ARG001  # as `Then` is called
    """Whoever decides and both SPOCs are told by the approach itself."""
    await settle(tx, row["id"], now)
    return []


async def _accepted(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:
    row = await settle(tx, row["id"], now)
    raised = await keep_in_step(tx, row, now)
    for kind in ("bed_lost", "bed_not_free"):
        await answered(tx, row["id"], kind, "A bed is booked.", now)
    await tell(tx, row["id"], "bed_booked", now, f"{row['placement_reference']}, at {happened.body['premises']}.")
    row = await settle(tx, row["id"], now)
    return [*raised, event(row, "release_bed_ready")]


async def _lost(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:
    """No bed any more, or no premises left that are asked. What is displaced keeps its NSI until it has another bed."""
    row = await settle(tx, row["id"], now)
    ended = await keep_in_step(tx, row, now)
    if row["state"] in OVER and row["placement_state"] == "cancelled":
        return ended
    row = await settle(tx, row["id"], now)
    if (row["state"] == "referred" and row["placement_state"] != "displaced") or row["state"] == "cancelled":
        return ended
    said = (
        f"{row['placement_reference']} has no bed: {happened.kind.partition('_')[2].replace('_', ' ')}. Find another."
    )
    if not await ask(tx, row["id"], "bed_lost", said, now):
        return ended
    await tell(tx, row["id"], "bed_lost", now, f"{row['placement_reference']}.")
    return [*ended, event(row, "release_bed_lost")]


async def _nights(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:  # noqa: ARG001  # as `Then` is called
    return await keep_in_step(tx, row, now)


async def _moved(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:  # noqa: ARG001  # as above
    """Between premises: where they lie in another PDU the one temporary move is over, and the next begins."""
    return await keep_in_step(tx, row, now, over="completed")


async def _arrived(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:  # noqa: ARG001  # as above
    """Who has arrived was released, and the NSI has begun."""
    changed = await keep_in_step(tx, row, now)
    row = await look(tx, row["id"])
    await begin_nsi(tx, row, row["arrives_on"], now)
    if row["state"] in OVER:
        return changed
    await sql.released(tx, id=row["id"], on=row["arrives_on"], now=now)
    await tell(tx, row["id"], "released", now)
    await answered(tx, row["id"], "was_released", "The person has arrived.", now)
    return [*changed, event(row, "release_happened")]


async def _departed(tx: Tx, row: Any, happened: Event, now: datetime) -> list[Event]:
    """The end of the stay ends its NSI; where the person moves on to is asked, and never guessed."""
    ended = await end_nsi(tx, row, "completed", now)
    if {happened.body.get("move_on"), happened.body.get("reason")} & set(stays().not_asked_where_to):
        return ended
    said = "The stay is over. Where has the person moved on to? In another PDU than home it may want a case transfer."
    if not await ask(tx, row["id"], "move_on", said, now):
        return ended
    return [*ended, event(row, "release_move_on_asked", tell=_those_at_home(row))]


def _those_at_home(row: Any) -> list[str]:
    whom = ["spoc", "home"] if row["home"] != row["pdu_code"] else ["spoc"]
    return [*whom, "officer"] if row["officer_email"] else whom


FOLLOWS: dict[str, Then] = {
    "premises_asked": _asked,
    "placement_accepted": _accepted,
    "placement_declined": _lost,
    "approach_lapsed": _lost,
    "placement_withdrawn": _lost,
    "placement_cancelled": _lost,
    "person_not_arrived": _lost,
    "booking_displaced": _lost,
    "placement_extended": _nights,
    "placement_shortened": _nights,
    "booking_begins_later": _nights,
    "person_moved": _moved,
    "person_arrived": _arrived,
    "person_departed": _departed,
}
