"""ViSOR: off until a region turns it on; then the whole record passes with supervision."""

from datetime import date, datetime
from uuid import UUID

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import NotAllowed, NotThere
from schemas.registrations import SwitchVisor, VisorSwitched

sql = queries(__file__)

STAYS = "The ViSOR record did not pass: the region that is responsible now does not record ViSOR here."


async def switch_visor(tx: Tx, command: SwitchVisor, now: datetime) -> Done[VisorSwitched]:  # noqa: ARG001  # a verb has three parameters
    """Turned off, what is on record stays. The same again is harmless. Raises `NotThere` or `NotAllowed`."""
    row = await sql.region(tx, code=command.region.strip().upper())
    if row is None:
        raise NotThere("There is no such region. Give its code, such as N55.")
    if not row["ours"]:
        raise NotAllowed("ViSOR is turned on and off by the region itself.")
    answer = VisorSwitched(region=row["code"], on=command.on)
    if row["visor"] == command.on:
        return Done(answer, subject=f"region:{row['code']}")
    await sql.switch(tx, code=row["code"], on=command.on)
    event = Event("visor_switched", f"region:{row['code']}", body={"on": command.on})
    return Done(answer, (event,))


async def visor_follows(tx: Tx, person: UUID, to: str, on: date, now: datetime) -> None:
    """Supervision has passed to another PDU, and so does the whole record, also of a person masked from whoever acts.

    Where that region does not record it, it stays where it is, and the newest NSI asks about it.
    """
    if await sql.pass_visor(tx, person=person, to=to, on=on, now=now) == "stays":
        await sql.ask(tx, person=person, said=STAYS, now=now)
