"""Finding a bed: the form, and what the register answers."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from litestar import get, post
from msgspec import structs

from bedspace.nights import london_today
from bedspace.premises.read import list_characteristics
from bedspace.search.offences import list_offences
from gateway.access.actors import Actor
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.search_form import FEW, MANY, Typed, empty, need_of, of_form, of_query
from gateway.pages.search_more import TYPES
from gateway.pages.surroundings import label, picture
from gateway.pages.words import _
from gateway.people.searching import shortlist
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import FieldFault, Invalid
from schemas.premises import Characteristic
from schemas.search import Hit, NearMiss, Need, Shortlist

PLACES = {
    "from": "from-day",
    "prefer_premises": "prefer-premises-1",
    "exclude_premises": "exclude-premises-1",
    "exclude_districts": "exclude-districts",
    "avoid_areas": "avoid-area-1",
    "placement": "person",
}
"""Which element of the form a field is, where it is not of its own name."""


@get("/find-a-bed")
async def ask(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """The empty form; or the answer, where the address is a link to a search."""
    permit(actor, "bedspace.search")
    if "near" in request.query_params:
        return await _answer(request, works, actor, of_query(request.query_params))
    return await _form(request, works, empty(works.house.now()))


@post("/find-a-bed", status_code=200)
async def search(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    """By POST, so that an area to keep away from, or a person, stands in no address and no log."""
    permit(actor, "bedspace.search")
    return await _answer(request, works, actor, of_form(await request.form()))


async def _answer(request: Ask, works: Works, actor: Actor, typed: Typed) -> HtmlPage:
    try:
        need = with_codes(need_of(typed), (await works.register.current()).shape.codes)
        found = await shortlist(works.register, works.house, actor, need)
    except Invalid as error:
        return await _form(request, works, typed, *error.faults)
    known = await _characteristics(works)
    names = {one.code: one.name for one in known}
    return page(
        request,
        "results.html",
        typed=typed,
        need=need,
        leaves=need.from_ + timedelta(days=need.stay),
        apart=bool(need.person or need.placement),
        away=len(need.avoid) + len(need.avoid_areas) + len(need.exclude_districts) + len(need.exclude_premises),
        need_names=[in_a_sentence(names.get(code, code)) for code in need.needs],
        choices=await _choices(works, known),
        place=works.postcodes.point(need.near).label,
        map=picture(works.postcodes, need.near, found.hits[:FEW], found.near_misses[:FEW]),
        more=MANY if max(len(found.hits), len(found.near_misses)) == FEW else None,
        link=f"/find-a-bed?{urlencode(typed.query, doseq=True)}",
        **_results(found, need, typed.more.release),
    )


def with_codes(need: Need, codes: dict[str, str]) -> Need:
    """With the codes of premises that were typed by their names."""
    by_name = {name.casefold(): code for code, name in codes.items()}

    def coded(typed: list[str]) -> list[str]:
        return [one if one in codes else by_name.get(one.casefold(), one) for one in typed]

    return structs.replace(
        need, prefer_premises=coded(need.prefer_premises), exclude_premises=coded(need.exclude_premises)
    )


async def _choices(works: Works, known: list[Characteristic]) -> dict[str, Any]:
    """What can be chosen in the form."""
    offences = await list_offences(works.pool, london_today(works.house.now()))
    codes = (await works.register.current()).shape.codes
    return {
        "needs": _boxes(known),
        "offences": [{"value": one.code, "text": one.name} for one in offences],
        "types": [{"value": code, "text": _(name)} for code, name in TYPES.items()],
        "premises": sorted(codes.items(), key=lambda one: one[1]),
    }


def in_a_sentence(name: str) -> str:
    """`En-suite` → `en-suite`, and `PIPE` as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _results(found: Shortlist, need: Need, release: str) -> dict[str, Any]:
    return {
        "shortlist": found,
        "found": len(found.hits),
        "hits": [
            _labelled("hit", n, hit) | {"key": uuid4().hex, "refer": _refer(hit, need, release)}
            for n, hit in enumerate(found.hits, 1)
        ],
        "misses": [_labelled("miss", n, miss) for n, miss in enumerate(found.near_misses, 1)],
    }


def _refer(hit: Hit, need: Need, release: str) -> str:
    """Where a referral to these premises begins: it says nothing of anybody. None where the search is for somebody, but
    for that of the release which it was made for."""
    if release:
        return f"/releases/{release}/refer?{urlencode({'ask': hit.premises.code, 'bed': hit.bed})}"
    if need.person or need.placement:
        return ""
    day = hit.from_
    wanted = {"ask": hit.premises.code, "gender": need.gender, "nights": need.stay, "near": need.near}
    arrives = {"arrives_on-day": day.day, "arrives_on-month": day.month, "arrives_on-year": day.year}
    return f"/placements/new?{urlencode({**wanted, **arrives, 'needs': need.needs}, doseq=True)}"


def _labelled(kind: str, n: int, result: Hit | NearMiss) -> dict[str, Any]:
    return structs.asdict(result) | {"label": label(kind, n)}


async def _form(request: Ask, works: Works, typed: Typed, *faults: FieldFault) -> HtmlPage:
    return page(
        request,
        "find_a_bed.html",
        status=422 if faults else 200,
        typed=typed,
        choices=await _choices(works, await _characteristics(works)),
        faults=links(tuple(map(_named_as_typed, faults)), PLACES),
    )


def _named_as_typed(fault: FieldFault) -> FieldFault:
    """The register names an area `avoid`; the form has a field for each part of each."""
    if fault.field == "avoid" or fault.field.startswith("avoid["):
        return FieldFault("avoid-postcode-1", fault.why)
    return FieldFault(fault.field.partition("[")[0], fault.why)


async def _characteristics(works: Works) -> list[Characteristic]:
    async with transaction(works.pool, readonly=True) as tx:
        return await list_characteristics(tx, london_today(works.house.now()))


def _boxes(known: list[Characteristic]) -> list[dict[str, str]]:
    """What a room can have first: that is what is asked for most."""
    rooms_first = sorted(known, key=lambda one: one.scope != "room")
    return [{"value": one.code, "text": one.name} for one in rooms_first]
