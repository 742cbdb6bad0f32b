"""`bedspace components`: what a case transfer is made of, and what was decided about each."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli.nsi import found_nsi
from gateway.settings import read_settings
from gateway.transfers.components import (
    add_components,
    apply_to_court,
    decide_component,
    leave_component_open,
    start_component,
)
from gateway.transfers.read import read_nsi
from gateway.wiring import open_works
from schemas.components import (
    AddComponents,
    ApplyToCourt,
    Component,
    ComponentDecision,
    ComponentKind,
    DecideComponent,
    LeaveComponentOpen,
    NewComponent,
    StartComponent,
)
from schemas.nsis import ReadNsi

DAY = click.DateTime(["%Y-%m-%d"])
NSI = click.argument("nsi", metavar="ID|REFERENCE")
PART = click.argument("n", type=click.IntRange(1))
ON = click.option("--on", type=DAY, help="The day; without, today.")


@click.group()
def components() -> None:
    """Components of a case transfer: orders, requirements, licence conditions, each decided on its own.

    \b
    bedspace components list NSI-000123
    bedspace components add NSI-000123 --from-record
    bedspace components add NSI-000123 programme "Thinking skills"
    bedspace components apply NSI-000123 1 "Leeds Magistrates' Court"
    bedspace components decide NSI-000123 1 transferred --how "At a hearing"
    bedspace components start NSI-000123 2 --on 2026-12-01
    bedspace components leave-open NSI-000123 1 "The court sits in January"
    """


@components.command("list")
@NSI
def list_(nsi: str) -> None:
    """List the components of an NSI."""

    async def run() -> list[Component]:
        async with open_works(read_settings()) as works:
            found = await act(works.house, OPERATOR, read_nsi, ReadNsi(id=await found_nsi(works, nsi)))
            return found.components

    click.echo("\n".join(_lines(asyncio.run(run()))) or "No component is named.")


@components.command()
@NSI
@click.argument("kind", type=click.Choice(get_args(ComponentKind)), required=False)
@click.argument("title", required=False)
@click.option("--from-record", is_flag=True, help="Orders, licences and their requirements as they are on record.")
def add(nsi: str, kind: ComponentKind | None, title: str | None, *, from_record: bool) -> None:
    """Name a component, or take those that are on record."""
    if (kind is None) != (title is None):
        raise click.UsageError("Give a kind and a title, or --from-record.")
    items = [NewComponent(kind=kind, title=title)] if kind and title else []
    _do(nsi, add_components, lambda found: AddComponents(id=found, items=items, from_record=from_record))


@components.command()
@NSI
@PART
@click.argument("court")
@ON
def apply(nsi: str, n: int, court: str, on: datetime | None) -> None:
    """A court was applied to."""
    _do(nsi, apply_to_court, lambda found: ApplyToCourt(id=found, n=n, court=court, on=_day(on)))


@components.command()
@NSI
@PART
@click.argument("decision", type=click.Choice(get_args(ComponentDecision)))
@ON
@click.option("--court", default="", help="Where it is not on record yet.")
@click.option("--how", default="", help="At a hearing, on paper, …")
@click.option("--reason", default="", help="Needed for what stays or is withdrawn.")
def decide(  # as many as a decision has
    nsi: str, n: int, decision: ComponentDecision, on: datetime | None, court: str, how: str, reason: str
) -> None:
    """Record what was decided."""

    def command(found: Any) -> DecideComponent:
        return DecideComponent(id=found, n=n, decision=decision, on=_day(on), court=court, how=how, reason=reason)

    _do(nsi, decide_component, command)


@components.command()
@NSI
@PART
@ON
def start(nsi: str, n: int, on: datetime | None) -> None:
    """It goes on in the receiving area, also before the formal transfer."""
    _do(nsi, start_component, lambda found: StartComponent(id=found, n=n, on=_day(on)))


@components.command("leave-open")
@NSI
@PART
@click.argument("why")
def leave_open(nsi: str, n: int, why: str) -> None:
    """The case transfer may complete before this is decided."""
    _do(nsi, leave_component_open, lambda found: LeaveComponentOpen(id=found, n=n, why=why))


def _do(nsi: str, verb: Any, command: Any) -> None:
    async def run() -> Any:
        async with open_works(read_settings()) as works:
            return await act(works.house, OPERATOR, verb, command(await found_nsi(works, nsi)))

    done = asyncio.run(run())
    click.echo("\n".join([done.reference, *_lines(done.components)]))


def _day(at: datetime | None) -> Any:
    return at.date() if at else None


def _lines(parts: list[Component]) -> Iterator[str]:
    for part in parts:
        when = f" on {part.decided_on}" if part.decided_on else ""
        held = f"held by the {part.held_by.replace('_', ' ')}"
        more = [
            f"started {part.started_on}" if part.started_on else "",
            f"left open: {part.left_open}" if part.left_open and part.decision == "pending" else "",
        ]
        extra = "".join(f", {one}" for one in more if one)
        yield f"  {part.n:>2}  {part.kind:<17} {part.title}: {part.decision}{when}, {held}{extra}"
