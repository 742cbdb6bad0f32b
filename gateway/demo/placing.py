"""The day of the demo's premises: referrals to decide, people who come, go, are away, move, or have lost their bed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from bedspace.claims.overdue import lengthen_stay, overdue_stays
from bedspace.nights import LONDON
from bedspace.placements.accept import accept_placement
from bedspace.placements.arrive import arrive_placement
from bedspace.placements.decline import decline_placement
from bedspace.placements.nights import go_away
from bedspace.placements.offer import offer_bed
from bedspace.placements.relocate import relocate_placement
from bedspace.premises.change import change_details
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.demo.people import invent_person
from gateway.people.meetings import record_check, record_pair
from gateway.placements.refer import Referrer, decide_suitability
from gateway.wiring import Works
from schemas.keeping import ChangeDetails, DetailsChange
from schemas.meetings import CheckOutcome, RecordCheck, RecordPair
from schemas.nsis import NewPerson
from schemas.placing import (
    AcceptPlacement,
    ArrivePlacement,
    DecideSuitability,
    DeclinePlacement,
    GoAway,
    OfferBed,
    ReferPlacement,
    RelocatePlacement,
)
from schemas.stays import LengthenStay
from schemas.words import Gender, Rosh

WHERE = ("P034", "P037")
"""Where the demo's premises staff work."""
CENTRAL = ("P035", "P036")
"""Premises that the central referral unit decides for."""
KEPT = 9
"""Beds of each that nothing else fills."""
UNMET = "Z999999"
"""Somebody who is on no record here, and is known by a CRN alone."""
PEOPLE = 950_000
"""Number of the first person."""

NOTES = (
    "Threats to staff in custody last year, none since. Two staff at the first meeting.",
    "Settles well with routine. Has asked for a room near the office.",
    "Risk rises with alcohol. Breath tests agreed.",
    "Known to argue over shared kitchens. Single room if there is one.",
)


class Day:
    """Makes everything through the verbs, each at its own hour and by whoever does it in life."""

    def __init__(self, works: Works, now: datetime) -> None:
        self.works = works
        self.now = now
        self.today: date = now.astimezone(LONDON).date()
        self.referrer = Referrer(works.postcodes)
        self.practitioner = demo_actor("practitioner")
        self.manager = demo_actor("premises_manager")
        self.number = PEOPLE
        self.crns: dict[UUID, str] = {}
        """Whose placement it is."""

    async def do(self, at: datetime, by: Actor, verb: Any, command: Any) -> Any:
        return await act(House(pool=self.works.pool, now=lambda: min(at, self.now)), by, verb, command)

    def ago(self, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)

    async def referred(
        self, at: datetime, arrives: date, nights: int | None, gender: Gender, *, checked: bool = True, **given: Any
    ) -> UUID:
        """Decided by the practitioner of Leeds, then referred."""
        person = self._somebody(gender)
        decided = DecideSuitability(person=person, suitable=True, reason="risk_of_harm")
        await self.do(at, self.practitioner, decide_suitability, decided)
        levels: tuple[Rosh, ...] = ("high", "medium", "very_high", "low")
        n = self.number
        command = ReferPlacement(
            person=person,
            gender=gender,
            arrives_on=arrives,
            nights=nights,
            near="LS1 4AP",
            rosh="very_high" if n % 3 == 0 else "high",
            risk_to_staff=levels[n % 4],
            risk_to_residents=levels[(n + 1) % 4],
            risk_note=NOTES[n % 4],
            short_notice_reason="plan_broke_down",
            officer_name=self.practitioner.name,
            officer_email=self.practitioner.email,
            **given,
        )
        done = await self.do(at, self.practitioner, self.referrer.refer_placement, command)
        placement: UUID = done.id
        self.crns[placement] = str(person.crn)
        if checked:
            await self.checked(at, str(person.crn), "none_known")
        return placement

    async def checked(self, at: datetime, crn: str, outcome: CheckOutcome, note: str = "") -> None:
        against = ["prison", "police", "probation_record"] if outcome != "not_possible" else ["prison"]
        check = RecordCheck(person=crn, outcome=outcome, against=against, note=note)
        await self.do(at, self.practitioner, record_check, check)

    async def apart(self, at: datetime, one: UUID, other: UUID | str, kind: str, source: str, note: str) -> None:
        """The person of a placement and that of another, or one of whom only the CRN is known, must not meet."""
        whom = other if isinstance(other, str) else self.crns[other]
        pair = RecordPair(person=self.crns[one], other=whom, kind=kind, source=source, note=note, since=at.date())
        await self.do(at, self.practitioner, record_pair, pair)
        await self.checked(at, self.crns[one], "recorded")

    def _somebody(self, gender: Gender) -> NewPerson:
        invented = invent_person(self.number, gender)
        self.number += 1
        return NewPerson(
            name=invented.name, crn=invented.crn, noms=invented.noms, birth_date=invented.birth_date, gender=gender
        )

    async def booked(self, bed: str, gender: Gender, at: datetime, arrives: date, nights: int, **said: Any) -> UUID:
        placement = await self.referred(at, arrives, nights, gender)
        await self.do(at, self.practitioner, offer_bed, OfferBed(id=placement, bed=bed))
        await self.do(at, self.manager, accept_placement, AcceptPlacement(id=placement, **said))
        return placement

    async def lives(self, bed: str, gender: Gender, since: int, nights: int) -> UUID:
        """Has lived there for so many days."""
        arrives = self.today - timedelta(days=since)
        placement = await self.booked(bed, gender, self.ago(days=since + 10), arrives, nights)
        at = datetime.combine(arrives, time(15), LONDON)
        await self.do(at, self.manager, arrive_placement, ArrivePlacement(id=placement))
        return placement


