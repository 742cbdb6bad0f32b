"""Challenges on risk and their adjudication."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta, Struct

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.challenge import decide_challenge, raise_challenge
from gateway.transfers.challenges import list_challenges, read_challenges
from schemas.challenges import (
    Challenge,
    ChallengePage,
    Condition,
    DecideChallenge,
    Decision,
    ListChallenges,
    RaiseChallenge,
    ReadChallenges,
)
from schemas.nsis import NsiState
from schemas.texts import AboutPerson, Code

Open = Annotated[bool, QueryParameter(name="open", description="Those to be decided; false: those decided.")]


class Risk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the list `challenge`, and what the risk is."""

    reason: Code
    said: AboutPerson


class Adjudication(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is decided and why. `conditions` become lines of the action list."""

    decision: Decision
    why: AboutPerson
    conditions: Annotated[list[Condition], Meta(max_length=10)] = []


@get("/challenges", summary="List challenges", tags=["NSIs"], responses=problems(*GUARDED, 422))
async def queue(
    works: GivenWorks, actor: GivenActor, *, only: Open = True, limit: Limit = 50, cursor: Cursor = None
) -> ChallengePage:
    """The queue of the national lead, by the day on which each is to be decided."""
    return await act(works.house, actor, list_challenges, ListChallenges(open=only, limit=limit, cursor=cursor))


@get(
    "/nsis/{nsi_id:uuid}/challenges",
    summary="Show the challenges of an NSI",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404),
)
async def index(nsi_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> list[Challenge]:
    """Newest first. What is said of a person is masked with the person."""
    return await act(works.house, actor, read_challenges, ReadChallenges(id=nsi_id))


@post(
    "/nsis/{nsi_id:uuid}/challenge",
    status_code=200,
    summary="Challenge an NSI on risk",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def create(
    nsi_id: FromPath[UUID],
    data: JSONBody[Risk],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> NsiState:
    """By the receiver. A receiver cannot refuse; supervision, enforcement, recall and clocks go on meanwhile."""
    command = RaiseChallenge(id=nsi_id, reason=data.reason, said=data.said)
    return await act(works.house, actor, raise_challenge, command, key=idempotency_key)


@post(
    "/challenges/{challenge_id:uuid}/decide",
    status_code=200,
    summary="Decide a challenge",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def decide(
    challenge_id: FromPath[UUID],
    data: JSONBody[Adjudication],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> NsiState:
    """By the national lead, who has done nothing else on this NSI. Both ends are written to."""
    command = DecideChallenge(id=challenge_id, decision=data.decision, why=data.why, conditions=data.conditions)
    return await act(works.house, actor, decide_challenge, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [queue, index, create, decide]
