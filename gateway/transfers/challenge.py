"""A challenge on risk, by the receiver, and its adjudication by the national lead. A receiver cannot refuse."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bedspace.days import working_days_after
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.clocks import counted
from gateway.transfers.prepare import tell
from gateway.transfers.recount import recount
from gateway.transfers.regime import regimes
from gateway.transfers.status import answer, change, taken
from schemas.acts import Done, Event
from schemas.challenges import Challenge, DecideChallenge, RaiseChallenge
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed, NotThere
from schemas.nsis import NsiState
from schemas.words import NsiStatus

sql = queries(__file__)

DAYS = 10
"""Working days until a challenge is decided, where the regime has no rule T-18."""

CHALLENGED: frozenset[NsiStatus] = frozenset({"raised", "received", "allocated", "in_progress"})

INSTEAD = (
    "Only risk is challenged. If another PDU receives, send the NSI on; if something is missing, ask its sender; "
    "if you are concerned about progress, tell your SPO, so that it shows on the NSI."
)


async def raise_challenge(tx: Tx, command: RaiseChallenge, now: datetime) -> Done[NsiState]:
    """The status stays as it is. Raises `NotThere`, `NotAllowed` to any but the receiver, `Conflict`, `Invalid`."""
    today = london_today(now)
    row = await taken(tx, command.id)
    if not await sql.receives(tx, nsi=row["id"]):
        raise NotAllowed("An NSI is challenged by the PDU that receives it. Those who send it withdraw it instead.")
    await _check(tx, row, command, today)
    by = _adjudicate_by(row["regime"], today)
    try:
        await sql.keep(
            tx,
            id=uuid4(),
            nsi=row["id"],
            reason=command.reason,
            said=command.said,
            now=now,
            pdu=row["receiving_pdu"],
            by=by,
        )
    except asyncpg.UniqueViolationError as error:
        raise Conflict(f"{row['reference']} was challenged just now. One challenge is decided at a time.") from error
    note = f"By the receiving PDU, on risk ({command.reason}). To be decided by {spoken(by)}; everything else goes on."
    await tell(tx, row["id"], "challenged", now, note=note)
    await recount(tx, row["id"], now)
    return _done(row, row["status"], "nsi_challenged", {"reason": command.reason})


async def _check(tx: Tx, row: Any, command: RaiseChallenge, today: date) -> None:
    if row["status"] not in CHALLENGED:
        first = "It is not confirmed yet: ask its sender." if row["status"] == "prepared" else "It is over."
        raise Conflict(f"{row['reference']} is {row['status']} and cannot be challenged. {first}")
    open_one = await sql.open_one(tx, nsi=row["id"])
    if open_one is not None:
        raise Conflict(
            f"{row['reference']} has been challenged since {spoken(open_one['raised_at'])}, to be decided by "
            f"{spoken(open_one['adjudicate_by'])}. One challenge is decided at a time."
        )
    try:
        await check_listed(tx, command.reason, of="challenge", field="reason", today=today, note=command.said)
    except Invalid as error:
        raise Invalid(*(FieldFault(one.field, f"{one.why} {INSTEAD}") for one in error.faults)) from error


def _adjudicate_by(regime: str, today: date) -> date:
    rule = next((rule for rule in regimes()[regime].rule if rule.id == "T-18"), None)
    return counted(rule, today) if rule else working_days_after(today, DAYS)


async def decide_challenge(tx: Tx, command: DecideChallenge, now: datetime) -> Done[NsiState]:
    """Whoever decides belongs to neither end. Both ends are told.

    The same decision again is harmless. Raises `NotThere`, `NotAllowed`, `Invalid`, and `Conflict` where it was decided
    otherwise, or the NSI is over.
    """
    nsi: UUID | None = await sql.nsi_of(tx, id=command.id)
    if nsi is None:
        raise NotThere("There is no such challenge, or it is not yours to see.")
    row = await taken(tx, nsi)
    challenge = await sql.taken(tx, id=command.id)
    if challenge["decision"] == command.decision and challenge["decided_by"] != "gateway":
        return answer(row, row["status"])
    if challenge["decision"] is not None:
        raise Conflict(f"This challenge of {row['reference']} was decided already: {_words(challenge['decision'])}.")
    if await sql.involved(tx, nsi=nsi):
        raise NotAllowed(
            "A challenge is decided by somebody of neither end, and you have acted on this NSI. Ask another."
        )
    _check_conditions(command, london_today(now))
    status = await _carry_out(tx, row, command, now)
    await sql.decide(tx, id=command.id, decision=command.decision, now=now, why=command.why)
    if status == row["status"]:
        await tell(tx, nsi, "challenge_decided", now, note=f"{_words(command.decision).capitalize()}.")
    await recount(tx, nsi, now)
    return _done(row, status, "challenge_decided", {"decision": command.decision})


def _check_conditions(command: DecideChallenge, today: date) -> None:
    if (command.decision == "goes_on_with_conditions") != bool(command.conditions):
        raise Invalid.because("conditions", "Name them where it goes on with conditions, and only there.")
    for n, one in enumerate(command.conditions):
        if one.due is not None and one.due < today:
            raise Invalid.because(f"conditions[{n}].due", "Give today or a day ahead.")


async def _carry_out(tx: Tx, row: Any, command: DecideChallenge, now: datetime) -> NsiStatus:
    if command.decision in ("withdrawn", "returned_to_sender"):
        status: NsiStatus = "withdrawn" if command.decision == "withdrawn" else "returned"
        if row["status"] not in CHALLENGED:
            raise Conflict(f"{row['reference']} is {row['status']} already. Decide that it goes on, and say why.")
        await change(tx, row, status, now, kind="challenge_decided", note=f"{_words(command.decision).capitalize()}.")
        return status
    if command.conditions:
        await sql.add_actions(
            tx,
            nsi=row["id"],
            titles=[one.title for one in command.conditions],
            owners=[one.owner for one in command.conditions],
            dues=[one.due for one in command.conditions],
        )
    standing: NsiStatus = row["status"]
    return standing


def _done(row: Any, status: NsiStatus, event: str, body: dict[str, Any]) -> Done[NsiState]:
    subject = f"nsi:{row['id']}"
    told: dict[str, Any] = {"tell": []} if row["quiet"] else {}
    events = (Event(event, subject, row["person_id"], body | told),)
    return Done(NsiState(id=row["id"], reference=row["reference"], status=status), events, (row["person_id"],), subject)


def _words(decision: str) -> str:
    return decision.replace("_", " ")


def challenge_of(row: Any, shape: type[Challenge] = Challenge) -> Any:
    return shape(**{name: row[name] for name in shape.__struct_fields__})
