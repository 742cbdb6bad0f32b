"""Beds out of service: taken, revised, cancelled, and every revision kept."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from bedspace.claims.out_of_service import cancel_outage, revise_outage, take_out_of_service
from bedspace.claims.outages import list_outages, read_outage
from bedspace.claims.stays import PlaceClaim, place_claim
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Conflict, Invalid, NightsClaimed, NotThere
from schemas.outages import CancelOutage, ListOutages, Outage, OutageKept, ReadOutage, ReviseOutage, TakeOutOfService
from tests.claims.conftest import STAFF
from tests.claims.placing import claimed, day, ended, on_bed, rests
from tests.premises.making import keep, premises

OUT = TakeOutOfService(bed="AP1-1", from_=day(2), until=day(9), reason="planned_repair", reference="WO-17")


@pytest.fixture(autouse=True)
async def two_premises(house: House) -> None:
    await keep(house, premises("AP1", [[], []]))
    await keep(house, premises("AP2"))


async def out(house: House, actor: Actor = STAFF, **changes: Any) -> OutageKept:
    return await act(house, actor, take_out_of_service, structs.replace(OUT, **changes))


async def revised(house: House, outage: int, actor: Actor = STAFF, **changes: Any) -> OutageKept:
    given = {name: getattr(OUT, name) for name in ("from_", "until", "reason", "reference", "note")}
    return await act(house, actor, revise_outage, ReviseOutage(id=outage, **{**given, **changes}))


async def read(house: House, outage: int, actor: Actor = STAFF) -> Outage:
    return await act(house, actor, read_outage, ReadOutage(id=outage))


async def test_a_bed_out_of_service_is_claimed_for_those_nights_with_its_reason(house: House, pool: Pool) -> None:
    kept = await out(house)
    assert await on_bed(pool) == [("out_of_service", 2, 9)]
    assert await pool.fetchval("select reason from bed_claim") == "planned_repair"
    record = await read(house, kept.id)
    assert (record.state, record.reason_name, record.reference) == ("planned", "A planned repair", "WO-17")
    assert (record.premises, record.room, record.bed) == ("AP1", "Room 1", "AP1-1")


async def test_it_may_have_begun_already(house: House, pool: Pool) -> None:
    kept = await out(house, from_=day(-3))
    assert (await read(house, kept.id)).state == "current"


async def test_every_revision_is_kept_with_who_and_when_and_the_claim_follows_the_newest(
    house: House, pool: Pool
) -> None:
    kept = await out(house)
    await revised(house, kept.id, until=day(20), reason="unplanned_repair")
    await revised(house, kept.id, OPERATOR, until=day(5), reason="unplanned_repair", note="Parts came")
    assert await on_bed(pool) == [("out_of_service", 2, 5)]
    assert await pool.fetchval("select reason from bed_claim") == "unplanned_repair"
    record = await read(house, kept.id)
    assert [(one.n, one.until, one.by) for one in record.revisions] == [
        (3, day(5), "operator"),
        (2, day(20), "staff-1"),
        (1, day(9), "staff-1"),
    ]


async def test_saying_the_same_again_is_no_revision(house: House) -> None:
    kept = await out(house)
    assert (await revised(house, kept.id)).revision == 1


async def test_a_revision_of_what_somebody_else_has_revised_is_a_conflict(house: House) -> None:
    kept = await out(house)
    await revised(house, kept.id, until=day(20), revision=1)
    with pytest.raises(Conflict, match="at revision 2"):
        await revised(house, kept.id, until=day(30), revision=1)


@pytest.mark.parametrize("kind", ["booking", "stay", "hold"])
async def test_somebody_in_the_way_is_named_by_nights_and_nothing_is_kept(house: House, pool: Pool, kind: str) -> None:
    if kind == "hold":
        await pool.execute(
            "insert into bed_claim (bed_id, kind, during, expires_at, placed_by, placed_at) select id, 'hold', "
            "daterange($1, $2), '2026-11-23T00:00Z', 'x', now() from bed where code = 'AP1-1'",
            day(7),
            day(12),
        )
    else:
        await claimed(house, kind, 7, 12)
    with pytest.raises(NightsClaimed, match="Move those bookings or stays to another bed first") as refused:
        await out(house)
    assert refused.value.nights == [day(7), day(8)]
    assert await pool.fetchval("select count(*) from bed_claim") == 1
    kept = await out(house, until=day(5))
    with pytest.raises(NightsClaimed, match="Move those"):
        await revised(house, kept.id, until=day(8))
    assert (await read(house, kept.id)).until == day(5)


async def test_turnaround_gives_way(house: House, pool: Pool) -> None:
    await rests(pool, 7)
    await claimed(house, "stay", -9, 0)
    await out(house)
    assert await on_bed(pool) == [("stay", -9, 0), ("turnaround", 0, 2), ("out_of_service", 2, 9)]
    await out(house, from_=day(0), until=day(2))
    assert (await on_bed(pool))[1:] == [("out_of_service", 0, 2), ("out_of_service", 2, 9)]
    assert await ended(pool) == [("turnaround", "changed", 0, 2)]


async def test_cancelling_frees_the_bed_keeps_the_record_and_is_harmless_twice(house: House, pool: Pool) -> None:
    kept = await out(house)
    first = await act(house, STAFF, cancel_outage, CancelOutage(id=kept.id, note="Another bed was meant"))
    assert await act(house, STAFF, cancel_outage, CancelOutage(id=kept.id)) == first
    assert first.cancelled
    assert await on_bed(pool) == []
    assert await ended(pool) == [("out_of_service", "cancelled", 2, 9)]
    record = await read(house, kept.id)
    assert (record.state, record.note, len(record.revisions)) == ("cancelled", "Another bed was meant", 2)
    with pytest.raises(Conflict, match="was cancelled"):
        await revised(house, kept.id, until=day(30))


async def test_what_is_over_is_not_revised(house: House, pool: Pool) -> None:
    kept = await out(house, from_=day(-3), until=day(-1))
    await pool.execute("delete from bed_claim")
    with pytest.raises(Conflict, match="was over on 21 November 2026"):
        await revised(house, kept.id, until=day(30))


async def test_staff_touch_the_beds_of_their_own_premises_only(house: House) -> None:
    elsewhere = await out(house, OPERATOR, bed="AP2-1")
    with pytest.raises(NotThere, match="no bed AP2-1 at premises whose beds you keep"):
        await out(house, bed="AP2-1")
    for attempt in (
        revised(house, elsewhere.id, until=day(30)),
        read(house, elsewhere.id),
        act(house, STAFF, cancel_outage, CancelOutage(id=elsewhere.id)),
        act(house, STAFF, list_outages, ListOutages(premises="AP2")),
    ):
        with pytest.raises(NotThere):
            await attempt
    assert (await read(house, elsewhere.id, OPERATOR)).revisions[0].by == "operator"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": day(2)}, "until: It must be after 24 November 2026"),
        ({"until": day(2) + timedelta(days=4000)}, "more than ten years"),
        ({"reason": "planned_repairs"}, "There is no reason “planned_repairs”. Did you mean planned_repair?"),
        ({"reason": "recorded_before_lists", "reference": None}, "wants a note"),
        ({"reason": "staff_shortage"}, "takes no reference"),
        ({"reason": "single_for_risk"}, "it is a CRN"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(house: House, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said.replace("?", r"\?")):
        await out(house, **changes)


async def test_the_list_is_the_newest_first_in_pages_without_what_is_over(house: House) -> None:
    numbers = [(await out(house, from_=day(n), until=day(n + 1))).id for n in (-5, 1, 2, 3)]
    await act(house, STAFF, cancel_outage, CancelOutage(id=numbers[1]))
    page = await act(house, STAFF, list_outages, ListOutages(premises="AP1", limit=1))
    assert [one.id for one in page.items] == [numbers[3]]
    rest = await act(house, STAFF, list_outages, ListOutages(premises="AP1", cursor=page.next))
    assert ([one.id for one in rest.items], rest.next) == ([numbers[2]], None)
    everything = await act(house, STAFF, list_outages, ListOutages(premises="AP1", past=True))
    assert [one.state for one in everything.items] == ["planned", "planned", "cancelled", "over"]
    with pytest.raises(Invalid, match="no cursor"):
        await act(house, STAFF, list_outages, ListOutages(premises="AP1", cursor="x"))


async def test_events_name_bed_nights_and_reason_and_no_reference(house: House, pool: Pool) -> None:
    kept = await out(house, reason="single_for_risk", reference="X123456")
    row = await pool.fetchrow("select subject, body from event where kind = 'bed_out_of_service'")
    assert row is not None
    assert row["subject"] == f"outage:{kept.id}"
    assert row["body"] == {"bed": "AP1-1", "from": "2026-11-24", "until": "2026-12-01", "reason": "single_for_risk"}


async def test_an_import_in_words_has_a_record_too(house: House, pool: Pool) -> None:
    await claimed(house, "out_of_service", 2, 9)
    number = await pool.fetchval("select outage_id from bed_claim")
    record = await read(house, number)
    assert (record.reason, record.note, record.until) == ("recorded_before_lists", "x", day(9))


async def test_an_import_with_a_code_of_the_list_has_that_reason(house: House, pool: Pool) -> None:
    claim = PlaceClaim(bed="AP1-1", kind="out_of_service", from_=day(2), nights=7, reason="deep_clean")
    await act(house, OPERATOR, place_claim, claim)
    record = await read(house, await pool.fetchval("select outage_id from bed_claim where reason = 'deep_clean'"))
    assert (record.reason, record.note) == ("deep_clean", "")
