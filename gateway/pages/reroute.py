"""“This is not for us”: the receiving side sends an NSI on, and is told that it no longer sees it."""

from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.choices import choices_of
from gateway.pages.locate_act import Change, Place, ask, empty, key_of, reaches
from gateway.pages.page import Ask, HtmlPage, page
from gateway.pages.placement_forms import Field, command_of, reason, typed
from gateway.pages.words import N_, _
from gateway.transfers.read import read_nsi
from gateway.transfers.reroute import OPEN, Rerouter
from gateway.wiring import Works
from schemas.errors import Ambiguous, Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import Nsi, ReadNsi, RerouteNsi

SEND_ON = Change(
    action="nsi.reroute",
    question=N_("This is not for us"),
    button=N_("Send it on"),
    hint=N_("Its clocks run on, and whoever receives there is told. Your PDU will no longer see it."),
    fields=(
        Field(
            name="to",
            label=N_("Where it belongs"),
            kind="text",
            hint=N_("A full postcode, local authority, prison or PDU, as you would ask who receives"),
        ),
        reason("reroute"),
        Field(
            name="note",
            label=N_("Note"),
            kind="note",
            hint=N_("For those who receive it, with nothing that names the person"),
            optional=True,
        ),
    ),
    grave=True,
)


def sends_on(actor: Actor, nsi: Nsi) -> bool:
    """Whether to show the way: to those who receive it, while it is open."""
    receives = reaches(actor, SEND_ON.action, nsi.receiving.pdu.code, nsi.receiving.region.code)
    return receives and nsi.status in OPEN


@get("/nsis/{nsi_id:uuid}/reroute")
async def form(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    permit(actor, SEND_ON.action)
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    if not sends_on(actor, nsi):
        raise NotAllowed("An open NSI is sent on by the PDU that receives it. Those who send it withdraw it instead.")
    return await _ask(request, works, nsi, empty(SEND_ON))


@post("/nsis/{nsi_id:uuid}/reroute", status_code=200)
async def do(request: Ask, works: GivenWorks, actor: GivenActor, nsi_id: FromPath[UUID]) -> HtmlPage:
    """Answers with a page of its own, because its address is not theirs to see any more."""
    sent = await request.form()
    given = typed(SEND_ON.fields, sent)
    verb = Rerouter(works.postcodes).reroute_nsi
    try:
        command = command_of(RerouteNsi, given, SEND_ON.fields, id=nsi_id)
        gone = await act(works.house, actor, verb, command, key=key_of(sent))
    except (Invalid, Conflict, Ambiguous, NotThere) as error:
        nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
        return await _ask(request, works, nsi, given, error)
    return page(request, "nsi_sent_on.html", gone=gone)


async def _ask(request: Ask, works: Works, nsi: Nsi, given: dict[str, str], error: Exception | None = None) -> HtmlPage:
    here = _("%(reference)s is with %(pdu)s PDU") % {"reference": nsi.reference, "pdu": nsi.receiving.pdu.name}
    place = Place(address=f"/nsis/{nsi.id}/reroute", caption=here, back=nsi.reference, back_to=f"/nsis/{nsi.id}")
    choices = {"reason": await choices_of(works, "reroute")}
    return ask(request, SEND_ON, place, given, choices=choices, error=error)


handlers: list[HTTPRouteHandler] = [form, do]
