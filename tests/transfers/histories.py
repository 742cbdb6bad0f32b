"""Random lives of a few people under case transfers and temporary moves: whatever verb, whoever acts, whenever."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, get_args
from uuid import UUID

import asyncpg

from bedspace.geography.postcodes import Postcodes
from bedspace.nights import london_today
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.people.merge import merge_people, unmerge_people
from gateway.transfers.actions import complete_action, skip_action
from gateway.transfers.allocate import allocate_nsi
from gateway.transfers.caretaking import finish_caretaking, record_caretaking
from gateway.transfers.challenge import decide_challenge, raise_challenge
from gateway.transfers.changing import Changer
from gateway.transfers.components import add_components, decide_component, leave_component_open
from gateway.transfers.end_chases import chase_end
from gateway.transfers.ends import report_end
from gateway.transfers.escalate import escalate_nsi
from gateway.transfers.hand_over import hand_over, take_over
from gateway.transfers.merge import merge_nsi, unmerge_nsi
from gateway.transfers.move_review import ask_review, review_move
from gateway.transfers.national import close_search, lead_search, seek_for_nsi
from gateway.transfers.raising import Raiser
from gateway.transfers.reporting import Reporter
from gateway.transfers.reroute import Rerouter
from gateway.transfers.status import NEXT, record_status
from gateway.verify.invariants import INVARIANTS, Look
from schemas.action_list import CompleteAction, SkipAction
from schemas.challenges import Condition, DecideChallenge, Decision, RaiseChallenge
from schemas.chasing import EscalateNsi
from schemas.components import AddComponents, DecideComponent, LeaveComponentOpen, NewComponent
from schemas.custody import EndCaretaking, HandOver, RecordCaretaking, TakeOver
from schemas.ends import ChaseEnd, ReportEnd, Which
from schemas.errors import BedspaceError
from schemas.identity import MergePeople, UnmergePeople
from schemas.move_review import AskReview, MoveDecision, ReviewMove
from schemas.national import CloseSearch, LeadSearch, SeekForNsi, SoughtOutcome
from schemas.nsi_life import AllocateNsi, ChangeNsi, MergeNsi, RaiseUnannounced, ReportNsi, UnmergeNsi
from schemas.nsis import NewPerson, RaiseNsi, RecordStatus, RerouteNsi
from schemas.words import NsiStatus, NsiType

PLACES = {"N55YRK": "YO1 9TL", "N55LEE": "LS1 4AP", "N55HER": "HU1 1AA"}
SPOS = [Actor(id=f"spo-{pdu}", name="Ada Example", role="spo", pdus=(pdu,)) for pdu in PLACES]
WORKERS = [Actor(id=f"pp-{pdu}", name="Bo Example", role="practitioner", pdus=(pdu,)) for pdu in PLACES]
SYSTEM = Actor(id="system", name="A case system", role="area_system", pdus=tuple(PLACES))
LEADS = [demo_actor("national_lead"), Actor(id="another-lead", name="Cy Example", role="national_lead")]
STATUSES: tuple[NsiStatus, ...] = get_args(NsiStatus)

HELD = frozenset(
    {"responsible", "responsible_known", "held", "sought", "components", "ends", "origin", "reviewed", "folded"}
    | {"history", "clocks", "overseen", "chased", "promises", "walls", "letters"}
)
"""What is looked at after a history."""
ONE_RESPONSIBLE = """
select p.crn from person p
where exists (select from nsi n where n.person_id = p.id and n.status not in ('prepared') and n.sending_pdu is not null)
  and (select count(*) from (
         select since, lead(since) over (order by since) as until, coalesce(pdu_code, region_code) as who
         from responsibility r where r.person_id = p.id) line
       where who is not null and since <= $1 and (until is null or until > $1)) <> 1
  and p.crn = any ($2)
