"""Each invariant holds in a sound house, and each break of it, planted past every constraint, is found."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.verify.invariants import INVARIANTS, Head
from gateway.verify.register import snapshot_differs
from gateway.verify.verify import Finding, Verify, verify
from tests.verify.conftest import Sound

BREAKS: list[tuple[str, str, str]] = re.findall(
    r"^-- (\w+): (.+)\n((?:(?!--).+\n)+)", Path(__file__).with_name("breaks.sql").read_text(), re.MULTILINE
)
"""Invariant, what the break is, and the statements that plant it."""


async def findings(house: House, head: Head | None = None) -> dict[str, Finding]:
    return {one.id: one for one in await act(house, OPERATOR, verify, Verify(head=head))}


async def test_in_a_sound_house_every_invariant_holds(sound: Sound) -> None:
    found = await findings(sound.house, sound.head)
    assert {one.id: one.found for one in found.values() if one.state != "holds"} == {}
    assert len(found) == len(INVARIANTS)


@pytest.mark.parametrize(("invariant", "name", "sql"), BREAKS, ids=[f"{id_}: {name}" for id_, name, _ in BREAKS])
async def test_a_planted_break_is_found(sound: Sound, invariant: str, name: str, sql: str) -> None:
    await sound.owner.execute(sql)
    found = (await findings(sound.house))[invariant]
    assert found.state == "broken"
    assert found.found


async def test_a_sound_house_has_a_break_planted_for_every_invariant_that_may_break() -> None:
    planted = {invariant for invariant, _, _ in BREAKS}
    assert {one.id for one in INVARIANTS if not one.only_warns} == planted


@pytest.mark.parametrize(
    ("invariant", "sql"),
    [
        ("dead", "update outbox set state = 'dead', delivered_at = null, reason = 'no' where id = 1"),
        ("responsible_known", "delete from responsibility"),
        ("overdue", "update bed_claim set during = '[2026-11-01,2026-11-20)' where kind = 'stay'"),
        ("registered", "delete from nsi_question"),
    ],
)
async def test_what_a_person_should_look_at_is_a_warning(sound: Sound, invariant: str, sql: str) -> None:
    await sound.owner.execute(sql)
    assert (await findings(sound.house))[invariant].state == "warning"


async def test_rows_that_wait_for_their_seal_are_a_warning_after_five_minutes(sound: Sound) -> None:
    await findings(sound.house)
    assert (await findings(sound.house))["sealed"].state == "holds"
    later = House(pool=sound.house.pool, now=lambda: sound.house.now() + timedelta(minutes=6))
    assert (await findings(later))["sealed"].found == [f"2 rows, the oldest {sound.head[0] + 1}"]


async def test_an_audit_cut_off_at_its_end_is_found_by_a_published_head(sound: Sound) -> None:
    await sound.owner.execute("delete from audit_seal where seq > 3")
    await sound.owner.execute("delete from audit where id > 3")
    assert (await findings(sound.house))["audit"].state == "holds"
    assert (await findings(sound.house, sound.head))["audit"].state == "broken"


async def test_the_snapshot_has_the_free_beds_of_the_database(sound: Sound) -> None:
    assert await snapshot_differs(sound.house.pool, sound.house.now()) == []


async def test_a_claim_that_the_snapshot_lays_elsewhere_is_found(sound: Sound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedspace.search.snapshot.Snapshot._lay", lambda *_: None)
    assert len(await snapshot_differs(sound.house.pool, sound.house.now())) > 1


async def test_what_is_found_says_nothing_about_a_person(sound: Sound) -> None:
    for _, _, sql in BREAKS:
        if "drop constraint" not in sql:
            await sound.owner.execute(sql)
    said = str(await findings(sound.house)).lower()
    assert not [word for word in ("invented", "imaginary", "x123456", "a1234bc", "1990", "leeds") if word in said]
