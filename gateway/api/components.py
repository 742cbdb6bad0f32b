"""Components of a case transfer: named, applied for, decided one by one."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from gateway.transfers import components as verbs
from schemas import components
from schemas.acts import Done
from schemas.components import AddComponents, ComponentsKept

Verb = Callable[[Any, Any, datetime], Awaitable[Done[ComponentsKept]]]
Part = Annotated[int, PathParameter(ge=1, le=2**31 - 1, description="The `n` of the component.")]
Added = body_of(AddComponents)


@post(
    "/nsis/{nsi_id:uuid}/components",
    status_code=200,
    summary="Name the components of a case transfer",
    tags=["NSIs"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def add(
    nsi_id: FromPath[UUID],
    data: JSONBody[Added],  # type: ignore[valid-type]  # made from the command
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> ComponentsKept:
    """Or take orders, licences and their requirements `from_record`. What is there already is not added again."""
    given: Any = data
    command = AddComponents(id=nsi_id, items=given.items, from_record=given.from_record)
    return await act(works.house, actor, verbs.add_components, command, key=idempotency_key)


def _on_part(path: str, verb: Verb, command: type[Struct], summary: str, says: str) -> HTTPRouteHandler:
    body = body_of(command, ("id", "n"))

    @post(
        f"/nsis/{{nsi_id:uuid}}/components/{{n:int}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["NSIs"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"nsi component {path}",
        operation_id=f"nsi_{verb.__name__}",
    )
    async def door(
        nsi_id: FromPath[UUID],
        n: Part,
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> ComponentsKept:
        given: Any = data
        sent = {name: getattr(given, name) for name in body.__struct_fields__}
        asked: Any = command(id=nsi_id, n=n, **sent)
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


doors: list[HTTPRouteHandler] = [
    add,
    _on_part(
        "apply",
        verbs.apply_to_court,
        components.ApplyToCourt,
        "Record an application to a court",
        "Until the court sanctions the transfer the originating court holds the order.",
    ),
    _on_part(
        "decide",
        verbs.decide_component,
        components.DecideComponent,
        "Record the decision about a component",
        "By whoever decides: a court, the receiving area or the sending one. A case transfer waits for all of them.",
    ),
    _on_part(
        "start",
        verbs.start_component,
        components.StartComponent,
        "Start a condition in the receiving area",
        "A programme or another condition may start before the formal transfer; nothing else passes by it.",
    ),
    _on_part(
        "leave-open",
        verbs.leave_component_open,
        components.LeaveComponentOpen,
        "Leave a component open, with a reason",
        "So that the case transfer may complete before it is decided, as where a court sits weeks later.",
    ),
]
