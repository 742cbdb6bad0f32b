"""Captured mail: what a demo shows instead of sending."""

from datetime import datetime
from email.message import EmailMessage

import msgspec

from bedspace.store import Tx, queries
from gateway.store.database import Pool, transaction
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.mail import CapturedMail, CapturedPage, CapturedRow, ListCaptured, ReadCaptured

sql = queries(__file__)


class Capture:
    """A transport that keeps the mail in the database of a demo."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, message: EmailMessage) -> None:
        async with transaction(self._pool) as tx:
            await sql.capture(
                tx,
                message_id=message["Message-ID"],
                sender=message["From"],
                recipient=message["To"],
                subject=message["Subject"],
                body=message.get_content(),
            )


async def list_captured(tx: Tx, command: ListCaptured, now: datetime) -> Done[CapturedPage]:  # noqa: ARG001  # a verb's signature
    """One page, newest first. Raises `Invalid` for a cursor that we did not give."""
    before = command.cursor
    if before is not None and not (before.isdecimal() and len(before) < 19):
        raise Invalid.because("cursor", "use the `next` of the page before, as it was given")
    rows = await sql.captured(tx, before=int(before) if before else None, limit=command.limit + 1)
    items = msgspec.convert(rows[: command.limit], list[CapturedRow], from_attributes=True)
    return Done(CapturedPage(items=items, next=str(items[-1].id) if len(rows) > command.limit else None))


async def read_captured(tx: Tx, command: ReadCaptured, now: datetime) -> Done[CapturedMail]:  # noqa: ARG001  # a verb's signature
    """One mail. Raises `NotThere`."""
    row = await sql.captured_mail(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such captured mail. Open the list of captured mail and choose one.")
    return Done(msgspec.convert(row, CapturedMail), subject=f"mail:{command.id}")
