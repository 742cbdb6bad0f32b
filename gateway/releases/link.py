"""A claim and an NSI meet here, and nowhere else: whoever stays outside the home PDU has an NSI while it lasts.

Which kind is a setting of `stay.toml`; the home PDU stays responsible, as the regime says. It raises no NSI where the
premises lie in the home PDU.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from bedspace.locator.locate import receivers_of
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from gateway.people.match import Identity
from gateway.releases.record import HAS_BED, tell
from gateway.transfers.fold import OURS, Report, allowed
from gateway.transfers.prepare import AlreadyThere, NewNsi, Origin, keep_nsi
from gateway.transfers.prepare import tell as tell_nsi
from gateway.transfers.recount import recount
from gateway.transfers.regime import regime_on
from gateway.transfers.route import PURPOSES, Route
from gateway.transfers.status import change, take_report, taken
from gateway.transfers.status import sql as status_sql
from schemas.acts import Event
from schemas.errors import Invalid
from schemas.words import NsiStatus, NsiType

sql = queries(__file__)

FILE = Path(__file__).with_name("stay.toml")

StayIs = Literal["temporary_move", "case_transfer", "none"]


class Stays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a stay in premises outside the home PDU is, and where a region says otherwise."""

    outside_home: StayIs
    not_asked_where_to: tuple[str, ...] = ()
    regions: dict[str, StayIs] = field(default_factory=dict)

    def of(self, region: str) -> StayIs:
        return self.regions.get(region, self.outside_home)


