"""Single headers of an e-mail, as text. What the sender says of himself stays a claim."""

import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from adapters.formats.charsets import decode

_ADDRESS = re.compile(r"[^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,190}")
_IN_ANGLES = re.compile(r"<([^<>]{0,300})>")
_ID = re.compile(r"<[^<>\s]{1,500}>")
_ENCODED = r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]{0,1000})\?="
_WORD = re.compile(_ENCODED)
_WORDS = re.compile(rf"{_ENCODED}(?:=\?\1\?[bBqQ]\?[^?]{{0,1000}}\?=)*")
_GAP = re.compile(r"(\?=)\s{1,80}(?==\?)")
_LONGEST = 2_000
_YEARS = range(1990, 2100)


def text(message: Message, name: str) -> str:
    """The first header of that name, decoded, on one line. Empty when there is none."""
    return readable(str(message.get(name, "")))


def readable(value: str) -> str:
    """A header value with its encoded words decoded, on one line."""
    plain = decode(value[:_LONGEST].encode("utf-8", "surrogateescape"))[0]
    if "=?" in plain:
        plain = _GAP.sub(r"\1", plain)
        plain = _WORDS.sub(_decoded, plain)
    return " ".join(plain.split())


def _decoded(words: re.Match[str]) -> str:
    """Neighbouring encoded words together, since a letter may be cut in two between them."""
    found = list(_WORD.finditer(words[0]))
    content = b"".join(_content(word[2], word[3]) for word in found)
    return decode(content, found[0][1])[0].replace("\n", " ")


def _content(encoding: str, words: str) -> bytes:
    plain = words.encode("latin-1", "replace")
    try:
        if encoding in "qQ":
            return binascii.a2b_qp(plain, header=True)
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return plain


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
    value = readable(str(message.get("Message-ID", "")))
    found = _ID.search(value)
    return found[0] if found else value[:500]


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
