"""What a record of an NSI must hold to, whoever gives it: the rules of the case system that apply here."""

from datetime import date, datetime
from typing import Any

from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx
from gateway.transfers.fold import FINAL
from schemas.errors import FieldFault, Invalid
from schemas.nsi_life import NsiRecord, ReportNsi
from schemas.nsis import RaiseNsi


async def check_sub_type(tx: Tx, code: str | None, today: date) -> None:
    if code is not None:
        await check_listed(tx, code, of="nsi_sub_type", field="sub_type", today=today)


def faults_of(record: RaiseNsi | NsiRecord, today: date, at: str = "") -> list[FieldFault]:
    """`at` is where the record is in what was sent, such as `record.`."""
    referred = record.referred_on
    wrong = [
        ("until", record.until and record.until <= record.move_on, "Give a day after the start of the move."),
        ("referred_on", referred and referred > today, "Give today or an earlier day."),
        ("requirement", record.requirement and not record.event_number, "Give event_number too: whose requirement?"),
        ("officer", record.officer and not record.team, "Give the team too, to which the officer belongs."),
        ("officer_email", record.officer_email and not record.officer, "Give the officer too."),
    ]
    return [FieldFault(f"{at}{field}", why) for field, is_wrong, why in wrong if is_wrong]


def faults_of_report(command: ReportNsi, now: datetime) -> list[FieldFault]:
    today = london_today(now)
    if command.status_at.tzinfo is None or command.status_at > now:
        return [FieldFault("status_at", "Give a time with its zone, and none ahead.")]
    since = london_today(command.status_at)
    over = command.status in FINAL
    started, ended = command.started_on, command.ended_on
    referred = command.record.referred_on if command.record else None
    wrong: list[tuple[str, Any, str]] = [
        ("source", command.source == "bedspace", "That is what is done here. Give the name of the far system."),
        ("status", command.status == "prepared", "Only what is raised is reported."),
        ("started_on", started and started > today, "Give today or an earlier day."),
        ("started_on", started and referred and started < referred, "It cannot start before it is referred."),
        ("ended_on", ended and not over, "An active NSI has no end date. Leave it out, or report how it ended."),
        ("ended_on", ended and ended > today, "Give today or an earlier day."),
        ("ended_on", ended and started and ended < started, "It cannot end before it starts."),
        ("outcome", command.outcome and not over, "An active NSI has no outcome."),
        ("status_at", referred and since < referred, "It cannot have a status before it is referred."),
    ]
    found = [FieldFault(field, why) for field, is_wrong, why in wrong if is_wrong]
    return found + (faults_of(command.record, today, "record.") if command.record else [])


def check_report(command: ReportNsi, now: datetime) -> None:
    """Raises `Invalid` naming each field that cannot be what it should be."""
    faults = faults_of_report(command, now)
    if faults:
        raise Invalid(*faults)
