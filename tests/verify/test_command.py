"""`bedspace verify`: what it prints, and its exit status."""

import asyncio
import json
from datetime import datetime

import pytest
from click.testing import CliRunner

from gateway.cli.verify import verify
from gateway.verify.invariants import INVARIANTS
from tests.verify.conftest import Sound

ALL = len(INVARIANTS) + 1  # with the snapshot


@pytest.fixture(autouse=True)
def _given_time(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("gateway.cli.verify.utc_now", lambda: now)


async def run(database: str, *arguments: str) -> tuple[int, str]:
    def called() -> tuple[int, str]:
        result = CliRunner().invoke(verify, arguments, env={"DATABASE_URL": database})
        return result.exit_code, result.output or str(result.exception)

    return await asyncio.to_thread(called)


async def test_a_sound_house_exits_0_and_says_that_all_hold(sound: Sound, database: str) -> None:
    status, said = await run(database)
    assert (status, said.splitlines()[-1][:11]) == (0, f"All {ALL} hold")
    assert "holds    No two claims on a bed share a night." in said


async def test_a_broken_house_exits_1_and_says_which(sound: Sound, database: str) -> None:
    await sound.owner.execute("update audit set actor = 'somebody' where id = 2")
    status, said = await run(database)
    assert status == 1
    assert "BROKEN   The audit is as it was sealed.\n           audit row 2, or link 2 over it," in said
    assert said.splitlines()[-1] == f"1 of {ALL} are broken: audit"


async def test_for_a_program_it_answers_in_json(sound: Sound, database: str) -> None:
    status, said = await run(database, "--json", "--head", f"{sound.head[0]}:{sound.head[1].hex()}")
    assert status == 0
    assert {"id": "claims", "holds": "No two claims on a bed share a night", "state": "holds", "found": []} in (
        json.loads(said)
    )


OVERLAP = """
alter table bed_claim drop constraint a_bed_has_one_claim_a_night;
insert into bed_claim (bed_id, kind, during, placed_by, placed_at)
  select bed_id, 'turnaround', during, 'x', now() from bed_claim where kind = 'stay'
"""
ADRIFT = """
alter table bed_claim drop constraint a_booking_or_stay_has_a_placement;
update bed_claim set placement_id = null where kind = 'stay'
"""


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (OVERLAP, ["No two claims on a bed share a night", "share nights", "constraint a_bed_has_one_claim_a_night"]),
        (ADRIFT, ["Every booking and stay is of a placement that says so", "is a stay of no placement"]),
    ],
    ids=["an overlap", "a stay without a placement"],
)
async def test_what_a_dropped_constraint_let_in_exits_1_and_is_named(
    sound: Sound, database: str, planted: str, said: list[str]
) -> None:
    await sound.owner.execute(planted)
    status, printed = await run(database)
    assert status == 1
    assert [words for words in said if words not in printed] == []


async def test_a_wrong_snapshot_exits_1_and_names_the_beds(
    sound: Sound, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot that takes over no claims has beds free that the database has not."""
    monkeypatch.setattr("bedspace.search.load.groupby", lambda *_: [])
    status, printed = await run(database)
    assert status == 1
    assert "BROKEN   The snapshot that searches see" in printed
    assert "bed " in printed.split("The snapshot that searches see")[1]


@pytest.mark.parametrize("head", ["12", "x:00", "1:zz"])
async def test_a_head_that_is_none_is_refused_with_how_to_write_it(database: str, head: str) -> None:
    status, said = await run(database, "--head", head)
    assert status == 1
    assert "number, colon, 64 hexadecimal digits" in said
