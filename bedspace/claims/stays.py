"""Bookings, stays, turnaround, and beds out of service."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from bedspace.claims.imported import PLACED, keep_imported, keep_outages
from bedspace.claims.place import Claim, place
from bedspace.nights import london_today, refuse_past
from bedspace.store import Tx
from schemas.acts import Done, Event
from schemas.claims import Text
from schemas.errors import Invalid


class PlaceClaim(Struct, frozen=True, kw_only=True, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Claim a bed for `[from, from + nights)`, as an import brings it: without an AP referral.

    A booking or a stay becomes a placement whose origin is the import. Only a booking may not start in the past.
    """

    action: ClassVar[str] = "claim.place"

    bed: Text
    kind: Literal["booking", "stay", "turnaround", "out_of_service"]
    from_: date
    nights: Annotated[int, Meta(ge=1, le=3660)]
    person: UUID | None = None
    """Whose booking or stay it is; both are somebody's."""
    reason: Text | None = None
    """Why, in words, with nothing about the person. A bed out of service needs one, best a code of `out_of_service`."""


class ClaimPlaced(Struct, frozen=True, kw_only=True):
    id: int
    bed: str


async def place_claim(tx: Tx, command: PlaceClaim, now: datetime) -> Done[ClaimPlaced]:
    """Raises `Invalid`, `NotThere`, `NightsClaimed`, or `Conflict` when the person has another bed those nights."""
    check_claim(command, now)
    (placement,) = await keep_imported(tx, [command], now)
    ((outage, reason),) = await keep_outages(tx, [command], now)
    claim = Claim(
        bed=command.bed,
        kind=command.kind,
        from_=command.from_,
        nights=command.nights,
        reason=reason,
        person=command.person,
        placement=placement,
        outage=outage,
    )
    claim_id, lapsed = await place(tx, claim, now)
    body = {"bed": command.bed, "kind": command.kind}
    event = Event("claim_placed", f"claim:{claim_id}", person=command.person, body=body)
    return Done(ClaimPlaced(id=claim_id, bed=command.bed), (*lapsed, event))


def check_claim(command: PlaceClaim, now: datetime) -> None:
    """What a claim must say, by its kind. Raises `Invalid`."""
    if command.kind == "booking":
        refuse_past(command.from_, london_today(now))
    if command.kind in PLACED and command.person is None:
        raise Invalid.because("person", f"A {command.kind} is somebody's. Give the person's id.")
    if command.kind in ("turnaround", "out_of_service") and command.person is not None:
        raise Invalid.because("person", "A bed in turnaround or out of service is nobody's. Leave the person out.")
    if command.kind == "out_of_service" and not command.reason:
        raise Invalid.because("reason", "Say why the bed is out of service, for instance: repair of a window.")
