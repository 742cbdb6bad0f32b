"""What became of messages."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter

from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.paging import Cursor, Limit
from gateway.given import GivenActor, GivenWorks
from gateway.intake.read import list_inbox, list_records, read_inbox
from schemas.inbox import InboxItem, InboxPage, ListInbox, ListRecords, ReadInbox, RecordPage
from schemas.words import InboxState, RecordState

State = Annotated[InboxState | None, QueryParameter(name="state", description="Only those in this state.")]

Thread = Annotated[
    UUID | None,
    QueryParameter(name="thread", description="Only those of one conversation: `thread` of any of them."),
]

Came = Annotated[RecordState | None, QueryParameter(name="state", description="Only those that came to this.")]


@get("/inbox", summary="List messages", tags=["Intake"], responses=problems(*GUARDED, 422))
async def index(
    works: GivenWorks,
    actor: GivenActor,
    only: State = None,
    thread: Thread = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> InboxPage:
    """Newest first: one's own, or everybody's where the role reaches the nation."""
    return await act(works.house, actor, list_inbox, ListInbox(state=only, thread=thread, limit=limit, cursor=cursor))


@get("/inbox/{inbox_id:uuid}", summary="What became of a message", tags=["Intake"], responses=problems(*GUARDED, 404))
async def show(inbox_id: FromPath[UUID], works: GivenWorks, actor: GivenActor) -> InboxItem:
    """Its state, why it is in it, the NSIs that came of it, and what the message does not say."""
    return await act(works.house, actor, read_inbox, ReadInbox(id=inbox_id))


@get(
    "/inbox/{inbox_id:uuid}/records",
    summary="What each record of a message came to",
    tags=["Intake"],
    responses=problems(*GUARDED, 404, 422),
)
async def records(
    inbox_id: FromPath[UUID],
    works: GivenWorks,
    actor: GivenActor,
    only: Came = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RecordPage:
    """Of a message by a trusted connection: raised, known, for a person, or not readable; each with its line."""
    return await act(works.house, actor, list_records, ListRecords(id=inbox_id, state=only, limit=limit, cursor=cursor))
