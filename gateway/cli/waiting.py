"""`bedspace waiting`: who waits for a bed, in order."""

import asyncio
from typing import get_args

import msgspec
import rich_click as click

from bedspace.nights import spoken
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import read_settings
from gateway.waiting.read import WaitingReader
from gateway.wiring import open_works
from schemas.waiting import ListWaiting, WaitingEntry, WaitingPage
from schemas.words import Gender


@click.group()
def waiting() -> None:
    """The waiting list."""


@waiting.command("list")
@click.option("--estate", type=click.Choice(get_args(Gender)), help="Only those who need a bed of this estate.")
@click.option("--region", metavar="CODE", help="Only those that this region referred, such as N55.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="At most so many.")
@click.option("--cursor", metavar="NEXT", help="The `next` of the page before.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def list_(estate: Gender | None, region: str | None, limit: int, cursor: str | None, *, as_json: bool) -> None:
    """Who waits for a bed, in order, why they stand there, and what is proposed. References only, no names.

    \b
    bedspace waiting list --estate female
    """
    command = ListWaiting(estate=estate, region=region, limit=limit, cursor=cursor)
    found = asyncio.run(_ask(command))
    click.echo(msgspec.json.format(msgspec.json.encode(found)).decode() if as_json else "\n".join(_written(found)))


async def _ask(command: ListWaiting) -> WaitingPage:
    async with open_works(read_settings()) as works:
        reader = WaitingReader(works.register, works.postcodes)
        return await act(works.house, OPERATOR, reader.list_waiting, command)


def _written(found: WaitingPage) -> list[str]:
    if not found.items:
        return ["Nobody waits for a bed." if not found.of else "Nobody like this waits for a bed."]
    lines = [f"{found.of} wait for a bed. {found.order}"]
    for entry in found.items:
        lines += ["", *_entry(entry)]
    if found.next:
        lines += ["", f"There are more: --cursor {found.next}"]
    return lines


def _entry(entry: WaitingEntry) -> list[str]:
    needs = f", {', '.join(entry.needs)}" if entry.needs else ""
    nights = (entry.departs_on - entry.arrives_on).days
    lines = [
        f"{entry.place:4}. {entry.reference}  {entry.gender}, {nights} nights from {spoken(entry.arrives_on)}{needs}"
    ]
    lines += [f"      {why}" for why in entry.why]
    if entry.never:
        lines.append(f"      {entry.never}")
    if entry.proposal:
        until = entry.proposal.kept_until
        lines.append(
            f"      Proposed: bed {entry.proposal.bed}, kept until {until:%H:%M} UTC on {spoken(until.date())}"
        )
    return lines
