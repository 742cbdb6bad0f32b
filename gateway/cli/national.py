"""`bedspace national`: who is hard to place, who leads, how it ended; and challenges that wait for a decision."""

import asyncio
from collections.abc import Iterator
from typing import Any, get_args
from uuid import UUID

import msgspec
import rich_click as click

from bedspace.nights import LONDON, spoken
from gateway.access.act import act, set_scope
from gateway.access.actors import OPERATOR
from gateway.cli.nsi import MASKED
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.transfers.challenges import list_challenges
from gateway.transfers.national import close_search, lead_search, note_search, seek_for_nsi
from gateway.transfers.read import id_of
from gateway.transfers.searches import list_searches, read_search, search_id
from gateway.wiring import Works, open_works
from schemas.challenges import ChallengePage, ListChallenges
from schemas.national import (
    CloseSearch,
    LeadSearch,
    ListSearches,
    NoteSearch,
    ReadSearch,
    Search,
    SearchRow,
    SeekForNsi,
    Sought,
    SoughtOutcome,
)


@click.group()
def national() -> None:
    """The queue of the nation: who is hard to place, and what is challenged. Looking at one is on the audit record.

    \b
    bedspace national list                    the highest risk first, then the longest wait
    bedspace national show HTP-000012         one, with what was tried, who leads and what was done
    bedspace national seek NSI-000123 --reason victims --needed "Two single rooms" < tried.txt
    bedspace national lead HTP-000012 "Nat Example-Lead, national office"
    bedspace national close HTP-000012 placed < where.txt
    bedspace national challenges              challenges on risk that wait for the national lead
    """


@national.command("list")
@click.option("--closed", is_flag=True, help="Those that are closed, the newest first.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(limit: int, cursor: str | None, *, closed: bool, as_json: bool) -> None:
    """List who is hard to place."""
    page = asyncio.run(_act(list_searches, ListSearches(open=not closed, limit=limit, cursor=cursor)))
    _say(page, as_json, (_row(row) for row in page.items), "Nobody is in the queue.", page.next)


@national.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(which: str, *, as_json: bool) -> None:
    """Show one."""
    found = asyncio.run(_show(which))
    _say(found, as_json, _whole(found), "")


@national.command()
@click.argument("nsi", metavar="NSI")
@click.option("--reason", metavar="CODE", required=True, help="Of the list hard_to_place.")
@click.option("--needed", required=True, help="What a place must have.")
@click.argument("file", type=click.File(), default="-")
def seek(nsi: str, reason: str, needed: str, file: Any) -> None:
    """Put the person of an NSI in the queue; what was tried is read from FILE or what is typed."""
    tried = file.read()

    async def run() -> Sought:
        async with open_works(read_settings()) as works:
            found = await _look(works, nsi, id_of)
            command = SeekForNsi(id=found, reason=reason, tried=tried, needed=needed)
            return await act(works.house, OPERATOR, seek_for_nsi, command)

    _said(asyncio.run(run()))


@national.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("leads", metavar="NAME")
def lead(which: str, leads: str) -> None:
    """Say who leads the search."""
    _said(asyncio.run(_do(which, lead_search, lambda found: LeadSearch(id=found, leads=leads))))


@national.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("file", type=click.File(), default="-")
def note(which: str, file: Any) -> None:
    """Add what was tried, from FILE or what is typed."""
    said = file.read()
    _said(asyncio.run(_do(which, note_search, lambda found: NoteSearch(id=found, said=said))))


@national.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("outcome", type=click.Choice(get_args(SoughtOutcome)))
@click.argument("file", type=click.File(), default="-")
def close(which: str, outcome: SoughtOutcome, file: Any) -> None:
    """Say how it ended: where, or why, from FILE or what is typed."""
    said = file.read()
    _said(asyncio.run(_do(which, close_search, lambda found: CloseSearch(id=found, outcome=outcome, said=said))))


@national.command()
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def challenges(*, as_json: bool) -> None:
    """List challenges on risk, by the day on which each is to be decided."""
    page: ChallengePage = asyncio.run(_act(list_challenges, ListChallenges(limit=200)))
    lines = (
        f"{row.reference}  {'overdue' if row.overdue else 'decide by'} {row.adjudicate_by}  {row.reason:<16}  "
        f"{row.sending_pdu or '?'} to {row.receiving_pdu}  {row.rosh or ''}"
        for row in page.items
    )
    _say(page, as_json, lines, "No challenge waits.", page.next)


def _say(answer: Any, as_json: bool, lines: Iterator[str], empty: str, following: str | None = None) -> None:  # noqa: FBT001  # a flag of the command
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
        return
    click.echo("\n".join(lines) or empty)
    if following:
        click.echo(f"There are more: add --cursor {following}")


def _said(done: Sought) -> None:
    state = done.outcome or (f"led by {done.leads}" if done.leads else "in the queue")
    click.echo(f"{done.reference} ({done.about}): {state}.")


async def _act(verb: Any, command: Any) -> Any:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, verb, command)


async def _do(which: str, verb: Any, command: Any) -> Sought:
    async with open_works(read_settings()) as works:
        done: Sought = await act(works.house, OPERATOR, verb, command(await _look(works, which, search_id)))
        return done


async def _show(which: str) -> Search:
    async with open_works(read_settings()) as works:
        found: Search = await act(
            works.house, OPERATOR, read_search, ReadSearch(id=await _look(works, which, search_id))
        )
        return found


async def _look(works: Works, which: str, find: Any) -> UUID:
    try:
        return UUID(which)
    except ValueError:
        async with transaction(works.pool, readonly=True) as tx:
            await set_scope(tx, OPERATOR, "nation")
            found: UUID = await find(tx, which)
            return found


def _row(row: SearchRow) -> str:
    who = f"{row.crn or 'no CRN':<8} {row.name}" if row.name else MASKED
    since = row.sought_at.astimezone(LONDON).date()
    state = row.outcome or (f"led by {row.leads}" if row.leads else "nobody leads yet")
    return f"{row.reference}  {row.rosh or '?':<9}  since {since}  {row.about:<10}  {row.reason:<18}  {state}  {who}"


def _whole(found: Search) -> Iterator[str]:
    yield _row(found)
    yield f"  sought by   {found.pdu_name or 'no PDU'} ({found.sought_by}), {spoken(found.sought_at)}"
    yield f"  tried       {found.tried or MASKED}"
    yield f"  needed      {found.needed or MASKED}"
    for one in found.approaches:
        answer = " ".join(filter(None, (one.outcome or "no answer yet", one.reason)))
        yield f"  asked       {one.asked_at:%Y-%m-%d}  {one.name} ({one.premises}): {answer}"
    for step in found.steps:
        yield f"  {step.at:%Y-%m-%d %H:%M}  {step.kind}  {step.said or ''}  ({step.by})"