"""
LIKELY = 0.8
MERGED = """
select m.id, m.kept from person_merge m join person p on p.id = m.kept where m.undone_at is null and p.crn = any ($1)
"""
RESPONSIBLE = """
select distinct on (p.crn) p.crn, r.pdu_code from responsibility r join person p on p.id = r.person_id
where p.crn = any ($1) order by p.crn, r.since desc
"""
EVERYTHING = "select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true)"
OF_THESE = "select n.* from nsi n join person p on p.id = n.person_id where p.crn = any ($1)"
OPEN_LINES = """
select a.nsi_id, a.n, a.kind from nsi_action a join nsi n on n.id = a.nsi_id join person p on p.id = n.person_id
where a.done_at is null and p.crn = any ($1) order by a.mandatory desc, n.number, a.n limit 6
"""
OWNERLESS = """
select n.reference, c.rule from nsi_clock c join nsi n on n.id = c.nsi_id
where c.owner = '' or (c.met_on is null and c.applies and c.owner is null)
"""


class Life:
    """One random history, in a database that may hold others."""

    def __init__(self, house: House, postcodes: Postcodes, seed: int) -> None:
        self.random = Random(seed)
        self.pool = house.pool
        self.postcodes = postcodes
        self.now: datetime = house.now()
        self.people = [self._person(seed, n) for n in range(2)]
        self.crns = [str(one.crn) for one in self.people]
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.version = 0
        self.held_from: dict[UUID, datetime] = {}
        self.verbs: list[Callable[[], Awaitable[None]]] = [
            *[self.raises] * 3,
            *[self.status] * 6,
            *[self.challenges] * 2,
            *[self.decides] * 2,
            *[self.closes_actions] * 3,
            *[self.reviews] * 2,
            self.allocates,
            self.hands_over,
            self.takes_over,
            self.cares,
            self.ends_care,
            self.merges,
            self.changes_mind,
            self.sends_on,
            self.reports,
            self.arrives,
            self.says_an_end,
            self.decides_components,
            self.seeks,
            self.closes_searches,
            self.merges_people,
            self.nightly,
        ]

    def _person(self, seed: int, n: int) -> NewPerson:
        number = 100_000 + (seed * 2 + n) % 800_000
        return NewPerson(name=f"Random Invented {number}", crn=f"R{number}", birth_date=date(1980, 1, 1 + n))

    async def live(self, steps: int) -> None:
        await self.raises()
        for _ in range(steps):
            self.now += timedelta(hours=self.random.choice((0, 1, 5, 24, 24, 72, 200)), seconds=1)
            await self.random.choice(self.verbs)()
            await self.nobody_is_lost()

    async def try_(self, actor: Actor, verb: Any, command: Any) -> Any:
        """Done, or refused with an error in the user's words. Anything else is raised."""
        house = House(pool=self.pool, now=lambda: self.now)
        try:
            found = await act(house, actor, verb, command)
        except BedspaceError as error:
            self.refused[f"{command.action}: {type(error).__name__}"] += 1
            return None
        self.done[command.action] += 1
        return found

    async def rows(self, query: str, *given: Any) -> list[asyncpg.Record]:
        async with self.pool.acquire() as tx, tx.transaction():
            await tx.execute(EVERYTHING)
            return await tx.fetch(query, *given)

    async def nsi(self, where: str = "true") -> Any:
        """One of these people's, or none."""
        found = await self.rows(f"{OF_THESE} and {where} order by n.number", self.crns)
        return self.random.choice(found) if found else None

    def anybody(self) -> Actor:
        return self.random.choice([*SPOS, *WORKERS, *WORKERS, OPERATOR])

    def at(self, nsi: Any, side: str) -> Actor:
        """Mostly somebody of that end."""
        own = [one for one in WORKERS if one.pdus == (nsi[f"{side}_pdu"],)]
        return own[0] if own and self.random.random() < LIKELY else self.anybody()

    async def responsible(self) -> tuple[str, str]:
        """A person, and the PDU that is responsible; any where nobody is on record yet."""
        found = await self.rows(RESPONSIBLE, self.crns)
        row = self.random.choice(found) if found else None
        return (row["crn"], row["pdu_code"] or "N55YRK") if row else (self.crn(), "N55YRK")

    def crn(self) -> str:
        return str(self.random.choice(self.people).crn)

    def day(self, before: int = 10, after: int = 30) -> date:
        return london_today(self.now) + timedelta(days=self.random.randint(-before, after))

    async def raises(self) -> None:
        type_: NsiType = self.random.choice(get_args(NsiType))
        by = self.random.choice([*SPOS, *WORKERS])
        move_on = self.day(before=0)
        until = move_on + timedelta(days=self.random.randint(1, 20)) if type_ == "temporary_move" else None
        command = RaiseNsi(
            type=type_,
            person=self.random.choice(self.people),
            move_on=move_on,
            until=until,
            destination=self.random.choice(list(PLACES.values())),
            rosh=self.random.choice(("low", "medium", "high", None)),
            mappa=self.random.choice((None, "Category 1 Level 3", "Category 2 Level 1")),
        )
        await self.try_(by, Raiser(self.postcodes).raise_nsi, command)

    async def arrives(self) -> None:
        pdu = self.random.choice(list(PLACES))
        by = next(one for one in WORKERS if one.pdus == (pdu,))
        person = self.random.choice(self.people)
        command = RaiseUnannounced(person=person, arrived_on=self.day(3, 0), destination=PLACES[pdu])
        await self.try_(by, Raiser(self.postcodes).raise_unannounced, command)

    async def status(self) -> None:
        nsi = await self.nsi("n.status not in ('completed', 'withdrawn')")
        if nsi:
            at = self.now - timedelta(hours=self.random.randint(1, 40)) if self.random.random() < 0.2 else None
            likely = sorted(NEXT[nsi["status"]] - {"withdrawn", "returned"})
            status = self.random.choice(likely if likely and self.random.random() < LIKELY else STATUSES)
            side = "sending" if status in ("raised", "withdrawn") else "receiving"
            await self.try_(self.at(nsi, side), record_status, RecordStatus(id=nsi["id"], status=status, at=at))

    async def allocates(self) -> None:
        if nsi := await self.nsi():
            command = AllocateNsi(id=nsi["id"], team="Transfers", officer="Lee")
            await self.try_(self.at(nsi, "receiving"), allocate_nsi, command)

    async def challenges(self) -> None:
        nsi = await self.nsi("n.status in ('raised', 'received', 'allocated', 'in_progress')")
        if nsi:
            await self.try_(
                self.at(nsi, "receiving"),
                raise_challenge,
                RaiseChallenge(id=nsi["id"], reason="victim", said="Too near."),
            )

    async def decides(self) -> None:
        found = await self.rows("select id from nsi_challenge where decision is null")
        if not found:
            return
        decision: Decision = self.random.choice(get_args(Decision))
        wanted = [Condition(title="An exclusion zone", owner="sending SPO")]
        conditions = wanted if decision == "goes_on_with_conditions" else []
        command = DecideChallenge(
            id=self.random.choice(found)["id"], decision=decision, why="As it is.", conditions=conditions
        )
        await self.try_(self.random.choice(LEADS), decide_challenge, command)

    async def closes_actions(self) -> None:
        """Those that must be closed first, mostly."""
        found = await self.rows(OPEN_LINES, self.crns)
        if not found:
            return
        line = self.random.choice(found)
        if line["kind"] == "other":
            evidence: dict[str, str | bool] = self.random.choice([{}, {"note": "Done."}])
            await self.try_(
                OPERATOR, complete_action, CompleteAction(id=line["nsi_id"], n=line["n"], evidence=evidence)
            )
        else:
            await self.try_(LEADS[1], skip_action, SkipAction(id=line["nsi_id"], n=line["n"], why="Not here."))

    async def hands_over(self) -> None:
        at = self.now - timedelta(hours=self.random.randint(0, 90)) if self.random.random() < 0.3 else None
        officer = f"Officer {self.random.randint(1, 9)}"
        crn, pdu = await self.responsible()
        by = next((one for one in SPOS if one.pdus == (pdu,)), SPOS[0])
        await self.try_(by, hand_over, HandOver(person=crn, officer=officer, at=at))

    async def takes_over(self) -> None:
        by = self.random.choice(SPOS)
        at = self.now - timedelta(hours=self.random.randint(0, 90)) if self.random.random() < 0.3 else None
        command = TakeOver(person=self.crn(), pdu=by.pdus[0], reason="agreed", evidence="A minute.", at=at)
        await self.try_(by, take_over, command)

    async def cares(self) -> None:
        crn, pdu = await self.responsible()
        by = self.random.choice(list(PLACES))
        until = self.day(0, 20) if self.random.random() < 0.4 else None
        command = RecordCaretaking(person=crn, by_pdu=by, from_=self.day(15, 0), until=until)
        who = next((one for one in WORKERS if one.pdus == (pdu,)), OPERATOR)
        await self.try_(who, record_caretaking, command)

    async def ends_care(self) -> None:
        found = await self.rows("select id from caretaking")
        if found:
            command = EndCaretaking(id=self.random.choice(found)["id"], on=self.day(5, 0))
            await self.try_(OPERATOR, finish_caretaking, command)

    async def merges(self) -> None:
        one, other = await self.nsi(), await self.nsi()
        if one and one["merged_into"]:
            await self.try_(OPERATOR, unmerge_nsi, UnmergeNsi(id=one["id"]))
        elif one and other:
            await self.try_(OPERATOR, merge_nsi, MergeNsi(id=one["id"], into=other["reference"]))

    async def merges_people(self) -> None:
        """Two records are found to be one, or two again."""
        merged = await self.rows(
            "select id, kept from person_merge where undone_at is null and merged_by = $1", OPERATOR.id
        )
        if merged:
            row = self.random.choice(merged)
            command = UnmergePeople(person=str(row["kept"]), merge=row["id"], reason="Two after all.")
            await self.try_(OPERATOR, unmerge_people, command)
        else:
            one, other = self.random.sample(self.crns, 2)
            await self.try_(OPERATOR, merge_people, MergePeople(person=one, merged=other, reason="The same."))
        self.held_from.clear()  # what was of one is of the other now, or back

    async def changes_mind(self) -> None:
        nsi = await self.nsi("n.status not in ('completed', 'withdrawn')")
        if nsi is None:
            return
        how: dict[str, Any] = self.random.choice(
            [{"withdraw": True}, {"move_on": self.day(0, 40)}, {"destination": PLACES["N55HER"]}]
        )
        command = ChangeNsi(id=nsi["id"], reason="changed_mind", **how)
        await self.try_(self.at(nsi, "sending"), Changer(self.postcodes).change_nsi, command)

    async def sends_on(self) -> None:
        if nsi := await self.nsi("n.status in ('raised', 'received')"):
            to = self.random.choice(list(PLACES.values()))
            command = RerouteNsi(id=nsi["id"], to=to, reason="other_area")
            await self.try_(self.at(nsi, "receiving"), Rerouter(self.postcodes).reroute_nsi, command)

    async def reports(self) -> None:
        """By a case system, in any order of versions."""
        nsi = await self.nsi()
        if nsi is None:
            return
        self.version += self.random.choice((1, 1, 1, 3))
        command = ReportNsi(
            source="ndelius",
            external_reference=f"{nsi['reference']}-x",
            version=max(1, self.version - self.random.choice((0, 0, 2))),
            status=self.random.choice([one for one in STATUSES if one != "prepared"]),
            status_at=self.now - timedelta(hours=self.random.randint(0, 400)),
            reference=nsi["reference"],
        )
        await self.try_(SYSTEM, Reporter(self.postcodes).report_nsi, command)

    async def says_an_end(self) -> None:
        if nsi := await self.nsi():
            which: Which = self.random.choice(("out", "in"))
            by = self.at(nsi, "sending" if which == "out" else "receiving")
            await self.try_(by, report_end, ReportEnd(id=nsi["id"], which=which, on=self.day(9, 0)))

    async def reviews(self) -> None:
        if nsi := await self.nsi("n.type = 'temporary_move'"):
            decision: MoveDecision = self.random.choice(get_args(MoveDecision))
            until = self.day(0, 40) if decision == "extended" else None
            command = ReviewMove(id=nsi["id"], decision=decision, until=until, why="As agreed.")
            await self.try_(self.at(nsi, "sending"), review_move, command)

    async def decides_components(self) -> None:
        nsi = await self.nsi("n.type = 'case_transfer'")
        if nsi is None:
            return
        items = [NewComponent(kind="programme", title=f"Programme {self.random.randint(1, 3)}")]
        await self.try_(self.at(nsi, "sending"), add_components, AddComponents(id=nsi["id"], items=items))
        n = self.random.randint(1, 3)
        if self.random.random() < 0.3:
            command = LeaveComponentOpen(id=nsi["id"], n=n, why="Later.")
            await self.try_(self.at(nsi, "receiving"), leave_component_open, command)
        else:
            decided = DecideComponent(id=nsi["id"], n=n, decision="transferred")
            await self.try_(OPERATOR, decide_component, decided)

    async def seeks(self) -> None:
        if nsi := await self.nsi():
            command = SeekForNsi(id=nsi["id"], reason="victims", tried="Everybody.", needed="Nobody near.")
            await self.try_(self.at(nsi, "sending"), seek_for_nsi, command)

    async def closes_searches(self) -> None:
        found = await self.rows("select id from hard_to_place where outcome is null")
        if found:
            search = self.random.choice(found)["id"]
            await self.try_(LEADS[0], lead_search, LeadSearch(id=search, leads="Nat Example"))
            outcome: SoughtOutcome = self.random.choice(("placed", "withdrawn"))
            await self.try_(self.anybody(), close_search, CloseSearch(id=search, outcome=outcome, said="So it is."))

    async def nightly(self) -> None:
        """What happens by itself."""
        if nsi := await self.nsi("n.merged_into is null"):
            for verb, command in (
                (escalate_nsi, EscalateNsi(id=nsi["id"])),
                (chase_end, ChaseEnd(id=nsi["id"])),
                (ask_review, AskReview(id=nsi["id"])),
            ):
                await self.try_(GATEWAY, verb, command)

    async def nobody_is_lost(self) -> None:
        """Never two responsible, never none after there was one, no clock without an owner."""
        async with self.pool.acquire() as tx, tx.transaction():
            await tx.execute(EVERYTHING)
            lost = await tx.fetch(ONE_RESPONSIBLE, self.now, self.crns)
            assert lost == [], lost
            assert await tx.fetch(OWNERLESS) == []
            found = await tx.fetch("select person_id, max(since) as since from responsibility group by person_id")
        held = {row["person_id"]: row["since"] for row in found}
        for person, since in self.held_from.items():
            assert held.get(person, since) >= since, "somebody who was responsible is no longer on record"
            assert person in held
        self.held_from |= held

    async def sound(self) -> None:
        """The invariants of `bedspace verify` that such a life touches."""
        async with self.pool.acquire() as tx, tx.transaction():
            await tx.execute(EVERYTHING)
            look = Look(tx=tx, now=self.now)
            found = {one.id: await one.find(look) for one in INVARIANTS if one.id in HELD}
        broken = {name: breaks for name, breaks in found.items() if breaks}
        assert broken == {}, broken
