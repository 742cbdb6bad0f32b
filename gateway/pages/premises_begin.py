"""What the form of a change to premises is about, begins with, and offers to choose from."""

from collections.abc import Callable
from datetime import date
from typing import Any

from litestar.datastructures import FormMultiDict
from msgspec import Struct

from bedspace.claims.outages import read_outage
from bedspace.nights import london_today
from bedspace.premises.read import characteristic_names, list_characteristics, list_pdus, show_premises
from bedspace.premises.record import read_records
from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.pages.choices import choices_of
from gateway.pages.placement_forms import typed
from gateway.pages.placement_words import DECIDERS, TYPES
from gateway.pages.premises_forms import FORMS, Form
from gateway.pages.premises_words import CONTACTS
from gateway.pages.words import _
from gateway.store.database import transaction
from gateway.wiring import Works
from schemas.errors import NotThere
from schemas.outages import Outage, ReadOutage
from schemas.premises import PremisesDetail


class About(Struct, frozen=True, kw_only=True):
    """What a change is made to."""

    premises: PremisesDetail
    today: date
    address: str = ""
    """As it stands in an address."""
    key: str = ""
    """The name of a room, the code of a bed, or the purpose of a contact."""
    name: str = ""
    """What a heading calls it."""
    id: int = 0
    revision: int | None = None
    outage: Outage | None = None


async def about_of(works: Works, actor: Actor, code: str, about: str, on: str) -> About:
    """Raises `NotThere`."""
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        premises = await show_premises(tx, code, today)
        names = await characteristic_names(tx)
        record = (await read_records(tx, [code]))[code]
    found: dict[str, Any] | None = None
    match about:
        case "premises":
            found = {}
        case "room":
            found = {"name": on} if any(room.name == on for room in premises.rooms) else None
        case "bed":
            known = {bed.code for room in record.rooms for bed in room.beds}
            found = {"name": on} if on in known else None
        case "purpose":
            called = {str(purpose): text for purpose, text in CONTACTS.items()}.get(on)
            found = {"name": _(called)} if called else None
        case "restriction":
            one = next((one for one in premises.restrictions if str(one.id) == on), None)
            found = {"name": names.get(one.characteristic, one.characteristic), "id": one.id} if one else None
        case _:
            found = await _outage(works, actor, code, on)
    if found is None:
        raise NotThere(f"There is no such thing at {premises.name} now. Start again from the page of the premises.")
    return About(premises=premises, today=today, address=on, key=on, **found)


async def _outage(works: Works, actor: Actor, code: str, on: str) -> dict[str, Any] | None:
    """`on` is its id, and the revision that was seen."""
    id_, _dot, revision = on.partition(".")
    if not (id_.isdecimal() and revision.isdecimal() and len(on) < 18):
        return None
    outage = await act(works.house, actor, read_outage, ReadOutage(id=int(id_)))
    seen = {"name": outage.bed, "id": int(id_), "revision": int(revision), "outage": outage}
    return seen if outage.premises == code else None


def before(name: str, on: About) -> dict[str, Any]:
    """What stands in the form at first."""
    begins = BEGINS.get(name)
    return typed(FORMS[name].fields, FormMultiDict()) | (begins(on) if begins else {})


def _details(on: About) -> dict[str, Any]:
    texts = ("name", "postcode", "gender", "type", "decides", "arrive_by", "depart_by", "characteristics")
    kept = {text: getattr(on.premises, text) for text in texts}
    return kept | {"turnaround_nights": str(on.premises.turnaround_nights), "pdu": on.premises.pdu or ""}


def _room(on: About) -> dict[str, Any]:
    room = next(room for room in on.premises.rooms if room.name == on.key)
    return {"rename_to": room.name, "characteristics": room.characteristics}


def _bed(on: About) -> dict[str, Any]:
    rooms = {bed.code: room.name for room in on.premises.rooms for bed in room.beds}
    return {"room": rooms.get(on.key, ""), "rename_to": on.key}


def _contact(on: About) -> dict[str, Any]:
    contact = next((one for one in on.premises.contacts if one.purpose == on.key), None)
    return {part: getattr(contact, part) for part in ("name", "phone", "email", "hours") if contact}


def _revised(on: About) -> dict[str, Any]:
    if on.outage is None:
        return {}
    said = {"reason": on.outage.reason, "reference": on.outage.reference or "", "note": on.outage.note}
    return _day("from", on.outage.from_) | _day("until", on.outage.until) | said


BEGINS: dict[str, Callable[[About], dict[str, Any]]] = {
    "details": _details,
    "room": _room,
    "bed-move": _bed,
    "contact": _contact,
    "out-of-service": lambda on: _day("from", on.today),
    "outage": _revised,
}


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


async def choices(works: Works, form: Form, on: About) -> dict[str, list[dict[str, str]]]:
    """For each field that is chosen; what is retired may stay where it is."""
    async with transaction(works.pool, readonly=True) as tx:
        today = london_today(works.house.now())
        known = await list_characteristics(tx, today)
        pdus = await list_pdus(tx, today)
        names = await characteristic_names(tx)
    scope = "premises" if form is FORMS["details"] else "room"
    offered = [one.code for one in known if one.scope == scope]
    rooms = [room.characteristics for room in on.premises.rooms if form.about == "room" and room.name == on.key]
    has = on.premises.characteristics if scope == "premises" else [code for room in rooms for code in room]
    found = {
        "gender": [{"value": "male", "text": _("Men")}, {"value": "female", "text": _("Women")}],
        "type": [{"value": code, "text": _(text)} for code, text in TYPES.items()],
        "decides": [{"value": code, "text": _(text).capitalize()} for code, text in DECIDERS.items()],
        "pdu": [
            {"value": "", "text": _("As the postcode says")},
            *({"value": code, "text": pdu} for code, pdu in pdus),
        ],
        "characteristics": [{"value": code, "text": names[code]} for code in dict.fromkeys((*offered, *has))],
        "characteristic": [
            {"value": "", "text": _("Choose one")},
            *({"value": one.code, "text": one.name} for one in sorted(known, key=lambda one: one.name)),
        ],
    }
    lists = {field.name: await choices_of(works, field.list) for field in form.fields if field.list}
    return found | lists
