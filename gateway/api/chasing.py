"""Clocks met, paused or told up the ladder; documents; reviews; forecasts; police checks; who holds grades."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import get, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec import Struct, field

from gateway.access.act import act
from gateway.access.permissions import permit
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.nsi_acts import on_nsi
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.documents import record_document
from gateway.transfers.escalate import answer_escalation, raise_concern
from gateway.transfers.forecast import forecast
from gateway.transfers.holders import holder_away, keep_holder, list_holders
from gateway.transfers.meeting import meet_clock
from gateway.transfers.pauses import pause_clock, resume_clock
from gateway.transfers.police import police_checks
from gateway.transfers.review import questions, read_reviews, review_case
from schemas import chasing, files
from schemas.action_list import MeetClock, Whom

Days = Annotated[int, QueryParameter(ge=1, le=60, description="Days ahead.")]
Pdu = Annotated[str | None, QueryParameter(max_length=20, description="Only this PDU.")]
Force = Annotated[str | None, QueryParameter(max_length=40, description="Only this force: a code of `police_force`.")]
Since = Annotated[date | None, QueryParameter(description="Only those asked for from that day on.")]
Overdue = Annotated[bool, QueryParameter(description="Only where one is overdue.")]
Place = Annotated[str | None, QueryParameter(max_length=20, description="Code of a PDU or region, or `nation`.")]
HolderId = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]


class Away(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From when until when; without `from`, they are back."""

    from_: date | None = field(default=None, name="from")
    until: date | None = None
    cover_name: Whom | None = None
    cover_email: chasing.Email | None = None


class Answers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    answers: list[files.ReviewAnswer]


@get("/nsis/forecast", summary="What will be overdue", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def coming(works: GivenWorks, actor: GivenActor, pdu: Pdu = None, days: Days = 7) -> chasing.ForecastAnswer:
    """Rules that are overdue, and those that will be within some days, by the PDU whose they are to meet."""
    return await act(works.house, actor, forecast, chasing.Forecast(pdu=pdu, days=days))


@get("/police-checks", summary="How long police checks take", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def police(
    works: GivenWorks,
    actor: GivenActor,
    pdu: Pdu = None,
    force: Force = None,
    since: Since = None,
    overdue: Overdue = False,  # noqa: FBT002  # a query parameter is given by name
) -> files.PoliceReport:
    """By receiving PDU and force, the slowest first. Nobody is named."""
    asked = files.PoliceChecks(pdu=pdu, force=force, since=since, overdue=overdue)
    return await act(works.house, actor, police_checks, asked)


@get("/reviews/questions", summary="List the questions of a review", tags=["NSIs"], responses=problems(*GUARDED))
async def review_questions(actor: GivenActor) -> files.Questions:
    """In the order of the inspection, each with the answers it takes."""
    permit(actor, files.ReviewCase.action)
    return files.Questions(items=questions())


@get("/nsis/{nsi_id:uuid}/reviews", summary="Show reviews", tags=["NSIs"], responses=problems(*GUARDED, 404))
async def reviews(nsi_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> files.Reviews:
    """What each reader has found."""
    return await act(works.house, actor, read_reviews, files.ReadReviews(id=nsi_id))


@post(
    "/nsis/{nsi_id:uuid}/reviews",
    status_code=200,
    summary="Review a case",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def review(
    nsi_id: FromPath[UUID],
    data: JSONBody[Answers],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> files.Reviews:
    """A named reader answers questions about the file. Answering one again corrects one's own answer."""
    command = files.ReviewCase(id=nsi_id, answers=data.answers)
    return await act(works.house, actor, review_case, command, key=idempotency_key)


@get("/grades", summary="List who holds grades", tags=["Locator"], responses=problems(*GUARDED, 422))
async def grades(works: GivenWorks, actor: GivenActor, place: Place = None) -> chasing.Holders:
    """SPOs of PDUs, assistant chief officers and MAPPA co-ordinators of regions, the national lead."""
    return await act(works.house, actor, list_holders, chasing.ListHolders(place=place))


@put("/grades", summary="Name who holds a grade", tags=["Locator"], responses=problems(*GUARDED, 413, 422))
async def keep_grade(
    data: JSONBody[chasing.KeepHolder], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> chasing.Holders:
    """From a day on; whoever held it until then does so no longer."""
    return await act(works.house, actor, keep_holder, data, key=idempotency_key)


@post(
    "/grades/{holder:int}/away",
    status_code=200,
    summary="Record the absence of who holds a grade",
    tags=["Locator"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def away(
    holder: HolderId,
    data: JSONBody[Away],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> chasing.Holders:
    """Who covers is told meanwhile what the absent would be told."""
    command = chasing.HolderAway(
        id=holder, from_=data.from_, until=data.until, cover_name=data.cover_name, cover_email=data.cover_email
    )
    return await act(works.house, actor, holder_away, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [
    coming,
    police,
    review_questions,
    reviews,
    review,
    grades,
    keep_grade,
    away,
    on_nsi("clocks/met", meet_clock, MeetClock, "Meet a rule", "What it asks for has happened, today or before."),
    on_nsi(
        "clocks/pause",
        pause_clock,
        chasing.PauseClock,
        "Pause a clock",
        "For a reason and within a limit of its regime; it goes on by itself.",
    ),
    on_nsi("clocks/resume", resume_clock, chasing.ResumeClock, "End a pause", "Today, sooner than it was to."),
    on_nsi(
        "concerns",
        raise_concern,
        chasing.RaiseConcern,
        "Raise a concern",
        "About the progress: one's own SPO is told at once, and it shows on the NSI.",
    ),
    on_nsi(
        "escalations/answer",
        answer_escalation,
        chasing.AnswerEscalation,
        "Answer an escalation",
        "What has been done about it. The first answer stands.",
    ),
    on_nsi(
        "documents",
        record_document,
        files.RecordDocument,
        "Record a document",
        "Sent, received, complete or not, or not applicable: only what is given changes.",
    ),
]
