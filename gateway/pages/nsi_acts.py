"""What may be done with an NSI as a whole: what is offered to whom, and the page of each act."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from bedspace.nights import london_today
from gateway.access.actors import Actor
from gateway.pages.nsi_act import Act
from gateway.pages.nsi_custody_acts import CUSTODY_ACTS
from gateway.pages.nsi_form import Choices, Form, pages
from gateway.pages.nsi_other_acts import OTHER_ACTS
from gateway.pages.nsi_sides import at, masked
from gateway.pages.nsi_status_acts import STATUS_ACTS
from gateway.pages.nsi_words import OWNERS
from gateway.pages.words import _
from gateway.transfers.allocate import ALLOCATED
from gateway.wiring import Works
from schemas.errors import NotThere
from schemas.nsis import Nsi

ORDER = ("receive", "raise-again", "allocate", "start", "complete")
"""Of the first buttons; the others follow."""
ACTS: dict[str, Act] = {name: STATUS_ACTS[name] for name in STATUS_ACTS} | OTHER_ACTS | CUSTODY_ACTS


class Offer(Struct, frozen=True):
    name: str
    text: str
    main: bool
    grave: bool


def offers(actor: Actor, nsi: Nsi, today: date) -> list[Offer]:
    """By status and type, by role and end."""
    names = [*ORDER, *(name for name in ACTS if name not in ORDER)]
    return [Offer(name, *_shown(name, nsi), ACTS[name].grave) for name in names if is_offered(actor, nsi, name, today)]


def _shown(name: str, nsi: Nsi) -> tuple[str, bool]:
    """The words, and whether it is a button: what is allocated already is seldom allocated anew."""
    if name == "allocate" and nsi.status in ALLOCATED:
        return _("Allocate it anew"), False
    return _(ACTS[name].text), ACTS[name].main


def is_offered(actor: Actor, nsi: Nsi, name: str, today: date) -> bool:
    one = ACTS[name]
    if nsi.merged_into is not None and name != "unmerge":
        return False
    seen = not (one.about_person and masked(nsi))
    return seen and one.when(nsi, today) and at(actor, one.action, nsi, one.end)


def _find(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, works: Works) -> Form:
    name = params["act"]
    if name not in ACTS:
        raise NotThere("There is no such page. Start again from the NSI.")
    one, today = ACTS[name], london_today(works.house.now())
    return Form(
        action=one.action,
        question=one.question,
        button=one.text,
        done=name,
        command=one.command,
        verb=one.verb,
        fields=tuple(field for field in one.fields if field.name != "until" or nsi.type == "temporary_move"),
        given=one.given,
        hint=one.hint,
        begins=_begins(name, nsi),
        choices=_choices(name, nsi),
        grave=one.grave,
        why_not="" if one.when(nsi, today) else _why_not(nsi),
    )


def _begins(name: str, nsi: Nsi) -> dict[str, str]:
    if name == "allocate":
        return {"team": nsi.team or "", "officer": nsi.officer or "", "officer_email": nsi.officer_email or ""}
    return {"owner": "receiving practitioner"} if name == "add-action" else {}


def _choices(name: str, nsi: Nsi) -> Choices:
    if name == "concern":
        rules = [{"value": one.rule, "text": f"{one.rule} {one.title}"} for one in nsi.clocks if one.met_on is None]
        return {"rule": [{"value": "", "text": _("The NSI as a whole")}, *rules]}
    if name == "add-action":
        return {"owner": [{"value": code, "text": _(text)} for code, text in OWNERS.items()]}
    return {}


def _why_not(nsi: Nsi) -> str:
    return _("%(reference)s is no longer so that this can be done. Look at it again.") % {"reference": nsi.reference}


handlers: list[HTTPRouteHandler] = pages("{act:str}", _find)
