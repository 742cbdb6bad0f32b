"""Links that confirm: whoever holds one may open and confirm that one NSI until the link expires."""

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import UTC, datetime, timedelta
from uuid import UUID

from schemas.errors import NotThere

LASTS = timedelta(days=14)
_BODY = struct.Struct(">16sI")
"""Id of the NSI, and the second (UTC) at which the link expires."""
_SEAL_BYTES = 16


def confirm_token(secret: bytes, nsi_id: UUID, until: datetime) -> str:
    """The part of a link that opens one NSI until then: 48 characters that fit in a URL."""
    body = _BODY.pack(nsi_id.bytes, int(until.timestamp()))
    return base64.urlsafe_b64encode(body + _seal(secret, body)).decode()


def nsi_of_token(secret: bytes, token: str, now: datetime) -> UUID:
    """The NSI a token opens. Raises `NotThere` when it is forged, damaged or expired, and says what to do."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise _useless() from error
    body, seal = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(seal, _seal(secret, body)):
        raise _useless()
    nsi, until = _BODY.unpack(body)
    if now >= datetime.fromtimestamp(until, UTC):
        raise NotThere(
            f"This link worked for {LASTS.days} days and has expired. Sign in to confirm the NSI, "
            "or send the message again for a new link."
        )
    return UUID(bytes=nsi)


def _seal(secret: bytes, body: bytes) -> bytes:
    return hmac.digest(secret, b"confirm link\0" + body, hashlib.sha256)[:_SEAL_BYTES]


def _useless() -> NotThere:
    return NotThere(
        "This link does not open anything. Copy the whole link from the mail, or sign in to confirm the NSI."
    )
