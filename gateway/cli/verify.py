"""`bedspace verify`."""

import asyncio
import re
import sys

import msgspec
import rich_click as click

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.settings import Settings, read_settings
from gateway.store.database import open_pool
from gateway.verify.invariants import Head
from gateway.verify.register import HOLDS, snapshot_differs
from gateway.verify.verify import Finding, Verify, finding
from gateway.verify.verify import verify as verify_all
from gateway.wiring import database_url, utc_now
from schemas.errors import Invalid

MARKS = {"holds": "holds  ", "warning": "warning", "broken": "BROKEN "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--head", metavar="SEQ:HASH", help="A head of the audit chain, as the worker's log has it.")
def verify(*, as_json: bool, head: str | None) -> None:
    """Check every invariant. Exit status 1 when one is broken; a warning is for a person to look at.

    Without --head, an audit cut off at its end together with its seals looks whole: keep the worker's log elsewhere.
    """
    findings = asyncio.run(_findings(read_settings(), _head(head)))
    if as_json:
        click.echo(msgspec.json.encode(findings).decode())
    else:
        _print(findings)
    sys.exit(1 if any(one.state == "broken" for one in findings) else 0)


def _head(given: str | None) -> Head | None:
    if given is None:
        return None
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", given)
    if match is None:
        raise Invalid.because("--head", "write it as the log has it: number, colon, 64 hexadecimal digits")
    return int(match[1]), bytes.fromhex(match[2])


async def _findings(settings: Settings, head: Head | None) -> list[Finding]:
    pool = await open_pool(database_url(settings), size=1)
    try:
        found = await act(House(pool=pool, now=utc_now), OPERATOR, verify_all, Verify(head=head))
        return [*found, finding("snapshot", HOLDS, await snapshot_differs(pool, utc_now()))]
    finally:
        await pool.close()


def _print(findings: list[Finding]) -> None:
    for one in findings:
        click.echo(f"{MARKS[one.state]}  {one.holds}.")
        for words in one.found:
            click.echo(f"           {words}")
    broken, warned = ([one for one in findings if one.state == state] for state in ("broken", "warning"))
    if broken:
        click.echo(f"\n{len(broken)} of {len(findings)} are broken: {', '.join(one.id for one in broken)}")
    else:
        click.echo(f"\nAll {len(findings)} hold{f', {len(warned)} with a warning' if warned else ''}.")
