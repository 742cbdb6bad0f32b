"""The key that makes a repeated write harmless."""

from typing import Annotated

from litestar.params import HeaderParameter

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Chosen by the caller. Within 24 hours the same key has the same answer; nothing is done again.",
    ),
]
