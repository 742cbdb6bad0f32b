"""A named reader reads the file of an NSI, and answers the questions of the inspection with reasons."""

from typing import Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_act import key_of
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.words import N_, _
from gateway.transfers.read import read_nsi
from gateway.transfers.review import questions, read_reviews, review_case
from gateway.wiring import Works
from schemas.errors import FieldFault, Invalid
from schemas.files import ReadReviews, ReviewAnswer, ReviewCase, Reviews
from schemas.nsis import Nsi, ReadNsi

ANSWERS = {
    "met": N_("Met"),
    "fully": N_("Fully met"),
    "largely": N_("Largely met"),
    "partly": N_("Partly met"),
    "not_met": N_("Not met"),
    "not_applicable": N_("Not applicable"),
    "not_recorded": N_("Not recorded"),
}
LONGEST = 2000


@get("/nsis/{nsi_id:uuid}/review")
async def ask(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, ReviewCase.action)
    nsi, found = await _of(works, actor, nsi_id)
    mine = {one.question: (one.answer, one.why) for one in found.items if one.read_by == actor.id}
    return _show(request, actor, nsi, found, mine)


@post("/nsis/{nsi_id:uuid}/review", status_code=200)
async def answer(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    """What is left open is not answered; what was answered before and is left open now stays."""
    form = await request.form()
    given = {one.id: (_text(form, one.id), _text(form, f"why-{one.id}")) for one in questions()}
    answers = [ReviewAnswer(question=name, answer=said, why=why) for name, (said, why) in given.items() if said]
    faults = [FieldFault(name, _("Choose an answer too")) for name, (said, why) in given.items() if why and not said]
    faults += [] if answers or faults else [FieldFault(questions()[0].id, _("Answer at least one question"))]
    if not faults:
        try:
            command = ReviewCase(id=nsi_id, answers=answers)
            await act(works.house, actor, review_case, command, key=key_of(form))
        except Invalid as error:
            faults = [_placed(one, answers) for one in error.faults]
    if not faults:
        return see(f"/nsis/{nsi_id}?done=reviewed")
    nsi, found = await _of(works, actor, nsi_id)
    return _show(request, actor, nsi, found, given, *faults)


async def _of(works: Works, actor: Actor, nsi_id: UUID) -> tuple[Nsi, Reviews]:
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    return nsi, await act(works.house, actor, read_reviews, ReadReviews(id=nsi_id))


def _show(
    request: Ask, actor: Actor, nsi: Nsi, found: Reviews, given: dict[str, tuple[str, str]], *faults: FieldFault
) -> HtmlPage:
    return page(
        request,
        "nsi_review.html",
        status=422 if faults else 200,
        nsi=nsi,
        asked=[
            {"id": one.id, "title": one.title, "rule": one.rule, "of": one.of, "answers": _answers(one.answers)}
            for one in questions()
        ],
        given=given,
        others=[one for one in found.items if one.read_by != actor.id],
        titles={one.id: one.title for one in questions()},
        answers=ANSWERS,
        key=uuid4().hex,
        faults=links(faults),
    )


def _answers(codes: list[str]) -> list[dict[str, str]]:
    return [{"value": code, "text": _(ANSWERS[code])} for code in codes]


def _placed(fault: FieldFault, answers: list[ReviewAnswer]) -> FieldFault:
    """`answers[3].why` → the reason of that question."""
    n, _bracket, part = fault.field.removeprefix("answers[").partition("].")
    if not n.isdecimal():
        return FieldFault("main-content", fault.why)
    question = answers[int(n)].question
    return FieldFault(f"why-{question}" if part == "why" else question, fault.why)


def _text(form: Any, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


handlers: list[HTTPRouteHandler] = [ask, answer]
