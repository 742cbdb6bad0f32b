"""Occupancy by API."""

from typing import Any

import pytest

from bedspace.claims.holds import place_hold
from bedspace.claims.out_of_service import revise_outage, take_out_of_service
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.store.database import Pool
from schemas.claims import PlaceHold
from schemas.outages import ReviseOutage, TakeOutOfService
from tests.api.problem import faults, problem
from tests.api.serving import Served
from tests.claims.placing import claimed, day


async def ask(served: Served, path: str, **query: Any) -> dict[str, Any]:
    async with served.caller("inspector") as caller:
        answer = await caller.get(f"/api/v1{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_calendar_has_every_bed_and_night_and_nobody(served: Served, house: House) -> None:
    await claimed(house, "stay", -3, 2)
    await claimed(house, "booking", 2, 5)
    found = await ask(served, "/premises/AP1/calendar", nights=7)
    assert found["premises"]["code"] == "AP1"
    assert found["from"] == day(0).isoformat()
    assert [(night["stay"], night["booking"], night["free"]) for night in found["days"]] == (
        [(1, 0, 1)] * 2 + [(0, 1, 1)] * 3 + [(0, 0, 2)] * 2
    )
    spans = found["beds"][0]["spans"]
    assert [(span["kind"], span["from"], span["until"]) for span in spans] == [
        ("stay", day(-3).isoformat(), day(2).isoformat()),
        ("booking", day(2).isoformat(), day(5).isoformat()),
    ]
    assert "person" not in str(found)


async def test_a_calendar_counts_by_what_one_bed_has(served: Served) -> None:
    one = (await ask(served, "/premises/AP1/calendar", nights=1, needs=["step_free", "en_suite"]))["days"][0]
    two = (await ask(served, "/premises/AP2/calendar", nights=1, needs=["step_free", "en_suite"]))["days"][0]
    assert (one["free_with"]["step_free"], one["with_all"]) == (1, 1)
    assert (two["free_with"]["step_free"], two["free_with"]["en_suite"], two["with_all"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("demand", "placed", "fits"),
    [
        ("step_free:1,en_suite:1", 2, True),
        ("step_free+en_suite:1", 0, False),
        ("step_free:2", 1, False),
        ("any:2", 2, True),
    ],
)
async def test_a_demand_says_how_many_fit(served: Served, demand: str, placed: int, fits: bool) -> None:  # noqa: FBT001  # a case
    found = await ask(served, "/premises/AP2/calendar", nights=1, demand=demand)
    assert (found["days"][0]["placed"], found["days"][0]["fits"]) == (placed, fits)
    assert (found["demand"]["placed"], found["demand"]["fits"]) == (placed, fits)


async def test_a_hold_that_has_lapsed_keeps_nothing(served: Served, house: House, pool: Pool) -> None:
    await act(house, OPERATOR, place_hold, PlaceHold(bed="AP1-1", from_=day(0), nights=3, reason="x"))
    held = await ask(served, "/premises/AP1/calendar", nights=1)
    await pool.execute("update bed_claim set expires_at = $1", house.now())
    lapsed = await ask(served, "/premises/AP1/calendar", nights=1)
    grid = await ask(served, "/occupancy", nights=1)
    assert [one["days"][0]["free"] for one in (held, lapsed)] == [1, 2]
    assert grid["rows"][0]["free"] == [2]


async def test_the_past_is_counted_from_the_history(served: Served, house: House, pool: Pool) -> None:
    stay = await claimed(house, "stay", -9, -4)
    await pool.execute(
        "with gone as (delete from bed_claim where id = $1 returning *) insert into bed_claim_history (id, bed_id, "
        "kind, during, placed_by, placed_at, ended_at, ended_by, ended_how) select id, bed_id, kind, during, "
        "placed_by, placed_at, $2, 'x', 'departed' from gone",
        stay,
        house.now(),
    )
    ten = {"from": day(-10).isoformat(), "nights": 10}
    found = await ask(served, "/premises/AP1/calendar", **ten)
    assert [night["stay"] for night in found["days"]] == [0] + [1] * 5 + [0] * 4
    lost = await ask(
        served, "/occupancy/lost", premises="AP1", **{"from": day(-10).isoformat(), "to": day(0).isoformat()}
    )
    assert (lost["total"]["occupied"], lost["total"]["empty"]) == (5, 15)
    grid = await ask(served, "/occupancy", **ten)
    assert grid["rows"][0]["free"] == [2] + [1] * 5 + [2] * 4


async def test_the_grid_has_every_premises_and_night_and_totals_by_estate(served: Served, house: House) -> None:
    await claimed(house, "booking", 1, 3)
    found = await ask(served, "/occupancy", nights=4)
    assert [row["premises"]["code"] for row in found["rows"]] == ["AP1", "AP2"]
    assert [row["free"] for row in found["rows"]] == [[2, 1, 1, 2], [2, 2, 2, 2]]
    assert found["totals"] == {"premises": 2, "capacity": [4] * 4, "free": [4, 3, 3, 4]}
    assert found["estates"]["male"]["free"] == [4, 3, 3, 4]
    assert found["estates"]["female"]["premises"] == 0


async def test_the_grid_with_needs_counts_beds_that_have_them_all(served: Served) -> None:
    found = await ask(served, "/occupancy", nights=1, need=["step_free", "en_suite"])
    assert [(row["premises"]["code"], row["capacity"], row["free"]) for row in found["rows"]] == [("AP1", [1], [1])]


async def test_a_restriction_takes_a_need_away_for_its_nights(served: Served, pool: Pool) -> None:
    await pool.execute(
        "insert into premises_restriction (premises_id, code, valid, reason, kept_by, kept_at) "
        "select id, 'step_free', daterange($1, $2), 'the lift', 'x', now() from premises where code = 'AP1'",
        day(1),
        day(3),
    )
    found = await ask(served, "/premises/AP1/calendar", nights=4)
    assert [night["free_with"]["step_free"] for night in found["days"]] == [1, 0, 0, 1]
    grid = await ask(served, "/occupancy", nights=4, need="step_free")
    assert grid["rows"][0]["free"] == [1, 0, 0, 1]


async def test_nights_lost_are_told_by_reason_and_region(served: Served, house: House) -> None:
    await claimed(house, "out_of_service", 0, 3)
    found = await ask(served, "/occupancy/lost", by="region", **{"from": day(0).isoformat(), "to": day(4).isoformat()})
    assert found["total"]["capacity"] == 16
    assert found["total"]["out_of_service"] == 3
    assert sum(found["total"]["reasons"].values()) == 3
    assert len(found["rows"]) == 1


async def test_a_reason_is_that_of_the_newest_revision_and_has_its_name(served: Served, house: House) -> None:
    taken = TakeOutOfService(bed="AP1-1", from_=day(0), until=day(3), reason="deep_clean")
    kept = await act(house, OPERATOR, take_out_of_service, taken)
    revised = ReviseOutage(id=kept.id, from_=day(0), until=day(4), reason="refurbishment")
    await act(house, OPERATOR, revise_outage, revised)
    found = await ask(served, "/occupancy/lost", **{"from": day(0).isoformat(), "to": day(7).isoformat()})
    assert found["total"]["reasons"] == {"refurbishment": 4}
    assert found["reasons"] == {"refurbishment": "Refurbishment"}


async def test_a_forecast_has_twelve_weeks(served: Served, house: House) -> None:
    await claimed(house, "stay", -3, 14)
    found = await ask(served, "/occupancy/forecast")
    weeks = found["total"]["weeks"]
    assert [week["expected"] for week in weeks] == [1.0, 1.0] + [0.0] * 10
    assert weeks[2]["departures"] == 1


@pytest.mark.parametrize("path", ["/premises/AP1/calendar", "/occupancy"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"nights": "0"}, "nights"),
        ({"nights": "100000"}, "nights"),
        ({"from": "soon"}, "from"),
        ({"from": "9999-12-30"}, "from"),
        ({"from": "1066-10-14"}, "from"),
    ],
)
async def test_a_question_that_cannot_be_is_422_and_names_the_field(
    served: Served, path: str, query: dict[str, str], field: str
) -> None:
    async with served.caller() as caller:
        said = faults(await caller.get(f"/api/v1{path}", params=query))
    assert set(said) == {field}


