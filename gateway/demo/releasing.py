"""The release board of one invented prison: made through the verbs, each by whoever does it in life."""

from datetime import date, datetime, timedelta
from typing import Any

from bedspace.placements.accept import accept_placement
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.demo.people import invent_person
from gateway.people.meetings import record_check
from gateway.placements.refer import decide_suitability
from gateway.releases.days import asks_which_date
from gateway.releases.follow import follow
from gateway.releases.needing import settle_need
from gateway.releases.notice import Noticer
from gateway.releases.places import arrange_accommodation, check_address
from gateway.releases.refer import refer_release
from gateway.wiring import Works
from schemas.meetings import RecordCheck
from schemas.nsis import NewPerson
from schemas.placing import AcceptPlacement, DecideSuitability
from schemas.releases import (
    ArrangeAccommodation,
    CheckAddress,
    NoticeRelease,
    ReferRelease,
    ReleaseDone,
    SettleNeed,
)

PRISON = "LEI"
PEOPLE = 970_000
"""Number of the first person."""


class Board:
    """Notices of one prison, a few days ago."""

    def __init__(self, works: Works, now: datetime) -> None:
        self.works = works
        self.now = now
        self.today: date = now.date()
        self.prison = demo_actor("prison_staff")
        self.practitioner = demo_actor("practitioner")
        self.number = PEOPLE

    async def do(self, by: Actor, verb: Any, command: Any, *, days: float) -> Any:
        """As many days ago."""
        at = self.now - timedelta(days=days)
        return await act(House(pool=self.works.pool, now=lambda: at, follow=follow), by, verb, command)

    def somebody(self) -> NewPerson:
        one = invent_person(self.number, "male")
        self.number += 1
        return NewPerson(name=one.name, crn=one.crn, noms=one.noms, birth_date=one.birth_date, gender="male")

    async def noticed(self, person: NewPerson, in_days: int, *, days: float, **said: Any) -> ReleaseDone:
        given = {
            **{"person": person, "prison": PRISON, "release_on": self.today + timedelta(days=in_days), "rosh": "high"},
            **{"near": "LS1 4AP", "home_pdu": "N55LEE", "nights": 84},
            **{"officer_name": self.practitioner.name, "officer_email": self.practitioner.email},
            **{"contact_name": self.prison.name, "contact_email": self.prison.email},
            **said,
        }
        by = self.prison if given["prison"] == PRISON else self.practitioner
        notice: ReleaseDone = await self.do(
            by, Noticer(self.works.postcodes).notice_release, NoticeRelease(**given), days=days
        )
        return notice

    async def decided(self, person: NewPerson, *, days: float) -> None:
        suits = DecideSuitability(person=person, suitable=True, reason="risk_of_harm")
        await self.do(self.practitioner, decide_suitability, suits, days=days)
        check = RecordCheck(person=person.crn or "", outcome="none_known", against=["prison", "probation_record"])
        await self.do(OPERATOR, record_check, check, days=days)


async def post_notices(works: Works, now: datetime) -> None:
    """Without an address, at short notice, before a non-working day, with an address, with a bed, on ROTL."""
    board = Board(works, now)
    await board.noticed(board.somebody(), 45, days=3, address=None)
    await board.noticed(board.somebody(), 3, days=0.05, rosh="very_high", needs=["single_room"])
    await board.noticed(board.somebody(), _before_non_working(board.today + timedelta(days=20)), days=2)
    await _with_an_address(board)
    await _with_a_bed(board)
    back = board.today + timedelta(days=60)
    await board.noticed(board.somebody(), 30, days=4, kind="rotl", until=back, near="Wakefield", prison="WDI")


def _before_non_working(day: date) -> int:
    today = day - timedelta(days=20)
    while not asks_which_date(day):
        day += timedelta(days=1)
    return (day - today).days


async def _with_an_address(board: Board) -> None:
    known = await board.noticed(
        board.somebody(), 25, days=9, address="14 Invented Street, Leeds LS1 4AP", rosh="medium"
    )
    await board.do(board.practitioner, check_address, CheckAddress(id=known.id, outcome="suitable"), days=5)
    met = SettleNeed(id=known.id, need="licence_conditions")
    await board.do(board.prison, settle_need, met, days=2)
    arranged = await board.noticed(board.somebody(), 33, days=6)
    homes = ArrangeAccommodation(id=arranged.id, provider="Example Homes", address="2 Pretend Road, Leeds LS1 4AP")
    await board.do(board.prison, arrange_accommodation, homes, days=1)


async def _with_a_bed(board: Board) -> None:
    """In premises of another PDU, where there are some with a bed: its temporary move comes of the acceptance."""
    release_on = board.today + timedelta(days=40)
    row = await board.works.pool.fetchrow(ELSEWHERE, release_on, release_on + timedelta(days=84))
    if row is None:
        return
    person = board.somebody()
    notice = await board.noticed(person, 40, days=8)
    await board.decided(person, days=7)
    refer = ReferRelease(id=notice.id, ask=[row["premises"]])
    referred = await board.do(board.practitioner, refer_release, refer, days=7)
    accept = AcceptPlacement(id=referred.placement, bed=row["bed"])
    await board.do(OPERATOR, accept_placement, accept, days=6)


ELSEWHERE = """
select p.code as premises, b.code as bed
from premises p join bed b on b.premises_id = p.id
where p.gender = 'male' and p.pdu_code <> 'N55LEE'
  and b.open @> daterange($1, $2) and b.temporary_reason is null
  and not exists (select from bed_claim c where c.bed_id = b.id and c.during && daterange($1, $2))
order by p.code, b.code limit 1
"""
