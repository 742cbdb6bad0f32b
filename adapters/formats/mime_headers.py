"""Single headers of an e-mail, as text. What the sender says of himself stays a claim."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from adapters.formats.charsets import decode

_ADDRESS = re.compile(r"[^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,190}")
_IN_ANGLES = re.compile(r"<([^<>]{0,300})>")
_ID = re.compile(r"<[^<>\s]{1,500}>")
_PARTS = (ValueError, LookupError, HeaderParseError, TypeError, AttributeError)
_YEARS = range(1990, 2100)


def text(message: Message, name: str) -> str:
    """The first header of that name, decoded, on one line. Empty when there is none."""
    return readable(str(message.get(name, "")))


def readable(value: str) -> str:
    """A header value with its encoded words decoded, on one line."""
    value = value[:2_000]
    if "=?" not in value:
        return _one_line(_bytes_of(value))
    try:
        pieces = decode_header(value)
    except _PARTS:
        return _one_line(_bytes_of(value))
    return " ".join(_joined(pieces).split())


def _joined(pieces: Iterable[tuple[bytes | str, str | None]]) -> str:
    return "".join(
        piece if isinstance(piece, str) else decode(piece, charset or "")[0] for piece, charset in pieces
    ).replace("\n", " ")


def _bytes_of(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")


def _one_line(value: bytes) -> str:
    return " ".join(decode(value)[0].split())


def sender(message: Message) -> tuple[str, str, list[str]]:
    """Display name, address, and what is doubtful about them."""
    values = [readable(str(value)) for value in message.get_all("From", [])]
    value = values[0] if values else ""
    addresses = _addresses(value)
    if len(values) > 1 or len(addresses) > 1:
        return "", "", ["The e-mail names more than one sender. Ask who sent it."]
    name = _display_name(value)
    if "@" in name and addresses and name.lower().strip() != addresses[0]:
        return "", addresses[0], ["The sender's name is itself an address, and not the one it came from."]
    return ("" if "@" in name else name), (addresses[0] if addresses else ""), []


def _addresses(value: str) -> list[str]:
    """Where there are angle brackets, only what stands in them is an address."""
    angled = _IN_ANGLES.findall(value)
    found = [match for piece in (angled or [value]) for match in _ADDRESS.findall(piece)]
    return list(dict.fromkeys(address.lower().strip("'.") for address in found))


def _display_name(value: str) -> str:
    name = _IN_ANGLES.sub(" ", value) if "<" in value else ""
    if not name and (found := re.search(r"\(([^()]{1,100})\)", value)):
        name = found[1]
    return " ".join(name.replace('"', " ").split()).strip("' ,")


def reply_to(message: Message) -> str:
    addresses = _addresses(text(message, "Reply-To"))
    return addresses[0] if len(addresses) == 1 else ""


def message_id(message: Message) -> str:
    value = str(message.get("Message-ID", ""))
    found = _ID.search(value)
    return found[0] if found else readable(value)[:500]


def sent_at(message: Message) -> datetime | None:
    """When it was sent, by its Date header, else by the newest Received header."""
    received = str(message.get("Received", "")).rpartition(";")[2]
    for value in (str(message.get("Date", "")), received):
        try:
            at = parsedate_to_datetime(value[:100].strip())
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
        if at.year in _YEARS:
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None
