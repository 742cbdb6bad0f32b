"""Who receives: from a postcode, place, authority or prison to the PDU and its SPOC."""

from typing import Any, get_args

from litestar import get

from bedspace.locator.locate import locate as locate_receiver
from bedspace.nights import london_today
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.words import PURPOSES, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import FieldFault, Invalid, NotThere
from schemas.locate import Located, Whereabouts
from schemas.words import Purpose


@get("/locate")
async def locate(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "locate")
    near = request.query_params.get("near", "").strip()[:200]
    asked: Any = request.query_params.get("purpose", "transfer")
    purpose: Purpose = asked if asked in get_args(Purpose) else "transfer"
    located: Located | None = None
    faults: tuple[FieldFault, ...] = ()
    if "near" in request.query_params:
        located, faults = await _ask(works, Whereabouts(near=near, purpose=purpose))
    return page(
        request,
        "locate.html",
        status=422 if faults else 200,
        near=near,
        purpose=purpose,
        purposes=[{"value": code, "text": _(text)} for code, text in PURPOSES.items()],
        located=located,
        faults=links(faults),
    )


async def _ask(works: Works, question: Whereabouts) -> tuple[Located | None, tuple[FieldFault, ...]]:
    if not question.near:
        return None, (FieldFault("near", _("Enter a postcode or a place")),)
    try:
        async with transaction(works.pool, readonly=True) as tx:
            return await locate_receiver(tx, works.postcodes, question, london_today(works.house.now())), ()
    except NotThere as error:
        return None, (FieldFault("near", str(error)),)
    except Invalid as error:
        return None, tuple(FieldFault("near", fault.why) for fault in error.faults)
