"""NSIs, releases and who is responsible, with the same of everything at one's own PDU and at others."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.people.keep import limit_access
from gateway.transfers.caretaking import record_caretaking
from gateway.transfers.challenge import raise_challenge
from gateway.transfers.challenges import read_challenges
from gateway.transfers.components import add_components
from gateway.transfers.ends import mark_not_reporting
from gateway.transfers.escalate import raise_concern
from gateway.transfers.merge import merge_nsi
from gateway.transfers.national import seek_for_nsi
from gateway.transfers.paper import dispatch_paper
from gateway.transfers.pauses import pause_clock
from gateway.transfers.raising import Raiser
from gateway.transfers.read import read_nsi
from gateway.transfers.reporting import Reporter
from gateway.transfers.status import record_status
from schemas.challenges import RaiseChallenge, ReadChallenges
from schemas.chasing import PauseClock, RaiseConcern
from schemas.components import AddComponents, NewComponent
from schemas.custody import RecordCaretaking
from schemas.ends import MarkNotReporting
from schemas.errors import Conflict
from schemas.national import SeekForNsi
from schemas.nsi_life import MergeNsi, NsiRecord, RaiseUnannounced, ReportNsi
from schemas.nsis import NewPerson, Nsi, RaiseNsi, ReadNsi, RecordStatus
from schemas.paper import DispatchPaper
from schemas.people import LimitAccess
from tests.api.write_sides import SECRET, Side
from tests.placements.placing import somebody
from tests.releases.making import POSTCODES, Board

FAR, FAR_NAME = "N54SUND", "Sunderland"
"""The other end of everything: nobody's own."""
SIDES = {"own": ("N55LEE", "Leeds", "LEI"), "other": ("N58DEV", "Devon", "EXI"), "limited": ("N55LEE", "Leeds", "LEI")}
"""The PDU that sends or receives, how one asks for it, and the prison."""
MOVE = date(2026, 12, 18)


