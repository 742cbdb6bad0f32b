"""`bedspace nsi`: show one, list many, note, record a status, and cases in flight."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TextIO, get_args
from uuid import UUID

import msgspec
import rich_click as click

from bedspace.nights import LONDON, spoken
from gateway.access.act import act, set_scope
from gateway.access.actors import OPERATOR
from gateway.cli.nsi_log import log
from gateway.cli.nsi_queue import queue
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.transfers.allocate import note_nsi
from gateway.transfers.forecast import forecast
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.read import id_of, list_nsis, read_nsi
from gateway.transfers.status import record_status
from gateway.wiring import Works, open_works
from schemas.chasing import Forecast, ForecastAnswer
from schemas.nsi_life import InFlightKept, KeepInFlight, NoteNsi
from schemas.nsis import Evidence, ListNsis, Nsi, NsiPage, NsiRow, NsiState, ReadNsi, RecordStatus
from schemas.words import InFlight, NsiStatus

MASKED = "(limited access)"


@click.group()
def nsi() -> None:
    """Show and list NSIs, and what will be overdue.

    A limited-access person is masked here too; looking at an NSI is on the audit record.

    \b
    bedspace nsi list --overdue       with a rule that is overdue
    bedspace nsi list --pdu N55LEE    that Leeds sends or receives
    bedspace nsi list --person X123456   all the moves of one person
    bedspace nsi list --questions     about which somebody is asked something
    bedspace nsi queue --pdu N55LEE   what Leeds receives and sends, by the nearest clock
    bedspace nsi forecast             what will be overdue this week, by PDU
    bedspace nsi show NSI-000123      one, with rules, actions and timeline
    bedspace nsi status NSI-000123 received
    bedspace nsi note NSI-000123 < note.txt
    bedspace nsi in-flight N55 tracker   a region's cases in flight stay on its tracker
    """


nsi.add_command(queue)
nsi.add_command(log)


@nsi.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(which: str, *, as_json: bool) -> None:
    """Show one NSI, by its id or by its reference, such as NSI-000123."""
    found = asyncio.run(_show(which))
    click.echo(_json(found) if as_json else "\n".join(_whole(found)))


@nsi.command("list")
@click.option("--pdu", metavar="CODE", help="At either end.")
@click.option("--status", type=click.Choice(get_args(NsiStatus)))
@click.option("--overdue", is_flag=True, help="With a rule that is overdue.")
@click.option("--person", metavar="CRN|ID", help="All the moves of one person.")
@click.option("--questions", is_flag=True, help="About which somebody is asked something.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(*, as_json: bool, **asked: Any) -> None:
    """List NSIs, newest first."""
    page = asyncio.run(_list(ListNsis(**asked)))
    if as_json:
        click.echo(_json(page))
        return
    if asked["person"] and page.items:
        click.echo(_line(page.items))
    click.echo("\n".join(_row(row) for row in page.items) or "No NSI is like that.")
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


@nsi.command("status")
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("status", type=click.Choice(get_args(NsiStatus)))
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="An earlier time, of London.")
@click.option("--outcome", metavar="CODE", help="Of the list nsi_outcome, where it is over by this.")
def status_(which: str, status: NsiStatus, at: datetime | None, outcome: str | None) -> None:
    """Record the status of an NSI."""
    since = at.replace(tzinfo=LONDON) if at else None

    def command(found: UUID) -> RecordStatus:
        return RecordStatus(id=found, status=status, at=since, outcome=outcome)

    _said(asyncio.run(_do(which, record_status, command)))


@nsi.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("file", type=click.File(), default="-")
def note(which: str, file: TextIO) -> None:
    """Add a note, which is about the person, from a FILE or what is typed."""
    text = file.read()
    _said(asyncio.run(_do(which, note_nsi, lambda found: NoteNsi(id=found, text=text))))


@nsi.command("in-flight")
@click.argument("region", metavar="CODE")
@click.argument("how", type=click.Choice(get_args(InFlight)))
def in_flight(region: str, how: InFlight) -> None:
    """Say what becomes of a region's cases in flight at cut-over: an NSI each, or its tracker until they are done."""
    kept = asyncio.run(_keep_in_flight(KeepInFlight(region=region, how=how)))
    click.echo(f"{kept.region}: {kept.how}")


def _said(state: NsiState) -> None:
    click.echo(f"{state.reference} is {state.status.replace('_', ' ')}.")


async def _do(which: str, verb: Any, command: Callable[[UUID], Any]) -> NsiState:
    async with open_works(read_settings()) as works:
        state: NsiState = await act(works.house, OPERATOR, verb, command(await found_nsi(works, which)))
        return state


async def _keep_in_flight(command: KeepInFlight) -> InFlightKept:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, keep_in_flight, command)


@nsi.command("forecast")
@click.option("--pdu", metavar="CODE", help="Only this PDU.")
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True, help="Days ahead.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def forecast_(pdu: str | None, days: int, *, as_json: bool) -> None:
    """What is overdue, and what will be, by the PDU whose it is to do."""
    found = asyncio.run(_forecast(Forecast(pdu=pdu, days=days)))
    click.echo(_json(found) if as_json else "\n".join(_coming(found)) or "Nothing is overdue or will be.")


async def _forecast(asked: Forecast) -> ForecastAnswer:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, forecast, asked)


