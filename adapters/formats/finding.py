"""Words of a message into values with their evidence. What cannot be one is told, and left out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from adapters.formats.days import ISO, NoTime, day_of, moment_of
from adapters.formats.said import Said
from adapters.profile import Profile, words_of
from schemas.drafts import Draft, Found, Reading, Unmapped

V = TypeVar("V")

LONGEST_TEXT = 20_000
LONGEST_CODE = 40
MOST_PROBLEMS = 100
MOST_DRAFTS = 20_000
_WHOLE = re.compile(r"[0-9]{1,18}")


class Finding:
    """Of one message, read with one profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._unmapped = Counter[tuple[str, str]]()
        self._problems: dict[str, None] = {}

    def text(self, said: Said | None, confidence: float = 1.0) -> Found[str] | None:
        if said is None or len(said.text) <= LONGEST_TEXT:
            return _found(str, said, confidence)
        self.problem(said, f"has more than {LONGEST_TEXT} characters and was left out.")
        return None

    def day(self, said: Said | None, confidence: float = 1.0, forms: Sequence[str] = ISO) -> Found[date] | None:
        try:
            return _found(lambda words: day_of(words, self._profile.zone, forms), said, confidence)
        except NoTime:
            self.problem(said, "is no date and was left out.")
            return None

    def moment(self, said: Said | None, confidence: float = 1.0) -> Found[datetime] | None:
        try:
            return _found(lambda words: moment_of(words, self._profile.zone), said, confidence)
        except NoTime:
            self.problem(said, "is no date and time and was left out.")
            return None

    def whole(self, said: Said | None) -> Found[int] | None:
        if said is None or _WHOLE.fullmatch(said.text):
            return _found(int, said)
        self.problem(said, "is no whole number and was left out.")
        return None

    def word(
        self,
        kind: type[Draft],
        field: str,
        code: Said | None,
        table: Mapping[str, str] | None = None,
        *,
        described: Said | None = None,
        descriptions: Mapping[str, str] | None = None,
    ) -> Found[Any] | None:
        """Our word for a code: by the table, then by those of the profile, then by its description; else unmapped."""
        for said, tables in (
            (code, (table or {}, self._profile.codes.get(field, {}))),
            (described, (descriptions or {},)),
        ):
            word = said and looked_up(said.text, tables)
            if said and word and word in (words_of(kind, field) or (word,)):
                return found(word, said)
        if missing := code or described:
            self.unmapped(field, missing.text)
        return None

    def unmapped(self, field: str, code: str) -> None:
        self._unmapped[field, " ".join(code.split())[:LONGEST_CODE]] += 1

    def problem(self, at: Said | str | None, why: str) -> None:
        """Says where, and nothing of what stands there."""
        if len(self._problems) < MOST_PROBLEMS:
            where = at.source if isinstance(at, Said) else at
            where = where.rpartition("/")[2] if where and ", line " in where else where
            self._problems[f"{where} {why}" if where else why] = None

    def reading(self, drafts: Iterable[Draft], **more: Any) -> Reading:
        codes = [Unmapped(field=name, code=code, times=n) for (name, code), n in sorted(self._unmapped.items())]
        return Reading(drafts=list(drafts), unmapped=codes, problems=list(self._problems), **more)


def looked_up(words: str, tables: Iterable[Mapping[str, str]]) -> str | None:
    """In any case of letters and with any spaces."""
    plain = " ".join(words.casefold().split())
    for table in tables:
        for code, word in table.items():
            if " ".join(code.casefold().split()) == plain:
                return word
    return None


def found(value: V, said: Said, confidence: float = 1.0) -> Found[V]:
    return Found(value=value, text=said.text, source=said.source, confidence=confidence)


def _found(value: Callable[[str], V], said: Said | None, confidence: float = 1.0) -> Found[V] | None:
    return found(value(said.text), said, confidence) if said else None
