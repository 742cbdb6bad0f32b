"""An e-mail to drafts: bytes in, the same drafts each time."""

import re
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from adapters.formats.kinds import CFB
from adapters.formats.mime import Mail, read_mail
from adapters.formats.outlook import read_outlook
from adapters.formats.signatures import without_signature
from adapters.formats.threads import Passage, passages
from adapters.profile import Profile
from adapters.systems.email_notice.clues import Line, Reader, Unit
from adapters.systems.email_notice.dates import dates_in
from adapters.systems.email_notice.people import drafts_of
from adapters.systems.email_notice.units import units_of
from schemas.drafts import DraftNsi, Found, Reading
from schemas.errors import Unreadable

_LONDON = ZoneInfo("Europe/London")
_SILENT = frozenset({"bounce", "auto-reply"})
_PREFIX = re.compile(
    r"^(?:\s{0,3}(?:re|fw|fwd|ymateb|\[external\]|\[official[\w -]{0,20}\])\s{0,3}:?)+(?=\W|$)[\s:]*", re.IGNORECASE
)
_REPLY = re.compile(r"\s{0,3}(?:re|ymateb)\s{0,3}:", re.IGNORECASE)


def read(raw: bytes, profile: Profile) -> Reading:  # noqa: ARG001  # as every system's; e-mail has no layout to declare
    """Drafts of every person the e-mail is about. Raises `Unreadable` for what is no e-mail, and nothing else."""
    mail = read_outlook(raw) if raw.startswith(CFB) else read_mail(raw)
    try:
        return _reading(mail)
    except Exception as error:  # the promise to the caller: whatever it is, it goes to a person
        raise Unreadable(
            "The text of this e-mail could not be read. Send it again as plain text, or use the form."
        ) from error


def _reading(mail: Mail) -> Reading:
    today = mail.date.astimezone(_LONDON).date() if mail.date else None
    reader = Reader(today=today, sender=mail.from_name)
    drafts = [] if mail.automatic in _SILENT else _drafts(mail, reader)
    return Reading(
        drafts=[_with_sender(draft, mail) for draft in drafts],
        parts=[] if mail.automatic in _SILENT else mail.parts,
        subject=mail.subject,
        sender_email=mail.from_email,
        message_id=mail.message_id,
        thread=[] if mail.automatic in _SILENT else mail.thread,
        body_hash=mail.text_hash,
        automatic=mail.automatic,
        problems=list(dict.fromkeys(mail.problems + reader.problems)),
    )


def _drafts(mail: Mail, reader: Reader) -> list[DraftNsi]:
    """What is written or passed on counts; what a reply quotes only fills gaps, and only of the same person."""
    layers = passages(mail.text, is_reply=bool(_REPLY.match(mail.subject)))
    told = [layer for layer in layers if layer.kind != "quoted"]
    quoted = [layer for layer in layers if layer.kind == "quoted"]
    subject = units_of([Line(_PREFIX.sub("", mail.subject), "subject")], reader)
    units = [*subject, *(unit for layer in told for unit in _units(layer, reader))]
    drafts = drafts_of(units, reader)
    if len(drafts) > 1 or not quoted:
        return drafts
    earlier = [_doubted(d) for d in drafts_of([unit for layer in quoted for unit in _units(layer, reader)], reader)]
    told_now = drafts or drafts_of(units, reader, little=True)
    if len(earlier) == 1 and len(told_now) == 1:
        return [_filled(told_now[0], earlier[0])]
    return drafts or earlier


def _units(layer: Passage, reader: Reader) -> list[Unit]:
    lines = [Line(text, f"body line {number}") for number, text in without_signature(layer.lines, reader.sender)]
    sent = [read.value for read in dates_in(layer.sent[:100], None) if read.value]
    then = replace(reader, today=sent[0] if sent else reader.today)
    number, subject = layer.subject or (0, "")
    heading = units_of([Line(_PREFIX.sub("", subject), f"body line {number}")], then) if subject else []
    return [*heading, *units_of(lines, then)]


def _doubted(draft: DraftNsi) -> DraftNsi:
    """As read from the quotation of an earlier message."""
    found = {name: value for name in draft.__struct_fields__ if (value := getattr(draft, name)) is not None}
    return replace(
        draft,
        **{
            name: replace(value, source=f"quoted {value.source}", confidence=min(value.confidence, 0.6))
            for name, value in found.items()
        },
    )


def _filled(draft: DraftNsi, earlier: DraftNsi) -> DraftNsi:
    for name in ("crn", "noms", "birth_date"):
        mine, theirs = getattr(draft, name), getattr(earlier, name)
        if mine and theirs and mine.value != theirs.value:
            return draft
    gaps = [name for name in draft.__struct_fields__ if getattr(draft, name) is None]
    return replace(draft, **{name: getattr(earlier, name) for name in gaps})


def _with_sender(draft: DraftNsi, mail: Mail) -> DraftNsi:
    """A claim of the sender, never an identity."""
    name, address = mail.from_name, mail.from_email
    return replace(
        draft,
        sender_name=Found(value=name, text=name, source="From header", confidence=0.5) if name else None,
        sender_email=Found(value=address, text=address, source="From header", confidence=0.5) if address else None,
    )
