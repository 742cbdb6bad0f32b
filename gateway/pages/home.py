"""The first page: what one would do next, by role."""

from litestar import get

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, is_demo, may, navigation, page
from gateway.pages.words import N_, _
from gateway.transfers.read import list_nsis
from gateway.wiring import Works
from schemas.nsis import ListNsis, NsiRow

WHAT = {
    "/find-a-bed": N_("Beds that are free every night and meet every need, nearest first."),
    "/premises": N_("What each premises offer, whom to telephone, and whether the register is right today."),
    "/occupancy": N_("Free beds of all premises night by night, nights lost by reason, and the weeks to come."),
    "/waiting": N_("Who waits for a bed, in what order and why, and which beds are proposed."),
    "/today": N_("Who arrives at your premises today and who leaves, confirmed together."),
    "/referrals": N_("AP referrals that wait for an answer, the most urgent first."),
    "/placements": N_("From the AP referral to the departure; and a new referral."),
    "/releases": N_("Who leaves prison when, where to, and what lacks before that."),
    "/nsis": N_("What your PDU receives and sends, by the nearest clock; and raising an NSI."),
    "/national": N_("Challenges on risk to decide, and people for whom no place is found."),
    "/locate": N_("From a postcode, place or prison to the PDU and its single point of contact."),
    "/briefing": N_(
        "Figures for those who decide: moves, rules met in time, beds. Nobody is named; made to be printed."
    ),
    "/inbox": N_("Messages that came in, and those that wait for a person."),
    "/mail": N_("What the demo would have sent."),
}
FEW = 5


@get("/")
async def home(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    return page(
        request,
        "home.html",
        ways=[way | {"what": _(WHAT[way["href"]])} for way in navigation(actor, "/", demo=is_demo(request))],
        overdue=await _first(works, actor, ListNsis(overdue=True, limit=FEW)),
        unconfirmed=await _first(works, actor, ListNsis(status="prepared", limit=FEW)),
    )


async def _first(works: Works, actor: Actor, command: ListNsis) -> list[NsiRow]:
    return (await act(works.house, actor, list_nsis, command)).items if may(actor, "nsi.list") else []
