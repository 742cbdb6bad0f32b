"""Overdue clocks are told up the ladder, step by step and once each; a concern goes to one's own SPO."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today, spoken
from bedspace.store import Reader, Tx, queries
from gateway.transfers.applies import Case
from gateway.transfers.ladder import SIDES, steps_due
from gateway.transfers.prepare import tell
from gateway.transfers.recount import facts_of, recount
from gateway.transfers.regime import Regime, regimes
from gateway.transfers.status import answer, taken
from schemas.acts import Done, Event
from schemas.chasing import AnswerEscalation, EscalateNsi, Kept, RaiseConcern
from schemas.errors import Conflict, NotThere
from schemas.nsis import NsiState

sql = queries(__file__)

GRADES = {
    "practitioner": "the practitioner",
    "spo": "the SPO",
    "aco": "the assistant chief officer",
    "mappa_coordinator": "the MAPPA co-ordinator",
    "national_lead": "the national lead",
}


async def to_escalate(tx: Reader, today: date, limit: int = 50) -> list[UUID]:
    """NSIs with a clock that is overdue and was not looked at today. History (`quiet`) chases nobody."""
    return [row["nsi_id"] for row in await sql.to_escalate(tx, today=today, limit=limit)]


async def escalate_nsi(tx: Tx, command: EscalateNsi, now: datetime) -> Done[Kept]:
    """Looks at the evidence first. Each step is told once, whoever asks and however often."""
    row = await taken(tx, command.id)
    today = london_today(now)
    await recount(tx, command.id, now)
    facts = await facts_of(tx, command.id, today)
    regime, case = regimes()[row["regime"]], facts.case
    ends = {"sending": await sql.sending_pdu(tx, nsi=command.id), "receiving": row["receiving_pdu"]}
    at_once = case.rosh in regime.at_once
    raised: list[tuple[Any, str, str]] = []
    for clock in await sql.overdue(tx, nsi=command.id, today=today):
        raised += await _escalate(tx, command.id, clock, regime, case, ends, at_once=at_once, now=now)
    await sql.looked(tx, nsi=command.id, today=today)
    for clock, grade, side in raised:
        whose = f" of {ends[side]}" if ends.get(side) else ""
        note = f"{clock['rule']} {clock['title']}, due {spoken(clock['due'])}: {GRADES[grade]}{whose} is told."
        await tell(tx, command.id, "escalated", now, note=note)
    subject = f"nsi:{command.id}"
    tell_whom = sorted({f"{side}_{grade}".strip("_") for _, grade, side in raised}) if at_once else []
    body = {"tell": tell_whom, "rules": sorted({clock["rule"] for clock, _, _ in raised})}
    events = (Event("nsi_escalated", subject, row["person_id"], body),) if raised else ()
    return Done(Kept(count=len(raised)), events, (row["person_id"],), subject)


async def _escalate(
    tx: Tx,
    nsi: UUID,
    clock: Any,
    regime: Regime,
    case: Case,
    ends: dict[str, str | None],
    *,
    at_once: bool,
    now: datetime,
) -> list[tuple[Any, str, str]]:
    """With the side that is told: the owner's, or none for the nation."""
    raised = []
    for step in steps_due(regime, case, clock["due"], london_today(now), clock["told"]):
        side = "" if step.grade == "national_lead" else SIDES.get(clock["owner"], "")
        if not side and step.grade != "national_lead":
            continue
        new = await sql.raise_step(
            tx,
            nsi=nsi,
            rule=clock["rule"],
            step=step.n,
            due=clock["due"],
            grade=step.grade,
            pdu=ends.get(side),
            at_once=at_once,
            now=now,
        )
        if new:
            raised.append((clock, step.grade, side))
    return raised


async def raise_concern(tx: Tx, command: RaiseConcern, now: datetime) -> Done[NsiState]:
    """Goes to the SPO of one's own PDU at once. The same words while they are unanswered are harmless.

    Raises `NotThere`, and `Conflict` when the NSI is over.
    """
    row = await taken(tx, command.id)
    if row["status"] in ("withdrawn", "returned"):
        raise Conflict(f"{row['reference']} was {row['status']}: there is no progress to be concerned about.")
    if command.rule and not await sql.has_clock(tx, nsi=command.id, rule=command.rule):
        raise NotThere(f"{row['reference']} has no clock of rule {command.rule}.")
    if await sql.said_already(tx, nsi=command.id, said=command.said):
        return answer(row, row["status"])
    pdu = await sql.own_pdu(tx, nsi=command.id)
    await sql.raise_concern(tx, nsi=command.id, rule=command.rule, pdu=pdu, said=command.said, now=now)
    about = f"{command.rule}, to" if command.rule else "To"
    await tell(tx, command.id, "concern", now, note=f"{about} the SPO of {pdu}.")
    subject = f"nsi:{command.id}"
    done = answer(row, row["status"])
    event = Event("nsi_concern_raised", subject, row["person_id"], {"tell": ["spo"], "pdu": pdu})
    return Done(done.result, (event,), done.persons, subject)


async def answer_escalation(tx: Tx, command: AnswerEscalation, now: datetime) -> Done[NsiState]:
    """The first answer stands. Raises `NotThere`."""
    row = await taken(tx, command.id)
    found = await sql.escalation(tx, nsi=command.id, id=command.escalation)
    if found is None:
        raise NotThere(f"{row['reference']} has no such escalation.")
    if found["answered_at"] is not None:
        return answer(row, row["status"])
    await sql.answer(tx, id=command.escalation, answer=command.answer, now=now)
    await tell(tx, command.id, "escalation_answered", now, note=f"{found['rule'] or 'The concern'}.")
    return answer(row, row["status"], "nsi_escalation_answered")
