"""What is told of a case by letters and on the command line: references, and nothing about the person by mail."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY
from gateway.cases.registrations import register_person
from gateway.cli import main
from gateway.delivery.compose import WriteLetter, Writer
from schemas.nsis import Nsi
from schemas.registrations import RegisterPerson
from tests.cases.recording import CRN, contact, sentenced
from tests.messages import LEEDS, YORK

MOVE = datetime(2026, 12, 18, 14, tzinfo=UTC)


async def differing(house: House) -> None:
    levels: tuple[tuple[Any, Any], ...] = ((YORK, "high"), (LEEDS, "low"))
    for actor, level in levels:
        await act(house, actor, register_person, RegisterPerson(person=CRN, kind="rosh", level=level))


async def test_sys_22_and_t_10_letters_hold_a_reference_and_a_link_and_nothing_of_the_person(
    house: House, nsi: Nsi
) -> None:
    await differing(house)
    await contact(house, YORK, at=MOVE, outcome="planned")
    owed = await house.pool.fetch(
        "select purpose, subject from outbox where purpose like 'reg%' or purpose like 'first%' order by 1"
    )
    writer = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)
    letters = {}
    for row in owed:
        letter = WriteLetter(purpose=row["purpose"], subject=row["subject"])
        letters[row["purpose"]] = await act(house, GATEWAY, writer.write, letter)
    assert {purpose: one.to for purpose, one in letters.items()} == {
        "first_appointment_to_receiving": "n55lee@spoc.invalid",
        "registrations_to_receiving": "n55lee@spoc.invalid",
        "registrations_to_sending": "jo.example@sender.invalid",
    }
    for written in letters.values():
        assert f"/nsis/{nsi.id}" in written.text
        for secret in ("Robin", CRN, "high", "low", "14:00"):
            assert secret not in written.subject + written.text


def ran(monkeypatch: pytest.MonkeyPatch, database: str, *arguments: str) -> int:
    """In a thread of its own: the command has its own event loop."""
    monkeypatch.setenv("DATABASE_URL", database)
    with pytest.raises(SystemExit) as left:
        main(["case", *arguments])
    assert isinstance(left.value.code, int)
    return left.value.code


async def test_sys_21_a_case_is_shown_and_its_log_imported_at_the_command_line(
    house: House,
    nsi: Nsi,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    await sentenced(house, code="cpo", hours_ordered=100, hours_done=40)
    await differing(house)
    line = {"at": "2026-11-02T10:00:00Z", "kind": "appointment", "outcome": "unacceptable_absence"}
    log, wrong = tmp_path / "log.json", tmp_path / "wrong.json"
    log.write_text(json.dumps([line | {"external_reference": "1"}]))
    wrong.write_text("[{]")
    there = ["import-contacts", CRN, "--pdu", "N55YRK", "--source", "crams"]
    assert await asyncio.to_thread(ran, monkeypatch, database, *there, str(log)) == 0
    assert await asyncio.to_thread(ran, monkeypatch, database, *there, str(wrong)) == 1
    assert await asyncio.to_thread(ran, monkeypatch, database, "show", CRN) == 0
    said = capsys.readouterr().out
    for words in (
        "1 new, 0 changed, 0 as they were",
        f"Robin Invented, {CRN}",
        "1 unacceptable of all areas",
        "order       cpo from 2026-05-06, 60 hours outstanding",
        "Leeds and York: rosh",
        "NSI-000001  raised, to Leeds on 2026-12-18",
    ):
        assert words in said
    assert await asyncio.to_thread(ran, monkeypatch, database, "show", CRN, "--json") == 0
    assert json.loads(capsys.readouterr().out)["person"]["crn"] == CRN
