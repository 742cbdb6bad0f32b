"""A person raises an NSI directly."""

from datetime import date, datetime

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.locator.locate import receivers_of
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people.given import read_identity
from gateway.people.keep import lock_identities
from gateway.people.match import Identity
from gateway.transfers.in_flight import check_in_flight
from gateway.transfers.prepare import Details, NewNsi, Origin, keep_nsi
from gateway.transfers.preview import what_follows
from gateway.transfers.regime import regime_on
from gateway.transfers.route import PURPOSES, Route, route
from gateway.transfers.valid import check_sub_type, faults_of
from schemas.acts import Done, Event
from schemas.errors import FieldFault, Invalid, NotAllowed
from schemas.nsi_life import RaiseUnannounced
from schemas.nsi_preview import NsiPreview
from schemas.nsis import NsiState, RaiseNsi, Receiving

sql = queries(__file__)


class Raiser:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def raise_nsi(self, tx: Tx, command: RaiseNsi, now: datetime) -> Done[NsiState]:
        """Raises `Invalid`, `Ambiguous` (the PDU, or the person), `Conflict`, and what the locator raises."""
        new = await self._sent(tx, command, now)
        await lock_identities(tx, [new.identity])
        kept = await keep_nsi(tx, new, now)
        return Done(NsiState(id=kept.id, reference=kept.reference, status="raised"), kept.events)

    async def raise_unannounced(self, tx: Tx, command: RaiseUnannounced, now: datetime) -> Done[NsiState]:
        """It is prepared, until the origin confirms it. Its SPOC is told, where it is known whose case it is.

        Raises as `raise_nsi` does, and `NotAllowed` to those who do not receive there.
        """
        new = await self._arrived(tx, command, now)
        await lock_identities(tx, [new.identity])
        kept = await keep_nsi(tx, new, now)
        events = kept.events
        if new.origin.pdu:
            events += (Event("nsi_unannounced", f"nsi:{kept.id}", kept.events[0].person, {"pdu": new.origin.pdu}),)
        return Done(NsiState(id=kept.id, reference=kept.reference, status="prepared"), events)

    async def preview_nsi(self, tx: Tx, command: RaiseNsi, now: datetime) -> Done[NsiPreview]:
        """What would follow; nothing is kept. Raises as `raise_nsi` does, but for what is on record of the person."""
        return await _preview(tx, await self._sent(tx, command, now), now)

    async def preview_unannounced(self, tx: Tx, command: RaiseUnannounced, now: datetime) -> Done[NsiPreview]:
        """As `preview_nsi`, of who came without warning."""
        return await _preview(tx, await self._arrived(tx, command, now), now)

    async def _sent(self, tx: Tx, command: RaiseNsi, now: datetime) -> NewNsi:
        """A case that was in flight becomes one only where the region that sends says so."""
        today = london_today(now)
        identity = _identity(command, today)
        await check_sub_type(tx, command.sub_type, today)
        origin = await origin_of(tx, command.sending_pdu, name=command.sender_name, email=command.sender_email)
        if command.referred_on and command.referred_on < today:
            await check_in_flight(tx, origin.pdu)
        way = await route(tx, self._postcodes, command.destination, command.type, today)
        return _new(command, identity, origin, way, now)

    async def _arrived(self, tx: Tx, command: RaiseUnannounced, now: datetime) -> NewNsi:
        today = london_today(now)
        identity, faults = read_identity(command.person, today)
        if command.arrived_on > today:
            faults.append(FieldFault("arrived_on", "Give today or an earlier day. What is ahead is raised as a move."))
        if command.until and command.until <= command.arrived_on:
            faults.append(FieldFault("until", "Give a day after the arrival."))
        if faults:
            raise Invalid(*faults)
        way = await route(tx, self._postcodes, command.destination, command.type, today)
        if not await sql.receives(tx, pdu=way.pdu):
            raise NotAllowed("Who arrived without warning is raised by the PDU where they are. That is not yours.")
        if command.sending_pdu == way.pdu:
            raise Invalid.because(
                "sending_pdu", "That is where they are now. Give the PDU that they come from, or none."
            )
        origin = Origin(said=command.sending_said)
        if command.sending_pdu:
            origin = await origin_of(tx, command.sending_pdu, said=command.sending_said)
        return _arrived(command, identity, origin, way, now)


async def _preview(tx: Tx, new: NewNsi, now: datetime) -> Done[NsiPreview]:
    today = london_today(now)
    follows = what_follows(new, today)
    found = await receivers_of(tx, [new.route.pdu], PURPOSES[new.type], today)
    return Done(
        NsiPreview(
            receiving=Receiving(region=found[0].region, pdu=found[0].pdu, team=found[0].team, spoc=found[0].spoc),
            note=new.route.note,
            way=follows.way,
            days_to_move=(new.move_on - today).days,
            regime=follows.regime.title,
            clocks=follows.clocks,
            actions=follows.actions,
            documents=follows.documents,
            missing=new.missing,
        ),
        subject="nsis",
    )


def _arrived(command: RaiseUnannounced, identity: Identity, origin: Origin, way: Route, now: datetime) -> NewNsi:
    have = {
        **{name: getattr(command, name) for name in ("address", "until", "rosh", "reason")},
        **{name: getattr(identity, name) for name in ("crn", "birth_date", "gender")},
        "sending": origin.pdu,
        "mappa": None,
    }
    asked = regime_on(london_today(now)).asks[command.type]
    return NewNsi(
        type=command.type,
        status="prepared",
        identity=identity,
        move_on=command.arrived_on,
        route=way,
        origin=origin,
        until=command.until,
        address=command.address,
        postcode=written(command.destination),
        rosh=command.rosh,
        reason=command.reason,
        missing=[name for name in asked if not have[name]],
        evidence={},
        received_at=now,
        way="unannounced",
    )


def _identity(command: RaiseNsi, today: date) -> Identity:
    identity, faults = read_identity(command.person, today)
    faults += faults_of(command, today)
    if faults:
        raise Invalid(*faults)
    return identity


async def origin_of(
    tx: Tx, pdu: str | None, *, name: str | None = None, email: str | None = None, said: str | None = None
) -> Origin:
    """The PDU given; else that of the account, when it works for one only. Raises `Invalid` for no PDU's code."""
    row = await sql.sending_pdu(tx, pdu=pdu)
    if row is None and pdu:
        raise Invalid.because("sending_pdu", "There is no such PDU. Give its code, such as the locator shows.")
    return Origin(pdu=row and row["code"], region=row and row["region_code"], said=said, name=name, email=email)


def _new(command: RaiseNsi, identity: Identity, origin: Origin, way: Route, now: datetime) -> NewNsi:
    earlier = command.referred_on if command.referred_on and command.referred_on < london_today(now) else None
    regime = regime_on(earlier or london_today(now))
    have = {
        **{name: getattr(command, name) for name in ("address", "until", "rosh", "mappa", "reason")},
        **{name: getattr(identity, name) for name in ("crn", "birth_date", "gender")},
        "sending": origin.pdu,
    }
    return NewNsi(
        type=command.type,
        status="raised",
        identity=identity,
        move_on=command.move_on,
        route=way,
        origin=origin,
        until=command.until,
        address=command.address,
        postcode=written(command.destination),
        rosh=command.rosh,
        mappa=command.mappa,
        reason=command.reason,
        missing=[name for name in regime.asks[command.type] if not have[name]],
        evidence={},
        received_at=now,
        way="retrospective" if earlier else "planned",
        referred_on=earlier,
        details=msgspec.convert(msgspec.structs.asdict(command), Details),
        note=command.note,
    )
