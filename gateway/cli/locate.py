"""`bedspace locate`: who receives."""

import asyncio
import shlex
import sys
from datetime import datetime
from typing import get_args

import msgspec
import rich_click as click

from bedspace.locator.locate import locate as locate_in
from bedspace.nights import london_today
from gateway.settings import read_settings
from gateway.store.database import transaction
from gateway.wiring import open_works
from schemas.errors import UnknownPlace
from schemas.locate import Located, Receiver, Whereabouts
from schemas.words import AnsweredBy, Purpose

LABELS: dict[AnsweredBy, str] = {"spoc": "SPOC", "deputy": "Deputy", "team": "Cover", "region": "Named"}


@click.command()
@click.argument("near")
@click.option("--purpose", type=click.Choice(get_args(Purpose)), default="transfer", show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today when left out.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def locate(near: str, purpose: Purpose, on: datetime | None, *, as_json: bool) -> None:
    """Who receives, from a postcode, a place, a local authority, a prison or an area of 2003.

    Exit status 3, and the candidates, when several PDUs answer.
    """
    try:
        located = asyncio.run(_ask(Whereabouts(near=near, purpose=purpose, on=on.date() if on else None)))
    except UnknownPlace as error:
        if not as_json and not error.candidates:
            raise
        click.echo(_candidates(error, as_json=as_json), err=not as_json)
        sys.exit(1)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(located), indent=2).decode())
    else:
        click.echo("\n".join(_written(located, purpose)))
    if located.ambiguous is not None:
        sys.exit(3)


def _candidates(error: UnknownPlace, *, as_json: bool) -> str:
    """Each with the command that asks for it."""
    if as_json:
        answer = {"detail": str(error), "candidates": error.candidates}
        return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
    asked = [f"  bedspace locate {shlex.quote(one.near)}    {one.name} ({one.kind})" for one in error.candidates]
    return "\n".join([f"{error.title}: {error}", *asked])


async def _ask(question: Whereabouts) -> Located:
    async with open_works(read_settings()) as works, transaction(works.pool, readonly=True) as tx:
        return await locate_in(tx, works.postcodes, question, london_today(works.house.now()))


def _written(located: Located, purpose: Purpose) -> list[str]:
    lines = [f"Read as {located.read_as}."]
    if located.ambiguous is not None:
        lines.append(f"Ambiguous: {len(located.ambiguous)} PDUs. Give a postcode, or choose one:")
        return lines + [line for receiver in located.ambiguous for line in ("", *_receiver(receiver, purpose))]
    if located.pdu and located.region:
        same = {name: getattr(located, name) for name in Receiver.__struct_fields__}
        receiver = Receiver(**same)
        lines += ["", *_receiver(receiver, purpose)]
    return lines


def _receiver(receiver: Receiver, purpose: Purpose) -> list[str]:
    lines = [f"PDU     {receiver.pdu.name} ({receiver.pdu.code})"]
    lines.append(f"Region  {receiver.region.name} ({receiver.region.code})")
    if receiver.spoc is None:
        lines.append(f"SPOC    nobody is on record for {purpose.replace('_', ' ')}: ask the region")
        return [*lines, f"        {receiver.note}"] if receiver.note else lines
    spoc = receiver.spoc
    said = [spoc.hours, f"at other hours: {spoc.out_of_hours}" if spoc.out_of_hours else "", receiver.note]
    return [
        *lines,
        f"Team    {receiver.team or spoc.team}",
        f"{LABELS[receiver.answered_by or 'spoc']:<8}{spoc.name}, {spoc.email}, {spoc.phone}",
        *(f"        {line}" for line in said if line),
    ]
