"""What is done with an NSI in its life: one door for each act, alike but for the command."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Meta, Struct

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.allocate import allocate_nsi, answer_question, note_nsi
from gateway.transfers.changing import Changer
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.merge import merge_nsi, unmerge_nsi
from gateway.transfers.raising import Raiser
from gateway.transfers.reporting import Reporter
from gateway.wiring import Works
from schemas import nsi_life
from schemas.acts import Done
from schemas.nsi_life import AnswerQuestion, InFlightKept, KeepInFlight, NsiReported, RaiseUnannounced, ReportNsi
from schemas.nsis import NsiState
from schemas.words import InFlight

Verb = Callable[[Any, Any, datetime], Awaitable[Done[NsiState]]]

Number = Annotated[int, PathParameter(ge=1, le=2**62, description="The `n` of the question.")]
Region = Annotated[str, PathParameter(max_length=20, description="Code of the region.")]


class Looked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody found. Nothing about the person."""

    answer: Annotated[str, Meta(min_length=1, max_length=500)]


class CasesInFlight(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of cases in flight at cut-over."""

    how: InFlight


def _door(path: str, verb: Callable[[Works], Verb], command: type[Struct], summary: str, says: str) -> HTTPRouteHandler:
    body = body_of(command)

    @post(
        f"/nsis/{{nsi_id:uuid}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["NSIs"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"nsi {path}",
        operation_id=f"nsi_{path}",
    )
    async def door(
        nsi_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> NsiState:
        given = {name: getattr(data, name) for name in body.__struct_fields__}
        asked: Any = command(id=nsi_id, **given)
        return await act(works.house, actor, verb(works), asked, key=idempotency_key)

    return door


@post(
    "/nsis/{nsi_id:uuid}/unmerge",
    status_code=200,
    summary="Take a merge back",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409),
)
async def unmerge(
    nsi_id: FromPath[UUID], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NsiState:
    """They were two after all: each is again what is reported of it."""
    return await act(works.house, actor, unmerge_nsi, nsi_life.UnmergeNsi(id=nsi_id), key=idempotency_key)


@post(
    "/nsis/{nsi_id:uuid}/questions/{n:int}/answer",
    status_code=200,
    summary="Answer a question about an NSI",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def looked(
    nsi_id: FromPath[UUID],
    n: Number,
    data: JSONBody[Looked],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> NsiState:
    """Somebody has looked at what cannot be, or does not fit."""
    command = AnswerQuestion(id=nsi_id, n=n, answer=data.answer)
    return await act(works.house, actor, answer_question, command, key=idempotency_key)


@post(
    "/nsis/unannounced",
    summary="Raise who came without warning",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def unannounced(
    data: JSONBody[RaiseUnannounced], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NsiState:
    """By the PDU where they are. The origin's SPOC is told, and asked to complete and confirm it."""
    return await act(works.house, actor, Raiser(works.postcodes).raise_unannounced, data, key=idempotency_key)


@post(
    "/nsis/reports",
    status_code=200,
    summary="Report an NSI of a far system",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def report(
    data: JSONBody[ReportNsi], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> NsiReported:
    """New, or known by its reference. Any order of arrival ends in the same status; a version twice is harmless."""
    return await act(works.house, actor, Reporter(works.postcodes).report_nsi, data, key=idempotency_key)


@put(
    "/regions/{region:str}/cases-in-flight",
    summary="Say what becomes of cases in flight",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 413, 422),
)
async def in_flight(
    region: Region, data: JSONBody[CasesInFlight], works: GivenWorks, actor: GivenActor
) -> InFlightKept:
    """At cut-over: an NSI each, or they stay on the region's tracker until they are done."""
    return await act(works.house, actor, keep_in_flight, KeepInFlight(region=region, how=data.how))


doors: list[HTTPRouteHandler] = [
    _door(
        "allocate",
        lambda _: allocate_nsi,
        nsi_life.AllocateNsi,
        "Allocate an NSI",
        "To a team, and to an officer where there is one.",
    ),
    _door("notes", lambda _: note_nsi, nsi_life.NoteNsi, "Add a note", "About the person, and masked with them."),
    _door(
        "merge",
        lambda _: merge_nsi,
        nsi_life.MergeNsi,
        "Merge an NSI into another",
        "Two are found to be one. Nobody is written to, and it can be taken back.",
    ),
    _door(
        "change",
        lambda works: Changer(works.postcodes).change_nsi,
        nsi_life.ChangeNsi,
        "Change an NSI before the move",
        "Other days, another place, or no move: as one act that keeps what was, and counts clocks anew.",
    ),
    unmerge,
    looked,
    unannounced,
    report,
    in_flight,
]
