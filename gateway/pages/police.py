"""Police checks: how long they take by force and receiving PDU, and where so many are overdue that it is a pattern."""

from litestar import get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from gateway.access.act import act
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of, names_of_lists
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.words import _
from gateway.transfers.police import police_checks
from schemas.files import PoliceChecks, PoliceLine

WIDTH = 120


class Bar(Struct, frozen=True):
    """How long the oldest of a line has been waited for, beside the longest of all."""

    width: float
    overdue: bool


@get("/police-checks")
async def report(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    query = request.query_params
    force, overdue = query.get("force", "")[:40], query.get("overdue") == "1"
    command = PoliceChecks(force=force or None, overdue=overdue)
    found = await act(works.house, actor, police_checks, command)
    names = await names_of_lists(works, ("police_force",))
    return page(
        request,
        "police_checks.html",
        lines=found.items,
        bars=bars(found.items),
        forces=names["police_force"],
        force_choices=[{"value": "", "text": _("Every force")}, *(await choices_of(works, "police_force"))[1:]],
        force_asked=force,
        overdue_asked=overdue,
    )


def bars(lines: list[PoliceLine]) -> list[Bar]:
    longest = max([one.longest_days or 0 for one in lines], default=0)
    return [
        Bar(width=round(WIDTH * (one.longest_days or 0) / longest, 1) if longest else 0.0, overdue=one.overdue > 0)
        for one in lines
    ]


handlers: list[HTTPRouteHandler] = [report]
