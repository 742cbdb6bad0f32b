"""Messages in: the bytes are stored, then the answer is given, then they are read."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from litestar import post
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import HeaderParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import Ask, GivenActor, GivenWorks
from gateway.intake.store import MOST_BYTES, store_message
from gateway.wiring import content_types, looks_like_email, systems_reading
from schemas.errors import Malformed, NotTaken, Unreadable
from schemas.inbox import InboxItem, StoreMessage

EMAIL = "message/rfc822"
UNSAID = ("", "text/plain", "application/octet-stream")
"""What programs send when they do not know: taken where the bytes look like an e-mail."""


@dataclass
class TakesAMessage(Operation):
    """Documents the body: raw bytes, of one of these kinds."""

    def __post_init__(self) -> None:
        raw = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format="binary"))  # type: ignore[arg-type]  # any format is meant
        kinds = (*content_types(), *UNSAID[1:])
        self.request_body = RequestBody(content=dict.fromkeys(kinds, raw), required=True)


SourceKey = Annotated[
    str | None,
    HeaderParameter(
        name="X-Source-Key",
        min_length=1,
        max_length=200,
        description="The sender's own key of the message: the same key has the same answer. Without it, the SHA-256.",
    ),
]


ByConnection = Annotated[
    str | None,
    HeaderParameter(
        name="X-Connection",
        min_length=2,
        max_length=40,
        description="Code of the connection, for an account that sends over several.",
    ),
]


@post(
    "/intake",
    status_code=202,
    summary="Send a message",
    tags=["Intake"],
    operation_class=TakesAMessage,
    request_max_body_size=MOST_BYTES,
    responses=problems(*GUARDED, 413, 415, 422),
)
async def take_in(
    request: Ask,
    works: GivenWorks,
    actor: GivenActor,
    source_key: SourceKey = None,
    connection: ByConnection = None,
    idempotency_key: IdempotencyKey = None,
) -> InboxItem:
    """An e-mail as it is (`message/rfc822`). 202 once it is stored; `GET /api/v1/inbox/{id}` says what became of it."""
    kind = kind_of(request.headers.get("content-type", ""))
    raw = await request.body()
    kind = kind_of_bytes(kind, raw)
    message = StoreMessage(
        raw=raw,
        content_type=kind,
        source_key=source_key or hashlib.sha256(raw).hexdigest(),
        channel="http",
        connection=connection or "",
        systems=systems_reading(kind),
    )
    return await act(works.house, actor, store_message, message, key=idempotency_key)


def kind_of(header: str) -> str:
    """The kind of content a `Content-Type` names, without its parameters. Raises `NotTaken`."""
    kind = header.partition(";")[0].strip().lower()
    if kind not in (*content_types(), *UNSAID):
        raise NotTaken(f"Send the raw message with one of these content types: {', '.join(content_types())}.")
    return kind


def kind_of_bytes(kind: str, raw: bytes) -> str:
    """The kind a message is read as. Raises `Malformed` when it is empty and `Unreadable` when it is no e-mail."""
    if not raw.strip():
        raise Malformed("The body is empty. Send the raw message, as the mail program saves it (.eml).")
    if kind not in (EMAIL, *UNSAID):
        return kind
    if not looks_like_email(raw):
        raise Unreadable(
            "This is not an e-mail: it does not begin with header lines such as `From:` and `Subject:`. "
            "Nothing was stored. Send the whole message, as the mail program saves it (.eml)."
        )
    return EMAIL
