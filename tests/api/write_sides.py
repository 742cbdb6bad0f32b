"""A register with the same of everything at one's own premises and at others, for the doors that write."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from bedspace.claims.holds import place_hold
from bedspace.claims.out_of_service import take_out_of_service
from bedspace.geography.postcodes import Postcodes
from bedspace.locator.absences import keep_absence
from bedspace.premises.around import restrict
from bedspace.premises.close import close_premises
from bedspace.premises.overbook import overbook
from bedspace.search.register import Register
from gateway.access.act import act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.contacts import record_contact
from gateway.cases.enforcement import record_enforcement
from gateway.cases.registrations import register_person
from gateway.cases.sentences import record_sentence
from gateway.people.keep import limit_access
from gateway.people.meetings import record_pair
from gateway.people.merge import merge_people
from gateway.store.database import Pool
from gateway.transfers.hand_over import take_over
from gateway.transfers.holders import keep_holder
from schemas.chasing import KeepHolder
from schemas.claims import PlaceHold
from schemas.contacts import RecordContact, RecordEnforcement
from schemas.custody import TakeOver
from schemas.identity import MergePeople
from schemas.keeping import ClosePremises, Restrict
from schemas.locator import KeepAbsence
from schemas.meetings import RecordPair
from schemas.outages import TakeOutOfService
from schemas.overbooking import Overbook
from schemas.people import LimitAccess
from schemas.registrations import RegisterPerson
from schemas.sentences import NewRequirement, RecordSentence
from tests.placements.placing import somebody
from tests.premises.making import keep, premises
from tests.waiting.conftest import Lobby

Side = dict[str, Any]
"""Codes and ids of one side: `premises`, `bed`, `booked`, `arrived`, …"""

SIDES = {"own": ("AP1", "N55LEE"), "other": ("AP2", "LDNBBG"), "limited": ("AP3", "N55LEE")}
"""Premises, and the PDU that refers to them. `limited` is one's own, with people whose access is."""
NEEDS = {"own": "wheelchair", "other": "mobility_aids", "limited": "ground_floor"}
"""What only one room of each has, so that it is proposed to the one who needs it."""
SECRET = "Canary"
CLOSURE = {
    "from": "2027-04-01",
    "reason": "lease",
    "approved_by": "A director",
    "approved_on": "2026-11-20",
    "reference": "D/1",
}


def me(role: str) -> Actor:
    """Somebody of a role who works for one side."""
    return Actor(
        id=f"me-{role}",
        name="Jo Invented",
        role=role,  # type: ignore[arg-type]  # a role
        regions=("N55",),
        pdus=("N55LEE",),
        premises=tuple(f"AP{n}{kind}" for n in (1, 3) for kind in ("", "-closing", "-empty")),
    )


async def furnished(pool: Pool, owner: asyncpg.Connection, postcodes: Postcodes) -> dict[str, Side]:
    lobby = Lobby(pool)
    lobby.postcodes = postcodes
    lobby.register = Register(pool, postcodes, now=lambda: lobby.at)
    await keep(lobby.house, premises("AP9", [[] for _ in range(9)]))
    sides: dict[str, Side] = {}
    for n, name in enumerate(SIDES):
        sides[name] = await _side(lobby, name, 1000 * (n + 1))
    await lobby.tick()
    for side in sides.values():
        skipped = await lobby.skip((await lobby.proposal_of(side["skipped"]))["id"])
        side["skip"] = await owner.fetchval("select id from proposal_skip where proposal_id = $1", skipped.id)
    await lobby.tick()
    for side in sides.values():
        side["proposal"] = (await lobby.proposal_of(side["proposed"]))["id"]
    await owner.execute(
        "insert into local_authority_pdu values ('E08000035', 'N55YRK', 'named') on conflict do nothing"
    )
    await owner.execute("update placement set referred_by = 'me-prison_staff' where referring_pdu = 'N55LEE'")
    for person in sides["limited"]["persons"]:
        await act(lobby.house, OPERATOR, limit_access, LimitAccess(id=person, allowed=()))
    await lobby.register.close()
    return sides


