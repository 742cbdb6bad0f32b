"""An e-mail from bytes, however broken. The standard library splits it into parts; everything else is read warily."""

import email
import hashlib
import re
from datetime import datetime
from email.message import Message

from msgspec import Struct, field

from adapters.formats import mime_headers as headers
from adapters.formats.mime_automatic import why_automatic
from adapters.formats.mime_parts import read_parts
from adapters.formats.mime_policy import BOUNDARIES, MOST_BOUNDARIES, WARY
from adapters.formats.mime_thread import thread_names
from schemas.drafts import Part
from schemas.errors import Unreadable

_HEADER = re.compile(rb"[!-9;-~]{1,76}[ \t]{0,8}:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|received|return-path|delivered-to|message-id|mime-version"
    rb"|content-[a-z-]{2,40}|x-[a-z0-9-]{2,60}|dkim-signature|authentication-results|arc-[a-z-]{2,40}"
    rb"|thread-[a-z]{2,20}|in-reply-to|references|list-[a-z]{2,20}|auto-submitted|precedence|importance)[ \t]{0,8}:",
    re.IGNORECASE,
)
_LONGEST_HEAD = 200_000
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")
_SPACED = re.compile(rb"^([!-9;-~]{1,76})[ \t]{1,8}:", re.MULTILINE)
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Mail(Struct, frozen=True, kw_only=True):
    """An e-mail as a person would see it. Nothing in it proves who sent it."""

    subject: str = ""
    from_name: str = ""
    from_email: str = ""
    """Empty when the From header names none, or more than one."""
    reply_to: str = ""
    date: datetime | None = None
    """With its zone, as the sender's clock had it."""
    message_id: str = ""
    thread: list[str] = field(default_factory=list)
    """Names that the messages of one conversation share."""
    text: str = ""
    """The body, table cells a tab apart, quotations marked with `>`."""
    parts: list[Part] = field(default_factory=list)
    automatic: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def text_hash(self) -> str:
        """The same for the same words, however they were wrapped on their way."""
        return hashlib.sha256(" ".join(self.text.split()).encode("utf-8", "replace")).hexdigest()


def looks_like_email(raw: bytes) -> bool:
    """A cheap look: the first line is a header, and one of the first lines a header that e-mails have."""
    head = _as_ascii(raw[:16_000]).lstrip(b"\r\n \t")
    head = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if head.startswith((b"From ", b">From ")) and not _HEADER.match(head):
        head = head.partition(b"\n")[2]
    if not _HEADER.match(head):
        return False
    return any(_KNOWN.match(line) for line in head.split(b"\n")[:200])


def read_mail(raw: bytes) -> Mail:
    """The e-mail in these bytes. Raises `Unreadable` when there is none, and nothing else."""
    _refuse_what_is_no_email(raw)
    try:
        return mail_of(*_taken_apart(_with_plain_headers(_as_ascii(raw).lstrip(b"\r\n \t"))))
    except Exception as error:  # the library promises nothing about hostile bytes; we do
        raise Unreadable(
            "This e-mail is damaged and cannot be taken apart. Send it again, or write its text as a new plain e-mail."
        ) from error


def mail_of(message: Message, problems: list[str]) -> Mail:
    """The e-mail that was taken apart."""
    bodies = read_parts(message)
    name, address, doubts = headers.sender(message)
    return Mail(
        subject=headers.text(message, "Subject"),
        from_name=name,
        from_email=address,
        reply_to=headers.reply_to(message),
        date=headers.sent_at(message),
        message_id=headers.message_id(message),
        thread=thread_names(message),
        text=bodies.text,
        parts=bodies.attachments,
        automatic=why_automatic(message, bodies.text),
        problems=problems + doubts + bodies.problems,
    )


def _taken_apart(raw: bytes) -> tuple[Message, list[str]]:
    if len(BOUNDARIES.findall(raw)) <= MOST_BOUNDARIES:
        return email.message_from_bytes(raw, policy=WARY), []
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = email.message_from_bytes(head + b"\n\n", policy=WARY)
    del message["Content-Type"], message["Content-Transfer-Encoding"]
    message.set_payload(body.decode("ascii", "surrogateescape"))
    return message, ["The e-mail has too many parts inside one another; it was read as plain text."]


def _with_plain_headers(raw: bytes) -> bytes:
    """`From : x` is a header to its sender, if not to the library."""
    end = _BLANK.search(raw)
    head = raw[: end.start()] if end else raw
    kept = head if len(head) <= _LONGEST_HEAD else head[: head.rfind(b"\n", 0, _LONGEST_HEAD)]
    return _SPACED.sub(rb"\1:", kept) + raw[len(head) :]


def _refuse_what_is_no_email(raw: bytes) -> None:
    if not raw.strip(b"\r\n\t \0"):
        raise Unreadable("The message is empty. Send the e-mail itself, as the .eml file that your mail program saves.")
    if not looks_like_email(raw):
        raise Unreadable(
            "This is not an e-mail: it does not begin with headers such as From, Subject and Date. "
            "Send the whole e-mail, as the .eml file that your mail program saves."
        )


def _as_ascii(raw: bytes) -> bytes:
    """Without a byte order mark; a file saved as UTF-16 as UTF-8."""
    if codec := _UTF16.get(raw[:2]):
        return raw[2:].decode(codec, "replace").encode("utf-8", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf")
