"""SYS-23: a briefing for MPs and those who decide, with figures and without persons."""

import types
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import asyncpg
import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import fields

from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.cli.briefing import lines
from gateway.figures import briefing as module
from gateway.figures.briefing import read_briefing
from gateway.transfers.actions import skip_action
from gateway.transfers.read import list_nsis, read_nsi
from schemas.action_list import SkipAction
from schemas.briefing import Briefing, ReadBriefing
from schemas.errors import Invalid, NotAllowed
from schemas.nsis import ListNsis, ReadNsi
from tests.api.problem import problem
from tests.api.serving import serving, until_open
from tests.messages import YORK
from tests.pages.visitor import text_of, visiting
from tests.transfers.test_actions import ACO

SECRETS = ("Robin", "Secretname", "Z99", "1 Invented Street", "To live with family", "jo.example", "Jo Example-York")
TODAY = date(2026, 11, 22)
LATER = date(2027, 3, 1)


def later(house: House, day: date = LATER) -> House:
    return House(pool=house.pool, now=lambda: datetime.combine(day, house.now().timetz()))


async def made(house: House, **asked: Any) -> Briefing:
    return await act(house, OPERATOR, read_briefing, ReadBriefing(**asked))


async def test_sys_23_the_briefing_counts_moves_by_region_and_risk_and_says_how_many_areas_reported(
    house: House,
) -> None:
    found = await made(house, to=TODAY)
    assert (found.raised, found.reported.regions) == (7, 1)
    assert found.reported.of == len(found.flows) > 10
    assert "Wales" in found.reported.silent
    here = next(one for one in found.flows if one.region.code == "N55")
    assert (here.in_, here.out, here.within, here.in_flight) == (0, 0, 7, 7)
    assert found.total
    assert found.total.within == 7
    assert {one.rosh: one.moves for one in found.rosh}["very_high"] == 0
    assert {one.rosh: one.moves for one in found.rosh}["medium"] is None
    assert {one.rosh: one.moves for one in found.rosh}["high"] is None, "it would give the one at medium away"
    only = await made(house, to=TODAY, region="N55")
    assert (only.raised, only.total, only.reported.of) == (7, None, 1)
    assert (await made(house, to=TODAY, region="N50")).raised == 0
    assert found.nights.capacity
    assert found.nights.occupied == 0


async def test_sys_23_overdue_is_said_by_rule_as_n_of_d_with_what_does_not_apply_and_is_not_recorded_beside(
    house: House,
) -> None:
    """M-08: not applicable and not recorded are left out of D; a skipped mandatory action counts as overdue."""
    nsis = (await act(house, OPERATOR, list_nsis, ListNsis())).items[::-1]
    found = {one.rule: one for one in (await made(later(house), from_=TODAY, to=LATER - timedelta(days=1))).rules}
    home = found["T-05"]
    assert (home.met, home.of, home.percent, home.overdue) == (0, 7, 0.0, 7)
    for n, nsi in enumerate(nsis[:6]):
        whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
        check = next(one for one in whole.actions if one.rule == "T-05")
        await act(house, YORK, skip_action, SkipAction(id=nsi.id, n=check.n, why="No fixed address"))
        if n < 5:
            oversight = next(one for one in whole.actions if one.kind == "aco_oversight_sending")
            assert oversight.mandatory
            await act(house, ACO, skip_action, SkipAction(id=nsi.id, n=oversight.n, why="No time"))
    after = {one.rule: one for one in (await made(later(house), from_=TODAY, to=LATER - timedelta(days=1))).rules}
    assert (after["T-05"].of, after["T-05"].not_applicable) == (None, 6)
    assert (after["T-19"].met, after["T-19"].overdue) == (0, after["T-19"].of)
    owner = "update nsi set source = 'ndelius' where true"
    await house.pool.execute(f"select set_config('bedspace.nation', 'on', false); {owner}")
    other = {one.rule: one for one in (await made(later(house), from_=TODAY, to=LATER - timedelta(days=1))).rules}
    assert other["T-14"].not_recorded == 7
    assert other["T-14"].of == 0


