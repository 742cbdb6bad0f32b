"""Builds the demo: a register nine tenths full, SPOCs for every PDU, and weeks of mail. All of it by verbs."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from bedspace.geography.postcodes import Place
from bedspace.premises.keep import KeepPremises, KeepRoom, keep_premises
from bedspace.reference.files import ReferencePremises, premises_of_reference
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.demo.around import DressPremises, dress_premises
from gateway.demo.cases import keep_cases
from gateway.demo.connecting import keep_connections
from gateway.demo.custody import show_custody
from gateway.demo.fill import FillPremises, fill_premises
from gateway.demo.ladder import chase_a_little, name_holders
from gateway.demo.locating import keep_locator
from gateway.demo.morning import write_in
from gateway.demo.papers import send_papers
from gateway.demo.placing import KEPT, WHERE, place_people
from gateway.demo.premises import invent_premises
from gateway.demo.receiving import receive_and_send
from gateway.demo.releasing import post_notices
from gateway.demo.waiting import let_people_wait
from gateway.settings import Settings
from gateway.wiring import Works, open_works, utc_now
from schemas.errors import Invalid

AT_ONCE = 4


async def build_demo(
    settings: Settings, url: str, say: Callable[[str], None] = lambda _line: None, *, premises: int | None = None
) -> bool:
    """Fill an empty `demo` database; answer False and change nothing where there are premises already.

    `premises` keeps it small: only so many of them.
    """
    async with open_works(msgspec.structs.replace(settings, database_url=url)) as works:
        if works.stamp != "demo" or await works.pool.fetchval("select exists (select from premises)"):
            return False
        today = utc_now()
        say("inventing rooms, residents and bookings for the premises on record")
        await _premises(works, today, premises)
        say("inventing a point of contact for every PDU")
        await keep_locator(works, today)
        say("referring, booking and receiving people where the demo's premises staff work")
        await place_people(works, today)
        say("putting people on the waiting list, and proposing beds to them")
        await let_people_wait(works, today)
        say("posting a prison's notices of releases")
        await post_notices(works, today)
        say("reading the demo's mail")
        await write_in(works, today)
        say("naming who is told of what is overdue")
        await name_holders(works)
        await chase_a_little(works)
        await receive_and_send(works, today)
        say("recording caretaking, ends of moves, a challenge and who is hard to place")
        await show_custody(works, today)
        await send_papers(works)
        say("recording orders, contacts and registrations of a few people")
        await keep_cases(works)
        await keep_connections(works)
        return True


async def _premises(works: Works, today: datetime, most: int | None) -> None:
    turns = asyncio.Semaphore(AT_ONCE)
    pdus = {
        row["gss"]: row["pdu_code"]
        for row in await works.pool.fetch("select gss, min(pdu_code) as pdu_code from local_authority_pdu group by gss")
    }
    first = 0
    jobs = []
    for number, public in enumerate(premises_of_reference()[:most], start=1):
        jobs.append(_one(works, turns, number, public, pdus, first, today))
        first += 3 * public.beds
    await asyncio.gather(*jobs)


async def _one(
    works: Works,
    turns: asyncio.Semaphore,
    number: int,
    public: ReferencePremises,
    pdus: dict[str, str],
    first: int,
    today: datetime,
) -> None:
    kept = _as_kept(works, number, public, pdus)
    beds = [bed for room in kept.rooms for bed in room.beds]
    house = House(pool=works.pool, now=lambda: today - timedelta(seconds=1))
    async with turns:
        await act(house, OPERATOR, keep_premises, kept)
        await act(house, OPERATOR, dress_premises, DressPremises(code=kept.code, number=number))
        filled = beds[:-KEPT] if kept.code in WHERE else beds
        fill = FillPremises(gender=kept.gender, beds=filled, first_person=first)
        await act(house, OPERATOR, fill_premises, fill)


def _as_kept(works: Works, number: int, public: ReferencePremises, pdus: dict[str, str]) -> KeepPremises:
    invention = invent_premises(number, public.beds)
    place = _place(works, public.postcode)
    rooms, bed = [], 0
    for room in invention.rooms:
        codes = [f"P{number:03}-{bed + n:02}" for n in range(1, room.beds + 1)]
        bed += room.beds
        rooms.append(KeepRoom(name=room.name, characteristics=room.characteristics, beds=codes))
    return KeepPremises(
        code=f"P{number:03}",
        name=public.name,
        postcode=place.postcode,
        lat=place.lat,
        lon=place.lon,
        pdu_code=pdus[place.gss],
        gender=invention.gender,
        type=invention.type,
        invented=True,
        characteristics=invention.characteristics,
        rooms=rooms,
    )


def _place(works: Works, postcode: str) -> Place:
    found = works.postcodes.find(postcode)
    if found is None:
        raise Invalid.because("premises", works.postcodes.why_not(postcode))
    return found
