"""Holding a bed and ending the hold. The search travels along unseen, so that it can be run again."""

from typing import Any

import msgspec
from litestar import post
from litestar.params import FromPath

from bedspace.claims.holds import end_hold, place_hold
from gateway.access.act import act
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.search_form import of_form
from gateway.pages.words import _
from schemas.claims import EndHold, PlaceHold
from schemas.errors import Invalid, NightsClaimed

REASON = "AP referral being made"


@post("/holds", status_code=200)
async def hold(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """Sent again, as when the page is loaded again, it answers with the same hold."""
    form = await request.form()
    typed = of_form(form)
    try:
        placed = await act(works.house, actor, place_hold, _command(form), key=_text(form, "hold-key") or None)
    except NightsClaimed as error:
        return page(request, "hold_taken.html", status=409, said=str(error), typed=typed)
    return page(request, "hold_placed.html", hold=placed, premises=_text(form, "hold-premises"), typed=typed)


@post("/holds/{hold_id:int}/end", status_code=200)
async def end(request: Ask, works: GivenWorks, actor: GivenActor, hold_id: FromPath[int]) -> HtmlPage:
    ended = await act(works.house, actor, end_hold, EndHold(id=hold_id))
    return page(request, "hold_ended.html", ended=ended, typed=of_form(await request.form()))


def _command(form: Any) -> PlaceHold:
    """Raises `Invalid`: the fields are our own, so a person sees it only where the page was tampered with."""
    fields = {name: _text(form, f"hold-{name}") for name in ("bed", "from", "nights")}
    try:
        return msgspec.convert(fields | {"reason": REASON}, PlaceHold, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid.because("hold", _("This cannot be held. Search again, and hold a bed of the list.")) from error


def _text(form: Any, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:200] if isinstance(value, str) else ""