async def place_people(works: Works, now: datetime) -> None:
    """At each of the premises that the demo has; in a small demo there may be none."""
    day = Day(works, now)
    rows = await works.pool.fetch(
        "select code, gender from premises where code = any ($1::text[]) order by code", list(WHERE)
    )
    for row in rows:
        beds = iter(await _free_beds(works, row["code"]))
        resident = await _come_and_go(day, beds, row["gender"])
        await _to_decide(day, beds, row["code"], row["gender"], resident)
    await _central(day)
    if len(rows) == len(WHERE) and rows[0]["gender"] == rows[1]["gender"]:
        await _moving(day, rows[0]["code"], rows[1]["code"], rows[0]["gender"])


async def _central(day: Day) -> None:
    """The central referral unit decides for some premises, and has one to decide."""
    rows = await day.works.pool.fetch(
        "select code, gender from premises where code = any ($1::text[]) order by code", list(CENTRAL)
    )
    for row in rows:
        change = ChangeDetails(code=row["code"], change=DetailsChange(decides="central_referral_unit"))
        await day.do(day.ago(days=100), OPERATOR, change_details, change)
        await day.referred(
            day.ago(days=1), day.today + timedelta(days=25), None, row["gender"], ask=[row["code"]], needs=["catered"]
        )


async def _free_beds(works: Works, premises: str) -> list[str]:
    rows = await works.pool.fetch(
        "select b.code from bed b join premises p on p.id = b.premises_id where p.code = $1 "
        "and not exists (select from bed_claim c where c.bed_id = b.id) order by b.code desc limit $2",
        premises,
        KEPT,
    )
    return [row["code"] for row in rows]


async def _come_and_go(day: Day, beds: Iterator[str], gender: Gender) -> UUID:
    """Two arrive today, one of them late; one leaves today; one is away; one has lost their bed to who stays on.

    The placement of the one who is away is given back.
    """
    morning = datetime.combine(day.today, time(0, 30), LONDON)
    await day.booked(next(beds), gender, day.ago(days=12), day.today, 84)
    await day.booked(next(beds), gender, day.ago(days=9), day.today, 56, arrive_by=morning)
    await day.lives(next(beds), gender, since=56, nights=56)
    away = await day.lives(next(beds), gender, since=30, nights=84)
    back = day.now + timedelta(days=2)
    await day.do(day.ago(hours=20), day.manager, go_away, GoAway(id=away, where="hospital", until=back))
    await _displaced(day, next(beds), gender)
    return away


async def _displaced(day: Day, bed: str, gender: Gender) -> None:
    yesterday = day.today - timedelta(days=1)
    stay = await day.lives(bed, gender, since=40, nights=39)
    await day.booked(bed, gender, day.ago(days=15), yesterday, 84)
    house = House(pool=day.works.pool, now=lambda: datetime.combine(yesterday, time(13), LONDON))
    async with day.works.pool.acquire() as tx:
        overdue = [one.id for one in await overdue_stays(tx, house.now()) if one.placement == stay]
    for claim in overdue:
        await act(house, GATEWAY, lengthen_stay, LengthenStay(claim=claim))


async def _to_decide(day: Day, beds: Iterator[str], premises: str, gender: Gender, resident: UUID) -> None:
    """An emergency that nobody checked, one at short notice with a bed offered, one in good time; and one that was
    declined, who must not meet a resident."""
    soon, later = day.today + timedelta(days=3), day.today + timedelta(days=19)
    urgent = await day.referred(day.ago(hours=0.25), soon, 28, gender, checked=False, ask=[premises])
    await day.checked(day.ago(hours=0.2), day.crns[urgent], "not_possible", "The prison’s security desk opens at 8.")
    offered = await day.referred(day.ago(days=2), later, None, gender, needs=["single_room"])
    await day.do(day.ago(days=2), day.practitioner, offer_bed, OfferBed(id=offered, bed=next(beds)))
    await day.apart(day.ago(days=2), offered, UNMET, "witness", "court", "Gave evidence at the trial in 2024.")
    await day.referred(day.ago(days=4), day.today + timedelta(days=60), None, gender, ask=[premises])
    declined = await day.referred(day.ago(days=6), day.today + timedelta(days=40), None, gender, ask=[premises])
    no = DeclinePlacement(id=declined, reason="residents", note="Two residents of the same case are here until spring.")
    await day.do(day.ago(days=3), day.manager, decline_placement, no)
    await day.apart(
        day.ago(days=3), declined, resident, "co_defendant", "premises", "Told by the premises, who know both."
    )


async def _moving(day: Day, here: str, there: str, gender: Gender) -> None:
    """A move between premises is asked for."""
    from_, to = await _free_beds(day.works, here), await _free_beds(day.works, there)
    if not from_ or not to:
        return
    stay = await day.lives(from_[0], gender, since=21, nights=84)
    command = RelocatePlacement(
        id=stay,
        bed=to[0],
        on=day.today + timedelta(days=4),
        reason="closer_to_home",
        note="Works near there from then.",
    )
    await day.do(day.ago(hours=3), day.manager, relocate_placement, command)
