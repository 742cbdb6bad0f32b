"""A form to drafts: as a rule one, of the person whom another office is asked to supervise for a while."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from adapters.formats.docx import Block, docx_blocks
from adapters.formats.pdf_text import read_pdf
from adapters.systems.temporary_supervision.answers import Answer, Heading, answers
from adapters.systems.temporary_supervision.profile import Form, bare
from adapters.systems.temporary_supervision.ticks import NOT_YET, said_of
from adapters.systems.temporary_supervision.values import POSTCODE, NoWord, Unfit, plain, value_of
from schemas.drafts import DraftNsi, Found, Reading, Unmapped
from schemas.errors import Unreadable

_ABOVE = 40
"""Lines among which the form is headed."""
_WHO = frozenset({"name", "crn", "noms", "pnc"})
_LONGEST_CODE = 40
_CLAIMED = {"officer": "sender_name", "officer_email": "sender_email"}
"""Who asks is who is answered: a claim, never an identity."""
NOT_THIS = (
    "This is not a Request for Temporary Supervision: it is not headed so. "
    "Use the form, or write what it asks for into an e-mail."
)


class _Request(Struct):
    """What one form says, so far."""

    heading: Heading
    found: dict[str, Found[Any]] = field(default_factory=dict)
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of the checklist, with what is said of each, and where."""
    unmapped: dict[str, str] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)


def read(raw: bytes, profile: Form) -> Reading:
    """Raises `Unreadable` for what is no such form, and nothing else."""
    if raw.startswith(b"PK\x03\x04"):
        blocks, filled = docx_blocks(raw), list[Answer]()
    elif b"%PDF-" in raw[:1_024]:
        pdf = read_pdf(raw)
        blocks = [Block([line.text], line.source) for line in pdf.lines]
        keyed = ((profile.labels.get(bare(one.name)), one) for one in pdf.fields)
        filled = [Answer(key, one.text, one.source) for key, one in keyed if key]
    else:
        raise Unreadable("This is neither a Word document (.docx) nor a PDF. Send the form as one of these.")
    return _reading(blocks, filled, profile)


def _reading(blocks: list[Block], filled: list[Answer], profile: Form) -> Reading:
    headed = [bare(cell) for block in blocks[:_ABOVE] for cell in block.cells]
    if not any(bare(one) in cell for one in profile.heading for cell in headed):
        raise Unreadable(NOT_THIS)
    requests = _requests([*answers(blocks, profile)], filled, profile)
    drafts = [draft for one in requests if (draft := _draft(one))]
    problems = [problem for one in requests for problem in one.unfit.values()]
    open_ = [item for one in requests for item, (said, _) in one.items.items() if said == NOT_YET]
    if drafts and open_:
        problems.append(f"Not ticked off on the form: {', '.join(dict.fromkeys(open_))}.")
    if not drafts:
        problems.append("The form says of nobody who it is about.")
    codes = [Unmapped(field=name, code=code) for one in requests for name, code in one.unmapped.items()]
    return Reading(drafts=[*drafts], unmapped=codes, problems=problems, subject=profile.heading[0])


def _requests(said: list[Answer | Heading], filled: list[Answer], profile: Form) -> list[_Request]:
    """A heading begins another where somebody else is then named: some repeat it on every page."""
    first = next((one for one in said if isinstance(one, Heading)), Heading(profile.heading[0], "heading"))
    requests = [_Request(first)]
    heading: Heading | None = None
    for one in (*filled, *said):
        if isinstance(one, Heading):
            heading = one
            continue
        known = requests[-1].found.get(one.key)
        if heading and known and one.key in _WHO and bare(known.text) != bare(one.text):
            requests.append(_Request(heading))
        if one.key in _WHO:
            heading = None
        _take(requests[-1], one, profile)
    return requests


def _take(request: _Request, answer: Answer, profile: Form) -> None:
    """The first answer to a field that can be read stands."""
    name = answer.key
    if name not in profile.fields:
        request.items.setdefault(name, (said_of(answer.text), answer.source))
        return
    if name in request.found:
        return
    try:
        words = plain(name, answer.text)
        if not words:
            return
        value = value_of(profile, name, words)
    except Unfit as error:
        label = profile.called(name)[0]
        request.unfit.setdefault(name, f"{label}, in {answer.source}: {error}")
        return
    except NoWord:
        request.unmapped.setdefault(name, words[:_LONGEST_CODE])
        return
    request.unfit.pop(name, None)
    request.unmapped.pop(name, None)
    request.found[name] = Found(value=value, text=answer.text, source=answer.source, confidence=1.0)


def _draft(request: _Request) -> DraftNsi | None:
    found = request.found
    if not _WHO & found.keys():
        return None
    heading = request.heading
    type_ = Found(value="temporary_move", text=heading.text, source=heading.source, confidence=1.0)
    said = {**found, "type": type_, **dict(_destination(found)), **dict(_claims(found))}
    if note := _note(request):
        said["note"] = note
    return DraftNsi(**said)


def _destination(found: dict[str, Found[Any]]) -> Iterator[tuple[str, Found[Any]]]:
    """The postcode, as it stands by itself or in the address; else the office that is asked."""
    address, office = found.get("address"), found.get("intended_provider")
    if "destination" in found:
        return
    if address and (code := POSTCODE.search(address.value.upper())):
        text = address.value[code.start() : code.end()]
        yield "destination", Found(value=f"{code[1]} {code[2]}", text=text, source=address.source, confidence=1.0)
    elif office:
        yield "destination", replace(office, confidence=0.8)


def _claims(found: dict[str, Found[Any]]) -> Iterator[tuple[str, Found[Any]]]:
    for name, claim in _CLAIMED.items():
        if name in found:
            yield claim, replace(found[name], confidence=0.5)


def _note(request: _Request) -> Found[str] | None:
    """What else is said, and what is ticked off."""
    note = request.found.get("note")
    done = {item: one for item, one in request.items.items() if one[0] != NOT_YET}
    if not done:
        return note
    items = [f"{item}: {said}" for item, (said, _) in done.items()]
    lines, texts = ([note.value, *items], [note.text, *items]) if note else (items, items)
    sources = [*([note.source] if note else []), *(source for _, source in done.values())]
    return Found(
        value="\n".join(lines), text="\n".join(texts), source="; ".join(dict.fromkeys(sources)), confidence=1.0
    )
