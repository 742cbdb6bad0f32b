"""What the forms of releases offer to choose from."""

from typing import Any

from bedspace.locator.locate import locate
from bedspace.nights import london_today
from gateway.pages.choices import boxes, choices_of
from gateway.pages.placement_forms import Field
from gateway.pages.release_words import KINDS, OUTCOMES
from gateway.pages.words import ROSH, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Ambiguous, BedspaceError
from schemas.locate import Whereabouts
from schemas.releases import Release

Choices = list[dict[str, str]]


async def choices_for(works: Works, fields: tuple[Field, ...], release: Release | None) -> dict[str, Choices]:
    """Of every field that is chosen and not typed."""
    found: dict[str, Choices] = {}
    for field in fields:
        if field.kind == "list":
            found[field.name] = await choices_of(works, field.list)
        elif field.kind == "needs":
            found[field.name] = await boxes(works)
        elif field.name in FIXED:
            found[field.name] = FIXED[field.name]()
        elif field.name == "need" and release is not None:
            found[field.name] = _open_needs(release)
    return found


def _open_needs(release: Release) -> Choices:
    first = {"value": "", "text": _("Choose one")}
    return [first, *({"value": one.need, "text": one.title} for one in release.must_exist if one.met_at is None)]


def levels() -> Choices:
    known = ({"value": code, "text": _(text)} for code, (text, _colour) in ROSH.items())
    return [{"value": "", "text": _("Not assessed")}, *known]


def estates() -> Choices:
    return [{"value": "male", "text": _("Men")}, {"value": "female", "text": _("Women")}]


def _yes_no() -> Choices:
    return [{"value": "yes", "text": _("Yes")}, {"value": "no", "text": _("No")}]


def _outcomes() -> Choices:
    return [{"value": code, "text": _(text)} for code, text in OUTCOMES.items()]


def _kinds() -> Choices:
    return [{"value": code, "text": _(text)} for code, text in KINDS.items()]


def _transfer() -> Choices:
    return [
        {"value": "true", "text": _("Raise a case transfer to it")},
        {"value": "false", "text": _("The case stays with the home PDU")},
    ]


FIXED: dict[str, Any] = {
    "outcome": _outcomes,
    "suitable": _yes_no,
    "case_transfer": _transfer,
    "risk_to_staff": levels,
    "risk_to_residents": levels,
    "rosh": levels,
    "gender": estates,
    "kind": _kinds,
}


async def among(works: Works, near: str, error: BedspaceError) -> Choices:
    """The PDUs that a place lies in, to choose one of; nothing where that is not what was wrong."""
    if not isinstance(error, Ambiguous):
        return []
    question = Whereabouts(near=near, purpose="release")
    async with transaction(works.pool, readonly=True) as tx:
        located = await locate(tx, works.postcodes, question, london_today(works.house.now()))
    return [
        {"value": f"{one.pdu.name} PDU", "text": f"{one.pdu.name}, {one.region.name}"}
        for one in located.ambiguous or []
    ]
