"""`bedspace placements`: list many, show one."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from typing import get_args
from uuid import UUID

import msgspec
import rich_click as click

from bedspace.nights import LONDON, spoken
from gateway.access.act import act, set_scope
from gateway.access.actors import OPERATOR
from gateway.placements.read import id_of, list_placements, read_placement
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import Works, open_works
from schemas.placements import Approach, ListPlacements, Placement, PlacementPage, PlacementRow, ReadPlacement
from schemas.words import PlacementState

MASKED = "(limited access)"
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def placements() -> None:
    """AP referrals, bookings and stays. A limited-access person is masked here too; looking is on the audit record.

    \b
    bedspace placements list --premises LDS --on 2026-12-03    who has a bed there that night
    bedspace placements list --state referred --region N55     what waits for an answer
    bedspace placements show PL-000123                         one, with who was asked and what happened
    """


@placements.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(which: str, *, as_json: bool) -> None:
    """Show one placement, by its id or by its reference, such as PL-000123.

    It says where and when, who was asked and what they said, what happened, and what can be done now.
    """
    found = asyncio.run(_show(which))
    click.echo(_json(found) if as_json else "\n".join(_whole(found)))


@placements.command("list")
@click.option("--state", type=click.Choice(get_args(PlacementState)), help="Only those in this state.")
@click.option("--premises", metavar="CODE", help="Lived, booked or offered there, or asked of it.")
@click.option("--region", metavar="CODE", help="That this region referred, such as N55.")
@click.option("--on", type=DAY, metavar="DATE", help="Who has a bed that night, such as 2026-12-03.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="At most so many.")
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(
    state: PlacementState | None,
    premises: str | None,
    region: str | None,
    on: datetime | None,
    limit: int,
    cursor: str | None,
    *,
    as_json: bool,
) -> None:
    """List placements, newest first. Each filter narrows; `bedspace premises list` has the codes.

    \b
    bedspace placements list --state arrived --premises LDS    who lives there
    bedspace placements list --json | jq '.items[].reference'
    """
    day = on.date() if on else None
    asked = ListPlacements(state=state, premises=premises, region=region, on=day, limit=limit, cursor=cursor)
    page = asyncio.run(_list(asked))
    if as_json:
        click.echo(_json(page))
        return
    narrowed = any((state, premises, region, on, cursor))
    none = "No placement is like that." if narrowed else "There are no placements yet. An AP referral makes the first."
    click.echo("\n".join(_row(row) for row in page.items) or none)
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


async def _show(which: str) -> Placement:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, read_placement, ReadPlacement(id=await _id(works, which)))


async def _id(works: Works, which: str) -> UUID:
    try:
        return UUID(which)
    except ValueError:
        async with transaction(works.pool, readonly=True) as tx:
            await set_scope(tx, OPERATOR, "nation")
            return await id_of(tx, which)


async def _list(asked: ListPlacements) -> PlacementPage:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, list_placements, asked)


def _json(answer: Placement | PlacementPage) -> str:
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _row(row: PlacementRow) -> str:
    who = f"{row.crn or 'no CRN':<8} {row.name}" if row.name else MASKED
    where = row.bed or row.premises or "nowhere yet"
    state = row.state.replace("_", " ")
    return f"{row.reference}  {state:<11}  {row.arrives_on} to {row.departs_on}  {where:<12}  {who}"


def _whole(found: Placement) -> Iterator[str]:
    yield f"{found.reference}  {found.state.replace('_', ' ')}, {found.timeliness.replace('_', ' ')}  ({found.id})"
    for label, text in _facts(found):
        if text:
            yield f"  {label:<12}{text}"
    yield from _part("Asked", (_approach(one) for one in found.approaches))
    yield from _part("What happened", (f"{_hour(h.at)}  {h.what}{_note(h.note)}  ({h.by})" for h in found.history))
    allowed = ", ".join(one.act.replace("_", " ") for one in found.may if one.allowed)
    yield from _part("May be done now", iter([allowed] if allowed else []))


def _facts(found: Placement) -> Iterator[tuple[str, str | None]]:
    person, risk, move = found.person, found.risk, found.relocation
    numbers = [number for number in (person.crn, person.noms, person.pnc) if number]
    yield "person", ", ".join([person.name, *numbers]) if person.name else MASKED
    yield "born", spoken(person.birth_date) if person.birth_date else None
    yield "nights", f"{spoken(found.arrives_on)} to {spoken(found.departs_on)}{_late(found.expected_departure, found)}"
    at = found.premises
    yield "where", f"{at.name} ({at.code}){f', bed {found.bed}' if found.bed else ''}" if at else "nowhere yet"
    yield "needs", ", ".join(code.replace("_", " ") for code in found.wanted.needs)
    said = {"to staff": risk.to_staff, "to residents": risk.to_residents, "serious harm": risk.rosh}
    yield "risk", ", ".join(f"{what}: {level.replace('_', ' ')}" for what, level in said.items() if level)
    yield "away", f"{found.away}, since {_hour(found.away_since)}" if found.away and found.away_since else None
    if move is not None:
        yield "move", f"to {move.to_premises.name} ({move.to_premises.code}) on {spoken(move.on)}, {move.state}"
    yield "waits since", _hour(found.waiting_since) if found.waiting_since else None
    yield "referred by", ", ".join(one for one in (found.referred_by, found.referring_pdu) if one)
    yield "officer", ", ".join(one for one in (found.officer_name, found.officer_email) if one)
    yield "ended", ", ".join(one for one in (found.ended_reason, found.move_on, found.ended_note) if one)


def _late(expected: date, found: Placement) -> str:
    if found.departed_at is None or expected == found.departs_on:
        return ""
    return f" (expected to leave on {spoken(expected)})"


def _approach(one: Approach) -> str:
    if one.outcome is None:
        said = f"to answer by {_hour(one.answer_by)}"
    else:
        said = " ".join(part for part in (one.outcome, one.reason and f"({one.reason})") if part)
    return f"{_hour(one.asked_at)}  {one.premises.name} ({one.premises.code}): {said}"


def _note(note: str) -> str:
    return f": {note}" if note else ""


def _hour(at: datetime) -> str:
    """In London."""
    return f"{at.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    inside = list(lines)
    if inside:
        yield f"\n{title}"
        yield from (f"  {line}" for line in inside)