async def _side(lobby: Lobby, name: str, number: int) -> Side:
    """Everything that a door may be about, each in the state that it asks for."""
    here, pdu = SIDES[name]
    closing, empty = f"{here}-closing", f"{here}-empty"
    today = lobby.at.date()
    await keep(lobby.house, premises(here, [[NEEDS[name]], *([] for _ in range(11))]))
    for code in (closing, empty):
        await keep(lobby.house, premises(code))
    await lobby.pool.execute("update premises set pdu_code = $2 where code like $1 || '%'", here, pdu)
    crns = iter(range(number, number + 100))
    persons: list[UUID] = []

    async def person(verb: Any, *given: Any, **asked: Any) -> UUID:
        who = somebody(next(crns), name=f"{SECRET} Invented")
        placement: UUID = await verb(*given, person=who, pdu=pdu, by=OPERATOR, **asked)
        persons.append((await lobby.read(placement)).person.id)
        return placement

    async def waiting(**asked: Any) -> UUID:
        placement = await person(lobby.referred, ask=[here], **asked)
        await lobby.join(placement)
        return placement

    soon = {"arrives_on": today, "nights": 9}
    side: Side = {
        "premises": here,
        "closing": closing,
        "empty": empty,
        "pdu": pdu,
        "bed8": f"{here}-8",
        "crn": f"X{number:06}",
    }
    side["referral"] = await person(lobby.referred, ask=[here])
    side["waiting"] = await waiting(needs=["braille_signs"])
    side["booked"] = await person(lobby.booked, f"{here}-2", **soon)
    side["arrived"] = await person(lobby.arrived, f"{here}-3", **soon)
    side["away"] = await person(lobby.arrived, f"{here}-4", **soon)
    await lobby.do("away", side["away"], where="hospital")
    spare = 1 + list(SIDES).index(name) * 3
    side["moving"] = await person(lobby.arrived, f"AP9-{spare}", **soon)
    await lobby.do("relocate", side["moving"], bed=f"{here}-5", on=today + timedelta(days=2), reason="staff")
    side["spare"], side["crn2"] = f"AP9-{spare + 1}", f"X{number + 1:06}"
    wanted = {"needs": [NEEDS[name]], "arrives_on": today + timedelta(days=60)}
    side["skipped"], side["proposed"] = await waiting(**wanted, rosh="very_high"), await waiting(**wanted)
    for _ in range(2):
        await person(lobby.referred, ask=[here])
    side["persons"] = persons
    side["hold"] = (await act(lobby.house, OPERATOR, place_hold, _hold(here))).id
    out = TakeOutOfService(bed=f"{here}-7", from_=today, until=today + timedelta(days=5), reason="deep_clean")
    side["outage"] = (await act(lobby.house, OPERATOR, take_out_of_service, out)).id
    more = Overbook(premises=here, from_=today, until=today + timedelta(days=5), reason="displaced")
    side["temporary"] = (await act(lobby.house, OPERATOR, overbook, more)).bed
    limit = {"code": here, "restriction": {"characteristic": "lift", "reason": "It is being repaired"}}
    await act(lobby.house, OPERATOR, restrict, msgspec.convert(limit, Restrict))
    side["restriction"] = await lobby.pool.fetchval("select max(id) from premises_restriction")
    closure = {"code": closing, "closure": CLOSURE}
    await act(lobby.house, OPERATOR, close_premises, msgspec.convert(closure, ClosePremises))
    side["spoc"] = await lobby.pool.fetchval("select id from spoc where pdu_code = $1 and purpose = 'transfer'", pdu)
    away = today + timedelta(days=number // 100)
    absent = KeepAbsence(spoc=side["spoc"], from_=away, until=away + timedelta(days=2))
    await act(lobby.house, OPERATOR, keep_absence, absent)
    side["absence"] = await lobby.pool.fetchval("select max(id) from spoc_absence")
    begins = today + timedelta(days=number // 1000)
    spo = KeepHolder(grade="spo", place=pdu, name="Sandy Invented", email="s@pdu.invalid", from_=begins)
    held = await act(lobby.house, OPERATOR, keep_holder, spo)
    side["holder"] = max(one.id for one in held.items)
    pair = RecordPair(person=side["crn"], other=side["crn2"], kind="rival", source="prison")
    side["pair"] = (await act(lobby.house, OPERATOR, record_pair, pair)).id
    side |= await _case(lobby, persons[0], pdu)
    same = MergePeople(person=str(persons[0]), merged=str(persons[-1]), reason="The prints are the same")
    side |= {
        "merge": (await act(lobby.house, OPERATOR, merge_people, same)).merge,
        "double": str(persons[-2]),
    }
    side["region"] = "N52" if name == "other" else "N55"
    side["authority"] = "Birmingham" if name == "other" else "Leeds"
    side["sector"], side["sector_pdu"] = ("B1 1", "N52BNES") if name == "other" else ("LS1 4", "N55LEE")
    return side


async def _case(lobby: Lobby, person: UUID, pdu: str) -> Side:
    """The record of one person, for whom the PDU is responsible."""
    who, house = str(person), lobby.house
    begun = (lobby.at - timedelta(days=300)).date()
    held = TakeOver(person=who, pdu=pdu, reason="agreed", evidence="Minuted.")
    await act(house, OPERATOR, take_over, held)
    curfew = NewRequirement(kind="curfew", title="7 to 7", starts_on=begun)
    order = RecordSentence(
        person=who, kind="order", code="cro", starts_on=begun, hours_ordered=90, requirements=[curfew]
    )
    seen = RecordContact(
        person=who, at=lobby.at - timedelta(days=2), kind="appointment", outcome="unacceptable_absence", pdu=pdu
    )
    rosh = RegisterPerson(person=who, kind="rosh", level="high", pdu=pdu, since=begun)
    return {
        "person": who,
        "sentence": (await act(house, OPERATOR, record_sentence, order)).id,
        "contact": (await act(house, OPERATOR, record_contact, seen)).id,
        "registration": (await act(house, OPERATOR, register_person, rosh)).id,
        "enforcement": (
            await act(house, OPERATOR, record_enforcement, RecordEnforcement(person=who, kind="warning", pdu=pdu))
        ).id,
    }


def _hold(premises: str) -> PlaceHold:
    return msgspec.convert({"bed": f"{premises}-6", "from": "2027-05-01", "nights": 3, "reason": "x"}, PlaceHold)
