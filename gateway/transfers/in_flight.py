"""Cases in flight at cut-over: an NSI each, or on the tracker of their region until they are done."""

from datetime import datetime
from pathlib import Path

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, NotThere
from schemas.nsi_life import InFlightKept, KeepInFlight

sql = queries(str(Path(__file__).with_name("reporting.py")))


class OnTracker(Conflict):
    """Its region keeps such cases on its tracker: nobody need look."""


async def check_in_flight(tx: Tx, sending_pdu: str | None) -> None:
    """Raises `OnTracker` where the region that sends keeps its cases in flight on its tracker."""
    row = await sql.cases_in_flight(tx, pdu=sending_pdu)
    if row is not None and row["cases_in_flight"] == "tracker":
        raise OnTracker(
            f"{row['name']} keeps its cases in flight on its tracker until they are done, so none becomes an NSI. "
            "The region can change that."
        )


async def keep_in_flight(tx: Tx, command: KeepInFlight, now: datetime) -> Done[InFlightKept]:  # noqa: ARG001  # a verb has three parameters
    """What is an NSI already stays one. Raises `NotThere`."""
    if not await sql.region_in_reach(tx, region=command.region):
        raise NotThere("There is no such region, or it is not yours to keep.")
    await sql.keep_in_flight(tx, region=command.region, how=command.how)
    event = Event("cases_in_flight_kept", f"region:{command.region}", body={"how": command.how})
    return Done(InFlightKept(region=command.region, how=command.how), (event,))
