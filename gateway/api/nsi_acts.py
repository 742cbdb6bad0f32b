"""What is done with an NSI's action list: one door for each act, alike but for the command."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Struct, field

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from gateway.transfers.actions import (
    add_action,
    assign_action,
    complete_action,
    record_evidence,
    reopen_action,
    skip_action,
)
from schemas import action_list
from schemas.acts import Done
from schemas.nsis import NsiState

Verb = Callable[[Any, Any, datetime], Awaitable[Done[NsiState]]]
Line = Annotated[int, PathParameter(ge=1, le=2**31 - 1, description="The `n` of the line.")]


def on_nsi(path: str, verb: Verb, command: type[Struct], summary: str, says: str) -> HTTPRouteHandler:
    """A door on one NSI."""
    body = body_of(command)

    @post(
        f"/nsis/{{nsi_id:uuid}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["NSIs"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"nsi {path}",
        operation_id=f"nsi_{verb.__name__}",
    )
    async def door(
        nsi_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> NsiState:
        given: Any = data
        sent = {name: getattr(given, name) for name in body.__struct_fields__}
        asked: Any = command(id=nsi_id, **sent)
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


def _on_line(path: str, verb: Verb, command: type[Struct], summary: str, says: str) -> HTTPRouteHandler:
    body = body_of(command, ("id", "n"))

    @post(
        f"/nsis/{{nsi_id:uuid}}/actions/{{n:int}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["NSIs"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"nsi action {path}",
        operation_id=f"nsi_{verb.__name__}",
    )
    async def door(
        nsi_id: FromPath[UUID],
        n: Line,
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> NsiState:
        given: Any = data
        sent = {name: getattr(given, name) for name in body.__struct_fields__}
        asked: Any = command(id=nsi_id, n=n, **sent)
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


class Evidenced(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is recorded of an action, by the ids of its `asks`."""

    evidence: action_list.Given = field(default_factory=dict)


@post(
    "/nsis/{nsi_id:uuid}/actions/{n:int}",
    status_code=200,
    summary="Complete an action",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def complete(
    nsi_id: FromPath[UUID],
    n: Line,
    works: GivenWorks,
    actor: GivenActor,
    data: JSONBody[Evidenced | None] = None,
    idempotency_key: IdempotencyKey = None,
) -> NsiState:
    """One line is done. Evidence is added to what is recorded of it already; completing twice is harmless."""
    command = action_list.CompleteAction(id=nsi_id, n=n, evidence=data.evidence if data else {})
    return await act(works.house, actor, complete_action, command, key=idempotency_key)


doors: list[HTTPRouteHandler] = [
    complete,
    on_nsi(
        "actions",
        add_action,
        action_list.AddAction,
        "Add an action",
        "A further line of one's own on the action list.",
    ),
    _on_line(
        "evidence",
        record_evidence,
        action_list.RecordEvidence,
        "Record evidence of an action",
        "Something is known of it while it is not done: the day on which a check was asked for, say.",
    ),
    _on_line(
        "not-applicable",
        skip_action,
        action_list.SkipAction,
        "Close an action without evidence",
        "It does not apply, or is skipped, and why. A mandatory one only by the roles in its `skipped_by`.",
    ),
    _on_line(
        "reopen",
        reopen_action,
        action_list.ReopenAction,
        "Open an action again",
        "It was closed by mistake; the rule that it met runs again.",
    ),
    _on_line(
        "assign",
        assign_action,
        action_list.AssignAction,
        "Assign an action",
        "Who does it, and by when where no rule says so.",
    ),
]