class Cases(Board):
    """Makes them, each in the state that a door asks for."""

    async def side(self, name: str, number: int) -> Side:
        pdu, called, prison = SIDES[name]
        crns = iter(range(number, number + 100))
        side: Side = {"pdu": pdu, "called": called, "prison": prison, "crn": f"X{number + 99:06}", "region": pdu[:3]}
        there = {"sending_pdu": pdu, "destination": FAR_NAME}
        here = {"sending_pdu": FAR, "destination": called}
        for key, ends in (("out", there), ("in", here)):
            nsi = await self._raised(self._who(crns), **ends)
            side[key], side[f"{key}_crn"], side[f"{key}_person"] = nsi.id, nsi.person.crn, nsi.person.id
        side["reference"] = (await self.nsi(side["in"])).reference
        side["line"] = next(one.n for one in (await self.nsi(side["out"])).actions if one.kind == "complete_nsi")
        side["persons"] = [side["out_person"], side["in_person"]]
        await self._of_nsis(side, crns, there, here)
        await self._of_moves(side, crns, there, here)
        await self._of_releases(side, crns)
        if name == "limited":
            for person in side["persons"]:
                await act(self.house, OPERATOR, limit_access, LimitAccess(id=person))
        return side

    async def _of_nsis(self, side: Side, crns: Iterator[int], there: dict[str, Any], here: dict[str, Any]) -> None:
        someone = Actor(id=f"someone-{side['pdu']}", name="Jo Invented", role="practitioner", pdus=(side["pdu"],))
        came = RaiseUnannounced(person=self._who(crns), arrived_on=date(2026, 11, 20), destination=FAR_NAME)
        came = msgspec.structs.replace(came, sending_pdu=side["pdu"])
        side["prepared"] = (await act(self.house, OPERATOR, Raiser(POSTCODES).raise_unannounced, came)).id
        over = await self._raised(self._who(crns), **there)
        await self._comes_to(over, "returned")
        side["returned"] = over.id
        # Two that may be one, and two that were merged.
        twins = await self._twins(self._who(crns), there)
        side["twin"], side["twin_of"] = twins[0].id, twins[1].reference
        merged = await self._twins(self._who(crns), there)
        await act(self.house, OPERATOR, merge_nsi, MergeNsi(id=merged[0].id, into=merged[1].reference))
        side["merged"] = merged[0].id
        # One that is asked about, one that is challenged, one whose clock is paused, one of concern.
        side["asked"], side["question"] = await self._asked(self._who(crns), there)
        risk = await self._raised(self._who(crns), **here)
        await act(self.house, someone, raise_challenge, RaiseChallenge(id=risk.id, reason="victim", said=SECRET))
        side["challenge"] = (await act(self.house, OPERATOR, read_challenges, ReadChallenges(id=risk.id)))[0].id
        slow = await self._raised(self._who(crns), **there)
        until = self.at.date() + timedelta(days=7)
        pause = PauseClock(id=slow.id, rule="T-14", until=until, reason="in_custody")
        await act(self.house, OPERATOR, pause_clock, pause)
        await act(self.house, someone, raise_concern, RaiseConcern(id=slow.id, said=SECRET))
        side["slow"], side["concern"] = slow.id, (await self.nsi(slow.id)).escalations[-1].id
        held = await self._raised(self._who(crns), **here)
        kept = RecordCaretaking(person=str(held.person.crn), by_pdu=side["pdu"], from_=date(2026, 11, 2))
        side["caretaking"] = (await act(self.house, OPERATOR, record_caretaking, kept)).id
        for one in (over, twins[0], merged[0], risk, slow, held):
            side["persons"].append(one.person.id)

    async def _of_moves(self, side: Side, crns: Iterator[int], there: dict[str, Any], here: dict[str, Any]) -> None:
        """Components that the receiving end decides, a move of last week, one that is over, a paper file, a search."""
        parts = await self._raised(self._who(crns), **here)
        order = NewComponent(kind="order", title="Community order", court="Leeds")
        items = [order, NewComponent(kind="programme", title="Thinking skills")]
        await act(self.house, OPERATOR, add_components, AddComponents(id=parts.id, items=items))
        at, self.at = self.at, self.at - timedelta(days=20)
        day = self.at.date()
        gone = await self._raised(self._who(crns), **there, move_on=day)
        asked = {"type": "temporary_move", "move_on": day, "until": day + timedelta(days=14)}
        away = await self._raised(self._who(crns), **there, **asked)
        await self._comes_to(away, "received", "in_progress")
        self.at = at
        paper = await self._raised(self._who(crns), **here)
        await act(self.house, OPERATOR, dispatch_paper, DispatchPaper(id=paper.id, carrier="Courier"))
        hard = await self._raised(self._who(crns), **there)
        wanted = SeekForNsi(id=hard.id, reason="victims", tried=SECRET, needed=SECRET)
        side["search"] = (await act(self.house, OPERATOR, seek_for_nsi, wanted)).id
        for key, one in {"parts": parts, "gone": gone, "away": away, "paper": paper, "hard": hard}.items():
            side[key] = one.id
            side["persons"].append(one.person.id)
        mark = MarkNotReporting(region=side["region"], which="out", from_=date(2026, 11, 1))
        with suppress(Conflict):  # two sides are in one region
            await act(self.house, OPERATOR, mark_not_reporting, mark)

    async def _of_releases(self, side: Side, crns: Iterator[int]) -> None:
        asked = {"prison": side["prison"], "near": side["called"], "home_pdu": side["pdu"], "by": OPERATOR}
        man = self._who(crns)
        side["release"] = (await self.notice(man, **asked)).id
        await self.decided(man, by=OPERATOR, pdu=side["pdu"])
        rotl = {**asked, "kind": "rotl", "until": date(2026, 12, 4), "release_on": self.at.date()}
        side["rotl"] = (await self.notice(self._who(crns), **rotl)).id
        await self.on(side["rotl"], "released", OPERATOR)
        stays = self._who(crns)
        side["stay"] = (await self.notice(stays, **asked, release_on=date(2026, 11, 25))).id
        await self.decided(stays, by=OPERATOR, pdu=side["pdu"])
        ask = {"ask": ["AP1"], "short_notice_reason": "risk_escalated", "pdu": side["pdu"]}
        placement = (await self.on(side["stay"], "refer", OPERATOR, **ask)).placement
        assert placement is not None
        await self.do("accept", placement)
        at, self.at = self.at, self.at.replace(day=25)
        await self.do("arrive", placement)
        self.later(days=1)
        await self.do("depart", placement, reason="moved_on", move_on="family")
        self.at = at
        for key in ("release", "rotl", "stay"):
            side["persons"].append((await self.see(side[key])).person.id)

    def _who(self, crns: Iterator[int]) -> NewPerson:
        n = next(crns)
        letters = "".join(chr(97 + n // 26**place % 26) for place in range(3))
        return somebody(n, name=f"{SECRET} Invented{letters}", gender="male")

    async def _raised(self, person: NewPerson, **what: Any) -> Nsi:
        asked = {"type": "case_transfer", "move_on": MOVE, "rosh": "medium", **what}
        raised = await act(self.house, OPERATOR, Raiser(POSTCODES).raise_nsi, RaiseNsi(person=person, **asked))
        return await act(self.house, OPERATOR, read_nsi, ReadNsi(id=raised.id))

    async def _comes_to(self, nsi: Nsi, *statuses: Any) -> None:
        for one in statuses:
            await act(self.house, OPERATOR, record_status, RecordStatus(id=nsi.id, status=one))

    async def _twins(self, person: NewPerson, ends: dict[str, Any]) -> list[Nsi]:
        return [await self._raised(person, **ends, move_on=MOVE + timedelta(days=n)) for n in range(2)]

    async def _asked(self, person: NewPerson, ends: dict[str, Any]) -> tuple[UUID, int]:
        record = NsiRecord(type="case_transfer", person=person, move_on=MOVE, referred_on=date(2026, 11, 2), **ends)
        for version, status in enumerate(("withdrawn", "received"), 1):
            given: dict[str, Any] = {"external_reference": str(person.crn), "version": version, "status": status}
            at = self.at - timedelta(days=9 - version)
            report = ReportNsi(source="ndelius", status_at=at, record=record, **given)
            found = await act(self.house, OPERATOR, Reporter(POSTCODES).report_nsi, report)
        return found.id, (await self.nsi(found.id)).questions[-1].n


async def cases(house: House) -> dict[str, Side]:
    made = Cases(house.pool)
    return {name: await made.side(name, 1000 * (n + 1)) for n, name in enumerate(SIDES)}
