"""What is done with a clock, a document, a question or an escalation of an NSI."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.handlers import HTTPRouteHandler

from gateway.access.actors import Actor
from gateway.pages.nsi_form import Form, pages
from gateway.pages.nsi_words import NEEDS, owner
from gateway.pages.placement_forms import Field, reason
from gateway.pages.words import N_, _, ngettext, written_date
from gateway.transfers.allocate import answer_question
from gateway.transfers.documents import record_document
from gateway.transfers.escalate import answer_escalation
from gateway.transfers.meeting import meet_clock
from gateway.transfers.pauses import pause_clock, resume_clock
from gateway.wiring import Works
from schemas.action_list import MeetClock
from schemas.chasing import AnswerEscalation, PauseClock, ResumeClock
from schemas.errors import NotThere
from schemas.files import RecordDocument
from schemas.nsi_life import AnswerQuestion
from schemas.nsis import Clock, Nsi

NO_SUCH = N_("There is no such thing on this NSI. Start again from the NSI.")
NOTE = Field(
    name="note", label=N_("Note"), kind="note", hint=N_("In words, with nothing that names the person"), optional=True
)


PAUSE = (
    reason("clock_pause"),
    Field(name="until", label=N_("The day it goes on"), kind="date"),
    Field(
        name="from",
        label=N_("From"),
        kind="date",
        hint=N_("Today where it is empty; never an earlier day"),
        optional=True,
    ),
    NOTE,
)


def _clock(nsi: Nsi, params: Mapping[str, Any]) -> tuple[Clock, tuple[tuple[str, str], ...]]:
    clock = next((one for one in nsi.clocks if one.rule == params["rule"]), None)
    if clock is None:
        raise NotThere(_(NO_SUCH))
    facts = ((_("Rule"), f"{clock.rule} {clock.title}"), (_("Whose it is"), owner(clock.owner)))
    return clock, (*facts, (_("Due"), written_date(clock.due)))


def _met(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    clock, facts = _clock(nsi, params)
    return Form(
        action="nsi.clock",
        question=N_("When did it happen?"),
        button=N_("It was met"),
        done="clock-met",
        command=MeetClock,
        verb=lambda _works: meet_clock,
        fields=(Field(name="on", label=N_("On"), kind="date", hint=N_("Leave it empty for today"), optional=True),),
        given={"rule": clock.rule},
        facts=facts,
        why_not=_("This rule was met already.") if clock.met_on else "",
    )


def _pause(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    clock, facts = _clock(nsi, params)
    left = clock.pause_days_left
    limit = ngettext("%(n)s working day is left.", "%(n)s working days are left.", left) % {"n": left}
    why_not = _("This rule was met already.") if clock.met_on else ""
    return Form(
        action="nsi.pause",
        question=N_("Why and how long does this clock stand still?"),
        button=N_("Pause it"),
        done="clock-paused",
        command=PauseClock,
        verb=lambda _works: pause_clock,
        fields=PAUSE,
        given={"rule": clock.rule},
        facts=(*facts, (_("Limit"), limit)),
        hint=N_("It goes on by itself on the day that you give. What is overdue already stays overdue."),
        why_not=why_not or ("" if left else _("This rule cannot be paused, or not for longer.")),
    )


def _resume(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    clock, facts = _clock(nsi, params)
    return Form(
        action="nsi.pause",
        question=N_("Does this clock go on today?"),
        button=N_("It goes on"),
        done="clock-resumed",
        command=ResumeClock,
        verb=lambda _works: resume_clock,
        given={"rule": clock.rule},
        facts=facts,
        why_not="" if clock.paused_until else _("This clock is not paused."),
    )


DOCUMENT = (
    Field(name="sent_on", label=N_("Sent on"), kind="date", optional=True),
    Field(name="received_on", label=N_("Received on"), kind="date", optional=True),
    Field(name="complete", label=N_("Complete"), kind="yes_no", optional=True),
    Field(
        name="lacking",
        label=N_("What was missing from it"),
        kind="note",
        hint=N_("Where it was not complete"),
        optional=True,
    ),
    Field(name="need", label=N_("Needed"), kind="choices"),
    Field(name="why", label=N_("Why it is not applicable"), kind="note", optional=True),
)


def _document(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    paper = next((one for one in nsi.documents if one.kind == params["kind"]), None)
    if paper is None:
        raise NotThere(_(NO_SUCH))
    begins = {"need": paper.need, "lacking": paper.lacking, **_day("sent_on", paper.sent_on)}
    begins |= _day("received_on", paper.received_on)
    if paper.complete is not None:
        begins["complete"] = "yes" if paper.complete else "no"
    return Form(
        action="nsi.document",
        question=paper.title,
        button=N_("Keep this"),
        done="document",
        command=RecordDocument,
        verb=lambda _works: record_document,
        fields=DOCUMENT,
        given={"kind": paper.kind},
        begins=begins,
        choices={"need": [{"value": code, "text": _(text)} for code, text in NEEDS.items()]},
        remarks=(paper.why,) if paper.why else (),
    )


def _day(name: str, day: date | None) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)} if day else {}


def _question(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    asked = next((one for one in nsi.questions if one.n == params["n"]), None)
    if asked is None:
        raise NotThere(_(NO_SUCH))
    return Form(
        action="nsi.answer",
        question=N_("What did you find?"),
        button=N_("Answer"),
        done="answered",
        command=AnswerQuestion,
        verb=lambda _works: answer_question,
        fields=(
            Field(
                name="answer",
                label=N_("Answer"),
                kind="note",
                hint=N_("In words, with nothing that names the person"),
            ),
        ),
        given={"n": asked.n},
        remarks=(asked.said,),
        why_not=_("This question is answered already.") if asked.answered_at else "",
    )


def _escalation(nsi: Nsi, params: Mapping[str, Any], _actor: Actor, _works: Works) -> Form:
    told = next((one for one in nsi.escalations if one.id == params["n"]), None)
    if told is None:
        raise NotThere(_(NO_SUCH))
    clock = next((one for one in nsi.clocks if one.rule == told.rule), None)
    about = f"{clock.rule} {clock.title}" if clock else told.rule or ""
    return Form(
        action="escalation.answer",
        question=N_("What has been done about it?"),
        button=N_("Answer"),
        done="escalation-answered",
        command=AnswerEscalation,
        verb=lambda _works: answer_escalation,
        fields=(Field(name="answer", label=N_("What has been done"), kind="note"),),
        given={"escalation": told.id},
        remarks=tuple(one for one in (about, told.said) if one),
        why_not=_("This is answered already.") if told.answered_at else "",
    )


handlers: list[HTTPRouteHandler] = [
    *pages("clocks/{rule:str}/met", _met),
    *pages("clocks/{rule:str}/pause", _pause),
    *pages("clocks/{rule:str}/resume", _resume),
    *pages("documents/{kind:str}", _document),
    *pages("questions/{n:int}", _question),
    *pages("escalations/{n:int}", _escalation),
]
