"""What the assessments of both formats have in common: risks, concerns, scores, and when they were made."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from adapters.formats.finding import LONGEST_TEXT, Finding, found
from adapters.formats.said import Said
from adapters.profile import Profile, words_of
from schemas.drafts import DraftAssessment, Found
from schemas.words import Rosh

DATES = ("%Y-%m-%d", "%d/%m/%Y")
"""A known fault of OASys gives some dates in the second form."""
RISKS = (
    "children_community",
    "children_custody",
    "public_community",
    "public_custody",
    "known_adult_community",
    "known_adult_custody",
    "staff_community",
    "staff_custody",
    "prisoners_custody",
)
"""To whom and where, in the order of the nine letters."""
CONCERNS = (
    "suicide",
    "self_harm",
    "coping_in_custody",
    "coping_in_hostel",
    "vulnerability",
    "escape_or_abscond",
    "disruptive_behaviour",
    "breach_of_trust",
)
"""In the order of the eight flags."""
NO_RISK = ("N", "NONE")
FROM_ITS_PARTS = 0.8
"""Of an overall risk that is the highest of its parts, where none is said by itself."""
HIGHEST: Sequence[Rosh] = ("low", "medium", "high", "very_high")
_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,10})?")

Part = tuple[str, Said]
"""A name of ours, and what is said of it."""


class Assessing(Finding):
    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.profile = profile

    def date(self, said: Said | None) -> Found[date] | None:
        return self.day(said, forms=DATES)

    def listed(self, said: Said | None, names: tuple[str, ...]) -> list[Part]:
        """Letters or flags between commas, each with its name. Another number of them means nothing."""
        if said is None:
            return []
        parts = [part.strip() for part in said.text[:1_000].split(",")]
        if len(parts) != len(names):
            self.problem(said, f"has {len(parts)} parts and not {len(names)}, so nobody can say which is which.")
            return []
        return [(name, Said(part, said.source)) for name, part in zip(names, parts, strict=True) if part]

    def risks(self, parts: Iterable[Part], whole: Said | None = None) -> tuple[Found[dict[str, Rosh]] | None, bool]:
        """Without a risk nothing stands there. And whether every level was known."""
        levels: dict[str, Rosh] = {}
        places: list[Said] = []
        all_known = True
        for name, said in parts:
            if said.text.upper() in NO_RISK:
                continue
            word = self.profile.word("rosh", said.text)
            if word in words_of(DraftAssessment, "rosh"):
                levels[name] = cast("Rosh", word)
                places.append(said)
            else:
                self.unmapped("rosh", said.text)
                all_known = False
        return _together(levels, places, whole), all_known

    def overall(self, said: Said | None, risks: Found[dict[str, Rosh]] | None) -> Found[Rosh] | None:
        """As it is said, else the highest of its parts."""
        if said is not None and said.text.upper() not in NO_RISK:
            return self.word(DraftAssessment, "rosh", said)
        if risks is None:
            return None
        highest = max(risks.value.values(), key=HIGHEST.index)
        return Found(value=highest, text=risks.text, source=risks.source, confidence=FROM_ITS_PARTS)

    def concerns(self, parts: Iterable[Part], whole: Said | None = None) -> Found[dict[str, str]] | None:
        words: dict[str, str] = {}
        places: list[Said] = []
        for name, said in parts:
            word = self.profile.word("concerns", said.text)
            if word is None:
                self.unmapped("concerns", said.text)
                continue
            words[name] = word
            places.append(said)
        return _together(words, places, whole)

    def scores(self, parts: Iterable[Part]) -> Found[dict[str, float]] | None:
        numbers: dict[str, float] = {}
        places: list[Said] = []
        for name, said in parts:
            if not _NUMBER.fullmatch(said.text):
                self.problem(said, "is no score and was left out.")
                continue
            numbers[name] = float(said.text)
            places.append(said)
        return _together(numbers, places)

    def objectives(self, parts: list[Said]) -> Found[list[str]] | None:
        told = [words for said in parts if (words := self.text(said))]
        return _together([one.value for one in told], [Said(one.text, one.source) for one in told])


def _together(value: Any, places: list[Said], whole: Said | None = None) -> Found[Any] | None:
    """Of one place with all its words; of several the text of each, and where the first stands."""
    if not places:
        return None
    if whole is not None:
        return found(value, whole)
    text = "; ".join(place.text for place in places)[:LONGEST_TEXT]
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return found(value, Said(text, places[0].source + more))
