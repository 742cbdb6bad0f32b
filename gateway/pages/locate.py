"""Who receives: from a postcode, place, authority or prison to the PDU and its SPOC, on a day."""

from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

import msgspec
from litestar import get
from msgspec import Struct

from bedspace.locator.locate import locate as locate_receiver
from bedspace.nights import london_today
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.on_day import ON, asked_day, typed_day
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.words import PURPOSES, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Candidate, FieldFault, Invalid, NotThere, UnknownPlace
from schemas.locate import Located, Whereabouts
from schemas.words import Purpose


class Found(Struct, frozen=True, kw_only=True):
    """What comes of a question: an answer, or faults with the names most like what was typed."""

    located: Located | None = None
    faults: tuple[FieldFault, ...] = ()
    like: tuple[Candidate, ...] = ()


@get("/locate")
async def locate(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "locate")
    query = request.query_params
    near = query.get("near", "").strip()[:200]
    asked: Any = query.get("purpose", "transfer")
    purpose: Purpose = asked if asked in get_args(Purpose) else "transfer"
    typed, on, found = typed_day(query), None, Found()
    try:
        on = asked_day(typed)
        if "near" in query:
            found = await _ask(works, Whereabouts(near=near, purpose=purpose, on=on))
    except Invalid as error:
        found = Found(faults=error.faults)
    return page(
        request,
        "locate.html",
        status=422 if found.faults else 200,
        near=near,
        purpose=purpose,
        purposes=[{"value": code, "text": _(text)} for code, text in PURPOSES.items()],
        day=ON,
        typed=typed,
        on=on,
        located=_chosen(found.located, query.get("pdu", "")),
        among=f"/locate?{_query(near, purpose, on)}",
        like=[{"text": one.name, "href": f"/locate?{_query(one.near, purpose, on)}"} for one in found.like],
        faults=links(found.faults, {"on": "on-day"}),
    )


async def _ask(works: Works, question: Whereabouts) -> Found:
    if not question.near:
        return Found(faults=(FieldFault("near", _("Enter a postcode or a place")),))
    try:
        async with transaction(works.pool, readonly=True) as tx:
            today = london_today(works.house.now())
            return Found(located=await locate_receiver(tx, works.postcodes, question, today))
    except UnknownPlace as error:
        return Found(faults=(FieldFault("near", str(error)),), like=tuple(error.candidates))
    except NotThere as error:
        return Found(faults=(FieldFault("near", str(error)),))
    except Invalid as error:
        return Found(faults=tuple(FieldFault("near", fault.why) for fault in error.faults))


def _chosen(located: Located | None, pdu: str) -> Located | None:
    """Of several candidates the one that the reader has chosen; all of them where it is none of these."""
    for one in (located and located.ambiguous) or ():
        if one.pdu.code == pdu:
            return Located(read_as=located.read_as, **msgspec.structs.asdict(one))  # type: ignore[union-attr]  # it has candidates
    return located


def _query(near: str, purpose: Purpose, on: date | None) -> str:
    asked = {"near": near, "purpose": purpose, "on": on.isoformat() if on else ""}
    return urlencode({name: value for name, value in asked.items() if value})