def _coming(found: ForecastAnswer) -> Iterator[str]:
    for pdu in found.pdus:
        yield f"{pdu.name} ({pdu.pdu}): {pdu.overdue} overdue, {pdu.coming} more before {spoken(found.until)}"
        for line in pdu.lines:
            mark = "overdue" if line.overdue else "due"
            yield f"  {line.reference}  {line.rule}  {mark:<7} {line.due}  {line.title} ({line.owner})"


async def _show(which: str) -> Nsi:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, read_nsi, ReadNsi(id=await found_nsi(works, which)))


async def found_nsi(works: Works, which: str) -> UUID:
    """By its id or its reference. Raises `NotThere`."""
    try:
        return UUID(which)
    except ValueError:
        async with transaction(works.pool, readonly=True) as tx:
            await set_scope(tx, OPERATOR, "nation")
            return await id_of(tx, which)


async def _list(asked: ListNsis) -> NsiPage:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, list_nsis, asked)


def _json(answer: Nsi | NsiPage | ForecastAnswer) -> str:
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _row(row: NsiRow) -> str:
    due = f"{'overdue since' if row.overdue else 'next due'} {row.next_due}" if row.next_due else ""
    who = f"{row.crn or 'no CRN':<8} {row.name}" if row.name else MASKED
    kind = row.type.replace("_", " ")
    return f"{row.reference}  {row.status:<11}  {kind:<14}  {row.move_on}  to {row.receiving_pdu}  {due:<24}  {who}"


def _line(rows: list[NsiRow]) -> str:
    """All the moves on one line, oldest first."""
    moves = sorted(rows, key=lambda row: row.move_on)
    start = moves[0].sending_pdu_name or "not known"
    gone = (f"{row.receiving_pdu_name} ({row.move_on}, {row.status.replace('_', ' ')})" for row in moves)
    return " → ".join((start, *gone))


def _whole(found: Nsi) -> Iterator[str]:
    yield f"{found.reference}  {found.type.replace('_', ' ')}, {found.status.replace('_', ' ')}  ({found.id})"
    for label, text in _facts(found):
        if text:
            yield f"  {label:<12}{text}"
    yield from _part("Rules", (f"{c.rule}  {c.due}  {c.state.replace('_', ' '):<9} {c.title}" for c in found.clocks))
    yield from _part("Actions", (_action(found, n) for n in range(len(found.actions))))
    yield from _part("Asked", (f"{q.n}  {q.said}" for q in found.questions if q.answered_at is None))
    yield from _part("Notes", (f"{one.at:%Y-%m-%d %H:%M}  {one.text}  ({one.by})" for one in found.notes))
    yield from _part("Read from", (_evidence(field, one) for field, one in found.evidence.items()))
    yield from _part("Timeline", (f"{h.at:%Y-%m-%d %H:%M}  {h.what}  ({h.by})" for h in found.history))


def _facts(found: Nsi) -> Iterator[tuple[str, str | None]]:
    person, spoc, responsible = found.person, found.receiving.spoc, found.responsible
    numbers = [number for number in (person.crn, person.noms, person.pnc) if number]
    yield "person", ", ".join([person.name, *numbers]) if person.name else MASKED
    yield "born", spoken(person.birth_date) if person.birth_date else None
    yield "move", spoken(found.move_on) + (f" until {spoken(found.until)}" if found.until else "")
    yield "address", found.address
    yield "risk", ", ".join(part for part in ((found.rosh or "").replace("_", " "), found.mappa or "") if part)
    yield "from", (found.sending.pdu and found.sending.pdu.name) or found.sending.said
    yield "sender", ", ".join(part for part in (found.sending.name, found.sending.email) if part)
    yield "to", f"{found.receiving.pdu.name} ({found.receiving.pdu.code}), {found.receiving.region.name}"
    yield "SPOC", f"{spoc.name}, {spoc.email}, {spoc.phone}, {spoc.hours}" if spoc else None
    if responsible:
        yield "responsible", f"{responsible.pdu or responsible.region} since {responsible.since:%Y-%m-%d %H:%M}"
    yield "allocated", ", ".join(part for part in (found.team, found.officer, found.officer_email) if part)
    yield "dates", _dates(found)
    yield "way", found.way.replace("_", " ") + (", history: it sends nothing" if found.quiet else "")
    yield "known as", ", ".join(f"{one.source} {one.reference}" for one in found.known_as)
    yield "merged into", found.merged_into
    yield "is also", ", ".join(found.merged)
    yield "missing", ", ".join(found.missing)


def _dates(found: Nsi) -> str:
    dates = (("referred", found.referred_on), ("started", found.started_on), ("ended", found.ended_on))
    said = [f"{what} {spoken(day)}" for what, day in dates if day]
    return ", ".join([*said, f"outcome {found.outcome}"] if found.outcome else said)


def _action(found: Nsi, index: int) -> str:
    action = found.actions[index]
    mark = "x" if action.done_at else " "
    return f"[{mark}] {action.n:>2}  {action.title} ({action.owner}){f', by {action.due}' if action.due else ''}"


def _evidence(field: str, one: Evidence) -> str:
    return f"{field:<12} “{' '.join(one.text.split())}” ({one.source}, {one.confidence:.2f})"


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    inside = list(lines)
    if inside:
        yield f"\n{title}"
        yield from (f"  {line}" for line in inside)
