"""The AP referral for a release, by the verb that refers; what is not said is as on the release."""

from datetime import datetime
from typing import Any

from bedspace.geography.shape import outward_code
from bedspace.placements.offer import offer_bed
from bedspace.placements.refer import refer
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.record import ASKS, HAS_BED, done, event, look, refuse_over, settle, take, tell
from schemas.acts import Done
from schemas.errors import Conflict
from schemas.nsis import NewPerson
from schemas.placing import OfferBed, ReferPlacement
from schemas.releases import ReferRelease, ReleaseDone

sql = queries(__file__)


async def refer_release(tx: Tx, command: ReferRelease, now: datetime) -> Done[ReleaseDone]:
    """It needs a decision on record that approved premises suit. A bed of the shortlist may be offered at once.

    Raises `Conflict` (one is open already; the address is suitable; no decision), and what the referral raises.
    """
    row = await look(tx, command.id)
    refuse_over(row)
    _refuse_unneeded(row)
    referred = await refer(tx, _referral(command, row), row["person_id"], (), now)
    placement = referred.result.id
    offered: Any = ()
    if command.bed:
        offered = (await offer_bed(tx, OfferBed(id=placement, bed=command.bed), now)).events
    async with the_whole_nation(tx):
        now_is = await take(tx, command.id)
        refuse_over(now_is)
        _refuse_unneeded(now_is)
        await sql.link(tx, id=command.id, placement=placement, now=now)
        await tell(tx, command.id, "referred", now, f"{referred.result.reference}.")
        row = await settle(tx, command.id, now)
        told = event(row, "release_referred", placement=str(placement), tell=[])
        return await done(tx, command.id, now, [*referred.events, *offered, told])


def _refuse_unneeded(row: Any) -> None:
    """Raises `Conflict`."""
    if row["placement_state"] in (*ASKS, *HAS_BED):
        raise Conflict(
            f"{row['placement_reference']} is open for {row['reference']} already. Ask further premises for that one."
        )
    if row["address_checked"] == "suitable":
        raise Conflict(
            f"{row['reference']} has an address that was found suitable. If it no longer is, record that first."
        )


def _referral(command: ReferRelease, row: Any) -> ReferPlacement:
    return ReferPlacement(
        person=NewPerson(name=row["reference"]),  # the person is known: nobody is looked for by this
        suitability=command.suitability,
        gender=row["gender"],
        arrives_on=row["release_on"],
        nights=command.nights or row["nights"],
        near=search_near(row),
        needs=list(row["needs"] if command.needs is None else command.needs),
        preferred=command.preferred,
        ask=command.ask,
        rosh=row["rosh"],
        risk_to_staff=command.risk_to_staff,
        risk_to_residents=command.risk_to_residents,
        risk_note=command.risk_note,
        short_notice_reason=command.short_notice_reason,
        short_notice_note=command.short_notice_note,
        pdu=command.pdu,
        officer_name=row["officer_name"],
        officer_email=row["officer_email"],
    )


def search_near(row: Any) -> str:
    """What a search for beds is asked: a postcode, or an outward code; nothing for a place, or where it is masked."""
    return row["postcode"] or outward_code(row["near"] or "") or ""
