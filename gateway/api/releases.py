"""Releases: a prison's notice, the board, and what is done with one."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Struct

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.releases.dates import change_date, confirm_date
from gateway.releases.end import cancel_release, record_released, record_returned
from gateway.releases.move_on import MoverOn
from gateway.releases.needing import settle_need
from gateway.releases.notice import Noticer
from gateway.releases.places import approve_address, arrange_accommodation, check_address
from gateway.releases.read import list_releases, read_release
from gateway.releases.refer import refer_release
from gateway.releases.sender import with_contact
from gateway.wiring import Works
from schemas import releases
from schemas.acts import Done
from schemas.releases import (
    ListReleases,
    NoticeRelease,
    ReadRelease,
    Release,
    ReleaseDone,
    ReleasePage,
    ReleaseState,
)

Prison = Annotated[str | None, QueryParameter(max_length=10, description="Only those from this prison: its code.")]
Pdu = Annotated[
    str | None, QueryParameter(max_length=20, description="Only those that resettle in this PDU, or come home to it.")
]
From = Annotated[date | None, QueryParameter(name="from", description="Only those on this day or later.")]
Until = Annotated[date | None, QueryParameter(description="Only those on this day or earlier.")]
State = Annotated[ReleaseState | None, QueryParameter(name="state", description="Only those in this state.")]
Lacking = Annotated[bool, QueryParameter(description="Only those where something lacks that is due.")]
LackingFirst = Annotated[bool, QueryParameter(description="Those where something lacks before all others.")]


@post(
    "/releases",
    summary="Give notice of a release",
    tags=["Releases"],
    responses=problems(*GUARDED, 404, 409, 413, 422),
)
async def notice(
    data: JSONBody[NoticeRelease], works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> ReleaseDone:
    """The SPOC of resettlement is found and told. The same notice again changes the release that is open."""
    verb = Noticer(works.postcodes).notice_release
    return await act(works.house, actor, verb, with_contact(data, actor), key=idempotency_key)


@get("/releases", summary="List releases", tags=["Releases"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    prison: Prison = None,
    pdu: Pdu = None,
    from_: From = None,
    until: Until = None,
    only: State = None,
    lacking: Lacking = False,  # noqa: FBT002  # a query parameter is given by name
    lacking_first: LackingFirst = False,  # noqa: FBT002  # as above
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReleasePage:
    """The soonest first, as far as the account reaches. A limited-access person's name is masked."""
    asked = ListReleases(
        prison=prison,
        pdu=pdu,
        from_=from_,
        until=until,
        state=only,
        lacking=lacking,
        lacking_first=lacking_first,
        limit=limit,
        cursor=cursor,
    )
    return await act(works.house, actor, list_releases, asked)


@get("/releases/{release_id:uuid}", summary="Show a release", tags=["Releases"], responses=problems(*GUARDED, 404))
async def show(release_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> Release:
    """With what must exist before it, what is asked, bed and NSI, and what goes into the licence."""
    return await act(works.house, actor, read_release, ReadRelease(id=release_id))


Verb = Callable[[Any, Any, datetime], Awaitable[Done[ReleaseDone]]]


def _door(
    path: str, verb_of: Callable[[Works], Verb], command: type[Struct], summary: str, says: str
) -> HTTPRouteHandler:
    body = body_of(command)

    @post(
        f"/releases/{{release_id:uuid}}/{path}",
        status_code=200,
        summary=summary,
        description=says,
        tags=["Releases"],
        responses=problems(*GUARDED, 404, 409, 413, 422),
        name=f"release {path}",
        operation_id=f"release_{path.replace('-', '_')}",
    )
    async def door(
        release_id: FromPath[UUID],
        data: JSONBody[body],  # type: ignore[valid-type]  # made from the command
        works: GivenWorks,
        actor: GivenActor,
        idempotency_key: IdempotencyKey = None,
    ) -> ReleaseDone:
        given: Any = command(id=release_id, **msgspec.structs.asdict(data))
        return await act(works.house, actor, verb_of(works), given, key=idempotency_key)

    return door


doors: list[HTTPRouteHandler] = [
    notice,
    index,
    show,
    _door(
        "address", lambda _: check_address, releases.CheckAddress, "Check an address", "Not suitable: a bed is wanted."
    ),
    _door(
        "approve",
        lambda _: approve_address,
        releases.ApproveAddress,
        "Approve an address",
        "Where the licence says to reside. One that is not the address notified alerts the officer.",
    ),
    _door(
        "arrange",
        lambda _: arrange_accommodation,
        releases.ArrangeAccommodation,
        "Tell of accommodation arranged",
        "By a housing provider in the prison: the case manager is told at once.",
    ),
    _door(
        "need",
        lambda _: settle_need,
        releases.SettleNeed,
        "Say that something exists",
        "What must exist before the release does; or is not applicable, with a reason.",
    ),
    _door(
        "change",
        lambda _: change_date,
        releases.ChangeReleaseDate,
        "Move a release",
        "Bed, NSI and clocks follow. A bed that is not free on the new nights is left, and asked about.",
    ),
    _door(
        "confirm-date",
        lambda _: confirm_date,
        releases.ConfirmReleaseDate,
        "Confirm the day",
        "A named person says which day is meant, where the day given is before a non-working one.",
    ),
    _door(
        "change-of-mind",
        lambda works: Noticer(works.postcodes).change_mind,
        releases.ChangeMind,
        "Record a change of mind",
        "Somewhere else is wanted: what was referred or booked ends, and everybody is told.",
    ),
    _door(
        "cancel",
        lambda _: cancel_release,
        releases.CancelRelease,
        "Cancel a release",
        "Referral or booking and NSI end with it, and everybody is told.",
    ),
    _door(
        "refer",
        lambda _: refer_release,
        releases.ReferRelease,
        "Make the AP referral",
        "Prefilled from the release. It needs a decision on record that approved premises suit.",
    ),
    _door(
        "released",
        lambda _: record_released,
        releases.RecordReleased,
        "Record a release",
        "An arrival at premises records it by itself.",
    ),
    _door(
        "returned",
        lambda _: record_returned,
        releases.RecordReturned,
        "Record a return",
        "From temporary licence: the temporary move is over.",
    ),
    _door(
        "move-on",
        lambda works: MoverOn(works.postcodes).answer_move_on,
        releases.AnswerMoveOn,
        "Say where a resident moves on to",
        "In another PDU than home it asks whether to raise a case transfer.",
    ),
]
