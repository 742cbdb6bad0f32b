"""Letters about clocks: an escalation, a concern, the digest of a day, a pattern. References and days, no more."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from bedspace.nights import spoken
from bedspace.store import Tx, queries
from schemas.errors import Refused

sql = queries(__file__)

SIDES = ("sending", "receiving")
GRADES = {
    "practitioner": "practitioner",
    "spo": "SPO",
    "aco": "assistant chief officer",
    "mappa_coordinator": "MAPPA co-ordinator",
    "national_lead": "national lead",
}
ABOUT = ("nsi_escalation", "nsi_concern", "digest", "police_checks")


class Chase(Struct, frozen=True, kw_only=True):
    """What a letter is written from."""

    to: str
    disclosed_to: str
    subject_is: str
    """A reference, a day, or a PDU."""
    lines: list[dict[str, Any]]
    persons: tuple[UUID, ...] = ()
    nsi: UUID | None = None


def about_of(purpose: str) -> tuple[str, str]:
    """What a letter is about, and who is told; `("", "")` for one that is not about clocks."""
    about, _, whom = purpose.rpartition("_to_")
    return (about, whom) if about in ABOUT else ("", "")


async def chase(tx: Tx, subject: str, about: str, whom: str, today: date) -> Chase:
    """Raises `Refused` with the reason for which nobody can be written to."""
    number = subject.partition(":")[2]
    if about == "digest":
        return await _digest(tx, int(number), today)
    if about == "police_checks":
        return await _pattern(tx, int(number), today)
    return await _about_nsi(tx, UUID(number), whom, today, concern=about == "nsi_concern")


async def _about_nsi(tx: Tx, nsi: UUID, whom: str, today: date, *, concern: bool) -> Chase:
    side, _, grade = whom.partition("_") if whom.startswith(SIDES) else ("", "", whom)
    row = await sql.nsi(tx, nsi=nsi, side=side, grade=grade, concern=concern, today=today)
    if row is None:
        raise Refused("The NSI is not there.")
    if not row["email"]:
        raise Refused(f"Nobody is named as {GRADES[grade]} there. Name one, then replay this letter.")
    lines = await sql.escalations(tx, nsi=nsi, side=side, grade=grade, concern=concern)
    return Chase(
        to=row["email"],
        disclosed_to=f"{whom.replace('_', ' ')} of {row['reference']}",
        subject_is=row["reference"],
        lines=[{"rule": one["rule"], "title": one["title"], "day": _day(one["due"])} for one in lines],
        persons=(row["person_id"],),
        nsi=nsi,
    )


async def _digest(tx: Tx, digest: int, today: date) -> Chase:
    row = await sql.digest(tx, id=digest)
    if row is None:
        raise Refused("The digest is not there.")
    lines = await sql.digest_lines(tx, nsis=row["nsis"], today=today)
    return Chase(
        to=row["email"],
        disclosed_to=f"digest:{digest}",
        subject_is=spoken(row["day"]),
        lines=[
            {"reference": one["reference"], "id": one["id"], "overdue": one["overdue"], "day": _day(one["due"])}
            for one in lines
        ],
        persons=tuple({one["person_id"] for one in lines}),
    )


async def _pattern(tx: Tx, alert: int, today: date) -> Chase:
    row = await sql.pattern(tx, id=alert, today=today)
    if row is None:
        raise Refused("The alert is not there.")
    if not row["email"]:
        raise Refused(
            f"Nobody is named as assistant chief officer for {row['pdu']}. Name one, then replay this letter."
        )
    return Chase(
        to=row["email"],
        disclosed_to=f"assistant chief officer for {row['pdu']}",
        subject_is=row["pdu"],
        lines=[{"force": row["force"], "overdue": row["overdue"]}],
    )


def _day(day: date | None) -> str:
    return spoken(day) if day else ""