@cache
def stays(path: Path = FILE) -> Stays:
    """Raises `Invalid` naming the file and the key that does not fit."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Stays)
    except (msgspec.DecodeError, ValueError) as error:
        raise Invalid.because(path.name, str(error)) from error


class Wanted(Struct, frozen=True, kw_only=True):
    """The NSI that there should be."""

    type: NsiType
    pdu: str
    move_on: date
    until: date | None
    way: Literal["planned", "short_notice", "rotl"]


async def keep_in_step(tx: Tx, row: Any, now: datetime, *, over: NsiStatus = "withdrawn") -> list[Event]:
    """Raise the NSI, change its days, or end it, so that it is as the release and its placement stand.

    `over` is what one becomes that is needed no longer. Only an NSI that was raised here is ended here.
    Where nobody receives today it is raised all the same: a bed is not lost by that, and its letter waits for a name.
    Needs the reach of the nation.
    """
    wanted = await _wanted(tx, row)
    has = row["nsi_status"] is not None
    there = row["nsi_pdu"] == (wanted and wanted.pdu) or (row["nsi_sent_on"] and over != "completed")
    if has and wanted and row["nsi_type"] == wanted.type and there:
        return await _same_days(tx, row, wanted, now)
    ended = await end_nsi(tx, row, over, now)
    if wanted is None:
        return ended
    return [*ended, *await _raise(tx, row, wanted, now)]


async def _wanted(tx: Tx, row: Any) -> Wanted | None:
    home = row["home"]
    if row["placement_state"] in HAS_BED:
        kind = stays().of(await sql.region_of(tx, pdu=home))
        if kind == "none" or row["premises_pdu"] in (None, home):
            return None
        until = row["departs_on"] if kind == "temporary_move" else None
        way: Any = (
            "rotl" if row["kind"] == "rotl" else "short_notice" if row["timeliness"] == "emergency" else "planned"
        )
        return Wanted(type=kind, pdu=row["premises_pdu"], move_on=row["arrives_on"], until=until, way=way)
    if row["placement_state"] == "displaced" and row["nsi_status"] is not None:
        return Wanted(
            type=row["nsi_type"], pdu=row["nsi_pdu"], move_on=row["arrives_on"], until=row["nsi_until"], way="planned"
        )
    if row["kind"] == "rotl" and row["pdu_code"] != home and row["state"] not in ("returned", "cancelled"):
        return Wanted(
            type="temporary_move", pdu=row["pdu_code"], move_on=row["release_on"], until=row["until"], way="rotl"
        )
    return None


async def _raise(tx: Tx, row: Any, wanted: Wanted, now: datetime) -> list[Event]:
    try:
        kept = await keep_nsi(tx, await _new(tx, row, wanted, now), now)
    except AlreadyThere as there:
        await sql.link(tx, id=row["id"], nsi=there.nsi, ours=False)
        await tell(
            tx, row["id"], "nsi_linked", now, f"{await sql.reference_of(tx, nsi=there.nsi)}, which was open already."
        )
        return []
    await sql.link(tx, id=row["id"], nsi=kept.id, ours=True)
    await sql.set_way(tx, nsi=kept.id, way=wanted.way)
    await recount(tx, kept.id, now)
    await tell(tx, row["id"], "nsi_raised", now, f"{kept.reference}, to {wanted.pdu}.")
    why = row["placement_reference"] if row["placement_id"] and row["kind"] == "release" else row["reference"]
    await tell_nsi(
        tx, kept.id, "linked", now, note=f"For {row['reference']}{f', {why}' if why != row['reference'] else ''}."
    )
    linked = Event("nsi_linked", f"release:{row['id']}", row["person_id"], {"nsi": str(kept.id)})
    return [*kept.events, linked]


async def _new(tx: Tx, row: Any, wanted: Wanted, now: datetime) -> NewNsi:
    today = london_today(now)
    (receiver,) = await receivers_of(tx, [wanted.pdu], PURPOSES[wanted.type], today)
    who = await sql.person(tx, id=row["person_id"])
    in_premises = row["placement_state"] in HAS_BED
    address = f"{row['premises']}, {row['premises_postcode']}" if in_premises else row["address"]
    have = {"address": address, "until": wanted.until, "rosh": row["rosh"], "mappa": None, "sending": row["home"]}
    have |= {"crn": who["crn"], "birth_date": who["birth_date"], "gender": who["gender"], "reason": "release"}
    regime = regime_on(today)
    return NewNsi(
        type=wanted.type,
        status="raised",
        identity=Identity(**dict(who)),
        person=row["person_id"],
        move_on=wanted.move_on,
        route=Route(
            receiver.region.code,
            receiver.pdu.code,
            receiver.pdu.name,
            receiver.spoc.id if receiver.spoc else None,
            receiver.note,
        ),
        origin=Origin(
            pdu=row["home"],
            region=await sql.region_of(tx, pdu=row["home"]),
            name=row["officer_name"],
            email=row["officer_email"],
        ),
        until=wanted.until,
        address=address,
        postcode=row["premises_postcode"] if in_premises else row["postcode"],
        rosh=row["rosh"],
        reason="A stay in approved premises after release." if in_premises else "Release on temporary licence.",
        missing=[name for name in regime.asks[wanted.type] if not have[name]],
        evidence={},
        received_at=now,
    )


async def _same_days(tx: Tx, row: Any, wanted: Wanted, now: datetime) -> list[Event]:
    if (row["nsi_from"], row["nsi_until"]) == (wanted.move_on, wanted.until):
        return []
    await taken(tx, row["nsi_id"])
    await sql.set_days(tx, nsi=row["nsi_id"], move_on=wanted.move_on, until=wanted.until)
    await recount(tx, row["nsi_id"], now)
    until = f" until {spoken(wanted.until)}" if wanted.until else ""
    await tell_nsi(tx, row["nsi_id"], "dates_changed", now, note=f"From {spoken(wanted.move_on)}{until}.")
    return [Event("nsi_dates_changed", f"nsi:{row['nsi_id']}", row["person_id"])]


async def _end(tx: Tx, row: Any, over: NsiStatus, now: datetime) -> list[Event]:
    nsi = await taken(tx, row["nsi_id"])
    if not allowed(row["nsi_type"], over, london_today(now), row["nsi_from"]):
        over = "withdrawn"  # what has not begun is not completed
    await change(tx, nsi, over, now, kind="stay_over", outcome=OUTCOMES.get(over))
    await tell(tx, row["id"], f"nsi_{over}", now, f"{row['nsi_reference']}.")
    return [Event("nsi_status_recorded", f"nsi:{row['nsi_id']}", row["person_id"], {"status": over})]


OUTCOMES: dict[NsiStatus, str] = {"completed": "stayed", "withdrawn": "did_not_move"}
"""Of the list `nsi_outcome`."""


async def end_nsi(tx: Tx, row: Any, over: NsiStatus, now: datetime) -> list[Event]:
    """The stay, or the temporary licence, is over. A case transfer goes on; what was not raised for it, too."""
    if (
        row["nsi_status"] is None
        or not row["nsi_is_ours"]
        or (over == "completed" and row["nsi_type"] != "temporary_move")
    ):
        return []
    return await _end(tx, row, over, now)


async def begin_nsi(tx: Tx, row: Any, on: date, now: datetime) -> None:
    """The person is there, whatever status the receiving side has come to."""
    if row["nsi_status"] is None or not row["nsi_is_ours"]:
        return
    nsi = await taken(tx, row["nsi_id"])
    standing = await status_sql.standing(tx, id=row["nsi_id"])
    at = max(now, standing["status_at"])
    begun = Report(source=OURS, version=standing["next_version"], status=nsi["status"], at=at, started_on=on)
    await take_report(tx, nsi, begun, now, kind="begun", note=f"On {spoken(on)}.")
