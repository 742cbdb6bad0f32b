"""Who receives at one PDU, purpose by purpose, with absences and cover; and the forms that change it."""

from datetime import date
from typing import Any, get_args
from urllib.parse import quote

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import Struct

from bedspace.locator.absences import end_absence, keep_absence
from bedspace.locator.contacts import every_pdu, list_contacts
from bedspace.locator.locate import receivers_of
from bedspace.locator.spocs import end_spoc, keep_spocs
from bedspace.nights import london_today, spoken
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages import contact_forms
from gateway.pages.contact_forms import DONE, FORMS
from gateway.pages.locate_act import Place, ask, empty, key_of, reaches, refuse
from gateway.pages.on_day import ON, asked_day, typed_day
from gateway.pages.page import Ask, HtmlPage, links, page, see
from gateway.pages.placement_forms import typed
from gateway.pages.words import PURPOSES, _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import Conflict, FieldFault, Invalid, NotThere
from schemas.locate import Named, Receiver
from schemas.locator import Contact
from schemas.words import Purpose

PURPOSE_CODES: tuple[Purpose, ...] = get_args(Purpose)
MOST = 1000


class Kept(Struct, frozen=True, kw_only=True):
    """What is kept about a PDU from a day on."""

    pdu: Named
    region: Named
    contacts: list[Contact]
    regional: list[Contact]
    answers: dict[Purpose, Receiver]


@get("/locate/contacts/{pdu:str}")
async def contacts(request: Ask, works: GivenWorks, actor: GivenActor, pdu: FromPath[str]) -> HtmlPage:
    permit(actor, "locate")
    query = request.query_params
    day, on, faults = typed_day(query), london_today(works.house.now()), tuple[FieldFault, ...]()
    try:
        on = asked_day(day) or on
    except Invalid as error:
        faults = error.faults
    kept = await kept_of(works, pdu, on)
    reach = {action: reaches(actor, action, pdu, kept.region.code) for action in ("spoc.keep", "spoc.absence")}
    return page(
        request,
        "contacts.html",
        status=422 if faults else 200,
        kept=kept,
        day=ON,
        typed=day,
        on=on,
        address=f"/locate/contacts/{quote(pdu, safe='')}",
        keeps=reach["spoc.keep"],
        records=reach["spoc.absence"],
        done=_(DONE[query["done"]]) if query.get("done") in DONE else "",
        faults=links(faults, {"on": "on-day"}),
    )


@get("/locate/contacts/{pdu:str}/{change:str}")
async def form(
    request: Ask, works: GivenWorks, actor: GivenActor, pdu: FromPath[str], change: FromPath[str]
) -> HtmlPage:
    kept = await _may(works, actor, pdu, change)
    about = _about(kept, change, request.query_params.get("of", ""))
    given = empty(FORMS[change])
    if change == "keep":
        purpose: Any = about if about in PURPOSES else None
        given |= contact_forms.begun(_now(kept, purpose), purpose)
    return _ask(request, kept, change, about, given)


@post("/locate/contacts/{pdu:str}/{change:str}", status_code=200)
async def do(request: Ask, works: GivenWorks, actor: GivenActor, pdu: FromPath[str], change: FromPath[str]) -> HtmlPage:
    """Sent again, as when the page is loaded again, it is done once."""
    kept = await _may(works, actor, pdu, change)
    sent = await request.form()
    given = typed(FORMS[change].fields, sent)
    about = _about(kept, change, str(sent.get("of", "")))
    seen = str(sent.get("seen", ""))
    try:
        await _do(works, actor, kept, change, about, given, seen, key_of(sent))
    except (Invalid, Conflict, NotThere) as error:
        return _ask(request, kept, change, about, given, seen, error)
    return see(f"/locate/contacts/{quote(pdu, safe='')}?done={change}")


