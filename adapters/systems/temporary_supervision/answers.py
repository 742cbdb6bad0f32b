"""What stands beside which label of the form, wherever the label is: in a cell, before a colon, on the line above."""

import re
from collections.abc import Iterator

from msgspec import Struct

from adapters.formats.docx import Block
from adapters.systems.temporary_supervision.profile import Form, bare
from adapters.systems.temporary_supervision.ticks import MARK

FREE = frozenset({"address", "reason", "note"})
"""May go on over several lines."""
_ASIDE = re.compile(r"\([^()]{0,120}\)\s{0,3}$")
_BESIDE = re.compile(r"^\s{0,3}\([^()]{0,120}\)\s{0,3}")
_NUMBER = re.compile(r"^\s{0,3}\d{1,2}(?:\.\d{1,2})?[.)]?\s{1,5}")
_MOST_LINES = 20
"""Of an answer in lines of text."""


class Answer(Struct):
    """To a field, or to an item of the checklist."""

    key: str
    text: str
    source: str


class Heading(Struct):
    """The form is headed here: what follows may be about somebody else."""

    text: str
    source: str


def answers(blocks: list[Block], form: Form) -> Iterator[Answer | Heading]:
    """In the order of the document. Those without words are left out."""
    asking: Answer | None = None
    for block in _with_whole_labels(blocks, form):
        for item in _of_block(block, form):
            if isinstance(item, str):
                if asking is not None and _goes_on(asking, block) and (asking.text or not _ASIDE.fullmatch(item)):
                    asking.text = f"{asking.text}\n{item}".strip()
                    asking.source = asking.source or block.source(0)
                continue
            if asking is not None and asking.text:
                yield asking
            asking = item if isinstance(item, Answer) else None
            if isinstance(item, Heading):
                yield item
            elif item is not None and block.table and item.text:
                yield item
                asking = None
    if asking is not None and asking.text:
        yield asking


def _goes_on(asking: Answer, block: Block) -> bool:
    """An answer stands below its label, and in lines of text goes on below itself where it may be long."""
    if not asking.text:
        return True
    return not block.table and asking.key in FREE and asking.text.count("\n") < _MOST_LINES


def _of_block(block: Block, form: Form) -> Iterator[Answer | Heading | str | None]:
    """Answers, headings of the form, `None` where a part begins, and words that stand by themselves."""
    at = 0
    while at < len(block.cells):
        cell = block.cells[at]
        key = form.labels.get(_label(cell)) if cell else None
        if key and at + 1 < len(block.cells):
            last = at + 2 if key in form.fields else len(block.cells)
            yield Answer(key, " ".join(filter(None, block.cells[at + 1 : last])), block.source(at + 1))
            at = last
            continue
        for line in cell.split("\n"):
            yield _of_line(line, block.source(at), form) if line else line
        at += 1


def _of_line(line: str, source: str, form: Form) -> Answer | Heading | str | None:
    plain = _NUMBER.sub("", line)
    if any(bare(plain).startswith(bare(one)) for one in form.heading):
        return Heading(line, source)
    if bare(plain) in form.headings:
        return None
    if key := form.labels.get(_label(plain)):
        marked = "".join(MARK.findall(plain))
        return Answer(key, marked, source if marked else "")
    for end in (":", "\t"):
        label, found, rest = plain.partition(end)
        if found and (key := form.labels.get(_label(label))):
            return Answer(key, rest.strip(), source if rest.strip() else "")
    return _begun(plain, source, form) or line


def _begun(line: str, source: str, form: Form) -> Answer | None:
    """A line that begins with a label as we write it: a PDF keeps no cells."""
    said = _folded(line)
    best = ""
    for label in form.printed:
        if said.startswith(label + " ") and len(label) > len(best):
            best = label
    if not best:
        return None
    words = _BESIDE.sub("", " ".join(line.split()[len(best.split()) :]))
    return Answer(form.labels[bare(best)], words, source)


def _with_whole_labels(blocks: list[Block], form: Form) -> Iterator[Block]:
    """A label that was broken at the end of its line is put together."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if not block.table and at + 1 < len(blocks) and not blocks[at + 1].table:
            said = _folded(block.cells[0])
            both = f"{said} {_folded(blocks[at + 1].cells[0])}"
            if any(label.startswith(f"{said} ") and f"{both} ".startswith(f"{label} ") for label in form.printed):
                block = Block([f"{block.cells[0]} {blocks[at + 1].cells[0]}"], block.place)
                at += 1
        yield block
        at += 1


def _folded(words: str) -> str:
    return " ".join(words[:200].casefold().replace("’", "'").split())


def _label(words: str) -> str:
    """As the table of labels has it: without its number, its tick, and what stands in brackets behind it."""
    plain = MARK.sub("", _NUMBER.sub("", words[:200])).strip(" :*\n\t")
    return bare(_ASIDE.sub("", plain)) or bare(plain)
