"""`bedspace releases`: a release board, one release, a notice, and what is done with one."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, TypeVar, get_args
from uuid import UUID

import msgspec
import rich_click as click

from bedspace.nights import LONDON, spoken
from gateway.access.act import act, set_scope
from gateway.access.actors import OPERATOR
from gateway.cli.nsi import MASKED
from gateway.releases.acts import RELEASE_ACTS
from gateway.releases.days import named
from gateway.releases.notice import Noticer
from gateway.releases.read import id_of, list_releases, read_release
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import Works, open_works
from schemas.errors import Invalid
from schemas.releases import (
    ListReleases,
    NoticeRelease,
    ReadRelease,
    Release,
    ReleaseDone,
    ReleasePage,
    ReleaseRow,
    ReleaseState,
)


@click.group()
def releases() -> None:
    """Releases: who leaves prison when, and what must exist before. Looking at one is on the audit record.

    \b
    bedspace releases list --prison LEI     from Leeds, the soonest first
    bedspace releases list --lacking        where something lacks that is due
    bedspace releases show REL-000123       one, with what must exist, bed, NSI and timeline
    bedspace releases notice < notice.json  as POST /api/v1/releases takes it: who it is stands in no argument
    bedspace releases do REL-000123 cancel reason=recalled
    """


DAY = click.DateTime(["%Y-%m-%d"])


@releases.command("list")
@click.option("--prison", help="Only those from this prison: its code.")
@click.option("--pdu", help="Only those that resettle in this PDU, or come home to it.")
@click.option("--from", "first", type=DAY, help="Only those on this day or later.")
@click.option("--until", "last", type=DAY, help="Only those on this day or earlier.")
@click.option("--state", type=click.Choice(get_args(ReleaseState)), help="Only those in this state.")
@click.option("--lacking", is_flag=True, help="Only those where something lacks that is due.")
@click.option("--lacking-first", is_flag=True, help="Those where something lacks before all others.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", help="The `next` of the page before.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(
    prison: str | None,
    pdu: str | None,
    first: datetime | None,
    last: datetime | None,
    state: ReleaseState | None,
    limit: int,
    cursor: str | None,
    *,
    lacking: bool,
    lacking_first: bool,
    as_json: bool,
) -> None:
    """The soonest first."""
    asked = ListReleases(
        prison=prison,
        pdu=pdu,
        from_=first.date() if first else None,
        until=last.date() if last else None,
        state=state,
        lacking=lacking,
        lacking_first=lacking_first,
        limit=limit,
        cursor=cursor,
    )
    page = asyncio.run(_list(asked))
    if as_json:
        click.echo(_json(page))
        return
    click.echo("\n".join(_row(row) for row in page.items) or "No release is like that.")
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


@releases.command()
@click.argument("which", metavar="ID|REFERENCE")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def show(which: str, *, as_json: bool) -> None:
    """Show one release, by its id or by its reference, such as REL-000123."""
    found = asyncio.run(_show(which))
    click.echo(_json(found) if as_json else "\n".join(_whole(found)))


@releases.command()
@click.argument("file", type=click.File("rb"), default="-")
def notice(file: BinaryIO) -> None:
    """Give notice of a release, from FILE or what is typed. Sent again it changes the release that is open."""
    command = _decoded(file.read(), NoticeRelease)
    _said(asyncio.run(_act(lambda works: Noticer(works.postcodes).notice_release, lambda _found: command)))


@releases.command("do", short_help="Do something with one release.")
@click.argument("which", metavar="ID|REFERENCE")
@click.argument("what", metavar="ACT", type=click.Choice(sorted(RELEASE_ACTS)))
@click.argument("given", metavar="FIELD=VALUE...", nargs=-1)
@click.option("--body", type=click.File("rb"), help="The fields as JSON, where one is about the person: an address.")
def do(which: str, what: str, given: tuple[str, ...], body: BinaryIO | None) -> None:
    """Do what the API does at /releases/{id}/ACT, with the same fields.

    \b
    bedspace releases do REL-000123 confirm-date release_on=2027-01-07
    bedspace releases do REL-000123 need need=travel
    bedspace releases do REL-000123 approve --body - < address.json
    """
    kind, verb_of = RELEASE_ACTS[what]
    fields = (_decoded(body.read(), dict[str, Any]) if body else {}) | dict(_pair(one) for one in given)

    def command(found: UUID | None) -> Any:
        try:
            return msgspec.convert(fields | {"id": found}, kind, strict=False)
        except msgspec.ValidationError as error:
            raise Invalid.because(what, str(error)) from error

    _said(asyncio.run(_act(lambda works: verb_of(works.postcodes), command, which)))


def _pair(text: str) -> tuple[str, Any]:
    """`a=b`; a comma makes a list of what is one. Raises `Invalid`."""
    name, equals, value = text.partition("=")
    if not equals:
        raise Invalid.because(text, "Give FIELD=VALUE, such as reason=recalled.")
    return name, value.split(",") if name in LISTS else value


LISTS = frozenset({"ask", "needs", "preferred"})
"""Fields that hold several codes."""

T = TypeVar("T")


def _decoded(raw: bytes, kind: type[T]) -> T:
    """Raises `Invalid`."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise Invalid.because("JSON", str(error)) from error


