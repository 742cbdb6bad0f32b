"""A far system reports an NSI: a new one, or one that is known here under its reference or ours."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people import identifiers
from gateway.people.given import identity_given
from gateway.people.keep import lock_identities, person_of
from gateway.people.match import Identity
from gateway.transfers.fold import FINAL, Report
from gateway.transfers.in_flight import check_in_flight
from gateway.transfers.merge import alone_with
from gateway.transfers.merge import sql as merging
from gateway.transfers.prepare import AlreadyThere, Details, NewNsi, keep_nsi
from gateway.transfers.prepare import sql as keeping
from gateway.transfers.raising import origin_of
from gateway.transfers.regime import regime_on
from gateway.transfers.reports import sql as questions
from gateway.transfers.route import route
from gateway.transfers.status import take_report, taken
from gateway.transfers.valid import check_report, check_sub_type
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsi_life import NsiRecord, NsiReported, ReportNsi

sql = queries(__file__)


class Found(Struct, frozen=True):
    nsi: UUID
    events: tuple[Event, ...] = ()
    new: bool = False


class Reporter:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def report_nsi(self, tx: Tx, command: ReportNsi, now: datetime) -> Done[NsiReported]:
        """Whatever the sequence, it is kept and folded; what cannot be is asked of a person.

        Its fields are taken where this source owns the NSI and the version is its newest. Raises `Invalid`,
        `NotThere` for a reference of ours that is none, `NotAllowed`, `Ambiguous` (the PDU, or the person), and
        `Conflict` where the same version said something else before, or the region stays on its tracker.
        """
        check_report(command, now)
        if command.outcome:
            today = london_today(now)
            await check_listed(tx, command.outcome, of="nsi_outcome", field="outcome", today=today)
        await sql.one_at_a_time(tx, source=command.source, record=command.external_reference)
        found = await self._find(tx, command, now)
        person = await alone_with(tx, found.nsi)
        row = await taken(tx, await sql.holds(tx, id=found.nsi))
        took = await _take(tx, command, found, row, now)
        if took and command.record:
            await _take_fields(tx, command, command.record, found.nsi, row, now)
        if took and command.note:
            await keeping.keep_note(tx, nsi=row["id"], now=now, text=command.note)
        state = await taken(tx, row["id"])
        asked = [one["said"] for one in await sql.open_questions(tx, nsi=row["id"])]
        answer = NsiReported(
            id=row["id"],
            reference=row["reference"],
            status=state["status"],
            new=found.new,
            taken=took,
            questions=asked,
        )
        event = Event("nsi_reported", f"nsi:{row['id']}", person, {"status": state["status"]})
        return Done(answer, (*found.events, *((event,) if took else ())), (person,), f"nsi:{row['id']}")

    async def _find(self, tx: Tx, command: ReportNsi, now: datetime) -> Found:
        source, record = command.source, command.external_reference
        known: UUID | None = await sql.known_as(tx, source=source, record=record)
        if known is not None:
            return Found(known)
        found = await self._ours(tx, command) or await self._keep(tx, command, now)
        try:
            await sql.is_known_as(tx, source=source, record=record, nsi=found.nsi, now=now)
        except asyncpg.UniqueViolationError as error:
            why = "This external reference is of an NSI out of your reach. Check the reference, and your PDUs."
            raise NotAllowed(why) from error
        return found

    async def _ours(self, tx: Tx, command: ReportNsi) -> Found | None:
        if command.reference is None:
            return None
        ours: UUID | None = await merging.id_called(tx, called=command.reference.strip())
        if ours is None:
            raise NotThere("There is no NSI of this reference, or it is not yours to see.")
        return Found(ours)

    async def _keep(self, tx: Tx, command: ReportNsi, now: datetime) -> Found:
        """A new one; or that of the same person, kind, day and PDU which is open already."""
        record = command.record
        if record is None:
            raise Invalid.because("record", "This NSI is not known here yet. Send the record with it.")
        today = london_today(now)
        await check_sub_type(tx, record.sub_type, today)
        if command.way == "retrospective":
            await check_in_flight(tx, record.sending_pdu)
        identity = identity_given(record.person, today)
        new = await self._new(tx, command, record, now)
        await lock_identities(tx, [identity])
        over = await self._over(tx, new, identity, now)
        if over is not None:
            return Found(over)
        try:
            kept = await keep_nsi(tx, msgspec.structs.replace(new, identity=identity), now)
        except AlreadyThere as error:
            return Found(error.nsi)
        return Found(kept.id, kept.events, new=True)

    async def _over(self, tx: Tx, new: NewNsi, identity: Identity, now: datetime) -> UUID | None:
        """The same move, over already by what another system reported first. Others of the person wait from here on."""
        person, _ = await person_of(tx, identity, now)
        await merging.alone(tx, person=person)
        found: UUID | None = await sql.over_like(
            tx, person=person, type=new.type, move_on=new.move_on, pdu=new.route.pdu, source=new.source
        )
        return found

    async def _new(self, tx: Tx, command: ReportNsi, record: NsiRecord, now: datetime) -> NewNsi:
        today = london_today(now)
        have = {name: getattr(record, name) for name in ("address", "until", "rosh", "mappa", "reason")}
        have |= {name: getattr(record.person, name) for name in ("crn", "birth_date", "gender")}
        regime = regime_on(record.referred_on)
        return NewNsi(
            type=record.type,
            status="raised",
            identity=identity_given(record.person, today),
            move_on=record.move_on,
            route=await route(tx, self._postcodes, record.destination, record.type, today),
            origin=await origin_of(tx, record.sending_pdu),
            until=record.until,
            address=record.address,
            postcode=written(record.destination),
            rosh=record.rosh,
            mappa=record.mappa,
            reason=record.reason,
            missing=[name for name in regime.asks[record.type] if name != "sending" and not have[name]],
            evidence={},
            received_at=now,
            way=command.way,
            details=msgspec.convert(msgspec.structs.asdict(record), Details),
            referred_on=record.referred_on,
            source=command.source,
            quiet=command.quiet or command.status in FINAL,
            passed=command.status == regime.responsibility[record.type],
        )


async def _take(tx: Tx, command: ReportNsi, found: Found, row: Any, now: datetime) -> bool:
    report = Report(
        source=command.source,
        record=command.external_reference,
        version=command.version,
        status=command.status,
        at=command.status_at,
        started_on=command.started_on,
        ended_on=command.ended_on,
        outcome=command.outcome,
    )
    note = f"{command.source} reports {command.status.replace('_', ' ')}, in version {command.version}."
    if await take_report(tx, row, report, now, kind="reported", note=note, of=found.nsi):
        return True
    there = await sql.report(tx, nsi=found.nsi, source=report.source, record=report.record, version=report.version)
    if any(there[name] != getattr(report, name) for name in ("status", "at", "started_on", "ended_on", "outcome")):
        raise Conflict(
            f"{row['reference']}: version {report.version} said something else when it was reported first. "
            "A change has a higher version."
        )
    return False


async def _take_fields(tx: Tx, command: ReportNsi, record: NsiRecord, nsi: UUID, row: Any, now: datetime) -> None:
    """Each field has one owning source. What does not fit is asked about, and changes nothing."""
    crn = identifiers.crn(record.person.crn) if record.person.crn else None
    person = await sql.person_called(tx, crn=crn) if crn else None
    if person not in (None, row["person_id"]):
        said = f"{command.source} holds it to be about another person."
        await questions.ask(tx, nsi=row["id"], kind="person_differs", said=said, now=now)
        return
    if record.type != row["type"]:
        said = f"{command.source} holds it to be a {record.type.replace('_', ' ')}."
        await questions.ask(tx, nsi=row["id"], kind="type_differs", said=said, now=now)
        return
    newest = await sql.newest(tx, nsi=nsi, source=command.source, record=command.external_reference)
    if row["source"] != command.source or newest != command.version or nsi != row["id"]:
        return
    names = ("until", "address", "rosh", "mappa", "reason", *Details.__struct_fields__)
    await sql.set_fields(tx, nsi=nsi, **{name: getattr(record, name) for name in names})
