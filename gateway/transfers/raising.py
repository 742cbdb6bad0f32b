"""A person raises an NSI directly."""

from datetime import date, datetime

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people.given import read_identity
from gateway.people.keep import lock_identities
from gateway.people.match import Identity
from gateway.transfers.prepare import Details, NewNsi, Origin, keep_nsi
from gateway.transfers.regime import regime_on
from gateway.transfers.route import Route, route
from gateway.transfers.valid import check_sub_type, faults_of
from schemas.acts import Done, Event
from schemas.errors import FieldFault, Invalid, NotAllowed
from schemas.nsi_life import RaiseUnannounced
from schemas.nsis import NsiState, RaiseNsi

sql = queries(__file__)


class Raiser:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def raise_nsi(self, tx: Tx, command: RaiseNsi, now: datetime) -> Done[NsiState]:
        """Raises `Invalid`, `Ambiguous` (the PDU, or the person), `Conflict`, and what the locator raises."""
        today = london_today(now)
        identity = _identity(command, today)
        await check_sub_type(tx, command.sub_type, today)
        origin = await origin_of(tx, command.sending_pdu, name=command.sender_name, email=command.sender_email)
        way = await route(tx, self._postcodes, command.destination, command.type, today)
        await lock_identities(tx, [identity])
        kept = await keep_nsi(tx, _new(command, identity, origin, way, now), now)
        return Done(NsiState(id=kept.id, reference=kept.reference, status="raised"), kept.events)

    async def raise_unannounced(self, tx: Tx, command: RaiseUnannounced, now: datetime) -> Done[NsiState]:
        """It is prepared, until the origin confirms it. Its SPOC is told, where it is known whose case it is.

        Raises as `raise_nsi` does, and `NotAllowed` to those who do not receive there.
        """
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
        await lock_identities(tx, [identity])
        kept = await keep_nsi(tx, _arrived(command, identity, origin, way, now), now)
        events = kept.events
        if origin.pdu:
            events += (Event("nsi_unannounced", f"nsi:{kept.id}", kept.events[0].person, {"pdu": origin.pdu}),)
        return Done(NsiState(id=kept.id, reference=kept.reference, status="prepared"), events)


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
