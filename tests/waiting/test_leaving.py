"""On the list and off it: never silently."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.access.act import act
from gateway.access.actors import GATEWAY
from gateway.delivery.compose import WriteLetter, Writer
from schemas.errors import Conflict, Invalid, NotThere
from tests.placements.placing import AP1, LEEDS, staff
from tests.premises.making import keep, premises
from tests.waiting.conftest import Lobby


async def test_a_referral_without_a_bed_joins_until_a_usual_day_or_one_that_is_given(lobby: Lobby) -> None:
    one = await lobby.referred()
    joined = await lobby.join(one, by=LEEDS)
    assert joined.waiting_since == lobby.at
    assert joined.waiting_until == datetime(2027, 4, 5, 23, tzinfo=UTC)  # 84 days after it is wanted, in summer
    lobby.later(hours=1)
    again = await lobby.join(one, by=LEEDS, until=date(2026, 12, 24))
    assert again.waiting_since == joined.waiting_since
    assert again.waiting_until == datetime(2026, 12, 25, tzinfo=UTC)
    assert await lobby.join(one, by=LEEDS) == again


async def test_who_has_a_bed_or_is_over_does_not_join(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.booked("AP1-1")
    with pytest.raises(Conflict, match="booked already"):
        await lobby.join(one)
    await lobby.do("cancel", one, reason="release_moved")
    with pytest.raises(Conflict, match="over"):
        await lobby.join(one)


async def test_an_end_in_the_past_or_years_ahead_is_refused(lobby: Lobby) -> None:
    one = await lobby.referred()
    with pytest.raises(Invalid, match="is in the past"):
        await lobby.join(one, until=date(2026, 11, 22))
    with pytest.raises(Invalid, match="two years"):
        await lobby.join(one, until=date(2029, 1, 1))
    with pytest.raises(NotThere):
        await lobby.join(one, by=staff("AP9", role="practitioner"))


async def test_a_person_takes_somebody_off_with_a_reason_and_they_may_join_again_at_the_end(lobby: Lobby) -> None:
    one = await lobby.waits()
    lobby.later(days=1)
    with pytest.raises(Invalid, match="Choose one of: found_elsewhere"):
        await lobby.leave(one, reason="because")
    with pytest.raises(Invalid, match="wants a note"):
        await lobby.leave(one, reason="other")
    assert (await lobby.leave(one, by=LEEDS)).waiting_since is None
    assert (await lobby.leave(one, by=LEEDS)).waiting_since is None
    assert (await lobby.join(one)).waiting_since == lobby.at
    kinds = [line.kind for line in (await lobby.read(one)).history]
    assert kinds == ["referred", "waiting_joined", "waiting_left", "waiting_joined"]


async def test_before_the_end_people_are_reminded_once_and_at_the_end_told(lobby: Lobby) -> None:
    one = await lobby.waits()
    await lobby.join(one, until=date(2026, 12, 24))
    assert await lobby.tick() == 0
    lobby.at = datetime(2026, 12, 12, tzinfo=UTC)
    assert await lobby.tick() == 1
    assert await lobby.tick() == 0
    lobby.at = datetime(2026, 12, 25, tzinfo=UTC)
    assert await lobby.tick() == 1
    assert (await lobby.read(one)).waiting_since is None
    rows = await lobby.rows("select kind, body from event where kind like 'waiting_%' order by id")
    assert [row["kind"] for row in rows] == [
        "waiting_joined",
        "waiting_prolonged",
        "waiting_reminded",
        "waiting_expired",
    ]
    assert all(row["body"]["tell"] == ["officer", "referrer"] for row in rows[2:])
    letters = await lobby.rows("select purpose from outbox where purpose like '%_to_referrer' order by id")
    assert [row["purpose"] for row in letters] == ["reminder_to_referrer", "expiry_to_referrer"]
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    for row in letters:
        letter = WriteLetter(purpose=row["purpose"], subject=f"placement:{one}")
        written = await act(lobby.house, GATEWAY, writer.write, letter)
        assert "waiting list" in written.subject
        assert written.to == "officer@probation.invalid"


async def test_nobody_leaves_by_time_while_a_bed_is_proposed_to_them(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    one = await lobby.waits()
    await lobby.join(one, until=lobby.at.date())
    await lobby.tick()
    lobby.later(hours=20)
    await lobby.tick()
    assert list(await lobby.proposed()) == [one]
    lobby.later(hours=4, minutes=1)
    await lobby.tick()
    assert (await lobby.read(one)).waiting_since is None
    assert await lobby.rows("select 1 from bed_claim") == []


async def test_a_booking_that_is_displaced_is_first_even_after_an_offer_is_declined(lobby: Lobby) -> None:
    await keep(lobby.house, premises("AP1"))
    await keep(lobby.house, premises("AP2", [["step_free"]]))
    urgent = await lobby.waits(rosh="very_high", arrives_on=lobby.at.date() + timedelta(days=1), needs=["wheelchair"])
    lost = await lobby.booked("AP1-1")
    async with lobby.pool.acquire() as connection, connection.transaction():
        await connection.execute("select set_config('bedspace.nation', 'on', true)")
        await connection.execute("delete from bed_claim where placement_id = $1", lost)
        await connection.execute(
            "update placement set state = 'displaced', waiting_since = $2, waiting_until = $3 where id = $1",
            lost,
            lobby.at,
            lobby.at + timedelta(days=60),
        )
        await connection.execute(
            "insert into placement_history (placement_id, at, kind, state, by_whom) "
            "values ($1, $2, 'displaced', 'displaced', 'gateway')",
            lost,
            lobby.at,
        )
    await lobby.tick()
    row = await lobby.proposal_of(lost)
    assert row["place"] == 1
    await lobby.offer(row["id"])
    await lobby.do("decline", lost, by=AP1, premises=row["bed"][:3], reason="residents")
    await lobby.tick()
    again = await lobby.proposal_of(lost)
    assert (again["place"], again["bed"]) == (1, "AP2-1")
    assert urgent not in await lobby.proposed()
