"""What the pages call things: every word that is data elsewhere and is shown here."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from gateway.access.accounts import accounts
from schemas.words import ClockState, InboxState, NsiStatus, NsiType, Role, Rosh

LONDON = ZoneInfo("Europe/London")
LOCALE = Path(__file__).with_name("locale")

V = TypeVar("V")


def N_(message: str) -> str:  # noqa: N802  # the name that gettext gives to "to be translated later"
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


@cache
def translations(language: str = "en") -> gettext.NullTranslations:
    """The catalogue of a language, or the messages as they stand."""
    return gettext.translation("bedspace", LOCALE, [language], fallback=True)


def _(message: str) -> str:
    return translations().gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return translations().ngettext(one, many, n)


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)

SHORT_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
"""For tables, where whole names would wrap."""

ROLES: dict[Role, str] = {
    "practitioner": N_("Probation practitioner"),
    "spo": N_("Senior probation officer"),
    "case_administrator": N_("Case administrator"),
    "spoc": N_("Single point of contact (SPOC)"),
    "premises_staff": N_("Approved premises staff"),
    "premises_manager": N_("Approved premises manager"),
    "central_referral_unit": N_("Central referral unit"),
    "prison_staff": N_("Prison staff"),
    "mappa_coordinator": N_("MAPPA co-ordinator"),
    "vlo": N_("Victim liaison officer"),
    "aco": N_("Assistant chief officer"),
    "national_lead": N_("National lead"),
    "inspector": N_("Inspector"),
    "auditor": N_("Auditor"),
    "connection_officer": N_("Connection officer"),
    "area_system": N_("Case system of an area"),
    "administrator": N_("Administrator"),
    "operator": N_("Operator"),
    "gateway": N_("The gateway"),
    "sender_link": N_("Sender, by link"),
}

NSI_TYPES: dict[NsiType, str] = {
    "case_transfer": N_("Case transfer"),
    "temporary_move": N_("Temporary move"),
}

NSI_STATUSES: dict[NsiStatus, tuple[str, str]] = {
    "prepared": (N_("Unconfirmed"), "yellow"),
    "raised": (N_("Raised"), "blue"),
    "received": (N_("Received"), "teal"),
    "allocated": (N_("Allocated"), "teal"),
    "in_progress": (N_("In progress"), "purple"),
    "completed": (N_("Completed"), "green"),
    "withdrawn": (N_("Withdrawn"), "grey"),
    "returned": (N_("Returned"), "grey"),
}

CLOCK_STATES: dict[ClockState, tuple[str, str]] = {
    "overdue": (N_("Overdue"), "red"),
    "due": (N_("Due today"), "orange"),
    "due_soon": (N_("Due soon"), "yellow"),
    "running": (N_("Running"), "blue"),
    "met": (N_("Met"), "green"),
    "met_late": (N_("Met late"), "grey"),
    "not_met": (N_("Not met: passed over with a reason"), "red"),
}

INBOX_STATES: dict[InboxState, tuple[str, str]] = {
    "stored": (N_("Stored"), "blue"),
    "reading": (N_("Being read"), "blue"),
    "prepared": (N_("NSI prepared"), "green"),
    "raised": (N_("NSI raised"), "green"),
    "review": (N_("In review"), "orange"),
    "ignored": (N_("Ignored"), "grey"),
    "refused": (N_("Refused"), "red"),
    "duplicate": (N_("Duplicate"), "grey"),
}

ROSH: dict[Rosh, tuple[str, str]] = {
    "low": (N_("Low"), "green"),
    "medium": (N_("Medium"), "yellow"),
    "high": (N_("High"), "orange"),
    "very_high": (N_("Very high"), "red"),
}

FIELDS = {
    "type": N_("Type of NSI"),
    "name": N_("Name"),
    "crn": N_("CRN"),
    "noms": N_("Prison number"),
    "pnc": N_("PNC number"),
    "identifier": N_("A CRN, prison number or PNC number, or the date of birth"),
    "birth_date": N_("Date of birth"),
    "gender": N_("Gender"),
    "move_on": N_("Date of the move"),
    "until": N_("End of the temporary move"),
    "destination": N_("Where to"),
    "address": N_("Address"),
    "prison": N_("Prison"),
    "rosh": N_("Risk of serious harm"),
    "mappa": N_("MAPPA"),
    "reason": N_("Reason"),
    "sending": N_("Sending office"),
    "sender_name": N_("Sender"),
    "sender_email": N_("Sender's e-mail"),
    "phone": N_("Telephone"),
    "cro": N_("CRO number"),
    "external_reference": N_("Reference in its own system"),
    "version": N_("Version in its own system"),
    "reference": N_("Our reference"),
    "referred_on": N_("Date of the referral"),
    "status": N_("Status"),
    "status_at": N_("Status since"),
    "started_on": N_("Started on"),
    "ended_on": N_("Ended on"),
    "outcome": N_("Outcome"),
    "sub_type": N_("Sub type"),
    "event_number": N_("Event number"),
    "requirement": N_("Requirement"),
    "intended_provider": N_("Intended provider"),
    "team": N_("Team"),
    "officer": N_("Officer"),
    "officer_email": N_("Officer's e-mail"),
    "note": N_("Note"),
}

OURS = {
    "gateway": N_("The gateway"),
    "operator": N_("Operator"),
    "sender_link": N_("The sender, by link"),
}
"""Ids of accounts that are nobody's."""

PURPOSES = {
    "transfer": N_("Case transfer"),
    "temporary_move": N_("Temporary move"),
    "release": N_("Release"),
    "ap_referral": N_("Approved premises referral"),
    "victim": N_("Victim contact"),
    "mappa": N_("MAPPA"),
}


def who(account: str) -> str:
    """Who an account is, for a reader of a timeline."""
    known = accounts().get(account)
    return known.name if known else _(OURS.get(account, account))


def field_name(code: str) -> str:
    """The name of a field of the checklist; a code without one is shown in words."""
    return _(FIELDS[code]) if code in FIELDS else code.replace("_", " ").capitalize()


def in_order(fields: Mapping[str, V]) -> list[tuple[str, V]]:
    """As the checklist has them: who, what, when, where, then the rest."""
    places = list(FIELDS)
    return sorted(fields.items(), key=lambda item: places.index(item[0]) if item[0] in places else len(places))


def sureness(confidence: float) -> str:
    """How sure the reading of a field is, in words."""
    if confidence >= 0.95:
        return _("Certain")
    if confidence >= 0.75:
        return _("Clear")
    if confidence > 0.5:
        return _("Likely, please check")
    return _("A guess, please check")


def written_date(value: date | None) -> str:
    """`3 December 2026`, of London where a time is given."""
    return _dated(value, MONTHS)


def short_date(value: date | None) -> str:
    """`3 Dec 2026`."""
    return _dated(value, SHORT_MONTHS)


def _dated(value: date | None, months: tuple[str, ...]) -> str:
    if value is None:
        return ""
    day = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{day.day} {_(months[day.month - 1])} {day.year}"


def written_time(value: datetime) -> str:
    """`10:04 on 22 November 2026`, in London."""
    local = value.astimezone(LONDON)
    return _("%(time)s on %(date)s") % {"time": f"{local:%H:%M}", "date": written_date(local.date())}


def written_miles(miles: float) -> str:
    distance = f"{miles:.1f}"
    return ngettext("%(n)s mile", "%(n)s miles", 1 if distance == "1.0" else 2) % {"n": distance}
