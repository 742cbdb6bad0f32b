"""`bedspace replay`: deliveries that failed, and sending them again."""

import asyncio
from datetime import datetime
from typing import Any

import msgspec
import rich_click as click

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.delivery.replay import Trier, list_deliveries, replay_dead, replay_delivery
from gateway.settings import read_settings
from gateway.wiring import open_works, packer_of
from schemas.deliveries import (
    Delivery,
    ListDeliveries,
    ReplayDead,
    ReplayDelivery,
    Replayed,
    TryReplay,
    WouldSend,
)

WHEN = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])


@click.command()
@click.argument("delivery", type=click.IntRange(1), required=False)
@click.option("--dead", is_flag=True, help="All that are dead, of the connection or the purpose that is named.")
@click.option("--connection", metavar="CODE", help="Only by this connection.")
@click.option("--purpose", metavar="CODE", help="Only these letters, such as `nsi_to_spoc`.")
@click.option("--since", type=WHEN, help="Queued then or later, UTC.")
@click.option("--until", type=WHEN, help="Queued before then, UTC.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; nothing is.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def replay(delivery: int | None, *, dead: bool, dry_run: bool, as_json: bool, **which: Any) -> None:
    """List the dead deliveries, or send again: one by its number, or all that fit.

    \b
    bedspace replay                                   what is dead, and why
    bedspace replay 1204 --dry-run                    which fields would be new to the far side
    bedspace replay 1204
    bedspace replay --dead --connection leeds-out
    """
    which = {name: value.astimezone() if isinstance(value, datetime) else value for name, value in which.items()}
    if delivery is not None:
        answer = _act("would" if dry_run else "one", delivery)
    elif dead and not dry_run:
        answer = _act("dead", ReplayDead(**which))
    else:
        answer = _act("list", ListDeliveries(state="dead", connection=which["connection"], limit=200))
    click.echo(msgspec.json.format(msgspec.json.encode(answer)).decode() if as_json else _told(answer))


def _act(what: str, asked: Any) -> Any:
    async def do() -> Any:
        async with open_works(read_settings()) as works:
            if what == "would":
                return await act(works.house, OPERATOR, Trier(packer_of(works)).would, TryReplay(id=asked))
            if what == "one":
                return await act(works.house, OPERATOR, replay_delivery, ReplayDelivery(id=asked))
            if what == "dead":
                return await act(works.house, OPERATOR, replay_dead, asked)
            return (await act(works.house, OPERATOR, list_deliveries, asked)).items

    return asyncio.run(do())


def _told(answer: list[Delivery] | WouldSend | Replayed) -> str:
    if isinstance(answer, Replayed):
        more = " There are more: call it again." if answer.more else ""
        return f"{len(answer.ids)} will be sent again.{more}"
    if isinstance(answer, WouldSend):
        return _would(answer)
    if not answer:
        return "Nothing is dead."
    return "\n".join(
        f"{one.id:>8}  {one.connection or 'mail'}  {one.purpose}  {one.subject}\n          {one.reason}"
        for one in answer
    )


def _would(answer: WouldSend) -> str:
    if answer.would == "refuse":
        return f"It would be refused: {answer.why}"
    if answer.content_type is None:
        return answer.why or ""
    since = f"since {answer.last_sent_at:%-d %B %Y, %H:%M} UTC" if answer.last_sent_at else "nothing was sent before"
    parts = [f"{len(names)} {word} ({', '.join(names)})" for word, names in (
        ("new", answer.added), ("changed", answer.changed), ("gone", answer.gone)) if names]  # fmt: skip
    fields = "; ".join([*parts, f"{answer.unchanged} unchanged"])
    return f"It would send {answer.size} bytes of {answer.content_type}. Fields, {since}: {fields}."
