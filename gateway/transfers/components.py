"""Components of a case transfer: each decided on its own, by a court or by one of the areas (C-24, T-28)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.status import taken
from schemas.acts import Done, Event
from schemas.components import (
    AddComponents,
    ApplyToCourt,
    Component,
    ComponentKind,
    ComponentsKept,
    DecideComponent,
    Decides,
    LeaveComponentOpen,
    StartComponent,
)
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed, NotThere

sql = queries(__file__)

WHO = {"receiving": "the receiving area", "sending": "the sending area", "court": "a court"}
ELSEWHERE: frozenset[ComponentKind] = frozenset({"requirement", "licence_condition", "unpaid_work", "programme", "nsi"})
"""What may go on in the receiving area before the transfer."""
OF_RECORD: dict[str, ComponentKind] = {
    "order": "order",
    "licence": "supervision",
    "order_requirement": "requirement",
    "licence_requirement": "licence_condition",
}
BY_ITSELF: dict[str, ComponentKind] = {"programme": "programme", "unpaid_work": "unpaid_work"}
"""Requirements that are components of a kind of their own."""


async def components_of(tx: Tx, nsi: UUID) -> list[Component]:
    return [msgspec.convert(row, Component) for row in await sql.components(tx, nsi=nsi)]


async def add_components(tx: Tx, command: AddComponents, now: datetime) -> Done[ComponentsKept]:
    """What is there, of the same kind and title, is not added again. Raises `NotThere`, `Invalid`, `Conflict`."""
    row = await _open(tx, command.id)
    wrong = [
        FieldFault(f"items[{n}].decides", "A court decides about an order.")
        for n, one in enumerate(command.items)
        if one.kind == "order" and one.decides not in (None, "court")
    ]
    if wrong or not (command.items or command.from_record):
        raise Invalid(*wrong or [FieldFault("items", "Name a component, or take those that are on record.")])
    added = [one.title for one in command.items if await _add(tx, command.id, one.kind, one.title, now, one=one)]
    if command.from_record:
        for found in await sql.of_record(tx, nsi=command.id, today=london_today(now)):
            kind = BY_ITSELF.get(found["what"], OF_RECORD[found["kind"]])
            if await _add(tx, command.id, kind, found["title"], now, record=found):
                added.append(found["title"])
    if added:
        await tell(tx, command.id, "component_added", now, note=f"{'; '.join(added)}.")
    return await _kept(tx, row, "nsi_component_added" if added else "")


async def _add(
    tx: Tx, nsi: UUID, kind: ComponentKind, title: str, now: datetime, *, one: Any = None, record: Any = None
) -> bool:
    title = " ".join(title.split())
    if not title or await sql.like(tx, nsi=nsi, kind=kind, title=title):
        return False
    decides: Decides = "court" if kind == "order" else "receiving"
    await sql.add(
        tx,
        nsi=nsi,
        kind=kind,
        title=title,
        decides=(one and one.decides) or decides,
        court=one.court if one else "",
        from_court=one.from_court if one else (record["court"] if kind == "order" else ""),
        sentence=record and record["sentence_id"],
        requirement=record and record["requirement_n"],
        now=now,
    )
    return True


async def apply_to_court(tx: Tx, command: ApplyToCourt, now: datetime) -> Done[ComponentsKept]:
    """From then on a court decides. Raises `NotThere`, `Invalid`, and `Conflict` where it is decided."""
    row, part = await _part(tx, command.id, command.n)
    on = _day(command.on, now)
    if part.decision != "pending":
        raise Conflict(f"“{part.title}” was decided on {_spoken(part.decided_on)}: {part.decision}.")
    if (part.court, part.applied_on) == (command.court, on):
        return await _kept(tx, row)
    await sql.apply(tx, nsi=command.id, n=command.n, court=command.court, from_court=command.from_court, on=on)
    note = f"{part.title}: {command.court} was applied to on {spoken(on)}."
    await tell(tx, command.id, "component_applied", now, note=note)
    return await _kept(tx, row, "nsi_component_applied")


async def decide_component(tx: Tx, command: DecideComponent, now: datetime) -> Done[ComponentsKept]:
    """The same decision again is harmless.

    Raises `NotThere`, `Invalid`, `NotAllowed` to the area that does not decide, and `Conflict` where it was decided
    otherwise before the transfer completed.
    """
    row, part = await _part(tx, command.id, command.n)
    on = _day(command.on, now)
    if (part.decision, part.decided_on) == (command.decision, on):
        return await _kept(tx, row)
    sides = await sql.sides(tx, nsi=command.id)
    if part.decides != "court" and not sides[part.decides]:
        raise NotAllowed(f"“{part.title}” is decided by {WHO[part.decides]}. Ask them to record it.")
    if part.decision != "pending" and row["status"] == "completed":
        raise Conflict(f"{row['reference']} is completed, and “{part.title}” was decided before: {part.decision}.")
    _check(command, part, on)
    await sql.decide(
        tx,
        nsi=command.id,
        n=command.n,
        decision=command.decision,
        on=on,
        now=now,
        how=command.how,
        reason=command.reason,
        court=command.court,
    )
    by = command.court or part.court if part.decides == "court" else WHO[part.decides]
    note = f"{part.title}: {command.decision}, by {by or 'a court'} on {spoken(on)}. {command.reason}".strip()
    await tell(tx, command.id, "component_decided", now, note=note)
    return await _kept(tx, row, "nsi_component_decided", decision=command.decision)


def _check(command: DecideComponent, part: Component, on: date) -> None:
    faults = []
    if command.decision != "transferred" and not command.reason.strip():
        faults.append(FieldFault("reason", "Say why it stays or is withdrawn, with nothing about the person."))
    if part.decides == "court" and command.decision == "transferred" and not (command.court.strip() or part.court):
        faults.append(
            FieldFault("court", "Name the court that sanctions it: until then the originating court holds it.")
        )
    if part.applied_on and on < part.applied_on:
        faults.append(
            FieldFault("on", f"The court was applied to on {spoken(part.applied_on)}: give that day or later.")
        )
    if faults:
        raise Invalid(*faults)


async def start_component(tx: Tx, command: StartComponent, now: datetime) -> Done[ComponentsKept]:
    """Nothing of the transfer passes by it (T-28). Raises `NotThere`, `Invalid`, `Conflict` for an order."""
    row, part = await _part(tx, command.id, command.n)
    on = _day(command.on, now)
    if part.kind not in ELSEWHERE:
        raise Conflict(f"“{part.title}” goes on in the receiving area when it is transferred, and not before.")
    if part.decision in ("stays", "withdrawn"):
        raise Conflict(f"“{part.title}” was decided: {part.decision}. It does not go on in the receiving area.")
    if part.started_on == on:
        return await _kept(tx, row)
    await sql.start(tx, nsi=command.id, n=command.n, on=on)
    await tell(tx, command.id, "component_started", now, note=f"{part.title}: since {spoken(on)}.")
    return await _kept(tx, row, "nsi_component_started")


async def leave_component_open(tx: Tx, command: LeaveComponentOpen, now: datetime) -> Done[ComponentsKept]:
    """With a reason the case transfer completes before it is decided. Raises `NotThere`, `Invalid`, `Conflict`."""
    row, part = await _part(tx, command.id, command.n)
    if part.decision != "pending":
        raise Conflict(f"“{part.title}” was decided: {part.decision}.")
    why = command.why.strip()
    if not why:
        raise Invalid.because("why", "Say why it is left open, with nothing about the person.")
    if part.left_open == why:
        return await _kept(tx, row)
    await sql.leave_open(tx, nsi=command.id, n=command.n, why=why)
    await tell(tx, command.id, "component_left_open", now, note=f"{part.title}: {why}")
    return await _kept(tx, row, "nsi_component_left_open")


async def _open(tx: Tx, nsi: UUID) -> Any:
    row = await taken(tx, nsi)
    if row["type"] != "case_transfer":
        raise Conflict(f"{row['reference']} is a temporary move: nothing of the case passes by it.")
    if row["status"] in ("withdrawn", "returned"):
        raise Conflict(f"{row['reference']} was {row['status']}: nothing of it is decided any more.")
    return row


async def _part(tx: Tx, nsi: UUID, n: int) -> tuple[Any, Component]:
    row = await _open(tx, nsi)
    part = next((one for one in await components_of(tx, nsi) if one.n == n), None)
    if part is None:
        raise NotThere(f"{row['reference']} has no component {n}.")
    return row, part


def _day(given: date | None, now: datetime) -> date:
    today = london_today(now)
    if given and given > today:
        raise Invalid.because("on", "Give today, or the earlier day on which it was.")
    return given or today


def _spoken(day: date | None) -> str:
    return spoken(day) if day else ""


async def _kept(tx: Tx, row: Any, event: str = "", **body: Any) -> Done[ComponentsKept]:
    subject = f"nsi:{row['id']}"
    kept = ComponentsKept(id=row["id"], reference=row["reference"], components=await components_of(tx, row["id"]))
    events = (Event(event, subject, row["person_id"], body),) if event else ()
    return Done(kept, events, (row["person_id"],), subject)
