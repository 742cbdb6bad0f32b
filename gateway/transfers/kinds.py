"""Kinds of action with their evidence, and kinds of document: data beside the regimes."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from bedspace.lists.check import check_listed
from bedspace.store import Tx
from schemas.errors import FieldFault, Invalid
from schemas.toml import bad, decoded
from schemas.words import Role

HERE = Path(__file__).parent

Text = Annotated[str, Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
LONGEST = 2000

Evidence = dict[str, Any]


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is recorded of an action."""

    id: Code
    title: Text
    type: Literal["text", "date", "yes_no", "choice"]
    required: bool = False
    must_be: bool | None = None
    """Of a yes or no: the one with which the action is done."""
    options: dict[Code, Text] = field(default_factory=dict)
    list: str | None = None
    """Whose codes are the options."""
    from_: str | None = field(default=None, name="from")
    """The date that this one is not before."""
    ahead: bool = False
    """A date that may be still to come."""


class ActionKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Code
    title: Text
    owner: Text
    skipped_by: tuple[Role, ...] = ()
    """Who may close a mandatory one without it."""
    day: str | None = None
    """The field with the day on which a rule is met by it; without, the day it is closed."""
    field: tuple[Field, ...] = ()

    def day_of(self, evidence: Evidence) -> date | None:
        given = evidence.get(self.day or "")
        return date.fromisoformat(given) if given else None


class DocumentKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Code
    title: Text


class _Actions(Struct, frozen=True, forbid_unknown_fields=True):
    kind: tuple[ActionKind, ...]


class _Documents(Struct, frozen=True, forbid_unknown_fields=True):
    kind: tuple[DocumentKind, ...]


@cache
def action_kinds(path: Path = HERE / "actions.toml") -> dict[str, ActionKind]:
    """By id. Raises `Invalid` naming file, key and line."""
    found = decoded(path, _Actions).kind
    for n, kind in enumerate(found):
        _check(path, f"kind[{n}]", kind, [one.id for one in found[:n]])
    return {kind.id: kind for kind in found}


@cache
def document_kinds(path: Path = HERE / "documents.toml") -> dict[str, DocumentKind]:
    """By id. Raises `Invalid` naming file, key and line."""
    return {kind.id: kind for kind in decoded(path, _Documents).kind}


def _check(path: Path, at: str, kind: ActionKind, before: list[str]) -> None:
    if kind.id in before:
        raise bad(path, f"{at}.id", f"there is a kind {kind.id} already")
    if kind.day not in (None, *(one.id for one in kind.field if one.type == "date")):
        raise bad(path, f"{at}.day", f"there is no date {kind.day}")
    for one in kind.field:
        if one.type == "choice" and not one.options and not one.list:
            raise bad(path, f"{at}.field", f"{one.id} is a choice without `options` or a `list`")
        if one.from_ not in (None, *(other.id for other in kind.field)):
            raise bad(path, f"{at}.field", f"{one.id}: there is no field {one.from_}")


async def checked(tx: Tx, kind: ActionKind, given: Evidence, today: date, *, done: bool) -> Evidence:
    """The evidence as it is kept; `done` when the action is to be closed by it. Raises `Invalid` naming each field."""
    known = {one.id: one for one in kind.field}
    faults = [
        FieldFault(f"evidence.{name}", f"There is no such field here. There are: {', '.join(known) or 'none'}.")
        for name in given
        if name not in known
    ]
    kept = {name: value for name, value in given.items() if name in known and value not in (None, "")}
    for name, value in kept.items():
        faults += _faults(known[name], value, kept, today)
    if done:
        faults += [
            FieldFault(f"evidence.{one.id}", f"Say it before this is closed: {one.title.lower()}.")
            for one in kind.field
            if one.required and one.id not in kept
        ]
        faults += [
            FieldFault(f"evidence.{one.id}", "It is not done while this is so. Leave it open, or skip it and say why.")
            for one in kind.field
            if one.must_be is not None and kept.get(one.id) not in (None, one.must_be)
        ]
    if faults:
        raise Invalid(*faults)
    for one in kind.field:
        if one.list and one.id in kept:
            await check_listed(tx, kept[one.id], of=one.list, field=f"evidence.{one.id}", today=today)
    return kept


def _faults(one: Field, value: Any, kept: Evidence, today: date) -> list[FieldFault]:
    why = {"text": _text, "date": _date, "yes_no": _yes_no, "choice": _choice}[one.type](one, value, today)
    if not why and one.from_ and str(value) < str(kept.get(one.from_, "")):
        why = f"Give a day that is not before {kept[one.from_]}."
    return [FieldFault(f"evidence.{one.id}", why)] if why else []


def _text(_one: Field, value: Any, _today: date) -> str:
    return "" if isinstance(value, str) and len(value) <= LONGEST else f"Give a text of at most {LONGEST} characters."


def _date(one: Field, value: Any, today: date) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return "Give a date, such as 2027-01-31."
    return "" if one.ahead or day <= today else "Give today, or an earlier day: it is evidence of what has been done."


def _yes_no(_one: Field, value: Any, _today: date) -> str:
    return "" if isinstance(value, bool) else "Answer yes or no (true or false)."


def _choice(one: Field, value: Any, _today: date) -> str:
    if isinstance(value, str) and (one.list or value in one.options):
        return ""
    return f"Choose one of: {', '.join(one.options)}." if one.options else "Choose a code of the list."
