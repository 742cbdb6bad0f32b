"""The audit's seal: a chain of hashes over its rows, in order, so that any change, gap or reordering shows."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
import structlog

from bedspace.store import Tx, queries
from gateway.store.database import Pool, transaction

log = structlog.get_logger("bedspace.seal")
sql = queries(__file__)

FIRST = bytes(32)
"""What the first link follows."""
BATCH = 1000


class Sealer:
    """Chains what has been written since it last looked. Any number may run; one at a time seals."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._seen = 0

    async def seal(self) -> int:
        """Seal every row whose transaction has ended, publish the head in the log, and answer how many. Rows of
        transactions still running wait, so that no late commit falls behind the chain. Raises `Unavailable`."""
        sealed = 0
        while True:
            async with transaction(self._pool) as tx:
                if not await sql.sole_sealer(tx):
                    return sealed
                before: int = await sql.oldest_running(tx)
                rows = await sql.unsealed(tx, seen=self._seen, before=before, limit=BATCH)
                head = await _extend(tx, rows) if rows else None
            if head is not None:
                log.info("audit_sealed", rows=len(rows), head=f"{head[0]}:{head[1].hex()}")
            sealed += len(rows)
            if len(rows) < BATCH:
                self._seen = before
                return sealed


async def _extend(tx: Tx, rows: Sequence[Any]) -> tuple[int, bytes]:
    head = await sql.head(tx)
    first, previous = (head["seq"] + 1, head["hash"]) if head else (1, FIRST)
    hashes = [previous]
    for seq, row in enumerate(rows, first):
        hashes.append(link(hashes[-1], seq, row))
    await sql.seal(
        tx,
        seqs=list(range(first, first + len(rows))),
        ids=[row["id"] for row in rows],
        previouses=hashes[:-1],
        hashes=hashes[1:],
    )
    return first + len(rows) - 1, hashes[-1]


def link(previous: bytes, seq: int, row: Any) -> bytes:
    """The hash of one link: what it follows, its place, and every column of its row but the transaction number."""
    columns = ("id", "at", "actor", "role", "action", "subject", "persons", "reason", "outcome")
    body = msgspec.json.encode([row["at"].isoformat() if name == "at" else row[name] for name in columns])
    return hashlib.sha256(previous + seq.to_bytes(8, "big") + body).digest()


async def broken_links(tx: Tx, *, published: tuple[int, bytes] | None = None) -> AsyncIterator[str]:
    """What is wrong with the chain, in words, from its beginning; nothing when it holds.

    `published` is a head from a log: without one, a chain cut off at its end together with its rows looks whole.
    """
    previous, expected, found = FIRST, 1, False
    async for row in _chain(tx):
        if row["seq"] != expected:
            yield f"links {expected} to {row['seq'] - 1} of the chain are missing"
        if row["id"] is None:
            yield f"audit row {row['audit_id']} has been deleted (link {row['seq']})"
        elif row["previous"] != previous or row["hash"] != link(row["previous"], row["seq"], row):
            yield f"audit row {row['audit_id']}, or link {row['seq']} over it, is not as it was sealed"
        previous, expected = row["hash"], row["seq"] + 1
        found = found or published == (row["seq"], row["hash"])
    if published is not None and not found:
        yield f"the published head {published[0]} is not in the chain: it has been cut off or written anew"


async def _chain(tx: Tx) -> AsyncIterator[Any]:
    after = 0
    while rows := await sql.chain(tx, after=after, limit=BATCH):
        for row in rows:
            yield row
        after = rows[-1]["seq"]
