"""Premises changed by their staff: details, contacts, restrictions, and closing with a director's approval."""

from typing import Annotated

from litestar import delete, patch, post, put
from litestar.params import JSONBody, PathParameter

from bedspace.premises.around import end_restriction, keep_contact, restrict
from bedspace.premises.change import change_details
from bedspace.premises.close import close_premises, reopen_premises
from bedspace.premises.keep import keep_premises
from gateway.access.act import act
from gateway.api.documented import GUARDED, problems
from gateway.api.keys import IdempotencyKey
from gateway.api.premises import Code
from gateway.given import GivenActor, GivenWorks
from gateway.wiring import Works
from schemas.errors import Invalid
from schemas.keeping import (
    BedDate,
    ChangeDetails,
    ClosePremises,
    Closure,
    ContactChange,
    DetailsChange,
    EndRestriction,
    KeepContact,
    KeepPremises,
    NewRestriction,
    Position,
    ReopenPremises,
    Restrict,
)
from schemas.premises import ContactPurpose, PremisesChanged, PremisesKept

For = Annotated[ContactPurpose, PathParameter(description="What the contact is for.")]
RestrictionId = Annotated[int, PathParameter(ge=1, le=2**63 - 1, description="The `id` of the restriction.")]
WRITES = problems(*GUARDED, 404, 409, 413, 422)


@put("/premises/{code:str}", summary="Keep premises", tags=["Premises"], responses=WRITES)
async def keep(
    code: Code,
    data: JSONBody[KeepPremises],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesKept:
    """All rooms and beds of one premises. A bed that is not named closes today; 409 names claims in the way."""
    if data.code != code:
        raise Invalid.because("code", "is not the one of the address. Send the same in both.")
    return await act(works.house, actor, keep_premises, data, key=idempotency_key)


@patch("/premises/{code:str}", summary="Change details of premises", tags=["Premises"], responses=WRITES)
async def change(
    code: Code,
    data: JSONBody[DetailsChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """Name, postcode, estate, type, who decides, hours, turnaround and characteristics of the whole."""
    command = ChangeDetails(code=code, change=data, position=position(works, data.postcode))
    return await act(works.house, actor, change_details, command, key=idempotency_key)


def position(works: Works, postcode: str | None) -> Position | None:
    """Where a postcode is. Raises `Invalid`."""
    if postcode is None:
        return None
    place = works.postcodes.find(postcode)
    if place is None:
        raise Invalid.because("postcode", works.postcodes.why_not(postcode))
    return Position(postcode=place.postcode, lat=place.lat, lon=place.lon, gss=place.gss)


@put(
    "/premises/{code:str}/contacts/{purpose:str}",
    summary="Keep a contact of premises",
    tags=["Premises"],
    responses=WRITES,
)
async def contact(
    code: Code,
    purpose: For,
    data: JSONBody[ContactChange],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """Whom to telephone or write to, in general, for AP referrals, or out of hours."""
    command = KeepContact(code=code, purpose=purpose, contact=data)
    return await act(works.house, actor, keep_contact, command, key=idempotency_key)


@delete(
    "/premises/{code:str}/contacts/{purpose:str}",
    status_code=200,
    summary="Take a contact of premises away",
    tags=["Premises"],
    responses=WRITES,
)
async def no_contact(
    code: Code, purpose: For, works: GivenWorks, actor: GivenActor, idempotency_key: IdempotencyKey = None
) -> PremisesChanged:
    """Where there is none, nothing changes."""
    command = KeepContact(code=code, purpose=purpose, contact=None)
    return await act(works.house, actor, keep_contact, command, key=idempotency_key)


@post("/premises/{code:str}/restrictions", summary="Restrict premises", tags=["Premises"], responses=WRITES)
async def limit(
    code: Code,
    data: JSONBody[NewRestriction],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """A characteristic that is not offered or accepted on some nights, with the reason."""
    return await act(works.house, actor, restrict, Restrict(code=code, restriction=data), key=idempotency_key)


@post(
    "/premises/{code:str}/restrictions/{restriction_id:int}/end",
    status_code=200,
    summary="End a restriction",
    tags=["Premises"],
    responses=WRITES,
)
async def unlimit(
    code: Code,
    restriction_id: RestrictionId,
    data: JSONBody[BedDate],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """From a night on, or from tonight. One that has not begun is taken away."""
    command = EndRestriction(code=code, id=restriction_id, from_=data.from_)
    return await act(works.house, actor, end_restriction, command, key=idempotency_key)


@post("/premises/{code:str}/close", status_code=200, summary="Close premises", tags=["Premises"], responses=WRITES)
async def close(
    code: Code,
    data: JSONBody[Closure],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """With the approval of a director, from a night on: every bed closes then. 409 names claims in the way."""
    return await act(works.house, actor, close_premises, ClosePremises(code=code, closure=data), key=idempotency_key)


@post("/premises/{code:str}/reopen", status_code=200, summary="Withdraw a closure", tags=["Premises"], responses=WRITES)
async def reopen(
    code: Code,
    data: JSONBody[BedDate],
    works: GivenWorks,
    actor: GivenActor,
    idempotency_key: IdempotencyKey = None,
) -> PremisesChanged:
    """The beds that closed with the premises are open again. The closure stays on record as withdrawn."""
    command = ReopenPremises(code=code, from_=data.from_)
    return await act(works.house, actor, reopen_premises, command, key=idempotency_key)
