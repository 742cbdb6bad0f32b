"""Captured mail: what the demo would have sent, with its links alive."""

import re

from litestar import get
from litestar.params import FromPath

from gateway.access.act import act
from gateway.delivery.captured import list_captured, read_captured
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, page
from schemas.mail import ListCaptured, ReadCaptured


@get("/mail")
async def captured(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    cursor = request.query_params.get("cursor")
    found = await act(works.house, actor, list_captured, ListCaptured(cursor=cursor))
    more = f"/mail?cursor={found.next}" if found.next else None
    return page(request, "mail_list.html", mails=found.items, more=more)


@get("/mail/{mail_id:int}")
async def one(request: Ask, works: GivenWorks, actor: GivenActor, mail_id: FromPath[int]) -> HtmlPage:
    found = await act(works.house, actor, read_captured, ReadCaptured(id=mail_id))
    return page(request, "mail.html", mail=found, pieces=pieces(found.text, works.settings.link_base))


def pieces(text: str, base: str) -> list[dict[str, str]]:
    """The text in order, cut where a link to this service begins and ends. Other addresses stay text."""
    cut = re.split(rf"({re.escape(base)}/[\w\-/=.~%]*[\w\-/=])", text)
    return [{"text": part, "href": part.removeprefix(base) if n % 2 else ""} for n, part in enumerate(cut) if part]
