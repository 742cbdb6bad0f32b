"""“This is not for us”: the receiving side sends an NSI on to where it should have gone."""

from datetime import date, datetime
from typing import Any

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import sector_of
from bedspace.lists.check import check_listed
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.prepare import tell
from gateway.transfers.route import Route, route
from gateway.transfers.status import change, taken
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotAllowed
from schemas.locate import Named
from schemas.nsis import NsiRerouted, RerouteNsi
from schemas.words import NsiStatus

sql = queries(__file__)

OPEN = frozenset({"prepared", "raised", "received", "allocated", "in_progress"})


class Rerouter:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def reroute_nsi(self, tx: Tx, command: RerouteNsi, now: datetime) -> Done[NsiRerouted]:
        """Its clocks run on. It is no longer seen by those who send it on, unless they see it for another reason.

        A second time is one too many: then the history says so, and the regions are told. Raises `NotThere`,
        `NotAllowed` to any but the receiving side, `Ambiguous` naming the candidates, `Conflict` where it is over,
        has passed, is there already or the same is, and what the locator raises.
        """
        today = london_today(now)
        row = await taken(tx, command.id)
        await _check(tx, row, command, today)
        way = await route(tx, self._postcodes, command.to, row["type"], today)
        if way.pdu == row["receiving_pdu"]:
            raise Invalid.because("to", f"That is where it is: {way.pdu_name} ({way.pdu}). Say where else it belongs.")
        n = await self._keep(tx, row, way, command.reason, now)
        status: NsiStatus = "prepared" if row["status"] == "prepared" else "raised"
        note = f"From {row['receiving_pdu_name']} ({row['receiving_pdu']}) to {way.pdu_name} ({way.pdu})."
        if status != row["status"]:
            note = f"{note} It was {row['status'].replace('_', ' ')} there, and is to be received anew."
        kind = "rerouted" if n == 1 else "rerouted_again"
        note = f"{note} {command.note}".strip()
        if status != row["status"]:
            await change(tx, row, status, now, kind=kind, note=note)
        else:
            await tell(tx, row["id"], kind, now, status=status, note=note)
        await tell(tx, row["id"], "routed", now, note=f"To the SPOC of {way.pdu_name} ({way.pdu}). {way.note}".strip())
        same = await sql.send_on(tx, id=row["id"], pdu=way.pdu, region=way.region, spoc=way.spoc_id, status=status)
        if same is not None:
            raise Conflict(f"{same} is open there already: the same person, kind and day. Withdraw this one instead.")
        return _answer(row, way, status, n)

    async def _keep(self, tx: Tx, row: Any, way: Route, reason: str, now: datetime) -> int:
        postcode = await sql.postcode(tx, id=row["id"])
        place = self._postcodes.find(postcode) if postcode else None
        n: int = await sql.keep(
            tx,
            nsi=row["id"],
            now=now,
            from_pdu=row["receiving_pdu"],
            to_pdu=way.pdu,
            reason=reason,
            gss=place.gss if place else None,
            sector=sector_of(place.postcode) if place else None,
        )
        return n


async def _check(tx: Tx, row: Any, command: RerouteNsi, today: date) -> None:
    if not await sql.is_its_receiver(tx, pdu=row["receiving_pdu"]):
        raise NotAllowed("An NSI is sent on by the PDU that receives it. Those who send it withdraw it instead.")
    if row["status"] not in OPEN:
        raise Conflict(f"{row['reference']} is {row['status']}. Only an open NSI is sent on.")
    sends = row["receiving_pdu"] == await sql.sending_pdu(tx, id=row["id"])
    if not sends and await sql.has_passed(tx, person=row["person_id"], pdu=row["receiving_pdu"]):
        raise Conflict("Your PDU is responsible for this person already. Raise a case transfer instead.")
    await check_listed(tx, command.reason, of="reroute", field="reason", today=today, note=command.note)


def _answer(row: Any, way: Route, status: Any, n: int) -> Done[NsiRerouted]:
    subject = f"nsi:{row['id']}"
    quiet: dict[str, Any] = {"tell": []} if row["quiet"] else {}
    body = {"from": row["receiving_pdu"], "to": way.pdu, "n": n} | quiet
    events = [
        Event("nsi_rerouted" if n == 1 else "nsi_rerouted_again", subject, row["person_id"], body),
        Event("nsi_routed", subject, row["person_id"], {"pdu": way.pdu} | quiet),
    ]
    again = " It was sent on before: the regions are told." if n > 1 else ""
    answer = NsiRerouted(
        id=row["id"],
        reference=row["reference"],
        status=status,
        pdu=Named(way.pdu, way.pdu_name),
        times=n,
        said=f"{row['reference']} went to {way.pdu_name}, whose SPOC is told. Its clocks run on. "
        f"Your PDU no longer sees it.{again}",
    )
    return Done(answer, tuple(events), (row["person_id"],), subject)
