"""Captured mail, as its page reads it."""

from email.message import EmailMessage

import pytest

from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.delivery.captured import Capture, list_captured, read_captured
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.mail import ListCaptured, ReadCaptured


def mail(n: int) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<{n}@bedspace.invalid>"
    message["From"] = "gateway@bedspace.invalid"
    message["To"] = f"spoc{n}@example.invalid"
    message["Subject"] = f"[invented] NSI-{n}"
    message.set_content(f"Open it: http://127.0.0.1:8000/nsis/{n} – today\n")
    return message


async def test_captured_mail_is_listed_newest_first_page_by_page_and_read(house: House) -> None:
    capture = Capture(house.pool)
    for n in range(5):
        await capture(mail(n))
    page = await act(house, OPERATOR, list_captured, ListCaptured(limit=3))
    rest = await act(house, OPERATOR, list_captured, ListCaptured(limit=3, cursor=page.next))
    assert [row.to for row in (*page.items, *rest.items)] == [f"spoc{n}@example.invalid" for n in (4, 3, 2, 1, 0)]
    assert rest.next is None
    read = await act(house, OPERATOR, read_captured, ReadCaptured(id=page.items[0].id))
    assert (read.subject, read.sender, read.message_id) == (
        "[invented] NSI-4",
        "gateway@bedspace.invalid",
        "<4@bedspace.invalid>",
    )
    assert read.text == "Open it: http://127.0.0.1:8000/nsis/4 – today\n"


async def test_the_same_mail_is_captured_once(house: House, owner: Tx) -> None:
    capture = Capture(house.pool)
    await capture(mail(1))
    await capture(mail(1))
    assert await owner.fetchval("select count(*) from captured_mail") == 1


@pytest.mark.parametrize("cursor", ["", "-1", "x", "1; drop table", "9" * 30])
async def test_a_cursor_that_we_did_not_give_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(Invalid, match="next"):
        await act(house, OPERATOR, list_captured, ListCaptured(cursor=cursor))


async def test_a_mail_that_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotThere):
        await act(house, OPERATOR, read_captured, ReadCaptured(id=1))


async def test_an_auditor_does_not_read_captured_mail(house: House) -> None:
    with pytest.raises(NotAllowed):
        await act(house, Actor(id="a", name="A. Invented", role="auditor"), read_captured, ReadCaptured(id=1))
