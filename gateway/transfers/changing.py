"""A change before the release or the move, as one act: other days, another place, or no move at all."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.lists.check import check_listed
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.transfers.confirm import sql as confirming
from gateway.transfers.prepare import tell, way_of
from gateway.transfers.recount import recount
from gateway.transfers.regime import regimes
from gateway.transfers.route import Route, route
from gateway.transfers.status import NEXT, answer, change, taken
from schemas.acts import Done, Event
from schemas.errors import Conflict, FieldFault, Invalid, NotAllowed
from schemas.nsi_life import ChangeNsi
from schemas.nsis import NsiState
from schemas.words import NsiStatus

sql = queries(__file__)


class Changed(Struct, frozen=True):
    """What it is after the change."""

    move_on: date
    until: date | None
    address: str | None


class Changer:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def change_nsi(self, tx: Tx, command: ChangeNsi, now: datetime) -> Done[NsiState]:
        """What it was is kept. Clocks that count from the move are counted anew; those that were met stay met.

        In another PDU it is to be received anew, and both SPOCs are told. Raises `NotThere`, `NotAllowed` to any but
        the sending side, `Invalid`, `Conflict` where the move was or the NSI is over, and what the locator raises.
        """
        today = london_today(now)
        row = await taken(tx, command.id)
        if not await confirming.is_its_sender(tx, id=row["id"]):
            raise NotAllowed("An NSI is changed by those who send it. Who receives it sends it on, or tells them.")
        await check_listed(tx, command.reason, of="nsi_change", field="reason", today=today, note=command.note)
        before = await sql.before(tx, id=row["id"])
        _check_open(row, before, today)
        after = _after(command, before, today)
        if after == Changed(before["move_on"], before["until"], before["address"]) and not (
            command.destination or command.withdraw
        ):
            return answer(row, row["status"])
        await sql.keep_change(tx, id=row["id"], reason=command.reason, now=now)
        if command.withdraw:
            outcome = "changed_mind" if command.reason == "changed_mind" else "did_not_move"
            note = f"There is no move. {command.note}".strip()
            await change(tx, row, "withdrawn", now, kind="changed", outcome=outcome, note=note)
            return answer(row, "withdrawn", "nsi_changed")
        return await self._change(tx, command, row, before, after, now)

    async def _change(
        self, tx: Tx, command: ChangeNsi, row: Any, before: Any, after: Changed, now: datetime
    ) -> Done[NsiState]:
        today = london_today(now)
        regime = regimes()[row["regime"]]
        way = way_of(before["way"], after.move_on, regime, today)
        await sql.change(tx, id=row["id"], move_on=after.move_on, until=after.until, address=after.address, way=way)
        await tell(tx, row["id"], "changed", now, note=_said(command, before, after))
        await recount(tx, row["id"], now)
        there = await self._elsewhere(tx, command, row, before, now)
        pdu = there.pdu if there else before["receiving_pdu"]
        same = await sql.same_open(tx, id=row["id"], move_on=after.move_on, pdu=pdu)
        if same is not None:
            raise Conflict(f"{same} is open already: the same person, kind, day and receiving PDU. Withdraw one.")
        if there is None:
            return answer(row, row["status"], "nsi_changed")
        status: NsiStatus = "prepared" if row["status"] == "prepared" else "raised"
        done = answer(row, status, "nsi_moved_on")
        quiet: dict[str, Any] = {"tell": []} if row["quiet"] else {}
        routed = Event("nsi_routed", f"nsi:{row['id']}", row["person_id"], {"pdu": there.pdu} | quiet)
        return Done(done.result, (*done.events, routed), done.persons, done.subject)

    async def _elsewhere(self, tx: Tx, command: ChangeNsi, row: Any, before: Any, now: datetime) -> Route | None:
        """Who receives now, where that is another PDU."""
        if command.destination is None:
            return None
        there = await route(tx, self._postcodes, command.destination, row["type"], london_today(now))
        await sql.go_elsewhere(
            tx,
            id=row["id"],
            postcode=written(command.destination),
            pdu=there.pdu,
            region=there.region,
            spoc=there.spoc_id,
        )
        if there.pdu == before["receiving_pdu"]:
            return None
        note = f"From {row['receiving_pdu_name']} ({row['receiving_pdu']}) to {there.pdu_name} ({there.pdu})."
        if row["status"] not in ("prepared", "raised"):
            note = f"{note} It was {row['status'].replace('_', ' ')} there, and is to be received anew."
            await change(tx, row, "raised", now, kind="changed", note=note)
        await tell(tx, row["id"], "routed", now, note=f"{note} {there.note}".strip())
        return there


def _check_open(row: Any, before: Any, today: date) -> None:
    if row["status"] == "returned" or not NEXT[row["status"]]:
        raise Conflict(f"{row['reference']} is {row['status']}. Raise a new NSI instead.")
    if before["move_on"] < today:
        raise Conflict(
            f"The move was on {spoken(before['move_on'])}. Record what has happened as a status, or raise a new NSI."
        )


def _after(command: ChangeNsi, before: Any, today: date) -> Changed:
    given = [command.move_on, command.until, command.destination, command.address]
    move_on = command.move_on or before["move_on"]
    until = command.until or before["until"]
    wrong = [
        ("withdraw", command.withdraw and any(given), "Where there is no move, there is nothing else to change."),
        ("id", not command.withdraw and not any(given), "Say what is different: a day, the place, or no move."),
        ("move_on", command.move_on and command.move_on < today, "Give today or a day ahead."),
        ("until", until and until <= move_on, "Give a day after the start of the move."),
    ]
    faults = [FieldFault(field, why) for field, is_wrong, why in wrong if is_wrong]
    if faults:
        raise Invalid(*faults)
    address = command.address or (None if command.destination else before["address"])
    return Changed(move_on, until, address)


def _said(command: ChangeNsi, before: Any, after: Changed) -> str:
    """Days and that it is elsewhere; never where."""
    parts = list[str]()
    if after.move_on != before["move_on"]:
        parts.append(f"The move is on {spoken(after.move_on)}; it was to be on {spoken(before['move_on'])}.")
    if after.until != before["until"] and after.until:
        parts.append(f"It lasts until {spoken(after.until)}.")
    if command.destination or command.address:
        parts.append("It goes to another address.")
    return " ".join([*parts, command.note]).strip()
