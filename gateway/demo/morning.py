"""Sends the demo's mail in, each message at its own hour, and lets people answer it as they would have."""

import uuid
from datetime import datetime, timedelta
from uuid import UUID

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.demo.closing import close_mandatory
from gateway.demo.correspondence import Plan, plans, write_mail
from gateway.intake.read import read_inbox
from gateway.intake.readers import Readers
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.people.keep import limit_access
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.meeting import meet_clock
from gateway.transfers.read import read_nsi
from gateway.transfers.reroute import Rerouter
from gateway.transfers.status import record_status
from gateway.wiring import Works, open_readers
from schemas.action_list import MeetClock
from schemas.inbox import ReadInbox, StoreMessage
from schemas.nsis import ConfirmNsi, ReadNsi, RecordStatus, RerouteNsi
from schemas.people import LimitAccess


async def write_in(works: Works, today: datetime) -> None:
    async with open_readers() as readers:
        settler = Settler(works.postcodes)
        for number, plan in enumerate(plans()):
            _, sent, raw = write_mail(number, plan, today)
            for nsi in await _arrive(works, readers, settler, sent, raw):
                await _answer(works, plan, nsi, sent, today)


async def _arrive(works: Works, readers: Readers, settler: Settler, sent: datetime, raw: bytes) -> list[UUID]:
    house = House(pool=works.pool, now=lambda: sent + timedelta(seconds=2))
    message = StoreMessage(raw=raw, content_type="message/rfc822", source_key=uuid.uuid4().hex, channel="demo")
    stored = await act(house, OPERATOR, store_message, message)
    await read_waiting(house, readers, settler, only=(stored.inbox_id,))
    rows = await act(house, OPERATOR, read_inbox, ReadInbox(id=stored.inbox_id))
    return rows.nsi_ids


async def _answer(works: Works, plan: Plan, nsi: UUID, sent: datetime, today: datetime) -> None:
    """Confirmed some hours later, then one status every few days."""
    moment = sent + timedelta(hours=3)
    if plan.limited_access:
        person = (await act(works.house, GATEWAY, read_nsi, ReadNsi(id=nsi))).person
        await act(works.house, OPERATOR, limit_access, LimitAccess(id=person.id, allowed=("demo-national-lead",)))
    if plan.confirmed:
        await act(_then(works, min(moment, today)), OPERATOR, confirm_nsi, ConfirmNsi(id=nsi))
        for rule in plan.met:
            await act(_then(works, min(moment, today)), OPERATOR, meet_clock, MeetClock(id=nsi, rule=rule))
    if plan.sent_on:
        wrong = RerouteNsi(id=nsi, to=plan.sent_on, reason="other_area")
        await act(works.house, OPERATOR, Rerouter(works.postcodes).reroute_nsi, wrong)
    for status in plan.then:
        moment = min(moment + timedelta(days=2), today)
        if status == "completed":
            await close_mandatory(_then(works, moment), nsi)
        await act(_then(works, moment), OPERATOR, record_status, RecordStatus(id=nsi, status=status))


def _then(works: Works, moment: datetime) -> House:
    return House(pool=works.pool, now=lambda: moment)
