"""Whole premises close with the recorded approval of a director, and not without."""

from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest
from msgspec import structs

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.premises.beds import close_bed, open_bed
from bedspace.premises.close import close_premises, reopen_premises
from bedspace.premises.read import show_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NotAllowed
from schemas.keeping import CloseBed, ClosePremises, Closure, OpenBed, ReopenPremises
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)
END = date(2027, 1, 31)
APPROVED = Closure(
    from_=END,
    reason="lease",
    approved_by="A. Invented, regional director",
    approved_on=date(2026, 11, 20),
    reference="RD/2026/17",
)
MANAGER = Actor(id="manager", name="Alex Example", role="premises_manager", premises=("AP1",))


async def test_premises_close_with_an_approval_and_every_bed_with_them(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await act(house, MANAGER, close_premises, ClosePremises(code="AP1", closure=APPROVED))
    shown = await show_premises(pool, "AP1", TODAY)
    assert (shown.closed_from, shown.beds) == (END, 2)
    assert (await show_premises(pool, "AP1", END)).beds == 0
    row = await pool.fetchrow("select approved_by, approved_on, approval_reference, reason from premises_closure")
    assert row is not None
    assert tuple(row) == ("A. Invented, regional director", date(2026, 11, 20), "RD/2026/17", "lease")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"approved_by": " "}, "recorded approval of a director"),
        ({"reference": " "}, "recorded approval of a director"),
        ({"approved_on": TODAY + timedelta(days=1)}, "in the future"),
        ({"reason": "leese"}, "Did you mean lease"),
        ({"reason": "other"}, "wants a note"),
        ({"from_": TODAY - timedelta(days=1)}, "in the past"),
    ],
)
async def test_a_closure_that_is_not_approved_is_refused(house: House, given: dict[str, object], said: str) -> None:
    await keep(house, premises("AP1"))
    command = ClosePremises(code="AP1", closure=structs.replace(APPROVED, **given))
    with pytest.raises(Invalid, match=said):
        await act(house, MANAGER, close_premises, command)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("update premises set closed_from = '2027-01-31'", "closed_premises_have_a_closure"),
        ("update premises set closed_from = '2027-01-31', closure_id = 7", "premises_close_as_their_director_approved"),
        (
            "insert into premises_closure (premises_id, closed_from, reason, approved_by, approved_on, "
            "approval_reference, recorded_at, recorded_by) "
            "select id, '2027-01-31', 'lease', ' ', '2026-11-20', 'R', now(), 'x' from premises",
            "a_closure_has_the_approval_of_a_director",
        ),
    ],
)
async def test_the_tables_refuse_premises_that_close_without_one(
    house: House, pool: Pool, statement: str, constraint: str
) -> None:
    await keep(house, premises("AP1"))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await pool.execute(statement)
    assert caught.value.as_dict()["constraint_name"] == constraint


async def test_closing_the_last_bed_is_closing_the_premises_and_is_refused(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))
    await act(house, MANAGER, close_bed, CloseBed(bed="AP1-1"))
    with pytest.raises(Conflict, match="approval of their director"):
        await act(house, MANAGER, close_bed, CloseBed(bed="AP1-2", from_=END))


async def test_people_who_live_there_then_are_named_by_their_nights(house: House) -> None:
    await keep(house, premises("AP1"))
    stay = PlaceClaim(bed="AP1-1", kind="stay", from_=TODAY, nights=84, person=uuid4())
    await act(house, OPERATOR, place_claim, stay)
    with pytest.raises(Conflict, match="stay from 22 November 2026 to 14 February 2027"):
        await act(house, MANAGER, close_premises, ClosePremises(code="AP1", closure=APPROVED))


async def test_no_bed_of_closed_premises_opens(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await act(house, MANAGER, close_premises, ClosePremises(code="AP1", closure=APPROVED))
    with pytest.raises(Conflict, match="would be open after AP1 closes on 31 January 2027"):
        await act(house, MANAGER, open_bed, OpenBed(bed="AP1-1"))
    with pytest.raises(asyncpg.CheckViolationError, match="after its premises close"):
        await pool.execute("update bed set open = daterange(lower(open), null)")


async def test_a_closure_is_withdrawn_and_stays_on_record(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    before = (await show_premises(pool, "AP1", TODAY)).rooms
    await act(house, MANAGER, close_premises, ClosePremises(code="AP1", closure=APPROVED))
    await act(house, MANAGER, reopen_premises, ReopenPremises(code="AP1"))
    shown = await show_premises(pool, "AP1", TODAY)
    assert (shown.closed_from, shown.rooms) == (None, before)
    assert await pool.fetchval("select withdrawn_by from premises_closure") == "manager"
    with pytest.raises(Conflict, match="no closure is recorded"):
        await act(house, MANAGER, reopen_premises, ReopenPremises(code="AP1"))


async def test_staff_do_not_close_their_premises(house: House) -> None:
    await keep(house, premises("AP1"))
    staff = Actor(id="staff", name="Jo Invented", role="premises_staff", premises=("AP1",))
    with pytest.raises(NotAllowed):
        await act(house, staff, close_premises, ClosePremises(code="AP1", closure=APPROVED))
