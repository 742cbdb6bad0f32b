"""Releases: a prison's notice, the board, and what is done with one."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter

from gateway.access.act import act
from gateway.api.bodies import body_of
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.releases.acts import RELEASE_ACTS
from gateway.releases.notice import Noticer
from gateway.releases.read import list_releases, read_release
from gateway.releases.sender import with_contact
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


def _door(path: str, summary: str, says: str) -> HTTPRouteHandler:
    command, verb_of = RELEASE_ACTS[path]
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
        return await act(works.house, actor, verb_of(works.postcodes), given, key=idempotency_key)

    return door


doors: list[HTTPRouteHandler] = [
    notice,
    index,
    show,
    _door("address", "Check an address", "Not suitable: a bed is wanted."),
    _door(
        "approve",
        "Approve an address",
        "Where the licence says to reside. One that is not the address notified alerts the officer.",
    ),
    _door(
        "arrange",
        "Tell of accommodation arranged",
        "By a housing provider in the prison: the case manager is told at once.",
    ),
    _door(
        "need",
        "Say that something exists",
        "What must exist before the release does; or is not applicable, with a reason.",
    ),
    _door(
        "change",
        "Move a release",
        "Bed, NSI and clocks follow. A bed that is not free on the new nights is left, and asked about.",
    ),
    _door(
        "confirm-date",
        "Confirm the day",
        "A named person says which day is meant, where the day given is before a non-working one.",
    ),
    _door(
        "change-of-mind",
        "Record a change of mind",
        "Somewhere else is wanted: what was referred or booked ends, and everybody is told.",
    ),
    _door(
        "cancel",
        "Cancel a release",
        "Referral or booking and NSI end with it, and everybody is told.",
    ),
    _door(
        "refer",
        "Make the AP referral",
        "Prefilled from the release. It needs a decision on record that approved premises suit.",
    ),
    _door(
        "released",
        "Record a release",
        "An arrival at premises records it by itself.",
    ),
    _door(
        "returned",
        "Record a return",
        "From temporary licence: the temporary move is over.",
    ),
    _door(
        "move-on",
        "Say where a resident moves on to",
        "In another PDU than home it asks whether to raise a case transfer.",
    ),
]
