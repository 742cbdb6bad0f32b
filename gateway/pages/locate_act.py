"""The page of one change around the locator: its question, its fields, and what was wrong with the answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from litestar.datastructures import FormMultiDict
from msgspec import Struct

from gateway.access.actors import Actor
from gateway.access.permissions import permit, table
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.placement_forms import Field, typed
from gateway.pages.words import N_, _
from schemas.errors import FieldFault, Invalid, NotAllowed

WORDS = {
    "email": N_("Enter an e-mail address, such as leeds@example.org"),
    "purposes": N_("Choose at least one purpose"),
    "name": N_("Enter a name of at most 200 letters"),
    "phone": N_("Enter a telephone number of at most 200 letters"),
    "hours": N_("Enter hours of at most 200 letters"),
    "team": N_("Enter a team of at most 200 letters"),
    "out_of_hours": N_("Enter at most 200 letters"),
    "said_by": N_("Enter at most 200 letters"),
    "to": N_("Enter a postcode, place, authority or PDU of at most 200 letters"),
    "note": N_("Enter at most 500 letters"),
}
"""Of a field whose shape is wrong."""


class Change(Struct, frozen=True, kw_only=True):
    """One change. `action` is the permission."""

    action: str
    question: str
    button: str
    fields: tuple[Field, ...]
    hint: str = ""
    grave: bool = False


class Place(Struct, frozen=True, kw_only=True):
    """Where a form is: its address, what it is about, and where it leads back to."""

    address: str
    caption: str
    back: str
    back_to: str


def reaches(actor: Actor, action: str, pdu: str, region: str) -> bool:
    """Whether to show the way to a change. The verb decides."""
    reach = table()[action].get(actor.role)
    known = {"nation": True, "region": region in actor.regions, "pdu": pdu in actor.pdus}
    return known.get(reach or "", False)


def refuse(actor: Actor, action: str, pdu: str, region: str) -> None:
    """Raises `NotAllowed`, before a form is shown that would come to nothing."""
    permit(actor, action)
    if not reaches(actor, action, pdu, region):
        raise NotAllowed(f"{pdu} is beyond the PDUs and regions that you work for. Ask those who do.")


def empty(change: Change) -> dict[str, Any]:
    return typed(change.fields, FormMultiDict())


def ask(
    request: Ask,
    change: Change,
    place: Place,
    given: Mapping[str, Any],
    *,
    choices: Mapping[str, list[dict[str, str]]] | None = None,
    hidden: Mapping[str, str] | None = None,
    error: Exception | None = None,
    facts: Sequence[tuple[str, str]] = (),
) -> HtmlPage:
    """The form, with what was typed; and after an error with what was wrong, each fault at its field.

    `facts` are what one should know before it, in words.
    """
    dates = {field.name: f"{field.name}-day" for field in change.fields if field.kind == "date"}
    faults = _placed(change, error) if error else ()
    return page(
        request,
        "locate_act.html",
        status=422 if faults else 200,
        change=change,
        question=_(change.question),
        place=place,
        typed=given,
        facts=facts,
        choices=choices or {},
        hidden_pairs=[("key", uuid4().hex), *(hidden or {}).items()],
        faults=links(faults, dates),
    )


def key_of(sent: Mapping[str, Any]) -> str | None:
    return str(sent.get("key", ""))[:100] or None


def _placed(change: Change, error: Exception) -> tuple[FieldFault, ...]:
    faults = error.faults if isinstance(error, Invalid) else (FieldFault("", str(error)),)
    known = {field.name for field in change.fields}
    return tuple(
        FieldFault(one.field, _(WORDS.get(one.field, one.why)) if one.why.startswith("Expected") else one.why)
        if one.field in known
        else FieldFault(change.fields[0].name, one.why)
        for one in faults
    )
