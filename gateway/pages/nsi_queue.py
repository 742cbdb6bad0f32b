"""What a PDU receives and sends, by the nearest clock: the way in for whoever receives."""

from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import table
from gateway.given import GivenActor, GivenWorks
from gateway.pages.nsi_words import GROUPS
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.queue_picture import queue_picture
from gateway.pages.words import _
from gateway.transfers.queue import list_queue
from schemas.nsi_queue import ListQueue, QueuePage, QueueRow

PAGE = 25
SIDES = ("receiving", "sending")


class Asked(Struct, frozen=True, kw_only=True):
    """What the reader wants to see, as the address says."""

    side: str = ""
    who: str = ""
    """`team NAME`, or `officer CODE`."""
    pdu: str = ""
    overdue: bool = False
    high: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.side or self.who or self.pdu or self.overdue or self.high)


@get("/nsis")
async def queue(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    asked, today = _asked(request), london_today(works.house.now())
    found = await act(works.house, actor, list_queue, _command(asked, request.query_params.get("cursor") or None))
    return page(
        request,
        "nsi_queue.html",
        groups=_groups(found.items),
        counts=found.counts,
        picture=queue_picture(found.days, today),
        today=today,
        asked=asked,
        wide=table()["nsi.list"][actor.role] != "pdu",
        sides=_sides(actor),
        whose=_whose(found),
        more=f"/nsis?{_query(asked, cursor=found.next)}" if found.next else None,
        only_overdue=f"/nsis?{_query(asked, overdue='1')}",
    )


def _asked(request: Ask) -> Asked:
    query = request.query_params
    return Asked(
        side=side if (side := query.get("side", "")) in SIDES else "",
        who=query.get("who", "")[:220],
        pdu=query.get("pdu", "").strip().upper()[:20],
        overdue=query.get("overdue") == "1",
        high=query.get("high") == "1",
    )


def _command(asked: Asked, cursor: str | None) -> ListQueue:
    kind, _space, which = asked.who.partition(" ")
    side: Any = asked.side or None
    return ListQueue(
        side=side,
        pdu=asked.pdu or None,
        team=which if kind == "team" and which else None,
        officer=which if kind == "officer" and which else None,
        overdue=asked.overdue,
        high_risk=asked.high,
        limit=PAGE,
        cursor=cursor,
    )


def _query(asked: Asked, **more: Any) -> str:
    given = {"side": asked.side, "who": asked.who, "pdu": asked.pdu}
    given |= {"overdue": "1" if asked.overdue else "", "high": "1" if asked.high else ""}
    return urlencode({name: value for name, value in (given | more).items() if value})


def _groups(rows: list[QueueRow]) -> list[dict[str, Any]]:
    """By the state of the nearest clock, in the order in which they come."""
    states = [
        ("no_clock" if row.clock is None else "later" if row.clock.state == "running" else row.clock.state, row)
        for row in rows
    ]
    groups = [
        {"id": code, "title": _(title), "rows": [row for state, row in states if state == code]}
        for code, title in GROUPS.items()
    ]
    return [group for group in groups if group["rows"]]


def _sides(actor: Actor) -> list[dict[str, str]]:
    """To a reader of the nation both ends of everything are the same."""
    if table()["nsi.list"][actor.role] == "nation":
        return []
    first = [{"value": "", "text": _("What we receive and send")}]
    return [
        *first,
        {"value": "receiving", "text": _("What we receive")},
        {"value": "sending", "text": _("What we send")},
    ]


def _whose(found: QueuePage) -> list[dict[str, str]]:
    teams = [{"value": f"team {one}", "text": one} for one in found.teams]
    officers = [{"value": f"officer {one.code}", "text": one.name} for one in found.officers]
    return [{"value": "", "text": _("Everybody")}, *teams, *officers] if teams or officers else []


handlers: list[HTTPRouteHandler] = [queue]