def _said(done: ReleaseDone) -> None:
    click.echo(f"{done.reference} is {done.state.replace('_', ' ')}, on {named(done.release_on)}, to {done.pdu}.")
    for lacks in done.must_exist_today:
        click.echo(f"  lacks  {lacks}")
    for question in done.questions:
        click.echo(f"  asks   {question}")


async def _act(
    verb_of: Callable[[Works], Any], command: Callable[[UUID | None], Any], which: str | None = None
) -> ReleaseDone:
    async with open_works(read_settings()) as works:
        given = command(await _id(works, which) if which else None)
        done: ReleaseDone = await act(works.house, OPERATOR, verb_of(works), given)
        return done


async def _list(asked: ListReleases) -> ReleasePage:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, list_releases, asked)


async def _show(which: str) -> Release:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, read_release, ReadRelease(id=await _id(works, which)))


async def _id(works: Works, which: str) -> UUID:
    try:
        return UUID(which)
    except ValueError:
        async with transaction(works.pool, readonly=True) as tx:
            await set_scope(tx, OPERATOR, "nation")
            return await id_of(tx, which)


def _json(answer: Release | ReleasePage) -> str:
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _row(row: ReleaseRow) -> str:
    who = f"{row.crn or 'no CRN':<8} {row.name}" if row.name else MASKED
    lacks = f"{row.lacking} lacking" if row.lacking else ""
    state = row.state.replace("_", " ")
    return f"{row.reference}  {row.release_on}  {state:<9}  {row.prison} to {row.pdu:<7}  {lacks:<11}  {who}"


def _whole(found: Release) -> Iterator[str]:
    kind = "temporary licence" if found.kind == "rotl" else "release"
    yield f"{found.reference}  {kind}, {found.state.replace('_', ' ')}  ({found.id})"
    for label, text in _facts(found):
        if text:
            yield f"  {label:<12}{text}"
    yield "\nMust exist before"
    yield from (f"  {one.due}  {one.state.replace('_', ' '):<14} {one.title} ({one.owner})" for one in found.must_exist)
    if found.questions:
        yield "\nTo decide"
        yield from (f"  {one.said}{f' — {one.answer}' if one.answered_at else ''}" for one in found.questions)
    yield "\nTimeline"
    yield from (f"  {h.at:%Y-%m-%d %H:%M}  {h.what}{f'. {h.note}' if h.note else ''}  ({h.by})" for h in found.history)


def _facts(found: Release) -> Iterator[tuple[str, str | None]]:
    numbers = [number for number in (found.person.crn, found.person.noms, found.person.pnc) if number]
    yield "person", ", ".join([found.person.name, *numbers]) if found.person.name else MASKED
    yield "prison", f"{found.prison.name} ({found.prison.code})"
    yield "day", named(found.release_on) + (f" until {spoken(found.until)}" if found.until else "")
    yield "to", f"{found.pdu.name} ({found.pdu.code}), {found.region.name}"
    yield "home PDU", f"{found.home_pdu.name} ({found.home_pdu.code})"
    yield "SPOC", f"{found.spoc.name}, {found.spoc.email}, {found.spoc.phone}" if found.spoc else None
    yield (
        "address",
        found.address and f"{found.address}{f' ({found.address_checked})' if found.address_checked else ''}",
    )
    yield "risk", (found.rosh or "").replace("_", " ")
    yield "needs", ", ".join(found.needs)
    if found.placement:
        yield "bed", f"{found.placement.reference}, {found.placement.state}, {found.placement.premises or ''}"
    if found.nsi:
        yield "NSI", f"{found.nsi.reference}, {found.nsi.status.replace('_', ' ')}, to {found.nsi.pdu.name}"
    if found.for_the_licence:
        at, hour = found.for_the_licence, found.for_the_licence.hour
        yield (
            "licence",
            f"{at.address}{f', by {hour.astimezone(LONDON):%H:%M}' if hour else ''}, {at.contact} {at.phone}",
        )
