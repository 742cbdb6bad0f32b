"""What a label before a value means. The labels themselves are data: `labels.toml`."""

import re
import tomllib
from pathlib import Path

_NOT_IN_A_LABEL = re.compile(r"[^\w .'/-]")
_LONGEST = 6
"""Words of the longest label."""


def normal(words: str) -> str:
    """A label as the tables have it: lower case, without marks and bullets."""
    plain = _NOT_IN_A_LABEL.sub(" ", words.lower().replace("’", "'").replace("_", " "))
    return " ".join(plain.split()).lstrip("0123456789").strip("-.) ")


_DATA = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
_IGNORED = frozenset(map(normal, _DATA["ignored"]["labels"]))
_FIELDS: dict[str, tuple[str, ...]] = {
    normal(label): (field,) for field, labels in _DATA["fields"].items() for label in labels
} | {label: tuple(fields) for label, fields in _DATA["several"].items()}


def fields_of(words: str) -> tuple[str, ...] | None:
    """The fields a label means; none for a known label that means nothing to us; None for no label."""
    label = normal(words)
    if label.startswith(("victim", "dioddefwr")) or label in _IGNORED:
        return ()
    if label.startswith(("the ", "his ", "her ", "their ")):
        label = label.partition(" ")[2]
    return _FIELDS.get(label)


def label_at_end(words: str) -> tuple[int, tuple[str, ...]] | None:
    """Where the longest known label begins that these words end with, and its fields."""
    starts = [found.start() for found in re.finditer(r"\S+", words[-80:])][-_LONGEST:]
    cut = max(len(words) - 80, 0)
    for start in starts:
        fields = fields_of(words[cut + start :])
        if fields is not None:
            return cut + start, fields
    return None
