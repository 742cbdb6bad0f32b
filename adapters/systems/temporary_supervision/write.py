"""A record as the form, a Word document: filled in as far as the record goes, and to be completed by hand."""

from datetime import date
from typing import Any

from adapters.formats.docx_write import docx_bytes
from adapters.profile import words_of
from adapters.systems.temporary_supervision.profile import Form
from adapters.systems.temporary_supervision.ticks import NOT_YET, YES
from schemas.drafts import Draft, DraftNsi, values_of
from schemas.errors import Refused


def write(draft: Draft, profile: Form) -> bytes:
    """An empty draft gives the empty form. Fields that the form does not have are left out.

    Raises `Refused` for what is no temporary move.
    """
    if not isinstance(draft, DraftNsi):
        raise Refused("The form asks for supervision during a temporary move, and for nothing else.")
    said = values_of(draft)
    if said.get("type", "temporary_move") != "temporary_move":
        raise Refused("The form is for a temporary move. A case transfer is no temporary supervision.")
    note, items = _told_apart(said.get("note", ""), profile)
    beside = {name: _written(profile, name, said.get(name)) for name in profile.fields} | {"note": note}
    parts: list[tuple[str, list[tuple[str, str]]]] = []
    for heading, names in profile.parts.items():
        rows = [(profile.called(name)[0], beside[name]) for name in names]
        parts.append((heading, rows or [(item, _box(items.get(item))) for item in profile.checklist]))
    return docx_bytes(profile.heading[0], parts)


def _written(profile: Form, name: str, value: Any) -> str:
    if words := words_of(DraftNsi, name):
        return " ".join(f"{'☒' if word == value else '☐'} {profile.code(name, word)}" for word in words)
    if value is None:
        return ""
    return value.strftime(profile.dates[0]) if isinstance(value, date) else str(value)


def _told_apart(note: str, profile: Form) -> tuple[str, dict[str, str]]:
    """What is said, and how the items of the checklist stand."""
    items: dict[str, str] = {}
    rest = []
    for line in note.split("\n"):
        item, _, said = line.partition(": ")
        if item in profile.checklist:
            items[item] = said
        else:
            rest.append(line)
    return "\n".join(rest), items


def _box(said: str | None) -> str:
    if said in (None, NOT_YET):
        return "☐ Yes"
    return "☒ Yes" if said == YES else said.replace(f"{YES}, ", "☒ ", 1)
