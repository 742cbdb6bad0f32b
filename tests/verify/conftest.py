"""A small register and one case, all made through the verbs, sealed and delivered: everything holds."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from msgspec import Struct

from bedspace.claims.holds import place_hold
from bedspace.claims.out_of_service import take_out_of_service
from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.geography.postcodes import Postcodes
from bedspace.premises.keep import keep_premises
from bedspace.premises.overbook import overbook
from bedspace.search.register import Register
from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.access.seal import Sealer
from gateway.cases.contacts import record_contact, record_outcome
from gateway.cases.registrations import register_person
from gateway.delivery.captured import Capture
from gateway.delivery.compose import Writer
from gateway.delivery.relay import Relay
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.people.meetings import record_check, record_pair
from gateway.people.merge import merge_people
from gateway.store.database import open_pool
from gateway.transfers.confirm import confirm_nsi
from gateway.worker.ticks import lengthen
from schemas.claims import PlaceHold
from schemas.contacts import RecordContact, RecordOutcome
from schemas.drafts import Reading, RefusedRow
from schemas.identity import MergePeople
from schemas.meetings import RecordCheck, RecordPair
from schemas.nsis import ConfirmNsi, Nsi
from schemas.outages import TakeOutOfService
from schemas.overbooking import Overbook
from schemas.registrations import RegisterPerson
from tests.claims.placing import claimed, day
from tests.conftest import NOW
from tests.connections.keeping import SYSTEM, keep
from tests.messages import draft, message, prepared, reading, stored
from tests.organisation import with_more
from tests.placements.placing import Clock, somebody
from tests.premises.making import premises
from tests.waiting.conftest import Lobby

SLEEPER = UUID("00000000-0000-4000-8000-0000000000d1")


@pytest.fixture(scope="session")
def template(server: str, organised: str, postcodes: Postcodes) -> Iterator[str]:
    """Made once; each test breaks a copy of its own."""
    yield from with_more(server, organised, partial(_build, postcodes=postcodes))


class Sound(Struct, frozen=True):
    """A house where every invariant holds, and a connection that may break them."""

    house: House
    owner: Tx
    head: tuple[int, bytes]


@pytest.fixture
async def sound(house: House, database: str) -> AsyncIterator[Sound]:
    owner = await asyncpg.connect(database)
    head = await owner.fetchrow("select seq, hash from audit_seal order by seq desc limit 1")
    assert head is not None
    yield Sound(house, owner, (head["seq"], head["hash"]))
    await owner.close()


async def _build(database: str, postcodes: Postcodes) -> None:
    pool = await open_pool(database, size=4)
    await _fill(House(pool=pool, now=lambda: NOW), postcodes)
    await pool.close()


async def _fill(house: House, postcodes: Postcodes) -> None:
    kept = premises(rooms=((), (), ()))
    beds = [bed for room in kept.rooms for bed in room.beds]
    await act(house, OPERATOR, keep_premises, kept)
    stay = PlaceClaim(bed=beds[0], kind="stay", from_=date(2026, 11, 1), nights=84, person=SLEEPER)
    await act(house, OPERATOR, place_claim, stay)
    hold = PlaceHold(bed=beds[1], from_=date(2026, 12, 1), nights=7, reason="a referral is made")
    await act(house, OPERATOR, place_hold, hold)
    await act(house, OPERATOR, keep_premises, premises("AP2"))
    clock = Clock(house.pool, house.now())
    await clock.booked("AP1-3", somebody(1), arrives_on=date(2027, 6, 1))
    await clock.referred(somebody(2), ask=["AP1"])
    await _two_must_not_meet(house)
    await _somebody_waits(clock, postcodes)
    await _somebody_is_displaced(house)
    settler = Settler(postcodes)
    nsi = await prepared(house, settler)
    await act(house, OPERATOR, confirm_nsi, ConfirmNsi(id=nsi.id))
    await _a_case(house, nsi)
    ash = {"name": "Ash Imaginary", "birth_date": date(1970, 1, 2)}
    await prepared(house, settler, crn="X765432", noms="A7654BC", **ash)
    await prepared(house, settler, crn="X765433", noms="A7655BC", move_on=date(2027, 1, 8), **ash)
    same = MergePeople(person="X765432", merged="X765433", reason="The fingerprints are the same.")
    await act(house, OPERATOR, merge_people, same)
    await stored(house, message())
    await _a_file(house, settler)
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    relay = Relay(house=house, writer=writer, transport=Capture(house.pool), sender="gateway@bedspace.invalid")
    while await relay.deliver_due():
        pass
    await Sealer(house.pool).seal()


async def _a_file(house: House, settler: Settler) -> None:
    """Of a trusted connection: one row is raised, and one cannot be read."""
    await keep(house)
    await act(house, SYSTEM, store_message, message(b"a file", content_type="text/csv", systems=("areafile",)))
    whole = draft(name="Kit Imaginary", crn="X765434", noms=None, birth_date=date(1971, 1, 2))
    refused = RefusedRow(line=3, column="column CRN", why="It is empty.")
    await read_waiting(house, As(reading(whole, refused=[refused])), settler)


class As(Struct, frozen=True):
    """Reads whatever it is given as the same."""

    reading: Reading

    async def read(self, content_type: str, raw: bytes, using: object = None) -> Reading:
        return self.reading


async def _a_case(house: House, nsi: Nsi) -> None:
    """A contact whose outcome was put right, and two areas that register differently."""
    person = str(nsi.person.id)
    seen = RecordContact(
        person=person, at=NOW - timedelta(days=3), kind="appointment", outcome="unacceptable_absence", pdu="N55YRK"
    )
    kept = await act(house, OPERATOR, record_contact, seen)
    right = RecordOutcome(person=person, contact=kept.id, outcome="acceptable_absence", pdu="N55YRK")
    await act(house, OPERATOR, record_outcome, right)
    for pdu in ("N55YRK", "N55LEE"):
        level: Any = "high" if pdu == "N55YRK" else "low"
        await act(house, OPERATOR, register_person, RegisterPerson(person=person, kind="rosh", level=level, pdu=pdu))


async def _two_must_not_meet(house: House) -> None:
    one, other = str(somebody(1).crn), str(somebody(2).crn)
    await act(house, OPERATOR, record_pair, RecordPair(person=one, other=other, kind="rival", source="prison"))
    await act(house, OPERATOR, record_check, RecordCheck(person=one, outcome="recorded", against=["prison"]))


async def _somebody_waits(clock: Clock, postcodes: Postcodes) -> None:
    """One whose bed somebody did not give to them, and one to whom it is proposed."""
    lobby = Lobby(clock.pool, clock.at)
    lobby.postcodes = postcodes
    lobby.register = Register(clock.pool, postcodes, now=lambda: lobby.at)
    first, second = [await lobby.waits(arrives_on=date(2027, 9, 1), rosh=rosh) for rosh in ("very_high", "high")]
    await lobby.tick()
    await lobby.skip((await lobby.proposal_of(first))["id"])
    await lobby.tick()
    assert second in await lobby.proposed()
    await lobby.register.close()


async def _somebody_is_displaced(house: House) -> None:
    """Premises with a stay that goes on past its end, a bed out of service, and a temporary bed."""
    await act(house, OPERATOR, keep_premises, premises("AP3", [[], []], gender="female"))
    await claimed(house, "stay", -21, 0, bed="AP3-1")
    await claimed(house, "booking", 0, 9, bed="AP3-1")
    noon = House(pool=house.pool, now=lambda: house.now() + timedelta(hours=2))
    assert await lengthen(noon) == 1
    out = TakeOutOfService(bed="AP3-2", from_=day(3), until=day(9), reason="deep_clean")
    await act(house, OPERATOR, take_out_of_service, out)
    more = Overbook(premises="AP3", from_=day(0), until=day(9), reason="displaced")
    await act(house, OPERATOR, overbook, more)
