"""Messages of one conversation belong together: what forwards and answers another stands beside it."""

from uuid import UUID

from bedspace.store import Tx, queries
from schemas.drafts import Reading

sql = queries(__file__)

MOST = 40
LONGEST = 220


async def gather(tx: Tx, inbox: UUID, reading: Reading | None) -> None:
    """With the messages that share a name with it. Only for whoever looks: nothing is believed because of it."""
    names = [name for name in (reading.thread if reading else [])[:MOST] if len(name) <= LONGEST]
    if not names:
        return
    await sql.lock_names(tx, names=names)
    await sql.keep_names(tx, id=inbox, names=names)
    threads = [row["thread"] for row in await sql.threads(tx, id=inbox, names=names)]
    if threads:
        await sql.gather(tx, id=inbox, thread=threads[0], threads=threads)
