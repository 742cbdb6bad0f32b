"""Attachments go back to the readers, and what they hold becomes part of what the message came to.

A message has one state, however many files hang on it: a covering e-mail, the form in it and a tracker beside it are
one reading. Whom two of them are about is one draft, the surest words for each field, each with its place.
"""

import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from gateway.intake.joining import Joining
from schemas.drafts import Part, Reading
from schemas.errors import Unreadable

Read: TypeAlias = Callable[[str, bytes], Awaitable[Reading]]
MOST = 20
"""Attachments of one message that are read."""
DEEPEST = 3
"""Messages inside one another."""
SECONDS = 8.0
"""After which no further attachment is begun, so that the lease of the message holds."""
MOST_DRAFTS = 200
"""Of one message: a longer file goes over a connection, in a stream."""
_LONGEST_REASON = 300


async def with_parts(reading: Reading, reads: Callable[[str], bool], read: Read) -> Reading:
    """The same with what its attachments hold. `read` reads one message without its attachments."""
    return await _with_parts(reading, reads, read, time.monotonic() + SECONDS, 0)


async def _with_parts(reading: Reading, reads: Callable[[str], bool], read: Read, until: float, depth: int) -> Reading:
    files = [(n, part) for n, part in enumerate(reading.parts, start=1) if reads(part.content_type)]
    if not files or reading.automatic:
        return reading
    joining = Joining(reading)
    for count, (n, part) in enumerate(files):
        if count == MOST or time.monotonic() > until or depth == DEEPEST:
            joining.problem(f"Attachment {n} and those after it were not read: there are too many.")
            break
        try:
            inner = await _with_parts(await read(part.content_type, part.content), reads, read, until, depth + 1)
        except Unreadable as error:
            joining.problem(f"Attachment {n} is not read. {error}"[:_LONGEST_REASON])
            continue
        if joining.size + len(inner.drafts) + len(inner.refused) > MOST_DRAFTS:
            why = f"it holds more than {MOST_DRAFTS} records. Send it by itself, over the connection of its system."
            joining.problem(f"Attachment {n} is not read: {why}")
            continue
        joining.add(inner, _where(part, n), n)
    return joining.joined()


def _where(part: Part, number: int) -> str:
    return f"attachment {part.name or number}"
