"""`bedspace nsi log`: from the bytes that caused an NSI to every delivery."""

import asyncio
from collections.abc import Iterator

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.delivery.trail import read_trail
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.deliveries import ReadTrail, Trail


@click.command()
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def log(reference: str, *, as_json: bool) -> None:
    """The transaction log of an NSI: its messages, what happened, who was sent what, and how that went."""
    trail = asyncio.run(_read(reference))
    click.echo(msgspec.json.format(msgspec.json.encode(trail)).decode() if as_json else "\n".join(_lines(trail)))


async def _read(reference: str) -> Trail:
    async with open_works(read_settings()) as works:
        return await act(works.house, OPERATOR, read_trail, ReadTrail(reference=reference))


def _lines(trail: Trail) -> Iterator[str]:
    yield trail.reference
    for message in trail.messages:
        came = message.connection or message.channel
        yield f"  message {message.inbox_id}, {message.received_at:%Y-%m-%d %H:%M}, by {came}: {message.state}"
        yield f"    {message.size} bytes, SHA-256 {message.sha256}"
    for event in trail.events:
        yield f"  {event.at:%Y-%m-%d %H:%M}  {event.kind}  {event.by or ''}".rstrip()
        for sent in event.deliveries:
            to = sent.connection or sent.purpose
            yield f"    delivery {sent.id} to {to}: {sent.state}{f', {sent.reason}' if sent.reason else ''}"
