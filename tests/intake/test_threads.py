"""What forwards and answers a message stands beside it."""

from email import message_from_bytes
from uuid import UUID

import pytest

from adapters.formats.mime_policy import WARY
from adapters.formats.mime_thread import thread_names
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.read import list_inbox, read_inbox
from gateway.intake.settle import Settler
from schemas.inbox import ListInbox, ReadInbox
from tests.messages import reading, settled

INDEX = b"AdLLxB0AAAAAAAAAAAAAAAAAAAAAAAAA"


async def come(house: House, settler: Settler, *names: str) -> UUID:
    return (await settled(house, settler, reading(thread=list(names)))).inbox_id


async def thread_of(house: House, inbox: UUID) -> UUID | None:
    return (await act(house, OPERATOR, read_inbox, ReadInbox(id=inbox))).thread


async def test_a_forward_and_a_reply_stand_beside_what_they_follow(house: House, settler: Settler) -> None:
    first = await come(house, settler, "<1@york.invalid>")
    alone = await come(house, settler, "<9@york.invalid>")
    forward = await come(house, settler, "<2@york.invalid>", "<1@york.invalid>")
    reply = await come(house, settler, "<3@hull.invalid>", "<2@york.invalid>")
    assert [await thread_of(house, one) for one in (first, forward, reply, alone)] == [first, first, first, None]
    page = await act(house, OPERATOR, list_inbox, ListInbox(thread=first))
    assert {one.inbox_id for one in page.items} == {first, forward, reply}


async def test_what_joins_two_conversations_makes_them_one(house: House, settler: Settler) -> None:
    """The middle of a chain came last: its ends stood alone until then."""
    end, start = (
        await come(house, settler, "<3@x.invalid>", "<2@x.invalid>"),
        await come(house, settler, "<1@x.invalid>"),
    )
    other = await come(house, settler, "<4@x.invalid>", "<3@x.invalid>")
    middle = await come(house, settler, "<2@x.invalid>", "<1@x.invalid>")
    assert len({await thread_of(house, one) for one in (end, start, other, middle)}) == 1


async def test_a_message_without_names_stands_alone(house: House, settler: Settler) -> None:
    assert [await thread_of(house, await come(house, settler)) for _ in range(2)] == [None, None]


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (b"Message-ID: <2@x>\nIn-Reply-To: <1@x>\nReferences: <0@x>\n <1@x>\n", ["<2@x>", "<0@x>", "<1@x>"]),
        (b"Thread-Index: " + INDEX + b"\n", ["conversation:01d2cbc41d00000000000000000000000000000000000000"[:57]]),
        (b"Message-ID: none\nReferences: <" + b"a" * 5_000 + b">\nThread-Index: ?\n", []),
        (b"References: " + b" ".join(b"<%d@x>" % n for n in range(300)) + b"\n", None),
    ],
)
def test_the_names_are_those_of_its_headers(headers: bytes, names: list[str] | None) -> None:
    found = thread_names(message_from_bytes(headers + b"\nx", policy=WARY))
    assert found == names if names is not None else len(found) <= 22