async def _do(
    works: Works,
    actor: Actor,
    kept: Kept,
    change: str,
    about: str,
    given: dict[str, Any],
    seen: str,
    key: str | None,
) -> None:
    today = london_today(works.house.now())
    match change:
        case "keep":
            command = contact_forms.keep(kept.pdu.code, given, kept.contacts, set(seen.split()), today)
            await act(works.house, actor, keep_spocs, command, key=key)
        case "absence":
            await act(works.house, actor, keep_absence, contact_forms.absence(int(about), given, today), key=key)
        case "back":
            await act(works.house, actor, end_absence, contact_forms.back(int(about), given, today), key=key)
        case _:
            await act(works.house, actor, end_spoc, contact_forms.end(int(about), given, today), key=key)


async def kept_of(works: Works, pdu: str, on: date) -> Kept:
    """Raises `NotThere`."""
    async with transaction(works.pool, readonly=True) as tx:
        there = {one.code: (one, region) for one, region in await every_pdu(tx, on)}
        if pdu not in there:
            raise NotThere(f"There is no PDU {pdu[:20]} on {spoken(on)}. Ask who receives at the place itself.")
        own, region = there[pdu]
        listed = await list_contacts(tx, on, pdu=pdu, limit=MOST)
        around = await list_contacts(tx, on, region=region.code, limit=MOST)
        answers = {purpose: (await receivers_of(tx, [pdu], purpose, on))[0] for purpose in PURPOSE_CODES}
    regional = [one for one in around.items if one.region == region.code]
    return Kept(pdu=own, region=region, contacts=listed.items, regional=regional, answers=answers)


async def _may(works: Works, actor: Actor, pdu: str, change: str) -> Kept:
    if change not in FORMS:
        raise NotThere("There is no such page. Start again from who receives.")
    permit(actor, FORMS[change].action)
    kept = await kept_of(works, pdu, london_today(works.house.now()))
    refuse(actor, FORMS[change].action, pdu, kept.region.code)
    return kept


def _about(kept: Kept, change: str, of: str) -> str:
    """A purpose, or the id of a contact or absence of this PDU. Raises `NotThere`."""
    if change == "keep":
        return of if of in PURPOSES else ""
    known = {str(one.id): one for one in kept.contacts}
    away = {str(one.id) for contact in kept.contacts for one in contact.absences}
    if of not in (away if change == "back" else known):
        raise NotThere("That is over by now, or is none of this PDU. Look at its contacts again.")
    return of


def _now(kept: Kept, purpose: str | None) -> Contact | None:
    return min((one for one in kept.contacts if one.purpose == purpose), key=lambda one: one.from_, default=None)


def _ask(
    request: Ask,
    kept: Kept,
    change: str,
    about: str,
    given: dict[str, Any],
    seen: str | None = None,
    error: Exception | None = None,
) -> HtmlPage:
    address = f"/locate/contacts/{quote(kept.pdu.code, safe='')}"
    ids = " ".join(str(one.id) for one in kept.contacts)
    meanwhile = ids if seen is None or isinstance(error, Conflict) else seen
    return ask(
        request,
        FORMS[change],
        Place(
            address=f"{address}/{change}",
            caption=_caption(kept, change, about),
            back=_("Contacts of %(pdu)s") % {"pdu": kept.pdu.name},
            back_to=address,
        ),
        given,
        choices={
            "purposes": [{"value": code, "text": _(text)} for code, text in PURPOSES.items()],
            "covered_by": [
                {"value": "deputy", "text": _("A deputy")},
                {"value": "team", "text": _("A team")},
                {
                    "value": "nobody",
                    "text": _("Nobody: the region, or the contact for transfers, answers if there is one"),
                },
            ],
        },
        hidden={"of": about, "seen": meanwhile},
        error=error,
    )


def _caption(kept: Kept, change: str, about: str) -> str:
    pdu = _("%(pdu)s PDU") % {"pdu": kept.pdu.name}
    if change == "keep":
        return pdu
    for one in kept.contacts:
        if about in (str(away.id) for away in one.absences) if change == "back" else about == str(one.id):
            return f"{pdu} · {one.name}, {_(PURPOSES[one.purpose])}"
    return pdu


handlers: list[HTTPRouteHandler] = [contacts, form, do]
