"""The review that a temporary move ends with: asked of the origin, which was responsible throughout (C-22, T-16/17)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.locator.locate import receivers_of
from bedspace.nights import london_today, spoken
from bedspace.store import Reader, Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.people.match import Identity
from gateway.transfers.actions import sql as actions
from gateway.transfers.confirm import sql as confirming
from gateway.transfers.ends import sql as ends
from gateway.transfers.fold import BEFORE_IT_STARTS, allowed
from gateway.transfers.gates import check_gates
from gateway.transfers.prepare import Kept, NewNsi, Origin, keep_nsi, tell
from gateway.transfers.recount import recount
from gateway.transfers.regime import regime_on
from gateway.transfers.reports import sql as reports
from gateway.transfers.route import PURPOSES, Route
from gateway.transfers.status import change, taken
from schemas.acts import Done, Event
from schemas.chasing import Kept as Counted
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed
from schemas.move_review import AskReview, MoveReview, MoveReviewed, ReviewMove

sql = queries(__file__)

ASKED = "move_review"
"""The kind of the question."""


async def reviews_of(tx: Tx, nsi: UUID) -> list[MoveReview]:
    return [msgspec.convert(row, MoveReview) for row in await sql.reviews(tx, nsi=nsi)]


async def to_ask(tx: Reader, now: datetime, limit: int = 50) -> list[UUID]:
    """Temporary moves whose review is to be asked for today."""
    return [row["id"] for row in await sql.to_ask(tx, today=london_today(now), limit=limit)]


async def ask_review(tx: Tx, command: AskReview, now: datetime) -> Done[Counted]:
    """Once for each end, whoever asks and however often. The clock T-17 runs beside it, and tells the ladder."""
    row = await taken(tx, command.id)
    move = await sql.move(tx, nsi=command.id)
    subject = f"nsi:{command.id}"
    end = move["ended_on"] or move["until"]
    if row["quiet"] or end is None or not await sql.ask(tx, nsi=command.id, until=end, now=now):
        return Done(Counted(count=0), persons=(row["person_id"],), subject=subject)
    said = (
        f"The temporary move was to end on {spoken(end)}. Is the person back, does it last longer, or is it a transfer?"
    )
    await reports.ask(tx, nsi=command.id, kind=ASKED, said=said, now=now)
    await tell(tx, command.id, "move_review_asked", now, note=f"It was to end on {spoken(end)}.")
    told = ["sending"] if await ends.reachable(tx, nsi=command.id, which="out") else []
    event = Event("move_review_asked", subject, row["person_id"], {"tell": told})
    return Done(Counted(count=1), (event,), (row["person_id"],), subject)


async def review_move(tx: Tx, command: ReviewMove, now: datetime) -> Done[MoveReviewed]:
    """The same decision about the same end again is harmless. Nothing of responsibility passes by it.

    Raises `NotThere`, `NotAllowed` to any but the origin, `Invalid`, and `Conflict`.
    """
    row = await taken(tx, command.id)
    if row["type"] != "temporary_move":
        raise Conflict(f"{row['reference']} is a case transfer: it has no end to review.")
    if not await confirming.is_its_sender(tx, id=row["id"]):
        raise NotAllowed("The origin is responsible during a temporary move, and reviews it. Tell them what you know.")
    if row["status"] in ("prepared", "withdrawn", "returned"):
        raise Conflict(f"{row['reference']} is {row['status']}: there is no move to review.")
    move = await sql.move(tx, nsi=command.id)
    today = london_today(now)
    newest = await sql.newest(tx, nsi=command.id)
    if newest is not None and _said_already(command, newest):
        return await _reviewed(tx, row)
    if newest is not None and newest["decision"] in ("returned", "case_transfer"):
        raise Conflict(f"This end was reviewed already: {newest['decision'].replace('_', ' ')}.")
    asked = newest is not None and newest["decision"] is None
    end: date = newest["until"] if asked else move["ended_on"] or move["until"] or today
    _check(command, row, move, end, today)
    if command.decision == "extended":
        return await _extend(tx, command, row, end, now)
    kept: Kept | None = None
    if command.decision == "case_transfer":
        kept = await _transfer(tx, command, row, move, now)
    return await _end(tx, command, row, end, kept, now)


def _said_already(command: ReviewMove, newest: Any) -> bool:
    if command.decision != newest["decision"]:
        return False
    return command.back_on in (None, newest["back_on"]) and command.until in (None, newest["new_until"])


def _check(command: ReviewMove, row: Any, move: Any, end: date, today: date) -> None:
    if command.decision == "returned":
        _check_back(command.back_on or today, row, move, today)
    if command.decision == "extended":
        _check_longer(command, row, max(end, today))
    if command.decision == "case_transfer" and command.move_on and command.move_on < today:
        raise Invalid.because("move_on", "Give today or a day ahead.")


def _check_back(on: date, row: Any, move: Any, today: date) -> None:
    if on > today:
        raise Invalid.because("back_on", "Give today, or the earlier day on which the person came back.")
    if not allowed("temporary_move", "completed", on, row["move_on"]):
        raise Invalid.because("back_on", f"{BEFORE_IT_STARTS[0].upper()}{BEFORE_IT_STARTS[1:]}")
    if move["started_on"] and on < move["started_on"]:
        raise Invalid.because("back_on", f"The move began on {spoken(move['started_on'])}: give that day or later.")


def _check_longer(command: ReviewMove, row: Any, after: date) -> None:
    if row["status"] == "completed":
        raise Conflict(f"{row['reference']} is completed. Raise a new temporary move instead.")
    faults = []
    if command.until is None or command.until <= after:
        faults.append(FieldFault("until", f"Give the new end, after {spoken(after)}."))
    if not command.why.strip():
        faults.append(FieldFault("why", "Say why it lasts longer, with nothing about the person."))
    if faults:
        raise Invalid(*faults)


async def _extend(tx: Tx, command: ReviewMove, row: Any, end: date, now: datetime) -> Done[MoveReviewed]:
    assert command.until is not None  # noqa: S101  # `_check` has seen to it
    await sql.set_until(tx, nsi=row["id"], until=command.until)
    await _decide(tx, command, row, end, now, new_until=command.until)
    note = f"It lasts until {spoken(command.until)}; it was to end on {spoken(end)}. {command.why}"
    await tell(tx, row["id"], "move_reviewed", now, note=note)
    await recount(tx, row["id"], now)
    return await _reviewed(tx, row, command.decision)


async def _transfer(tx: Tx, command: ReviewMove, row: Any, move: Any, now: datetime) -> Kept:
    """Raised by the origin, which is responsible until it completes."""
    today = london_today(now)
    (receiver,) = await receivers_of(tx, [row["receiving_pdu"]], PURPOSES["case_transfer"], today)
    async with the_whole_nation(tx):
        who = await sql.person(tx, person=row["person_id"])
        have = {name: move[name] for name in ("address", "rosh", "mappa")} | {"sending": move["sending_pdu"]}
        have |= {name: who[name] for name in ("crn", "birth_date", "gender")} | {"reason": "after a temporary move"}
        new = NewNsi(
            type="case_transfer",
            status="raised",
            identity=Identity(**dict(who)),
            person=row["person_id"],
            move_on=command.move_on or today,
            route=Route(
                receiver.region.code,
                receiver.pdu.code,
                receiver.pdu.name,
                receiver.spoc.id if receiver.spoc else None,
                receiver.note,
            ),
            origin=Origin(
                pdu=move["sending_pdu"],
                region=move["region_code"] or move["sending_region"],
                name=move["sender_name"],
                email=move["sender_email"],
            ),
            address=move["address"],
            postcode=move["postcode"],
            rosh=move["rosh"],
            mappa=move["mappa"],
            reason=f"After the temporary move {row['reference']}.",
            missing=[name for name in regime_on(today).asks["case_transfer"] if not have.get(name)],
            evidence={},
            received_at=now,
        )
        kept = await keep_nsi(tx, new, now)
        await tell(tx, kept.id, "linked", now, note=f"After the temporary move {row['reference']}.")
    return kept


async def _end(
    tx: Tx, command: ReviewMove, row: Any, end: date, kept: Kept | None, now: datetime
) -> Done[MoveReviewed]:
    """The temporary move is over, and its review is on the action list."""
    today = london_today(now)
    back_on = (command.back_on or today) if kept is None else None
    await _record(tx, row["id"], back_on, now)
    note = f"Back on {spoken(back_on)}." if back_on else f"It goes on as {kept.reference if kept else ''}."
    await tell(tx, row["id"], "move_reviewed", now, note=f"{note} {command.why}".strip())
    if row["status"] != "completed":
        await check_gates(tx, row, "completed", now, earlier=False)
        await change(tx, row, "completed", now, kind="status", outcome="stayed", ended_on=back_on or today)
    await _decide(tx, command, row, end, now, back_on=back_on, new_nsi=kept.id if kept else None)
    await recount(tx, row["id"], now)
    return await _reviewed(tx, row, command.decision, *(kept.events if kept else ()))


async def _record(tx: Tx, nsi: UUID, back_on: date | None, now: datetime) -> None:
    line = await sql.line(tx, nsi=nsi)
    if line is None or line["done_at"] is not None:
        return
    evidence = {**line["evidence"], "reviewed_on": london_today(now).isoformat()}
    if back_on:
        evidence["back_on"] = back_on.isoformat()
    await actions.complete(tx, nsi=nsi, n=line["n"], now=now, evidence=evidence)


async def _decide(
    tx: Tx,
    command: ReviewMove,
    row: Any,
    end: date,
    now: datetime,
    *,
    back_on: date | None = None,
    new_until: date | None = None,
    new_nsi: UUID | None = None,
) -> None:
    await sql.decide(
        tx,
        nsi=row["id"],
        until=end,
        now=now,
        decision=command.decision,
        back_on=back_on,
        new_until=new_until,
        new_nsi=new_nsi,
        why=command.why,
    )
    await sql.settle(tx, nsi=row["id"], now=now, answer=f"{command.decision.replace('_', ' ').capitalize()}.")


async def _reviewed(tx: Tx, row: Any, decision: str = "", *events: Event) -> Done[MoveReviewed]:
    subject = f"nsi:{row['id']}"
    done = MoveReviewed(id=row["id"], reference=row["reference"], reviews=await reviews_of(tx, row["id"]))
    told: dict[str, Any] = {"decision": decision} | ({"tell": []} if row["quiet"] else {})
    happened = (Event("nsi_move_reviewed", subject, row["person_id"], told), *events) if decision else ()
    return Done(done, happened, (row["person_id"],), subject)