@pytest.mark.parametrize(("path", "field"), [("/premises/AP1/calendar", "needs"), ("/occupancy", "need")])
async def test_an_unknown_need_names_the_nearest(served: Served, path: str, field: str) -> None:
    async with served.caller() as caller:
        said = faults(await caller.get(f"/api/v1{path}", params={field: "stepfree"}))
    assert set(said) == {field}
    assert "Did you mean step_free?" in said[field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-22", "to": "2026-11-22"}, "to"),
        ({"from": "2020-01-01", "to": "2026-11-22"}, "to"),
        ({"region": "Yorkshire"}, "region"),
        ({"by": "moon"}, "by"),
        ({"to": "0001-01-02"}, "from"),
    ],
)
async def test_a_period_that_cannot_be_is_422(served: Served, query: dict[str, str], field: str) -> None:
    async with served.caller() as caller:
        assert set(faults(await caller.get("/api/v1/occupancy/lost", params=query))) == {field}


@pytest.mark.parametrize("demand", ["step_free", "step_free:0", "step_free:2;x", "stepfree:1", "any:99,any:99"])
async def test_a_demand_that_cannot_be_is_422(served: Served, demand: str) -> None:
    async with served.caller() as caller:
        assert set(faults(await caller.get("/api/v1/premises/AP1/calendar", params={"demand": demand}))) == {"demand"}


@pytest.mark.parametrize("path", ["/premises/AP3/calendar", "/occupancy/lost?premises=ap1x"])
async def test_unknown_premises_name_the_nearest(served: Served, path: str) -> None:
    async with served.caller() as caller:
        said = problem(await caller.get(f"/api/v1{path}"), 404)
    assert "Did you mean" in said["detail"]
    assert "AP1" in said["detail"]
