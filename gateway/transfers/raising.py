"""A person raises an NSI directly."""

from datetime import date, datetime

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people.given import read_identity
from gateway.people.keep import lock_identities
from gateway.people.match import Identity
from gateway.transfers.prepare import NewNsi, Origin, keep_nsi
from gateway.transfers.regime import regime_on
from gateway.transfers.route import Route, route
from schemas.acts import Done
from schemas.errors import FieldFault, Invalid
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
        origin = await _origin(tx, command)
        way = await route(tx, self._postcodes, command.destination, command.type, today)
        await lock_identities(tx, [identity])
        kept = await keep_nsi(tx, _new(command, identity, origin, way, now), now)
        return Done(NsiState(id=kept.id, reference=kept.reference, status="raised"), kept.events)


def _identity(command: RaiseNsi, today: date) -> Identity:
    identity, faults = read_identity(command.person, today)
    if command.until and command.until <= command.move_on:
        faults.append(FieldFault("until", "Give a day after the start of the move."))
    if faults:
        raise Invalid(*faults)
    return identity


async def _origin(tx: Tx, command: RaiseNsi) -> Origin:
    row = await sql.sending_pdu(tx, pdu=command.sending_pdu)
    if row is None and command.sending_pdu:
        raise Invalid.because("sending_pdu", "There is no such PDU. Give its code, such as the locator shows.")
    return Origin(
        pdu=row and row["code"],
        region=row and row["region_code"],
        name=command.sender_name,
        email=command.sender_email,
    )


def _new(command: RaiseNsi, identity: Identity, origin: Origin, way: Route, now: datetime) -> NewNsi:
    regime = regime_on(london_today(now))
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
    )
