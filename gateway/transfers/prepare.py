"""Keeps a new NSI, with its evidence, clocks, action list and first lines of history, and routes it."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

import asyncpg
import msgspec
from msgspec import Struct

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people.keep import person_of
from gateway.people.match import Identity
from gateway.transfers.fold import OURS, Report
from gateway.transfers.recount import recount
from gateway.transfers.regime import Regime, regime_on
from gateway.transfers.reports import keep_report
from gateway.transfers.route import Route
from schemas.acts import Event
from schemas.errors import Conflict, NotAllowed
from schemas.nsis import Evidence
from schemas.words import NsiType, NsiWay, Rosh

sql = queries(__file__)


class Origin(Struct, frozen=True, kw_only=True):
    """Who sends. Codes are those of the PDU and region, where it is known."""

    pdu: str | None = None
    region: str | None = None
    said: str | None = None
    name: str | None = None
    email: str | None = None


class Details(Struct, frozen=True, kw_only=True):
    """What a record says beside the move itself."""

    sub_type: str | None = None
    event_number: int | None = None
    requirement: str | None = None
    intended_provider: str | None = None
    team: str | None = None
    officer: str | None = None
    officer_email: str | None = None


class NewNsi(Struct, frozen=True, kw_only=True):
    """All that makes an NSI: checked, resolved, and not yet kept."""

    type: NsiType
    status: Literal["prepared", "raised"]
    identity: Identity
    person: UUID | None = None
    """Who it is, where that is known for certain: then nobody is looked for, and no lock is needed."""
    move_on: date
    route: Route
    origin: Origin
    until: date | None = None
    address: str | None = None
    postcode: str | None = None
    rosh: Rosh | None = None
    mappa: str | None = None
    reason: str | None = None
    missing: list[str]
    evidence: dict[str, Evidence]
    inbox_id: UUID | None = None
    received_at: datetime
    way: NsiWay = "planned"
    details: Details = Details()
    referred_on: date | None = None
    """The day of the referral, and of the notice, where it was not today."""
    source: str = OURS
    """Of a far system: then its own report of the status follows, and ours is not kept."""
    quiet: bool = False
    passed: bool = False
    """The receiving side is responsible already."""
    note: str | None = None


class Kept(Struct, frozen=True):
    id: UUID
    reference: str
    events: tuple[Event, ...]


class AlreadyThere(Conflict):
    """The same NSI is open already."""

    def __init__(self, nsi: UUID, reference: str) -> None:
        self.nsi = nsi
        super().__init__(
            f"{reference} is open already: the same person, kind, day and receiving PDU. Change that one instead."
        )


async def keep_nsi(tx: Tx, new: NewNsi, now: datetime) -> Kept:
    """Needs the locks of `lock_identities`. Raises `Ambiguous` (the person), `AlreadyThere`, `NotAllowed`."""
    person, alike = (new.person, False) if new.person else await person_of(tx, new.identity, now)
    await _refuse_a_second(tx, new, person)
    regime = regime_of(new, london_today(now))
    try:
        nsi, reference = await _keep_record(tx, new, person, regime, now)
    except asyncpg.InsufficientPrivilegeError as error:
        raise NotAllowed("An NSI is raised from a PDU that you work for. Give that as the sending PDU.") from error
    if new.source == OURS:
        await keep_report(tx, nsi, Report(source=OURS, version=1, status=new.status, at=now), now)
    await _keep_evidence(tx, nsi, new.evidence)
    await _tell(tx, nsi, new, now)
    await recount(tx, nsi, now)
    if alike:
        await tell(tx, nsi, "alike", now)
    await _keep_responsible(tx, person, new, now)
    if new.note:
        await sql.keep_note(tx, nsi=nsi, now=now, text=new.note)
    subject = f"nsi:{nsi}"
    happened = Event(f"nsi_{new.status}", subject, person)
    routed: dict[str, Any] = {"pdu": new.route.pdu} | ({"tell": []} if new.quiet else {})
    return Kept(nsi, reference, (happened, Event("nsi_routed", subject, person, routed)))


async def _keep_responsible(tx: Tx, person: UUID, new: NewNsi, now: datetime) -> None:
    """Where nobody is yet."""
    region, pdu, officer = new.origin.region, new.origin.pdu, new.origin.name
    if new.passed:
        region, pdu, officer = new.route.region, new.route.pdu, new.details.officer
    if pdu or region:
        await sql.first_responsible(tx, person=person, since=now, region=region, pdu=pdu, officer=officer)


async def _refuse_a_second(tx: Tx, new: NewNsi, person: UUID) -> None:
    same = await sql.open_like(tx, person=person, type=new.type, move_on=new.move_on, receiving_pdu=new.route.pdu)
    if same:
        raise AlreadyThere(same["id"], same["reference"])


async def _keep_record(tx: Tx, new: NewNsi, person: UUID, regime: Regime, now: datetime) -> tuple[UUID, str]:
    nsi = uuid4()
    reference: str = await sql.keep_nsi(
        tx,
        id=nsi,
        type=new.type,
        status=new.status,
        person_id=person,
        move_on=new.move_on,
        until=new.until,
        address=new.address,
        postcode=new.postcode,
        rosh=new.rosh,
        mappa=new.mappa,
        reason=new.reason,
        sending_pdu=new.origin.pdu,
        sending_region=new.origin.region,
        sending_said=new.origin.said,
        sender_name=new.origin.name,
        sender_email=new.origin.email,
        receiving_pdu=new.route.pdu,
        receiving_region=new.route.region,
        spoc_id=new.route.spoc_id,
        missing=new.missing,
        inbox_id=new.inbox_id,
        regime=regime.id,
        referred_on=new.referred_on or london_today(now),
        way=way_of(new.way, new.move_on, regime, london_today(now)),
        source=new.source,
        quiet=new.quiet,
        **msgspec.structs.asdict(new.details),
        now=now,
    )
    return nsi, reference


def regime_of(new: NewNsi, today: date) -> Regime:
    """Of the sending region where it is known, on the day of the referral."""
    return regime_on(new.referred_on or today, new.origin.region or new.route.region)


def way_of(way: NsiWay, move_on: date, regime: Regime, today: date) -> NsiWay:
    """What is planned is of short notice when the move is near."""
    if way not in ("planned", "short_notice"):
        return way
    return "short_notice" if (move_on - today).days <= regime.short_notice_days else "planned"


async def _keep_evidence(tx: Tx, nsi: UUID, evidence: dict[str, Evidence]) -> None:
    await sql.keep_evidence(
        tx,
        nsi=nsi,
        fields=list(evidence),
        texts=[one.text for one in evidence.values()],
        sources=[one.source for one in evidence.values()],
        confidences=[one.confidence for one in evidence.values()],
    )


async def _tell(tx: Tx, nsi: UUID, new: NewNsi, now: datetime) -> None:
    if new.inbox_id:
        await tell(tx, nsi, "message_received", new.received_at)
    await tell(tx, nsi, new.status, now, status=new.status)
    if new.way in ("unannounced", "retrospective"):
        await tell(tx, nsi, new.way, now)
    unconfirmed = ", unconfirmed" if new.status == "prepared" else ""
    said = f"To the SPOC of {new.route.pdu_name} ({new.route.pdu}){unconfirmed}."
    await tell(tx, nsi, "routed", now, note=" ".join(filter(None, (said, new.route.note))))


async def tell(tx: Tx, nsi: UUID, kind: str, at: datetime, *, status: str | None = None, note: str = "") -> None:
    """One more line of an NSI's history. `note` says nothing about the person."""
    await sql.tell(tx, nsi=nsi, at=at, kind=kind, status=status, note=note)
