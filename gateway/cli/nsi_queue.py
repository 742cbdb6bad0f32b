"""`bedspace nsi queue`: what is under way, by the nearest clock."""

import asyncio
from typing import Any, get_args

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import read_settings
from gateway.transfers.queue import list_queue
from gateway.wiring import open_works
from schemas.nsi_queue import ListQueue, QueuePage, QueueRow, Side


@click.command()
@click.option("--pdu", metavar="CODE", help="Of this PDU.")
@click.option("--side", type=click.Choice(get_args(Side)), help="Only what is received, or sent.")
@click.option("--team", metavar="NAME", help="Only what is allocated to this team.")
@click.option("--overdue", is_flag=True, help="With a rule that is overdue.")
@click.option("--high-risk", is_flag=True, help="Of high and very high risk of serious harm.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after the page that ended so.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def queue(*, as_json: bool, **asked: Any) -> None:
    """What is under way, by the nearest clock."""
    page = asyncio.run(_queue(ListQueue(**asked)))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(page), indent=2).decode())
        return
    counts = page.counts
    click.echo(f"{counts.overdue} overdue, {counts.due} due today, {counts.due_soon} due soon, {counts.later} later.")
    click.echo("\n".join(_waiting(row) for row in page.items) or "Nothing is under way like that.")
    if page.next:
        click.echo(f"There are more: add --cursor {page.next}")


async def _queue(asked: ListQueue) -> QueuePage:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, list_queue, asked)


def _waiting(row: QueueRow) -> str:
    clock = row.clock
    due = f"{clock.due}  {clock.state:<8} {clock.rule} {clock.title} ({clock.owner})" if clock else "nothing is due"
    return f"{row.reference}  {row.status:<11} {row.sending_pdu or '?'} to {row.receiving_pdu}  {due}"
