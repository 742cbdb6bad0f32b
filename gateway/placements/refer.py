"""A person is matched or kept, and then decided about or referred, in one act."""

from datetime import datetime

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.nights import london_today
from bedspace.placements.refer import Zone, refer
from bedspace.placements.suitability import decide
from bedspace.store import Tx
from gateway.access.actors import Actor
from gateway.people.given import the_person
from schemas.acts import Done
from schemas.errors import Invalid
from schemas.placing import DecideSuitability, PlacementDone, ReferPlacement, SuitabilityDecided
from schemas.search import Avoid


async def decide_suitability(tx: Tx, command: DecideSuitability, now: datetime) -> Done[SuitabilityDecided]:
    """Raises `Invalid`, `NotAllowed`, or `Conflict` when it is not sure who is meant."""
    return await decide(tx, command, await the_person(tx, command.person, now, london_today(now)), now)


class Referrer:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def refer_placement(self, tx: Tx, command: ReferPlacement, now: datetime) -> Done[PlacementDone]:
        """Raises what `refer` raises, and `Conflict` when it is not sure who is meant."""
        zones = [self._zone(avoid, n) for n, avoid in enumerate(command.avoid, 1)]
        if command.near:
            self._postcodes.point(command.near)
        person = await the_person(tx, command.person, now, london_today(now))
        return await refer(tx, command, person, zones, now)

    def _zone(self, avoid: Avoid, n: int) -> Zone:
        """Raises `Invalid` with the number of the zone: its postcode may be where a victim lives."""
        place = self._postcodes.find(avoid.postcode)
        if place is None:
            raise Invalid.because("avoid", f"Zone {n} has no full postcode of England and Wales. Check it.")
        return Zone(place.lat, place.lon, avoid.miles)


def with_officer(command: ReferPlacement, actor: Actor) -> ReferPlacement:
    """Whoever refers is the responsible officer, unless another is named."""
    if command.officer_email or not actor.email or actor.role not in ("practitioner", "spo", "prison_staff"):
        return command
    return msgspec.structs.replace(command, officer_name=command.officer_name or actor.name, officer_email=actor.email)
