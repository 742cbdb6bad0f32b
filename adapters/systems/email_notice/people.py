"""Whom a message is about: clues that stand together become one draft a person."""

from typing import Any

from msgspec.structs import replace

from adapters.systems.email_notice.clues import Clue, Reader, Unit
from schemas.drafts import DraftNsi, Found

_IDENTITY = ("crn", "noms", "name", "birth_date")
_FIELDS = tuple(name for name in DraftNsi.__struct_fields__ if not name.startswith("sender_"))
_DISAGREE = {
    "crn": "CRN",
    "noms": "prison number",
    "birth_date": "birth date",
    "move_on": "date of the move",
    "destination": "destination",
    "type": "type of move",
    "rosh": "risk of serious harm",
}


def drafts_of(units: list[Unit], reader: Reader, *, little: bool = False) -> list[DraftNsi]:
    """One draft for each person that the units tell apart; none where they say too little, unless `little` will do."""
    people, shared = _grouped(units, reader)
    found = [_draft(person, shared, reader) for person in people or ([shared] if shared else [])]
    return [draft for draft in found if little or _says_enough(draft)]


def _ended(found: dict[str, Found[Any]]) -> None:
    """A stay with an end, and nothing clearer said, is a temporary move."""
    type_, until = found.get("type"), found.get("until")
    if until and (type_ is None or type_.confidence <= 0.6):
        found["type"] = replace(until, value="temporary_move", confidence=min(until.confidence, 0.7))


def _says_enough(draft: DraftNsi) -> bool:
    """A name or an identifier; or a date and a destination of a move: less is some other e-mail."""
    if draft.crn or draft.noms or draft.pnc:
        return True
    about = [draft.type, draft.move_on, draft.destination, draft.rosh, draft.prison, draft.birth_date]
    return sum(part is not None for part in about) >= (2 if draft.name else 3)


def _grouped(units: list[Unit], reader: Reader) -> tuple[list[list[Clue]], list[Clue]]:
    people: list[list[Clue]] = []
    shared: list[Clue] = []
    for unit in units:
        if unit.prose and len({clue.value for clue in unit.clues if clue.field == "crn"}) > 1:
            reader.doubt(
                f"More than one person is named together in {unit.clues[0].source}; send one message for each."
            )
            people += _only_named(unit)
            continue
        own = _whose(unit, people)
        if own is not None:
            own.extend(unit.clues)
        elif _names_somebody(unit):
            people.append(list(unit.clues))
        else:
            shared.extend(unit.clues)
    return people, shared


def _names_somebody(unit: Unit) -> bool:
    return any(unit.first(name) for name in ("crn", "noms", "name", "pnc"))


def _whose(unit: Unit, people: list[list[Clue]]) -> list[Clue] | None:
    """The person of these that the unit is about too, if any."""
    for person in people:
        if any(_agree(unit, person, name) for name in ("crn", "noms", "pnc", "name")):
            return person
    last = people[-1] if people else None
    if last is None or any(_differ(unit, last, name) for name in _IDENTITY):
        return None
    if not _names_somebody(unit) and len(people) > 1 and unit.prose:
        return None
    return last


def _values(person: list[Clue], name: str) -> set[Any]:
    return {_plain(clue.value) for clue in person if clue.field == name}


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _agree(unit: Unit, person: list[Clue], name: str) -> bool:
    value = unit.first(name)
    return value is not None and _plain(value) in _values(person, name)


def _differ(unit: Unit, person: list[Clue], name: str) -> bool:
    """Another value of an identifier, or a name with another last word."""
    value, known = unit.first(name), _values(person, name)
    if value is None or not known:
        return False
    if name == "name":
        return value.casefold().split()[-1] not in {other.split()[-1] for other in known}
    return _plain(value) not in known


def _only_named(unit: Unit) -> list[list[Clue]]:
    """Where one sentence tells of several people, only who they are is sure."""
    found = list({clue.value: clue for clue in unit.clues if clue.field == "crn"}.values())
    names = [clue for clue in unit.clues if clue.field == "name"]
    if len(names) == len(found):
        return [[clue, name] for clue, name in zip(found, names, strict=True)]
    return [[clue] for clue in found]


def _draft(person: list[Clue], shared: list[Clue], reader: Reader) -> DraftNsi:
    found: dict[str, Found[Any]] = {}
    for name in _FIELDS:
        own, common = _best(name, person, reader), _best(name, shared, reader) if shared is not person else None
        clue = max(filter(None, (own, common)), key=lambda clue: clue.confidence, default=None)
        if clue is not None:
            found[name] = Found(value=clue.value, text=clue.text, source=clue.source, confidence=clue.confidence)
    _ended(found)
    return DraftNsi(**found)


def _best(name: str, clues: list[Clue], reader: Reader) -> Clue | None:
    """The surest, and of the equally sure the first. Another as sure as it is named for the reviewer."""
    fitting = [clue for clue in clues if clue.field == name]
    if not fitting:
        return None
    best = max(fitting, key=lambda clue: clue.confidence)
    rival = next(
        (c for c in fitting if _plain(c.value) != _plain(best.value) and c.confidence > best.confidence - 0.15), None
    )
    if rival and name in _DISAGREE and best.confidence >= 0.5:
        reader.doubt(f"The {_DISAGREE[name]} is given twice and differs: see {best.source} and {rival.source}.")
        return replace(best, confidence=0.4)
    return best
