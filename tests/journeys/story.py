"""Who acts in a journey, and what they do, in a line each: through the verbs, at whatever time it is."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gateway.access.act import act
from gateway.access.actors import OPERATOR, Actor
from gateway.transfers.actions import complete_action
from gateway.transfers.allocate import allocate_nsi
from gateway.transfers.hand_over import read_responsibility
from gateway.transfers.raising import Raiser
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.status import record_status
from gateway.worker.clocks import chase
from schemas.action_list import CompleteAction
from schemas.custody import Held, ReadResponsibility
from schemas.nsi_life import AllocateNsi
from schemas.nsis import ListNsis, NewPerson, Nsi, NsiRow, RaiseNsi, ReadNsi, RecordStatus
from schemas.words import NsiStatus
from tests.releases.making import POSTCODES, Board

LONDON = ZoneInfo("Europe/London")


def of(pdu: str, role: Any = "practitioner", region: str = "N55") -> Actor:
    """Somebody of a role at a PDU."""
    return Actor(id=f"{role}-{pdu}", name="Jo Invented", role=role, pdus=(pdu,), regions=(region,))


YORK, LEEDS, HULL = of("N55YRK"), of("N55LEE"), of("N55HER")
COAST = of("N55YNY")
ACO, COORDINATOR = of("", "aco"), of("", "mappa_coordinator")
LEAD = Actor(id="lead", name="Nat Invented", role="national_lead")
SYSTEM = Actor(id="york-case-system", name="York's case system", role="area_system", pdus=("N55YRK",))


class Story(Board):
    """A house in which time passes as the journey tells it."""

    def day(self, year: int, month: int, day: int, hour: int = 10) -> None:
        """It is that day now, at an hour of London."""
        self.at = datetime(year, month, day, hour, tzinfo=LONDON)

    async def raises(self, by: Actor, person: NewPerson, **what: Any) -> Nsi:
        command = RaiseNsi(person=person, **{"type": "case_transfer", **what})
        return await self.shown(by, (await act(self.house, by, Raiser(POSTCODES).raise_nsi, command)).id)

    async def shown(self, by: Actor, nsi: Any) -> Nsi:
        return await act(self.house, by, read_nsi, ReadNsi(id=nsi))

    async def allocates(self, by: Actor, nsi: Nsi, officer: str) -> None:
        command = AllocateNsi(id=nsi.id, team="Team one", officer=officer, officer_email="officer@pdu.invalid")
        await act(self.house, by, allocate_nsi, command)

    async def comes_to(self, by: Actor, nsi: Nsi, *statuses: NsiStatus) -> None:
        for status in statuses:
            await act(self.house, by, record_status, RecordStatus(id=nsi.id, status=status))

    async def does(self, by: Actor, nsi: Nsi, kind: str, **evidence: str | bool) -> None:
        """A line of the action list is done, with its evidence."""
        n = next(line.n for line in (await self.shown(OPERATOR, nsi.id)).actions if line.kind == kind)
        await act(self.house, by, complete_action, CompleteAction(id=nsi.id, n=n, evidence=evidence))

    async def clocks(self, nsi: Nsi) -> dict[str, str]:
        return {one.rule: one.state for one in (await self.shown(OPERATOR, nsi.id)).clocks}

    async def due(self, nsi: Nsi, rule: str) -> date:
        return next(one.due for one in (await self.shown(OPERATOR, nsi.id)).clocks if one.rule == rule)

    async def responsible(self, person: NewPerson) -> list[Held]:
        """The newest first."""
        command = ReadResponsibility(person=str(person.crn))
        return (await act(self.house, OPERATOR, read_responsibility, command)).items

    async def line_of(self, person: NewPerson) -> list[NsiRow]:
        """All the moves of one person, the newest first."""
        return (await act(self.house, OPERATOR, list_nsis, ListNsis(person=person.crn))).items

    async def chased(self) -> int:
        """What the worker finds overdue, and tells."""
        return await chase(self.house)

    async def said(self, nsi: Nsi) -> str:
        return "\n".join(line.what for line in (await self.shown(OPERATOR, nsi.id)).history)
