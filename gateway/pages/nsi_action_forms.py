"""A line of the action list: its evidence as a form of its kind's own fields, and what else is done with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.handlers import HTTPRouteHandler

from gateway.access.actors import Actor
from gateway.pages.nsi_form import Choices, Form, Link, pages
from gateway.pages.nsi_words import ROLES_WHO_SKIP, owner
from gateway.pages.placement_forms import Field, day_of
from gateway.pages.words import N_, _, written_date
from gateway.transfers.actions import assign_action, complete_action, record_evidence, reopen_action, skip_action
from gateway.wiring import Works
from schemas.action_list import AssignAction, CompleteAction, RecordEvidence, ReopenAction, SkipAction
from schemas.errors import NotThere
from schemas.nsis import Action, Asks, Nsi

WHY = Field(name="why", label=N_("Why"), kind="note", hint=N_("In words, with nothing that names the person"))


def line_of(nsi: Nsi, n: int) -> Action:
    found = next((one for one in nsi.actions if one.n == n), None)
    if found is None:
        raise NotThere(_("There is no such line on the action list. Start again from the NSI."))
    return found


def skips(actor: Actor, line: Action) -> bool:
    """Anybody what is not mandatory; that, only those whom its kind names."""
    return line.done_at is None and (not line.mandatory or actor.role in line.skipped_by)


def evidence_fields(asks: list[Asks]) -> tuple[Field, ...]:
    return tuple(
        Field(name=one.id, label=one.title, kind=_kind(one), list=one.list or "", optional=not one.required)
        for one in asks
    )


def _kind(one: Asks) -> Any:
    if one.type == "choice":
        return "list" if one.list else "choices"
    return {"text": "text", "date": "date", "yes_no": "yes_no"}[one.type]


def _evidence(nsi: Nsi, params: Mapping[str, Any], actor: Actor, _works: Works) -> Form:
    line = line_of(nsi, params["n"])
    fields = evidence_fields(line.asks)
    at = f"/nsis/{nsi.id}/actions/{line.n}"
    also = [Link(_("Say who does it, and by when"), f"{at}/assign")]
    if skips(actor, line):
        also.append(Link(_("Skip it, with a reason") if line.mandatory else _("It does not apply"), f"{at}/skip"))
    return Form(
        action="nsi.action",
        question=line.title,
        button=N_("It is done"),
        done="action-done",
        command=CompleteAction,
        verb=lambda _works: complete_action,
        fields=fields,
        given={"n": line.n},
        facts=facts_of(line),
        begins=_begins(line),
        choices=_choices(line.asks),
        of=lambda given, _which: {"evidence": _given(fields, given)},
        second=N_("Keep this, it is not done yet") if fields else "",
        second_verb=lambda _works: record_evidence,
        second_command=RecordEvidence,
        second_done="action-kept",
        also=tuple(also),
        why_not=_("This line is closed already. Open it again first.") if line.done_at else "",
    )


def _skip(nsi: Nsi, params: Mapping[str, Any], actor: Actor, _works: Works) -> Form:
    line = line_of(nsi, params["n"])
    who = _(" or ").join(_(ROLES_WHO_SKIP.get(role, role)) for role in line.skipped_by)
    refusal = _("This line is mandatory: it is skipped by %(who)s only.") % {"who": who or _("nobody")}
    return Form(
        action="nsi.action",
        question=N_("Why is it skipped?") if line.mandatory else N_("Why does it not apply?"),
        button=N_("Skip it") if line.mandatory else N_("It does not apply"),
        done="action-skipped",
        command=SkipAction,
        verb=lambda _works: skip_action,
        fields=(WHY,),
        given={"n": line.n},
        facts=((_("Line"), line.title), *facts_of(line)),
        remarks=(_("A clock that it would meet is laid aside."),) if line.rule else (),
        grave=line.mandatory,
        why_not=_("This line is closed already.") if line.done_at else "" if skips(actor, line) else refusal,
    )


def _reopen(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    line = line_of(nsi, params["n"])
    return Form(
        action="nsi.action",
        question=N_("Why is it opened again?"),
        button=N_("Open it again"),
        done="action-open",
        command=ReopenAction,
        verb=lambda _works: reopen_action,
        fields=(WHY,),
        given={"n": line.n},
        facts=((_("Line"), line.title),),
        remarks=(_("What was recorded of it stays. A clock that it met runs again."),),
        why_not="" if line.done_at else _("This line is open."),
    )


def _assign(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    line = line_of(nsi, params["n"])
    fields = [
        Field(
            name="to",
            label=N_("Who does it"),
            kind="text",
            hint=N_("Leave it empty for nobody in particular"),
            optional=True,
        )
    ]
    if line.rule is None:
        fields.append(Field(name="due", label=N_("By when"), kind="date", optional=True))
    return Form(
        action="nsi.action",
        question=N_("Who does it?"),
        button=N_("Keep this"),
        done="action-assigned",
        command=AssignAction,
        verb=lambda _works: assign_action,
        fields=tuple(fields),
        given={"n": line.n},
        facts=((_("Line"), line.title), *facts_of(line)),
        begins={"to": line.assigned_to or ""},
        why_not=_("This line is closed already. Open it again first.") if line.done_at else "",
    )


def facts_of(line: Action) -> tuple[tuple[str, str], ...]:
    facts = [(_("Whose it is"), owner(line.owner)), (_("Assigned to"), line.assigned_to or "")]
    facts.append((_("Due"), written_date(line.due) + (f" ({line.rule})" if line.rule else "") if line.due else ""))
    return tuple((key, value) for key, value in facts if value)


def _choices(asks: list[Asks]) -> Choices:
    first = [{"value": "", "text": _("Choose one")}]
    return {
        one.id: first + [{"value": option.code, "text": option.name} for option in one.options]
        for one in asks
        if one.type == "choice" and not one.list
    }


def _begins(line: Action) -> dict[str, str]:
    """What is recorded already."""
    found: dict[str, str] = {}
    for one in line.asks:
        value = line.evidence.get(one.id)
        if value is None:
            continue
        if one.type == "date":
            day = date.fromisoformat(value)
            found |= {f"{one.id}-day": str(day.day), f"{one.id}-month": str(day.month), f"{one.id}-year": str(day.year)}
        else:
            found[one.id] = value if isinstance(value, str) else "yes" if value else "no"
    return found


def _given(fields: tuple[Field, ...], given: Mapping[str, Any]) -> dict[str, str | bool]:
    """As the verb takes it: an empty text takes away what was recorded. Raises `Invalid`."""
    found: dict[str, str | bool] = {}
    for one in fields:
        if one.kind == "date":
            day = day_of(one, given)
            found[one.name] = day.isoformat() if day else ""
        elif one.kind == "yes_no":
            found[one.name] = {"yes": True, "no": False}.get(given[one.name], "")
        else:
            found[one.name] = given[one.name]
    return found


handlers: list[HTTPRouteHandler] = [
    *pages("actions/{n:int}", _evidence),
    *pages("actions/{n:int}/skip", _skip),
    *pages("actions/{n:int}/reopen", _reopen),
    *pages("actions/{n:int}/assign", _assign),
]
