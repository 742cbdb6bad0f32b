"""`bedspace paper`: the paper file of an NSI, sent, where it is, and received."""

import asyncio
from datetime import datetime
from typing import Any

import rich_click as click

from gateway.cli.nsi import _do, _said
from gateway.transfers.kinds import document_kinds
from gateway.transfers.paper import dispatch_paper, place_paper, receive_paper
from schemas.paper import DispatchPaper, PlacePaper, ReceivePaper

DAY = click.DateTime(["%Y-%m-%d"])
WHICH = click.argument("which", metavar="ID|REFERENCE")


@click.group()
def paper() -> None:
    """The paper file of an NSI.

    \b
    bedspace paper sent NSI-000123 --carrier "Internal courier" --from "Leeds office" --to "York office"
    bedspace paper at NSI-000123 "Sorting office, Wakefield"
    bedspace paper received NSI-000123 --by "Sam Example" --missing contact_log
    """


@paper.command()
@WHICH
@click.option("--carrier", required=True)
@click.option("--reference", help="Of the carrier.")
@click.option("--from", "from_place", metavar="PLACE")
@click.option("--to", "to_place", metavar="PLACE")
@click.option("--on", type=DAY, help="Today, where it is not given.")
def sent(which: str, on: datetime | None, **given: Any) -> None:
    """Record that the paper file was sent."""
    day = on.date() if on else None
    _said(asyncio.run(_do(which, dispatch_paper, lambda nsi: DispatchPaper(id=nsi, on=day, **given))))


@paper.command("at")
@WHICH
@click.argument("place")
def at(which: str, place: str) -> None:
    """Say where the paper file is now."""
    _said(asyncio.run(_do(which, place_paper, lambda nsi: PlacePaper(id=nsi, place=place))))


@paper.command()
@WHICH
@click.option("--by", "received_by", required=True, help="Who has received it.")
@click.option("--on", type=DAY, help="Today, where it is not given.")
@click.option("--place", help="Where it is kept.")
@click.option("--missing", multiple=True, type=click.Choice(sorted(document_kinds())), help="May be given many times.")
@click.option("--missing-note", default="", help="What else was missing.")
@click.option("--sent-on", type=DAY, help="Where nobody recorded that it was sent.")
@click.option("--carrier", help="As above.")
def received(which: str, on: datetime | None, sent_on: datetime | None, missing: tuple[str, ...], **given: Any) -> None:
    """Record that the paper file was received, and what was missing from it."""
    days = {"on": on.date() if on else None, "dispatched_on": sent_on.date() if sent_on else None}
    command = {**days, **given, "missing": list(missing)}
    _said(asyncio.run(_do(which, receive_paper, lambda nsi: ReceivePaper(id=nsi, **command))))
