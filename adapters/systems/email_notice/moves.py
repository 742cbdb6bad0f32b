"""Which of the two NSIs a message means, by its words."""

import re

from adapters.systems.email_notice.clues import Clue
from adapters.systems.email_notice.cues import NEITHER, RELEASE, TYPES

_DENIED = re.compile(r"\b(?:not|no|isn't|rather than|instead of)(?: \w{1,8}){0,2}\s{0,3}$", re.IGNORECASE)


def labelled_type(value: str, source: str) -> list[Clue]:
    """From the words beside a label such as `Type of move`."""
    plain = value.lower()
    if any(word in plain for word in ("tempor", "dros dro", "short")):
        return [Clue("type", "temporary_move", value, source, 1.0)]
    if any(word in plain for word in ("transfer", "permanent", "trosglwyddo")):
        return [Clue("type", "case_transfer", value, source, 1.0)]
    return []


def type_clues(text: str, source: str) -> list[Clue]:
    """From a sentence."""
    said = NEITHER.sub(lambda found: " " * len(found[0]), text)
    return [
        Clue("type", kind, found[0], source, confidence)
        for kind, confidence, pattern in TYPES
        if (found := pattern.search(said)) and not _DENIED.search(said[max(0, found.start() - 40) : found.start()])
    ]


def release_clue(text: str, source: str) -> list[Clue]:
    """A release to an address, with nothing said of which: the case will have to be transferred, most likely."""
    found = RELEASE.search(text)
    return [Clue("type", "case_transfer", found[0], source, 0.6)] if found else []
