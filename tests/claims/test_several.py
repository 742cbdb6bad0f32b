"""Many claims in one act: all of them, or none."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from msgspec import convert

from bedspace.claims.several import PlaceClaims, place_claims
from bedspace.claims.stays import PlaceClaim
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.errors import BedspaceError, Conflict, Invalid, NotThere
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
async def two_beds(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))


def stay(bed: str, from_: date = TODAY, nights: int = 7) -> PlaceClaim:
    given = {"bed": bed, "kind": "stay", "from": from_, "nights": nights, "person": uuid4()}
    return convert(given, PlaceClaim)


async def test_all_are_kept_each_with_its_event_and_its_presence(house: House, pool: Pool) -> None:
    claims = [stay("AP1-2"), stay("AP1-1"), stay("AP1-1", date(2026, 11, 29))]
    assert (await act(house, OPERATOR, place_claims, PlaceClaims(claims=claims))).claims == 3
    assert await pool.fetchval("select count(*) from presence") == 3
    told = await pool.fetch("select person_id, body->>'bed' as bed from event where kind = 'claim_placed' order by id")
    assert [(row["person_id"], row["bed"]) for row in told] == [(claim.person, claim.bed) for claim in claims]


@pytest.mark.parametrize(
    ("spoilt", "error", "says"),
    [
        (stay("AP1-1", date(2026, 11, 25)), Conflict, "Two of these claims meet"),
        (stay("AP9-1"), NotThere, "AP9-1"),
        (stay("AP1-2", date(2019, 1, 1)), Conflict, "not open"),
        (convert({"bed": "AP1-2", "kind": "stay", "from": TODAY, "nights": 1}, PlaceClaim), Invalid, "somebody's"),
    ],
    ids=["overlap", "unknown bed", "not open", "nobody's stay"],
)
async def test_one_that_cannot_be_kept_keeps_none(
    house: House, pool: Pool, spoilt: PlaceClaim, error: type[BedspaceError], says: str
) -> None:
    with pytest.raises(error, match=says):
        await act(house, OPERATOR, place_claims, PlaceClaims(claims=[stay("AP1-1"), spoilt]))
    assert await pool.fetchval("select count(*) from bed_claim") == 0


async def test_nobody_is_brought_for_tonight_into_a_bed_whose_resident_was_to_be_gone_and_is_not(
    house: House, pool: Pool
) -> None:
    await act(house, OPERATOR, place_claims, PlaceClaims(claims=[stay("AP1-1", nights=1)]))
    noon = House(pool=pool, now=lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    tonight = [stay("AP1-2", date(2026, 11, 23)), stay("AP1-1", date(2026, 11, 23))]
    with pytest.raises(Conflict, match=r"Beds AP1-1: Somebody who was to leave by now has no departure"):
        await act(noon, OPERATOR, place_claims, PlaceClaims(claims=tonight))
    assert await pool.fetchval("select count(*) from bed_claim") == 1
    tomorrow = PlaceClaims(claims=[stay("AP1-1", date(2026, 11, 24))])
    assert (await act(noon, OPERATOR, place_claims, tomorrow)).claims == 1
