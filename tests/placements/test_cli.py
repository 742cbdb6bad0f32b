"""`bedspace placements`."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli import main
from gateway.people.keep import limit_access
from schemas.people import LimitAccess
from tests.placements.placing import Clock, somebody


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs the command in a thread, since it has a loop of its own; answers exit status, output and errors."""
    monkeypatch.setenv("DATABASE_URL", database)

    async def called(*arguments: str) -> tuple[object, str, str]:
        def begin() -> object:
            with pytest.raises(SystemExit) as left:
                main(["placements", *arguments])
            return left.value.code

        status = await asyncio.to_thread(begin)
        said = capsys.readouterr()
        return status, said.out, said.err

    return called


async def test_a_list_narrows_by_state_premises_region_and_night_and_says_when_nothing_is_like_that(
    run: Callable[..., Any], clock: Clock
) -> None:
    assert (await run("list"))[1] == "There are no placements yet. An AP referral makes the first.\n"
    await clock.arrived("AP1-1", somebody(1), nights=5, pdu="N55LEE")
    await clock.referred(somebody(2), ask=["AP2"], pdu="N55LEE")
    _, out, _ = await run("list")
    assert [line.split()[0] for line in out.splitlines()] == ["PL-000002", "PL-000001"]
    assert "PL-000001  arrived      2026-11-23 to 2026-11-28  AP1-1         X000001  Sam Inventedba" in out

    async def found(*asked: str) -> list[str]:
        return [one["reference"] for one in json.loads((await run("list", "--json", *asked))[1])["items"]]

    assert await found("--state", "referred") == ["PL-000002"]
    assert await found("--premises", "AP1") == ["PL-000001"]
    assert await found("--region", "N55") == ["PL-000002", "PL-000001"]
    assert await found("--region", "N51") == []
    assert await found("--on", "2026-11-24") == ["PL-000001"]
    assert await found("--on", "2026-11-22") == []
    assert (await run("list", "--state", "cancelled"))[1] == "No placement is like that.\n"
    assert (await run("list", "--limit", "1"))[1].endswith("There are more: add --cursor 2\n")
    assert await found("--limit", "1", "--cursor", "2") == ["PL-000001"]


async def test_one_is_shown_by_its_reference_or_id_and_looking_is_on_the_audit_record(
    run: Callable[..., Any], clock: Clock
) -> None:
    placement = await clock.arrived("AP1-1", somebody(1), risk_to_staff="high")
    _, out, _ = await run("show", "pl-000001")
    for said in (
        "PL-000001  arrived, emergency",
        "Example House AP1 (AP1), bed AP1-1",
        "to staff: high",
        "Sam Invented",
    ):
        assert said in out
    assert "Example House AP1 (AP1): accepted" in out
    assert "May be done now\n  depart" in out
    assert json.loads((await run("show", str(placement), "--json"))[1])["reference"] == "PL-000001"
    person = (await clock.read(placement)).person.id
    rows = await clock.pool.fetch("select persons from audit where action = 'placement.read' and actor = 'operator'")
    assert [list(row["persons"]) for row in rows] == [[person]] * 3
    await act(clock.house, OPERATOR, limit_access, LimitAccess(id=person, allowed=()))
    for asked in (("show", "PL-000001"), ("list",)):
        _, out, _ = await run(*asked)
        assert "(limited access)" in out
        assert "Invented" not in out


async def test_a_slip_is_said_in_words(run: Callable[..., Any], clock: Clock) -> None:
    assert clock.pool
    for which in ("PL-999999", "nonsense", str(uuid4())):
        status, out, err = await run("show", which)
        assert (status, out) == (1, "")
        assert "no such placement" in err
    assert "There are no premises AP0." in (await run("list", "--premises", "AP0"))[2]
    assert "There is no region N0." in (await run("list", "--region", "N0"))[2]
    assert (await run("list", "--on", "tomorrow"))[0] == 2
    assert "bedspace placements show PL-000123" in (await run("--help"))[1]
