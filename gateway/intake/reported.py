"""A record of a far system as the report of an NSI."""

from datetime import date, datetime
from typing import Any

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.locate import locate
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.intake.checklist import Facts, evidence_of, facts_of
from gateway.transfers.prepare import sql as keeping
from gateway.transfers.reporting import Reporter
from schemas.acts import Done
from schemas.drafts import DraftNsi, DraftStatus
from schemas.errors import BedspaceError, Invalid, NotThere
from schemas.locate import Whereabouts
from schemas.nsi_life import NsiRecord, NsiReported, ReportNsi
from schemas.nsis import NewPerson

sql = queries(__file__)

NEEDED = ("name", "identifier", "type", "move_on", "destination", "sending")
"""What a record must hold. The sender is the connection."""


class Unfit(BedspaceError):
    """A person must look, and this is why. Nothing about the person it is about."""

    def __init__(self, why: str, missing: list[str] | None = None) -> None:
        self.missing = missing or []
        super().__init__(why)


class Reported:
    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes
        self._reporter = Reporter(postcodes)

    async def nsi(self, tx: Tx, record: Any, now: datetime) -> Done[NsiReported]:
        """New, or known here. Raises `Unfit`, and what a report raises."""
        draft: DraftNsi = record.draft
        today = london_today(now)
        facts = facts_of(draft, today)
        pdu = await pdu_of(tx, self._postcodes, facts.sending, record.message["area"], today)
        lacking = _lacking(facts, pdu)
        if lacking and not draft.status:
            raise Unfit("This record does not hold all that an NSI needs.", lacking)
        if facts.type == "temporary_move" and not record.message["records_temporary_moves"]:
            raise Unfit("It is a temporary move, and this connection records formal transfers only.", ["type"])
        if facts.malformed:
            raise Unfit("An identifier cannot be right as it stands.", list(facts.malformed))
        told = None if lacking else _record(facts, draft, pdu or "", london_today(record.message["received_at"]))
        done = await self._report(tx, record, told, now)
        if done.result.new:
            await sql.came_by(tx, nsi=done.result.id, inbox=record.message["inbox_id"])
            evidence = evidence_of(draft)
            await keeping.keep_evidence(
                tx,
                nsi=done.result.id,
                fields=list(evidence),
                texts=[one.text for one in evidence.values()],
                sources=[one.source for one in evidence.values()],
                confidences=[one.confidence for one in evidence.values()],
            )
        return done

    async def status(self, tx: Tx, record: Any, now: datetime) -> Done[NsiReported]:
        """Of an NSI that is known here. Raises `Unfit`, and what a report raises."""
        draft: DraftStatus = record.draft
        if draft.status is None:
            raise Unfit("This record says nothing of how the NSI stands.", ["status"])
        return await self._report(tx, record, None, now)

    async def _report(self, tx: Tx, record: Any, told: NsiRecord | None, now: datetime) -> Done[NsiReported]:
        draft, message = record.draft, record.message
        said = {
            name: found.value
            for name in ("status", "started_on", "ended_on", "outcome", "reference", "note")
            if (found := getattr(draft, name))
        }
        report = ReportNsi(
            source=message["connection"],
            external_reference=record.reference,
            version=record.version,
            status_at=draft.status_at.value if draft.status_at else message["received_at"],
            record=told,
            way=message["way"],
            quiet=message["quiet"],
            **{"status": "raised", **said},
        )
        try:
            return await self._reporter.report_nsi(tx, _checked(report), now)
        except (NotThere, Invalid) as error:  # the locator's own words may quote an address
            fields = {fault.field for fault in error.faults} if isinstance(error, Invalid) else set()
            if fields & {"destination", "near"} or (isinstance(error, NotThere) and told is not None):
                why = "The destination is no postcode, place, local authority or prison that is known."
                raise Unfit(why, ["destination"]) from error
            raise


async def pdu_of(tx: Tx, postcodes: Postcodes, said: str | None, area: str | None, today: date) -> str | None:
    """The PDU that a record names, else the one that its connection is of."""
    if said:
        try:
            located = await locate(tx, postcodes, Whereabouts(near=said), today)
        except (Invalid, NotThere):
            located = None
        if located and located.pdu:
            return located.pdu.code
    pdu: str | None = await sql.pdu_called(tx, code=area)
    return pdu


def _checked(report: ReportNsi) -> ReportNsi:
    """Held to what is published of its fields: what is read from a file was not."""
    try:
        return msgspec.convert(msgspec.to_builtins(report), ReportNsi)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].strip("`").rpartition(".")[2]
        raise Unfit("A value is too long, or not of the form that this field has.", [field]) from error


def _referred_on(draft: DraftNsi, today: date) -> date:
    """Where it is not said, not after anything that is."""
    if draft.referred_on:
        return draft.referred_on.value
    said = [london_today(draft.status_at.value)] if draft.status_at else []
    said += [found.value for found in (draft.started_on, draft.ended_on) if found]
    return min([today, *said])


def _lacking(facts: Facts, pdu: str | None) -> list[str]:
    who = facts.identity
    there = {
        "name": who.name,
        "identifier": who.crn or who.noms or who.pnc or who.birth_date,
        "type": facts.type,
        "move_on": facts.move_on,
        "destination": facts.destination,
        "sending": pdu,
    }
    return [name for name in NEEDED if not there[name]]


def _record(facts: Facts, draft: DraftNsi, pdu: str, today: date) -> NsiRecord:
    who = facts.identity
    names = ("sub_type", "event_number", "requirement", "intended_provider", "team", "officer", "officer_email")
    details = {name: found.value for name in names if (found := getattr(draft, name))}
    if facts.type is None or facts.move_on is None or facts.destination is None:
        raise Unfit("This record does not hold all that an NSI needs.")
    return NsiRecord(
        type=facts.type,
        person=NewPerson(
            name=who.name,
            crn=who.crn,
            noms=who.noms,
            pnc=who.pnc,
            birth_date=who.birth_date,
            gender=draft.gender.value if draft.gender else None,
        ),
        move_on=facts.move_on,
        until=facts.until,
        destination=facts.destination,
        sending_pdu=pdu,
        referred_on=_referred_on(draft, today),
        address=facts.address,
        rosh=facts.rosh,
        mappa=facts.mappa,
        reason=facts.reason,
        **details,
    )
