"""Placements for a test, in a line each, by whoever does it in life, at whatever time it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bedspace.geography.postcodes import open_postcodes
from bedspace.placements.accept import accept_placement
from bedspace.placements.arrive import arrive_placement, record_not_arrived
from bedspace.placements.decline import decline_placement, withdraw_placement
from bedspace.placements.depart import cancel_placement, depart_placement
from bedspace.placements.needs import change_needs
from bedspace.placements.nights import come_back, extend_placement, go_away, shorten_placement
from bedspace.placements.offer import offer_bed
from bedspace.placements.refer import ask_premises
from bedspace.placements.relocate import accept_relocation, decline_relocation, relocate_placement, undo_relocation
from bedspace.placements.ticks import alert_arrival, lapse_approaches
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.people.meetings import record_check
from gateway.placements.read import read_placement
from gateway.placements.refer import Referrer, decide_suitability
from gateway.store.database import Pool
from schemas import placing
from schemas.meetings import RecordCheck
from schemas.nsis import NewPerson
from schemas.placements import Placement, ReadPlacement
from schemas.placing import DecideSuitability, PlacementDone, ReferPlacement

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LEEDS = demo_actor("practitioner")
UNIT = demo_actor("central_referral_unit")
ARRIVES = date(2027, 1, 11)
"""More than 28 days after `MONDAY`."""


def staff(*codes: str, role: str = "premises_manager") -> Actor:
    """Somebody who works at premises."""
    return Actor(id=f"{role}-{'-'.join(codes)}", name="Jo Invented", role=role, premises=codes)  # type: ignore[arg-type]  # a role


AP1, AP2 = staff("AP1"), staff("AP2")

ACTS: dict[str, tuple[Any, Any]] = {
    "ask": (ask_premises, placing.AskPremises),
    "offer": (offer_bed, placing.OfferBed),
    "accept": (accept_placement, placing.AcceptPlacement),
    "decline": (decline_placement, placing.DeclinePlacement),
    "withdraw": (withdraw_placement, placing.WithdrawPlacement),
    "arrive": (arrive_placement, placing.ArrivePlacement),
    "not_arrived": (record_not_arrived, placing.RecordNotArrived),
    "depart": (depart_placement, placing.DepartPlacement),
    "extend": (extend_placement, placing.ExtendPlacement),
    "shorten": (shorten_placement, placing.ShortenPlacement),
    "needs": (change_needs, placing.ChangeNeeds),
    "cancel": (cancel_placement, placing.CancelPlacement),
    "away": (go_away, placing.GoAway),
    "back": (come_back, placing.ComeBack),
    "relocate": (relocate_placement, placing.RelocatePlacement),
    "relocation_accept": (accept_relocation, placing.AcceptRelocation),
    "relocation_decline": (decline_relocation, placing.DeclineRelocation),
    "relocation_undo": (undo_relocation, placing.UndoRelocation),
    "lapse": (lapse_approaches, placing.LapseApproaches),
    "alert": (alert_arrival, placing.AlertArrival),
}


def somebody(n: int = 1, **given: Any) -> NewPerson:
    person = {
        "name": f"Sam Invented{chr(97 + n % 26)}{chr(97 + n // 26)}",
        "crn": f"X{n:06}",
        "birth_date": date(1970, 1, 1) + timedelta(days=n),
    }
    return NewPerson(**{**person, **given})


class Clock:
    """A house whose time a test sets, and people who do things in it."""

    def __init__(self, pool: Pool, at: datetime = MONDAY, ring: Callable[[], None] = lambda: None) -> None:
        self.at = at
        self.checks = True
        self.house = House(pool=pool, now=lambda: self.at, ring=ring)
        self.referrer = Referrer(open_postcodes(Path(".bedspace")))

    @property
    def pool(self) -> Pool:
        return self.house.pool

    async def decided(self, person: NewPerson, *, suitable: bool = True, by: Actor = LEEDS, **given: Any) -> int:
        asked = {"reason": "risk_of_harm" if suitable else "accommodation_only", **given}
        if not suitable:
            asked.setdefault("pointed_to", "CAS3")
        command = DecideSuitability(person=person, suitable=suitable, **asked)
        decision = (await act(self.house, by, decide_suitability, command)).id
        if self.checks and person.crn:
            check = RecordCheck(person=person.crn, outcome="none_known", against=["prison"])
            await act(self.house, OPERATOR, record_check, check)
        return decision

    async def referred(
        self, person: NewPerson | None = None, *, by: Actor = LEEDS, decide: bool = True, **given: Any
    ) -> UUID:
        """Suitable and referred. Asks nobody, unless `ask` says whom."""
        person = person or somebody()
        if decide:
            await self.decided(person)
        asked = {"gender": "male", "arrives_on": ARRIVES, "officer_email": "officer@probation.invalid", **given}
        if asked["arrives_on"] <= self.at.date() + timedelta(days=28):
            asked.setdefault("short_notice_reason", "risk_escalated")
        command = ReferPlacement(person=person, **asked)
        return (await act(self.house, by, self.referrer.refer_placement, command)).id

    async def do(self, what: str, placement: UUID, by: Actor = OPERATOR, **given: Any) -> PlacementDone:
        verb, command = ACTS[what]
        result: PlacementDone = await act(self.house, by, verb, command(id=placement, **given))
        return result

    async def booked(self, bed: str, person: NewPerson | None = None, **given: Any) -> UUID:
        """Offered a bed, and accepted."""
        placement = await self.referred(person, **given)
        await self.do("offer", placement, bed=bed)
        await self.do("accept", placement)
        return placement

    async def arrived(self, bed: str, person: NewPerson | None = None, **given: Any) -> UUID:
        placement = await self.booked(bed, person, **{"arrives_on": self.at.date(), "nights": 28, **given})
        await self.do("arrive", placement)
        return placement

    async def read(self, placement: UUID, by: Actor = OPERATOR) -> Placement:
        return await act(self.house, by, read_placement, ReadPlacement(id=placement))

    async def claims(self) -> list[tuple[str, str, date, date]]:
        """Bed, kind, first night and end of everything live, by bed."""
        rows = await self.pool.fetch(
            "select b.code, c.kind, lower(c.during), upper(c.during) from bed_claim c join bed b on b.id = c.bed_id "
            "order by b.code, c.during"
        )
        return [tuple(row) for row in rows]

    def later(self, **delta: float) -> None:
        self.at += timedelta(**delta)


__all__ = ["AP1", "AP2", "GATEWAY", "LEEDS", "OPERATOR", "UNIT", "Clock", "somebody", "staff"]
