"""Premises, rooms and beds changed one by one, from a day on; what they were is remembered."""

from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from bedspace.claims.holds import place_hold
from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.premises.around import end_restriction, keep_contact, restrict
from bedspace.premises.beds import add_bed, close_bed, move_bed, open_bed
from bedspace.premises.change import change_details, change_room
from bedspace.premises.held import read_history
from bedspace.premises.read import show_premises
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.claims import PlaceHold
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.keeping import (
    AddBed,
    BedMove,
    ChangeDetails,
    ChangeRoom,
    CloseBed,
    ContactChange,
    DetailsChange,
    EndRestriction,
    KeepContact,
    MoveBed,
    NewBed,
    NewRestriction,
    OpenBed,
    Position,
    Restrict,
    RoomChange,
)
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=39)
STAFF = Actor(id="staff", name="Jo Invented", role="premises_staff", premises=("AP1",))


async def stay(house: House, bed: str, nights: int = 30) -> None:
    claim = PlaceClaim(bed=bed, kind="stay", from_=TODAY, nights=nights, person=uuid4())
    await act(house, OPERATOR, place_claim, claim)


async def test_staff_change_their_premises_and_the_history_tells(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", offers=["catered"]))
    change = DetailsChange(type="pipe", arrive_by="18:30", decides="central_referral_unit", characteristics=["lift"])
    changed = await act(house, STAFF, change_details, ChangeDetails(code="AP1", change=change))
    assert {(c.what, c.was, c.now) for c in changed.changes} == {
        ("type", "standard", "pipe"),
        ("arrive_by", "17:00", "18:30"),
        ("decides", "premises", "central_referral_unit"),
        ("characteristics", "catered", "lift"),
    }
    history = (await read_history(pool, "AP1")).items
    assert [(one.n, one.act, one.made_by) for one in history] == [
        (2, "details_changed", "staff"),
        (1, "kept", "operator"),
    ]
    assert history[0].changes == changed.changes
    assert (await show_premises(pool, "AP1", TODAY)).arrive_by == "18:30"


async def test_history_is_only_appended(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    for statement in ("update premises_version set made_by = 'x'", "delete from premises_version"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)


async def test_a_change_that_changes_nothing_leaves_no_version(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    change = ChangeDetails(code="AP1", change=DetailsChange(type="standard"))
    assert (await act(house, STAFF, change_details, change)).changes == []
    assert len((await read_history(pool, "AP1")).items) == 1


async def test_the_history_is_read_page_by_page(house: House, pool: Pool) -> None:
    for beds in (1, 2, 3):
        await keep(house, premises("AP1", [[]] * beds))
    first = await read_history(pool, "AP1", limit=2)
    assert ([one.n for one in first.items], first.next) == ([3, 2], "2")
    assert [one.n for one in (await read_history(pool, "AP1", limit=2, cursor=first.next)).items] == [1]
    with pytest.raises(Invalid, match="cursor"):
        await read_history(pool, "AP1", cursor="x")


async def test_staff_keep_no_premises_but_their_own_and_others_keep_none(house: House) -> None:
    await keep(house, premises("AP2"))
    change = ChangeDetails(code="AP2", change=DetailsChange(name="Ours now"))
    with pytest.raises(NotThere, match="no premises AP2 that you keep"):
        await act(house, STAFF, change_details, change)
    with pytest.raises(NotThere, match="Ask an administrator for new premises"):
        await keep_as(house, STAFF)
    with pytest.raises(NotAllowed):
        await act(house, Actor(id="p", name="Pat", role="practitioner"), change_details, change)


async def keep_as(house: House, actor: Actor) -> None:
    from bedspace.premises.keep import keep_premises  # noqa: PLC0415  # beside `keep` of the tests

    await act(house, actor, keep_premises, premises("AP1"))


async def test_a_new_postcode_brings_its_place_and_its_pdu(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    where = Position(postcode="YO1 7HH", lat=53.96, lon=-1.08, gss="E06000014")
    change = ChangeDetails(code="AP1", change=DetailsChange(postcode="yo17hh"), position=where)
    await act(house, STAFF, change_details, change)
    shown = await show_premises(pool, "AP1", TODAY)
    assert (shown.postcode, shown.lat, shown.pdu) == ("YO1 7HH", 53.96, "N55YRK")


async def test_an_unknown_pdu_is_refused(house: House) -> None:
    await keep(house, premises("AP1"))
    with pytest.raises(Invalid, match="There is no PDU X today"):
        await act(house, STAFF, change_details, ChangeDetails(code="AP1", change=DetailsChange(pdu="X")))


async def test_the_estate_does_not_change_under_people_who_live_there(house: House) -> None:
    await keep(house, premises("AP1"))
    await stay(house, "AP1-1")
    change = ChangeDetails(code="AP1", change=DetailsChange(gender="female"))
    with pytest.raises(Conflict, match="AP1-1, stay from 22 November 2026 to 22 December 2026"):
        await act(house, STAFF, change_details, change)


async def test_a_room_offers_something_else_and_is_called_something_else(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite"], []]))
    change = RoomChange(name="Room 1", rename_to="The garden room", characteristics=["step_free", "ground_floor"])
    await act(house, STAFF, change_room, ChangeRoom(code="AP1", change=change))
    room = (await show_premises(pool, "AP1", TODAY)).rooms[0]
    assert (room.name, room.characteristics) == ("The garden room", ["ground_floor", "step_free"])
    for change, said in (
        (RoomChange(name="Room 1"), "no room Room 1"),
        (RoomChange(name="Room 2", rename_to="The garden room"), "already"),
        (RoomChange(name="Room 2", characteristics=["step_fre"]), "Did you mean step_free"),
        (RoomChange(name="Room 2", characteristics=["lift"]), "of a premises, not of a room"),
    ):
        with pytest.raises((NotThere, Conflict, Invalid), match=said):
            await act(house, STAFF, change_room, ChangeRoom(code="AP1", change=change))


async def test_a_bed_that_opens_or_closes_on_a_day_counts_from_that_day(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    new = NewBed(bed="AP1-2", room="Room 2", opens=LATER, characteristics=["en_suite"])
    await act(house, STAFF, add_bed, AddBed(code="AP1", add=new))
    await act(house, STAFF, close_bed, CloseBed(bed="AP1-1", from_=LATER))
    beds = [(await show_premises(pool, "AP1", LATER + timedelta(days=n))).beds for n in (-1, 0)]
    assert beds == [1, 1]
    for bed, first, said in (("AP1-2", TODAY, "opens on 31 December"), ("AP1-1", LATER, "closes on 31 December")):
        hold = PlaceHold(bed=bed, from_=first, nights=3, reason="a referral")
        with pytest.raises(Invalid, match=said):
            await act(house, OPERATOR, place_hold, hold)


async def test_a_bed_with_claims_in_the_way_is_not_closed_and_their_nights_are_named(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))
    await stay(house, "AP1-2", 10)
    with pytest.raises(Conflict, match=r"AP1-2: still claimed .* stay from 22 November 2026 to 2 December 2026"):
        await act(house, STAFF, close_bed, CloseBed(bed="AP1-2", from_=TODAY + timedelta(days=9)))
    await act(house, STAFF, close_bed, CloseBed(bed="AP1-2", from_=TODAY + timedelta(days=10)))


async def test_a_hold_whose_time_is_over_is_not_in_the_way(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    hold = PlaceHold(bed="AP1-2", from_=TODAY, nights=3, reason="a referral", hours=1)
    await act(house, OPERATOR, place_hold, hold)
    later = House(pool=pool, now=lambda: house.now() + timedelta(hours=2))
    await act(later, STAFF, close_bed, CloseBed(bed="AP1-2"))


async def test_a_closed_bed_opens_again_and_was_not_open_in_between(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await act(house, STAFF, close_bed, CloseBed(bed="AP1-2"))
    with pytest.raises(Conflict, match="closed since 22 November"):
        await act(house, STAFF, close_bed, CloseBed(bed="AP1-2"))
    await act(house, STAFF, open_bed, OpenBed(bed="AP1-2", from_=LATER))
    bed = (await show_premises(pool, "AP1", TODAY)).rooms[1].beds[0]
    assert (bed.opens, bed.closes) == (LATER, None)


async def test_a_closing_that_was_a_mistake_is_taken_back_without_a_gap(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    before = (await show_premises(pool, "AP1", TODAY)).rooms
    await act(house, STAFF, close_bed, CloseBed(bed="AP1-2", from_=LATER))
    await act(house, STAFF, open_bed, OpenBed(bed="AP1-2"))
    assert (await show_premises(pool, "AP1", TODAY)).rooms == before


async def test_a_bed_moves_to_another_room_and_gets_another_code_with_its_claims(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite"], []]))
    await stay(house, "AP1-2")
    await act(house, STAFF, move_bed, MoveBed(bed="AP1-2", move=BedMove(room="Room 1", rename_to="AP1-1b")))
    rooms = (await show_premises(pool, "AP1", TODAY)).rooms
    assert [(room.name, [bed.code for bed in room.beds]) for room in rooms] == [("Room 1", ["AP1-1", "AP1-1b"])]
    assert await pool.fetchval("select b.code from bed_claim c join bed b on b.id = c.bed_id") == "AP1-1b"
    with pytest.raises(Conflict, match="There is a bed AP1-1 already"):
        await act(house, STAFF, move_bed, MoveBed(bed="AP1-1b", move=BedMove(rename_to="AP1-1")))


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(2020, 1, 1)])
async def test_nothing_counts_from_a_day_in_the_past(house: House, day: date) -> None:
    await keep(house, premises("AP1", [[], []]))
    for verb, command in (
        (close_bed, CloseBed(bed="AP1-2", from_=day)),
        (open_bed, OpenBed(bed="AP1-2", from_=day)),
        (add_bed, AddBed(code="AP1", add=NewBed(bed="AP1-9", room="Room 1", opens=day))),
        (restrict, Restrict(code="AP1", restriction=NewRestriction(characteristic="lift", from_=day, reason="x"))),
    ):
        with pytest.raises(Invalid, match="in the past"):
            await act(house, STAFF, verb, command)  # type: ignore[arg-type]  # each with its own


async def test_contacts_are_kept_and_taken_away(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1"))
    told = ContactChange(name="The office", phone="01632 960001", email="ap1@ap.invalid", hours="Day and night")
    await act(house, STAFF, keep_contact, KeepContact(code="AP1", purpose="general", contact=told))
    assert (await show_premises(pool, "AP1", TODAY)).contacts[0].phone == "01632 960001"
    await act(house, STAFF, keep_contact, KeepContact(code="AP1", purpose="general", contact=None))
    assert (await show_premises(pool, "AP1", TODAY)).contacts == []


async def test_a_restriction_holds_on_its_nights_and_ends(house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", offers=["accepts_sexual_offences"]))
    new = NewRestriction(characteristic="accepts_sexual_offences", from_=LATER, reason="A school opens nearby")
    await act(house, STAFF, restrict, Restrict(code="AP1", restriction=new))
    with pytest.raises(Conflict, match="already on some of those nights"):
        await act(house, STAFF, restrict, Restrict(code="AP1", restriction=new))
    one = (await show_premises(pool, "AP1", TODAY)).restrictions[0]
    assert (one.characteristic, one.from_, one.until) == ("accepts_sexual_offences", LATER, None)
    until = LATER + timedelta(days=7)
    await act(house, STAFF, end_restriction, EndRestriction(code="AP1", id=one.id, from_=until))
    assert (await show_premises(pool, "AP1", TODAY)).restrictions[0].until == until
    await act(house, STAFF, end_restriction, EndRestriction(code="AP1", id=one.id))
    assert (await show_premises(pool, "AP1", TODAY)).restrictions == []
    assert len((await read_history(pool, "AP1")).items) == 4
    unknown = NewRestriction(characteristic="accept_sexual_offences", reason="x")
    with pytest.raises(Invalid, match="Did you mean accepts_sexual_offences"):
        await act(house, STAFF, restrict, Restrict(code="AP1", restriction=unknown))
