"""The words that say what a value means, compiled from `cues.toml`."""

import re
import tomllib
from pathlib import Path
from typing import Literal

_DATA = tomllib.loads((Path(__file__).parent / "cues.toml").read_text(encoding="utf-8"))


def _any(alternatives: list[str]) -> str:
    return rf"\b(?:{'|'.join(alternatives)})(?!\w)"


def _named(groups: dict[str, list[str]]) -> re.Pattern[str]:
    """One expression whose `lastgroup` says which of the groups matched."""
    return re.compile("|".join(f"(?P<{name}>{_any(words)})" for name, words in groups.items()), re.IGNORECASE)


WHEN = _named(_DATA["when"])
GOING = _named(_DATA["going"])
RELEASE = re.compile(_any(_DATA["type"]["release"]), re.IGNORECASE)
NEITHER = re.compile(_any(_DATA["type"]["neither"]), re.IGNORECASE)
TYPES: list[tuple[Literal["temporary_move", "case_transfer"], float, re.Pattern[str]]] = [
    (kind, sure / 100, re.compile(_any([words]), re.IGNORECASE))
    for kind in ("temporary_move", "case_transfer")
    for sure, words in _DATA["type"][kind]
]
"""Each wording with the NSI it means and how sure it is."""