def types_in(kind: Any) -> Iterator[Any]:
    """Every leaf that a record can hold, with the name of its field."""
    for field in fields(kind):
        yield from _leaves(f"{kind.__name__}.{field.name}", field.type)


def _leaves(name: str, kind: Any) -> Iterator[tuple[str, Any]]:
    if get_origin(kind) in (list, Union, types.UnionType):
        for one in get_args(kind):
            yield from _leaves(name, one)
    elif isinstance(kind, type) and issubclass(kind, Struct):
        yield from types_in(kind)
    else:
        yield name, kind


def test_sys_23_no_field_of_the_briefing_could_hold_a_person() -> None:
    """Texts are names of regions, rules and reasons: data of the service. Everything else is a number or a day."""
    texts = {name for name, kind in types_in(Briefing) if kind is str}
    assert texts == {
        *("Named.code", "Named.name", "Reported.silent", "Reported.not_reporting", "Briefing.notes"),
        *("RuleMet.regime", "RuleMet.rule", "RuleMet.title", "LostBy.reason"),
    }
    sql = Path(module.__file__).with_suffix(".sql").read_text().lower()
    for word in ("person", "crn", "noms", "birth", "address", "reference", "officer", "sender_", "note"):
        assert word not in sql.replace("nsi.id", ""), word


async def test_sys_23_the_briefing_has_no_personal_data_by_any_door(house: House, database: str, now: datetime) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute(
        "insert into not_reporting values ('N50', 'in', daterange('2026-01-01', null), 'Robin Secretname')"
    )
    await owner.close()
    found = await made(house, to=TODAY)
    assert found.reported.not_reporting
    said = [msgspec.json.encode(found).decode(), "\n".join(lines(found))]
    async with serving(database, now) as served:
        await until_open(served)
        async with served.caller("national_lead") as caller, served.caller("practitioner") as other:
            answer = await caller.get("/api/v1/briefing?to=2026-11-22")
            assert answer.json()["raised"] == 7
            assert answer.json()["invented"] is True
            said.append(answer.text)
            problem(await other.get("/api/v1/briefing"), 403)
            problem(await caller.get("/api/v1/briefing?from=2026-11-22&to=2026-11-01"), 422)
        async with visiting(served, "national_lead") as visitor:
            shown = await visitor.get("/briefing?to-day=22&to-month=11&to-year=2026")
            assert "1 of " in text_of(shown)
            assert "invented" in text_of(shown)
            said.append(text_of(shown))
            wrong = await visitor.get("/briefing?from-day=31&from-month=2&from-year=2026")
            assert wrong.status_code == 422
            assert "Give a real date" in text_of(wrong)
    for text in said:
        assert not [secret for secret in SECRETS if secret in text]
    row = await house.pool.fetchrow("select subject, persons from audit where action = 'briefing.read' limit 1")
    assert row
    assert (row["subject"], list(row["persons"])) == ("briefing", [])


async def test_sys_23_a_period_or_a_region_that_cannot_be_is_said_at_its_field(house: House) -> None:
    for asked, field in (
        ({"to": date(2026, 11, 23)}, "to"),
        ({"from_": date(2026, 11, 2), "to": date(2026, 11, 1)}, "from"),
        ({"from_": date(2020, 11, 2), "to": date(2026, 11, 1)}, "from"),
        ({"region": "N99"}, "region"),
    ):
        with pytest.raises(Invalid) as wrong:
            await made(house, **asked)
        assert [fault.field for fault in wrong.value.faults] == [field]
    with pytest.raises(NotAllowed):
        await act(house, demo_actor("prison_staff"), read_briefing, ReadBriefing())


async def test_sys_23_what_is_left_out_is_not_called_small_where_it_may_be_large(
    house: House,
) -> None:
    said = list(lines(await made(house, to=TODAY)))
    assert [line.split() for line in said if line.startswith("  high")] == [["high", "*"]]
    assert not [line for line in said if "<5" in line]
    assert any(line.startswith("* Counts from 1 to 4 are not said") for line in said)
