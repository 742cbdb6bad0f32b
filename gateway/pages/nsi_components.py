"""Components of a case transfer: naming one, and what is decided about it."""

from collections.abc import Mapping
from typing import Any

from litestar.handlers import HTTPRouteHandler

from gateway.access.actors import Actor
from gateway.pages.custody_words import COMPONENTS, DECIDES, held
from gateway.pages.nsi_form import Form, Link, pages
from gateway.pages.nsi_sides import at
from gateway.pages.placement_forms import Field, command_of
from gateway.pages.words import N_, _, written_date
from gateway.transfers.components import (
    ELSEWHERE,
    add_components,
    apply_to_court,
    decide_component,
    leave_component_open,
    start_component,
)
from gateway.wiring import Works
from schemas.components import (
    AddComponents,
    ApplyToCourt,
    Component,
    DecideComponent,
    LeaveComponentOpen,
    NewComponent,
    StartComponent,
)
from schemas.errors import NotThere
from schemas.nsis import Nsi

ACTION = "nsi.component"
ON = Field(name="on", label=N_("On which day"), kind="date", hint=N_("Leave it empty for today"), optional=True)
COURT = Field(name="court", label=N_("Court"), kind="text", hint=N_("Such as Leeds Magistrates' Court"))
NEW = (
    Field(name="kind", label=N_("What it is"), kind="choices"),
    Field(name="title", label=N_("Title"), kind="text", hint=N_("With nothing that names the person")),
    Field(
        name="from_court",
        label=N_("Originating court"),
        kind="text",
        hint=N_("Of an order: it holds it until another court sanctions the transfer"),
        optional=True,
    ),
)
DECISION = (
    Field(name="decision", label=N_("Decision"), kind="choice"),
    ON,
    Field(name="court", label=N_("Court that decided"), kind="text", hint=N_("Where a court decides"), optional=True),
    Field(name="how", label=N_("How"), kind="text", hint=N_("At a hearing, on paper, by both SPOs"), optional=True),
    Field(
        name="reason",
        label=N_("Why it stays or is withdrawn"),
        kind="note",
        hint=N_("In words, with nothing that names the person"),
        optional=True,
    ),
)
WHY_OPEN = Field(
    name="why",
    label=N_("Why"),
    kind="note",
    hint=N_("Such as: the court sits in January. With nothing that names the person"),
)


def part_of(nsi: Nsi, n: int) -> Component:
    found = next((one for one in nsi.components if one.n == n), None)
    if found is None:
        raise NotThere(_("There is no such component. Start again from the NSI."))
    return found


def keeps_components(actor: Actor, nsi: Nsi) -> bool:
    open_ = nsi.type == "case_transfer" and nsi.status not in ("withdrawn", "returned") and nsi.merged_into is None
    return open_ and at(actor, ACTION, nsi, "")


def _new(_nsi: Nsi, _params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    first = [{"value": "", "text": _("Choose one")}]
    return Form(
        action=ACTION,
        question=N_("What else is to be decided?"),
        button=N_("Add it"),
        done="component-added",
        command=AddComponents,
        verb=lambda _works: add_components,
        fields=NEW,
        choices={"kind": first + [{"value": code, "text": _(text)} for code, text in COMPONENTS.items()]},
        of=lambda given, _which: {"items": [command_of(NewComponent, given, NEW)]},
        hint=N_("Each component is decided on its own: an order by a court, all else by the receiving area."),
    )


def _decide(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    part = part_of(nsi, params["n"])
    here = f"/nsis/{nsi.id}/components/{part.n}"
    also = []
    if part.decision == "pending":
        also.append(Link(_("Record that a court was applied to"), f"{here}/apply"))
        if part.kind in ELSEWHERE:
            also.append(Link(_("It goes on in the receiving area already"), f"{here}/start"))
        also.append(Link(_("Leave it open, with a reason"), f"{here}/leave-open"))
    decisions = {"transferred": _("It is transferred"), "stays": _("It stays"), "withdrawn": _("It is withdrawn")}
    return Form(
        action=ACTION,
        question=part.title,
        button=N_("Keep the decision"),
        done="component-decided",
        command=DecideComponent,
        verb=lambda _works: decide_component,
        fields=DECISION,
        given={"n": part.n},
        facts=facts_of(part),
        choices={"decision": [{"value": code, "text": text} for code, text in decisions.items()]},
        also=tuple(also),
    )


def _apply(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    part = part_of(nsi, params["n"])
    return Form(
        action=ACTION,
        question=N_("Which court was applied to?"),
        button=N_("Keep this"),
        done="component-applied",
        command=ApplyToCourt,
        verb=lambda _works: apply_to_court,
        fields=(COURT, ON),
        given={"n": part.n},
        facts=facts_of(part),
        hint=N_("Until it sanctions the transfer, the originating court holds the order."),
    )


def _start(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    part = part_of(nsi, params["n"])
    return Form(
        action=ACTION,
        question=N_("Since when does it go on in the receiving area?"),
        button=N_("Keep this"),
        done="component-started",
        command=StartComponent,
        verb=lambda _works: start_component,
        fields=(ON,),
        given={"n": part.n},
        facts=facts_of(part),
        hint=N_("That may be before the formal transfer. Nothing else passes by it."),
    )


def _leave_open(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    part = part_of(nsi, params["n"])
    return Form(
        action=ACTION,
        question=N_("Why is it left open?"),
        button=N_("Leave it open"),
        done="component-open",
        command=LeaveComponentOpen,
        verb=lambda _works: leave_component_open,
        fields=(WHY_OPEN,),
        given={"n": part.n},
        facts=facts_of(part),
        hint=N_("The case transfer may complete then before this is decided."),
    )


def facts_of(part: Component) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("What it is"), _(COMPONENTS[part.kind])),
        (_("Decided by"), _(DECIDES[part.decides])),
        (_("Held by"), held(part)),
        (_("Applied to"), _applied(part)),
        (_("Left open"), part.left_open if part.decision == "pending" else ""),
    ]
    return tuple((key, value) for key, value in facts if value)


def _applied(part: Component) -> str:
    return f"{part.court}, {written_date(part.applied_on)}" if part.applied_on else ""


handlers: list[HTTPRouteHandler] = [
    *pages("components/new", _new),
    *pages("components/{n:int}", _decide),
    *pages("components/{n:int}/apply", _apply),
    *pages("components/{n:int}/start", _start),
    *pages("components/{n:int}/leave-open", _leave_open),
]
