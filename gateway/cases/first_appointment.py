"""The first appointment after a move: made by the sending PDU, told to the receiving one, and kept or not."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.actions import complete_action
from gateway.transfers.prepare import tell
from schemas.action_list import CompleteAction
from schemas.acts import Event
from schemas.contacts import FirstAppointment

sql = queries(__file__)


class Told(Struct, frozen=True):
    reference: str
    event: Event


async def tell_receivers(tx: Tx, person: UUID, now: datetime) -> list[Told]:
    """Of each NSI whose sender has made the appointment and whose receiver was not told: tell, and close the action."""
    told: list[Told] = []
    for row in await sql.to_tell(tx, person=person):
        if row["action"] is not None:
            evidence: dict[str, str | bool] = {"on": london_today(row["at"]).isoformat(), "told": True}
            await complete_action(tx, CompleteAction(id=row["nsi"], n=row["action"], evidence=evidence), now)
        await tell(tx, row["nsi"], "first_appointment", now)
        event = Event("first_appointment_made", f"nsi:{row['nsi']}", person, {"contact": str(row["contact"])})
        told.append(Told(row["reference"], event))
    return told


async def first_appointments(tx: Tx, person: UUID, today: date) -> list[FirstAppointment]:
    """Of each NSI that runs, or was completed in the last three months, newest first."""
    return [
        FirstAppointment(
            nsi=row["reference"],
            made_by_sender=bool(row["made_by_sender"]),
            at=row["at"],
            contact=row["contact"],
            told=row["told"],
            kept=KEPT.get(row["outcome"]),
        )
        for row in await sql.first_appointments(tx, person=person, today=today)
    ]


KEPT = {"attended": True, "acceptable_absence": False, "unacceptable_absence": False}
