"""One reading out of several: a message's own, and those of its attachments."""

from typing import Any

from msgspec.structs import replace

from schemas.drafts import Draft, DraftNsi, Found, Reading, RefusedRow, Unmapped, found_in

_IDENTIFIERS = ("crn", "noms", "pnc", "cro")
_SURE = 0.8
_DISAGREE = 0.15
"""Two values whose confidence differs by less are as sure as each other."""
_DOUBTED = 0.4
_NAMED = {
    "birth_date": "birth date",
    "move_on": "date of the move",
    "until": "end of the move",
    "destination": "destination",
    "rosh": "risk of serious harm",
}
_WHO = frozenset({*_IDENTIFIERS, "name", "birth_date"})


class Joining:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._drafts: list[Draft] = list(reading.drafts)
        self._refused = list(reading.refused)
        self._unmapped = {(one.field, one.code): one.times for one in reading.unmapped}
        self._problems = list(reading.problems)

    @property
    def size(self) -> int:
        return len(self._drafts) + len(self._refused)

    def problem(self, text: str) -> None:
        if text not in self._problems:
            self._problems.append(text)

    def add(self, inner: Reading, where: str, number: int) -> None:
        """What an attachment holds; `where` is put before each place in it."""
        for draft in inner.drafts:
            self._add(self._of_sender(_placed(draft, where)), alone=len(inner.drafts) == 1)
        self._refused += [replace(row, column=f"{where}, {row.column}") for row in inner.refused]
        for one in inner.unmapped:
            self._unmapped[one.field, one.code] = self._unmapped.get((one.field, one.code), 0) + one.times
        for problem in inner.problems:
            self.problem(f"Attachment {number}: {problem}")

    def joined(self) -> Reading:
        codes = [Unmapped(field=field, code=code, times=times) for (field, code), times in self._unmapped.items()]
        refused: list[RefusedRow] = self._refused
        return replace(self._reading, drafts=self._drafts, refused=refused, unmapped=codes, problems=self._problems)

    def _add(self, draft: Draft, *, alone: bool) -> None:
        """To the draft of the same person, where there is one."""
        nsis = [n for n, one in enumerate(self._drafts) if isinstance(one, DraftNsi)]
        if isinstance(draft, DraftNsi):
            for n in nsis:
                known = self._drafts[n]
                if isinstance(known, DraftNsi) and _same(known, draft, alone=alone and len(nsis) == 1):
                    self._drafts[n] = self._merged(known, draft)
                    return
        self._drafts.append(draft)

    def _of_sender(self, draft: Draft) -> Draft:
        """Who sent the message is who is answered, whoever filled in the form: a claim, never an identity."""
        email = self._reading.sender_email
        if not isinstance(draft, DraftNsi) or not email:
            return draft
        name = next((one.sender_name for one in self._reading.nsis if one.sender_name), None)
        claim = Found(value=email, text=email, source="From header", confidence=0.5)
        return replace(draft, sender_email=claim, sender_name=name)

    def _merged(self, known: DraftNsi, more: DraftNsi) -> DraftNsi:
        """For each field the surest words; of two as sure that differ, the reviewer is told."""
        there = found_in(known)
        for name, found in found_in(more).items():
            mine = there.get(name)
            if mine is None or found.confidence > mine.confidence:
                best, other = found, mine
            else:
                best, other = mine, found
            if other and name in _NAMED and _differ(best, other):
                self.problem(f"The {_NAMED[name]} is given twice and differs: see {best.source} and {other.source}.")
                best = replace(best, confidence=_DOUBTED)
            there[name] = best
        return replace(known, **there)


def _placed(draft: Draft, where: str) -> Draft:
    placed = {name: replace(one, source=f"{where}, {one.source}") for name, one in found_in(draft).items()}
    return replace(draft, **placed)


def _same(known: DraftNsi, more: DraftNsi, *, alone: bool) -> bool:
    """Whether both are about one move of one person. `alone`: there is no other whom it could be about."""
    if known.type and more.type and known.type.value != more.type.value and _sure(known.type) and _sure(more.type):
        return False
    pairs = [(getattr(known, name), getattr(more, name)) for name in _IDENTIFIERS]
    both = [_plain(mine.value) == _plain(other.value) for mine, other in pairs if mine and other]
    if both:
        return all(both)
    if known.name and more.name:
        births = (known.birth_date, more.birth_date)
        same_day = births[0] is None or births[1] is None or births[0].value == births[1].value
        return same_day and _words(known.name) == _words(more.name)
    return alone and not _WHO & found_in(known).keys()


def _words(name: Found[str]) -> list[str]:
    return sorted(_plain(name.value).replace(",", " ").split())


def _sure(found: Found[Any]) -> bool:
    return found.confidence >= _SURE


def _differ(best: Found[Any], other: Found[Any]) -> bool:
    return _plain(best.value) != _plain(other.value) and other.confidence > best.confidence - _DISAGREE


def _plain(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
