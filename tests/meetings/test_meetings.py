"""Who must not meet whom: recorded, obeyed and never shown; and "not checked" is never "none"."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec import convert

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.meetings.barred import association, barred
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.people.meetings import end_pair, look_at_meetings, record_check, record_pair, rule_out
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NotThere
from schemas.meetings import EndPair, LookAtMeetings, RecordCheck, RecordPair, RuleOut
from tests.meetings.conftest import CRNS, add_person

DECEMBER = date(2026, 12, 1)
ONE, OTHER, THIRD = CRNS


async def pair(house: House, **changes: Any) -> int:
    given = {"person": ONE, "other": OTHER, "kind": "non_associate", "source": "prison"}
    return (await act(house, OPERATOR, record_pair, convert(given | changes, RecordPair))).id


async def stay(house: House, person: UUID, bed: str = "AP1-1", first: date = DECEMBER, nights: int = 10) -> None:
    claim = PlaceClaim(bed=bed, kind="stay", from_=first, nights=nights, person=person)
    await act(house, OPERATOR, place_claim, claim)


async def ruled_out(house: House, whom: str = ONE, first: date = DECEMBER, nights: int = 10) -> set[str]:
    return set((await act(house, OPERATOR, rule_out, RuleOut(person=whom, first=first, nights=nights))).premises)


async def test_premises_where_the_other_one_is_are_ruled_out_for_both(house: House, people: list[UUID]) -> None:
    await stay(house, people[1])
    assert await ruled_out(house) == set()
    await pair(house)
    assert await ruled_out(house) == {"AP1"}
    await stay(house, people[0], "AP2-1")
    assert await ruled_out(house, OTHER) == {"AP2"}
    assert await ruled_out(house, THIRD) == set()


@pytest.mark.parametrize(
    ("first", "nights", "there"), [(-3, 3, False), (-3, 4, True), (9, 1, True), (10, 5, False), (-30, 90, True)]
)
async def test_only_the_nights_that_both_would_be_there_count(
    house: House, people: list[UUID], first: int, nights: int, *, there: bool
) -> None:
    await stay(house, people[1])
    await pair(house)
    begins = DECEMBER + timedelta(days=first)
    if begins < date(2026, 11, 22):
        begins, nights = date(2026, 11, 22), nights - (date(2026, 11, 22) - begins).days
    assert (await ruled_out(house, first=begins, nights=nights) == {"AP1"}) is there


async def test_who_was_due_to_leave_today_and_is_not_recorded_as_gone_is_still_there(
    house: House, people: list[UUID]
) -> None:
    await stay(house, people[1], first=date(2026, 11, 12), nights=10)
    await pair(house)
    assert await ruled_out(house, first=date(2026, 11, 22)) == {"AP1"}
    assert await ruled_out(house, first=date(2026, 11, 23)) == set()


async def test_a_pair_counts_from_its_day_to_its_end_and_not_after_it_was_ended(
    house: House, people: list[UUID]
) -> None:
    await stay(house, people[1])
    recorded = await pair(house, until="2026-12-05")
    assert await ruled_out(house) == {"AP1"}
    assert await ruled_out(house, first=date(2026, 12, 5), nights=3) == set()
    for _ in range(2):
        await act(house, OPERATOR, end_pair, EndPair(id=recorded, note="Reconciled"))
    assert await ruled_out(house) == set()


async def test_a_crn_that_nobody_on_record_has_yet_counts_as_soon_as_somebody_has_it(
    house: House, people: list[UUID], pool: Pool
) -> None:
    await pair(house, other="Z990009")
    late = uuid4()
    await add_person(pool, late, "Z990009")
    await stay(house, late)
    assert await ruled_out(house) == {"AP1"}
    await stay(house, people[0], "AP2-1")
    assert await ruled_out(house, "Z990009") == {"AP2"}


async def test_a_limited_access_person_is_obeyed_by_those_who_may_not_see_them(
    house: House, people: list[UUID], pool: Pool
) -> None:
    await stay(house, people[1])
    await pair(house)
    await pool.execute("select limit_access($1)", people[1])
    assert await ruled_out(house) == {"AP1"}


async def test_not_checked_is_never_none(house: House, people: list[UUID], pool: Pool) -> None:
    async def state() -> str:
        async with pool.acquire() as tx:
            return (await association(tx, people[0])).state

    assert await state() == "not_checked"
    await check(house, "not_possible", note="The prison does not answer")
    assert await state() == "not_checked", "somebody tried, and nobody knows"
    with pytest.raises(Invalid, match="Record the pair first"):
        await check(house, "recorded")
    await check(house, "none_known")
    assert await state() == "checked"


async def check(house: House, outcome: str, note: str = "") -> None:
    given = {"person": ONE, "outcome": outcome, "against": ["prison"], "note": note}
    await act(house, OPERATOR, record_check, convert(given, RecordCheck))


async def test_whom_a_person_must_not_meet_is_shown_to_those_who_may_see_it_and_the_audit_names_the_person(
    house: House, people: list[UUID], database: str
) -> None:
    await pair(house, note="Both wings know")
    await check(house, "recorded")
    seen = await act(house, OPERATOR, look_at_meetings, LookAtMeetings(person=OTHER))
    assert [(one.crn, one.kind, one.note) for one in seen.pairs] == [(ONE, "non_associate", "Both wings know")]
    assert seen.association.state == "not_checked", "of the other one nobody looked"
    owner = await asyncpg.connect(database)
    rows = await owner.fetch("select action, persons from audit order by id")
    await owner.close()
    assert [(row["action"], set(row["persons"])) for row in rows[-3:]] == [
        ("meeting.record", {people[0], people[1]}),
        ("meeting.check", {people[0]}),
        ("meeting.read", {people[1]}),
    ]


async def test_somebody_out_of_reach_is_not_there(house: House, people: list[UUID]) -> None:
    leeds = demo_actor("practitioner")
    with pytest.raises(NotThere, match="within your reach"):
        await act(house, leeds, look_at_meetings, LookAtMeetings(person=ONE))
    with pytest.raises(Invalid, match="person: Nobody with this CRN or id is on record within your reach"):
        await act(house, leeds, rule_out, RuleOut(person=ONE, first=DECEMBER, nights=3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"other": ONE}, "other: This is the same person"),
        ({"other": "nobody"}, "other: Nobody with this CRN"),
        ({"kind": "enemy"}, "kind: There is no kind “enemy”"),
        ({"source": "gossip"}, "source: There is no source “gossip”"),
        ({"kind": "other"}, "note: Say more"),
        ({"since": "2026-12-05", "until": "2026-12-05"}, "until: is not after the day from which it counts"),
    ],
)
async def test_a_pair_that_cannot_be_is_refused_in_words(
    house: House, people: list[UUID], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await pair(house, **changes)
    assert message in str(refused.value)


async def test_two_people_are_kept_apart_once_for_each_reason(house: House, people: list[UUID]) -> None:
    await pair(house)
    with pytest.raises(Conflict, match="recorded already"):
        await pair(house, person=OTHER, other=ONE)
    await pair(house, kind="victim")


async def test_nobody_is_barred_by_a_hold_that_has_lapsed_or_by_people_who_left(
    house: House, people: list[UUID], pool: Pool
) -> None:
    await pair(house)
    await stay(house, people[1])
    await pool.execute("delete from bed_claim")
    async with pool.acquire() as tx:
        assert await barred(tx, people[0], DECEMBER, 10, house.now()) == frozenset()
