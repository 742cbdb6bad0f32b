"""What is done with a placement: one door for each act, alike but for the command."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from bedspace.placements.accept import accept_placement
from bedspace.placements.arrive import arrive_placement, record_not_arrived
from bedspace.placements.decline import decline_placement, withdraw_placement
from bedspace.placements.depart import cancel_placement, depart_placement
from bedspace.placements.needs import change_needs
from bedspace.placements.nights import come_back, extend_placement, go_away, shorten_placement
from bedspace.placements.offer import offer_bed
from bedspace.placements.refer import ask_premises
from bedspace.placements.relocate import (
    accept_relocation,
    decline_relocation,
    relocate_placement,
    undo_relocation,
)
from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.given import GivenActor, GivenWorks
from schemas import placing
from schemas.acts import Done
from schemas.placing import PlacementDone

Verb = Callable[[Any, Any, datetime], Awaitable[Done[PlacementDone]]]


def _door(path: str, verb: Verb, command: type[Struct], summary: str, says: str) -> HTTPRouteHandler:
    body = body_of(command)

    @post(
        f"/placements/{{placement_id:uuid}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["Placements"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"placement {path}",
        operation_id=f"placement_{verb.__name__}",
    )
    async def door(
        placement_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> PlacementDone:
        given = {name: getattr(data, name) for name in body.__struct_fields__}
        asked: Any = command(id=placement_id, **given)
        return await act(works.house, actor, verb, asked, key=idempotency_key)

    return door


doors: list[HTTPRouteHandler] = [
    _door("ask", ask_premises, placing.AskPremises, "Ask premises", "Every approach is kept with its outcome."),
    _door("offer", offer_bed, placing.OfferBed, "Offer a bed", "It is kept until the answer is due."),
    _door(
        "accept",
        accept_placement,
        placing.AcceptPlacement,
        "Accept a referral",
        "Whoever decides says yes: the bed is booked, and nobody else is asked any more.",
    ),
    _door("decline", decline_placement, placing.DeclinePlacement, "Decline a referral", "With a reason of `decline`."),
    _door(
        "withdraw",
        withdraw_placement,
        placing.WithdrawPlacement,
        "Withdraw a referral",
        "With it go all open approaches. 409 says what stands in the way.",
    ),
    _door(
        "arrive",
        arrive_placement,
        placing.ArrivePlacement,
        "Record an arrival",
        "Twice is harmless. Who moves between premises departs the one and arrives at the other by it.",
    ),
    _door(
        "not-arrived",
        record_not_arrived,
        placing.RecordNotArrived,
        "Record that somebody did not arrive",
        "The bed is free again.",
    ),
    _door(
        "depart",
        depart_placement,
        placing.DepartPlacement,
        "Record a departure",
        "Twice is harmless. The bed is free from that night on.",
    ),
    _door("extend", extend_placement, placing.ExtendPlacement, "Extend a placement", "409 names nights in the way."),
    _door("shorten", shorten_placement, placing.ShortenPlacement, "Shorten a placement", "The bed is free after it."),
    _door("needs", change_needs, placing.ChangeNeeds, "Change the needs", "`remarks` says what the bed does not meet."),
    _door("cancel", cancel_placement, placing.CancelPlacement, "Cancel a booking", "The bed is free at once."),
    _door("away", go_away, placing.GoAway, "Record an absence", "In hospital or with the police: the bed is kept."),
    _door("back", come_back, placing.ComeBack, "Record a return", "Back in the bed that was kept."),
    _door(
        "relocate",
        relocate_placement,
        placing.RelocatePlacement,
        "Move between premises",
        "Planned: the other premises are asked, and their bed is kept meanwhile. Emergency: at once.",
    ),
    _door(
        "relocation/accept",
        accept_relocation,
        placing.AcceptRelocation,
        "Accept a move between premises",
        "The bed there is booked, and the rest of the nights here is kept until the arrival.",
    ),
    _door(
        "relocation/decline",
        decline_relocation,
        placing.DeclineRelocation,
        "Decline a move between premises",
        "The stay goes on as it was.",
    ),
    _door(
        "relocation/undo",
        undo_relocation,
        placing.UndoRelocation,
        "Undo a move between premises",
        "Until the arrival: everything is as before.",
    ),
]
