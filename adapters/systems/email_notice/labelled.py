"""Lines with a label before a value: `CRN: X123456`, several on one line, a value on the lines below its label."""

import re

from adapters.systems.email_notice.clues import Line, Pair
from adapters.systems.email_notice.labels import fields_of, label_at_end
from adapters.systems.email_notice.places import POSTCODE
from adapters.systems.email_notice.sentences import first_sentence
from adapters.systems.email_notice.tables import cells_of

_COLON = re.compile(r"(?<!\d):(?!//)|(?<=\d):(?!\d|//)|=")
_DASH = re.compile(r"\s[-–—]{1,2}\s")
_BULLET = re.compile(r"^[\s>*•·◦▪–—-]{0,12}(?:\(?\d{1,2}[.)]|\(?[a-z]\))?\s{0,4}[*_]{0,3}")
_LONGEST_ADDRESS = 5
"""Lines."""
_UNENDED = 50
"""Letters after which a line without a full stop runs on into the next."""


def labelled_line(lines: list[Line], at: int) -> tuple[list[Pair | Line], int]:
    """The pairs of the line, or the line itself where it is prose; and the line to go on with."""
    line = lines[at]
    found = [] if _runs_on(lines, at) else (_inline(line) or _dashed(line))
    if not found:
        return [line], at + 1
    last, after = _continued(found[-1], lines, at)
    value, rest = first_sentence(last.value)
    if rest and "reason" not in last.fields:
        return [*found[:-1], last.with_value(value), Line(rest, line.source)], after
    return [*found[:-1], last], after


def pairs_of(text: str, source: str) -> list[Pair]:
    """Those of a cell or a line whose words begin with a label."""
    return _inline(Line(text, source))


def _runs_on(lines: list[Line], at: int) -> bool:
    """Whether the line goes on with a sentence of the one before."""
    before = lines[at - 1].text.rstrip() if at else ""
    return len(before) >= _UNENDED and before[-1:] not in ".:;!?" and not _inline(lines[at - 1]) and "\t" not in before


def _inline(line: Line) -> list[Pair]:
    """For each label with a colon its value. None where the line begins with something else: that is prose."""
    text = line.text
    labels: list[tuple[int, int, tuple[str, ...]]] = []
    past = 0
    for colon in _COLON.finditer(text):
        if known := label_at_end(text[past : colon.start()]):
            labels.append((past + known[0], colon.end(), known[1]))
            past = colon.end()
    bullet = _BULLET.match(text)
    if not labels or labels[0][0] > (bullet.end() if bullet else 0):
        return []
    ends = [start for start, _, _ in labels[1:]] + [len(text)]
    return [
        Pair(fields, text[start:begin].strip(" :="), _value(text[begin:end], last=end == len(text)), line.source)
        for (start, begin, fields), end in zip(labels, ends, strict=True)
    ]


def _value(words: str, *, last: bool) -> str:
    """Without the marks that part it from the next label."""
    plain = words.strip(" \t*_")
    return plain if last else plain.rstrip(" ,;|-–")


def _dashed(line: Line) -> list[Pair]:
    """`Release date - 27 December`, or a label alone on its line."""
    text = line.text
    dash = _DASH.search(text[:80])
    label = text[: dash.start()] if dash else text[:80]
    fields = fields_of(label)
    if fields is None or (dash is None and len(text) > 60):
        return []
    return [Pair(fields, label.strip(), text[dash.end() :].strip() if dash else "", line.source)]


def _continued(pair: Pair, lines: list[Line], at: int) -> tuple[Pair, int]:
    """With the lines that belong to its value: the next when it has none yet, and an address up to its postcode."""
    if pair.value and not _wants_more(pair, pair.value):
        return pair, at + 1
    said = [pair.value] if pair.value else []
    for ahead in range(at + 1, min(at + 1 + _LONGEST_ADDRESS, len(lines))):
        text = lines[ahead].text.strip()
        if not text and not said:
            continue
        if _ends_value(lines[ahead]):
            break
        said.append(text)
        if not _wants_more(pair, text):
            return pair.with_value("\n".join(said)), ahead + 1
    if pair.value or not said:
        return pair, at + 1
    after = next(ahead for ahead in range(at + 1, len(lines)) if lines[ahead].text.strip())
    return pair.with_value(said[0]), after + 1


def _wants_more(pair: Pair, text: str) -> bool:
    return "address" in pair.fields and not POSTCODE.search(text.upper())


def _ends_value(line: Line) -> bool:
    return not line.text.strip() or len(cells_of(line.text)) > 1 or bool(_inline(line)) or bool(_dashed(line))
