"""The parts of an e-mail: what is to be read as its text, and what hangs on it."""

import email
import posixpath
import re
import struct
from base64 import b64decode
from collections.abc import Iterator
from email.message import Message

from msgspec import Struct, field

from adapters.formats.charsets import decode
from adapters.formats.html_text import text_of_html
from adapters.formats.kinds import EMAIL, TNEF, kind_of
from adapters.formats.mime_headers import readable
from adapters.formats.mime_policy import BOUNDARIES, MOST_BOUNDARIES, WARY
from adapters.formats.tnef import read_tnef
from schemas.drafts import Part

_DEEPEST = 20
_MOST_PARTS = 50
_LARGEST_PART = 20_000_000
_LONGEST_TEXT = 400_000
_LONGEST_HTML = 1_000_000
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_SAME = frozenset({"text/plain", "text/html"})
"""Alternatives that have the same words. Another is a file of its own, an invitation for instance."""
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=\s]")
_REPORTS = frozenset({"message/delivery-status", "text/rfc822-headers", "message/disposition-notification"})
_KIND = re.compile(r"[a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,100}")
_NAME = re.compile(r"[^\w .,()+@&'-]")


class Bodies(Struct, kw_only=True):
    """What the parts of one e-mail came to."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)[:_LONGEST_TEXT]


def read_parts(message: Message) -> Bodies:
    bodies = Bodies()
    for number, part in enumerate(_leaves(message, 0), 1):
        if number > _MOST_PARTS:
            bodies.problems.append(f"The e-mail has more than {_MOST_PARTS} parts; the rest was not read.")
            break
        _read_part(bodies, part, number)
    if sum(map(len, bodies.texts)) > _LONGEST_TEXT:
        bodies.problems.append("The text is very long; only its beginning was read.")
    return bodies


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    """The parts that hold something. Of alternatives only one: plain text, unless only HTML keeps the tables."""
    inside = _enclosed(message) if message.get_content_type() == EMAIL else _inside(message)
    if not inside or depth > _DEEPEST:
        yield message
    elif message.get_content_type() == EMAIL:
        message.set_payload([*inside])
        yield message
        yield from _leaves(inside[0], depth + 1)
    elif message.get_content_maintype() == "message":
        yield message
    elif message.get_content_type() == "multipart/alternative":
        yield from _leaves(_better(inside), depth + 1)
        others = (part for part in inside if part.get_content_type() not in _SAME)
        yield from (part for part in others if part.get_content_maintype() != "multipart")
    else:
        for part in inside:
            yield from _leaves(part, depth + 1)


def _better(alternatives: list[Message]) -> Message:
    plain = next((part for part in alternatives if part.get_content_type() == "text/plain"), None)
    rich = next((part for part in alternatives if part.get_content_type() in {"text/html", "multipart/related"}), None)
    if plain is None or rich is None:
        return next(part for part in (plain, rich, alternatives[-1]) if part is not None)  # without headers: falsy
    said = str(_content(plain)[:2_000].strip(), "ascii", "replace")
    has_table = b"<table" in _content(_html_of(rich))[:_LONGEST_HTML].lower()
    return rich if has_table or len(said) < 3 else plain


def _inside(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _enclosed(message: Message) -> list[Message]:
    """The e-mail in this part, also where it was packed as no e-mail should be."""
    inside = _inside(message)
    if not _is_base64(message) or len(inside) != 1 or inside[0].is_multipart() or len(inside[0].keys()) > 1:
        return inside
    try:
        raw = b64decode(str(inside[0].get_payload()), validate=False)[:_LARGEST_PART]
    except ValueError:
        return inside
    if len(BOUNDARIES.findall(raw)) > MOST_BOUNDARIES:
        return inside
    return [email.message_from_bytes(raw.lstrip(b"\r\n \t"), policy=WARY)] if raw.strip() else inside


def _html_of(part: Message) -> Message:
    return next(iter(_inside(part)), part)


def _read_part(bodies: Bodies, part: Message, number: int) -> None:
    kind = _kind_of(part)
    name = _name_of(part)
    if kind in _SEALED:
        bodies.problems.append("The e-mail is encrypted. Send it again without encryption, or use the form.")
    if kind in _REPORTS or (kind.startswith("image/") and part.get("Content-ID")):
        return
    attached = part.get_content_disposition() == "attachment" or bool(name) or kind not in {"text/plain", "text/html"}
    if kind == EMAIL and part.is_multipart():
        bodies.texts.append(_as_passed_on(_inside(part)[0]))
        return
    if attached and not _content(part):
        return
    if attached:
        _attach(bodies, part, name or f"part-{number}", kind)
    else:
        _add_text(bodies, part, html=kind == "text/html")


def _as_passed_on(message: Message) -> str:
    """The headers of an enclosed e-mail, as a mail program puts them over what it forwards."""
    sent, subject = readable(str(message.get("Date", ""))), readable(str(message.get("Subject", "")))
    return f"---------- Forwarded message ----------\nFrom: -\nSent: {sent}\nSubject: {subject}"


def _attach(bodies: Bodies, part: Message, name: str, kind: str) -> None:
    content = _content(part)
    if kind_of(content, name, kind) == TNEF:
        _unwrap(bodies, content)
    elif len(content) > _LARGEST_PART:
        bodies.problems.append(f"Attachment {len(bodies.attachments) + 1} is too large and was not kept.")
    else:
        bodies.attachments.append(Part(name=name, content_type=kind_of(content, name, kind), content=content))


def _unwrap(bodies: Bodies, content: bytes) -> None:
    """What Outlook has wrapped up: its files, and its text where the e-mail has no other."""
    try:
        wrapped = read_tnef(content)
    except (ValueError, struct.error, IndexError):
        bodies.problems.append("An attachment in Outlook's own format (winmail.dat) is damaged and cannot be opened.")
        return
    if wrapped.text and not "".join(bodies.texts).strip():
        bodies.texts.append(wrapped.text)
    for file in wrapped.files[: max(0, _MOST_PARTS - len(bodies.attachments))]:
        name = shown_name(file.name) or f"part-{len(bodies.attachments) + 1}"
        kind = kind_of(file.content, name, "application/octet-stream")
        bodies.attachments.append(Part(name=name, content_type=kind, content=file.content))


def _add_text(bodies: Bodies, part: Message, *, html: bool) -> None:
    content = _content(part)
    kept = content[: _LONGEST_HTML if html else _LONGEST_TEXT * 2]
    text, whole = decode(kept, part.get_content_charset() or "", html=html)
    if not whole:
        bodies.problems.append("Some letters could not be read: the e-mail names another character set than it uses.")
    if len(kept) < len(content):
        bodies.problems.append("The text is very long; only its beginning was read.")
    bodies.texts.append(text_of_html(text) if html else text)


def _content(part: Message) -> bytes:
    if part.is_multipart():
        inside = _inside(part) if part.get_content_maintype() == "message" else []
        return b"\n".join(_as_bytes(one) for one in inside)
    said = str(part.get_payload())
    if len(_NO_BASE64.findall(said[:4_000])) * 50 > len(said[:4_000]) and _is_base64(part):
        return said.encode("utf-8", "surrogateescape")  # it says so, and is plain
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return said.encode("utf-8", "surrogateescape")


def _is_base64(part: Message) -> bool:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"


def _as_bytes(message: Message) -> bytes:
    """Of a message that is no e-mail: a part of one, or where one is to be had."""
    head = "".join(f"{name}: {value}\n" for name, value in message.items())
    body = message.get_payload()
    return f"{head}\n{body if isinstance(body, str) else ''}".encode("utf-8", "surrogateescape")


def _kind_of(part: Message) -> str:
    kind = part.get_content_type()
    return kind if _KIND.fullmatch(kind) else "application/octet-stream"


def _name_of(part: Message) -> str:
    """A name to show, never a path: without folders, control characters or more than 100 characters."""
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    return shown_name(given)


def shown_name(given: str) -> str:
    """Of a file: without folders and signs."""
    last = posixpath.basename(given.replace("\\", "/").replace("\0", ""))
    return _NAME.sub("_", " ".join(last.split())).strip(". ")[:100]
