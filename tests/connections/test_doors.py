"""Connections by API and at the command line, with the dry run against a sample."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.api.serving import Served, serving, until_open
from tests.connections.keeping import CRAMS, OFFICER, SYSTEM
from tests.connections.test_records import FFION, HEAD, ROBIN
from tests.intake.test_cli import Command

SAMPLE = HEAD + ROBIN + FFION.replace("HU1 3DL", "Nowhere at all") + "NT/3,X345678,Sam,Invented,,soon,LS1 4AP,Z,,\n"
BODY = {name: value for name, value in CRAMS.items() if name != "code"}


@pytest.fixture
async def served(database: str, now: datetime) -> AsyncIterator[Served]:
    async with serving(database, now) as one:
        await until_open(one)
        yield one


async def test_a_connection_is_kept_shown_tried_paused_and_used_by_api(served: Served) -> None:
    async with served.caller(OFFICER) as officer, served.caller(SYSTEM) as system:
        kept = await officer.put("/api/v1/connections/york-crams", json=BODY)
        assert (kept.status_code, kept.json()) == (200, {"code": "york-crams", "new": True})
        wrong = await officer.put("/api/v1/connections/york-crams", json={**BODY, "profile": "york"})
        assert (wrong.status_code, wrong.json()["faults"][0]["field"]) == (422, "profile")
        shown = (await officer.get("/api/v1/connections/york-crams")).json()
        assert (shown["breaker"], shown["records_temporary_moves"], shown["unmapped"]) == ("closed", False, [])
        tried = (await officer.post("/api/v1/connections/york-crams/test", content=SAMPLE.encode())).json()
        assert tried["counts"] == {"read": 3, "raised": 1, "prepared": 0, "for review": 1, "refused": 1}
        assert tried["records"][0]["to"] == "Leeds (N55LEE)"
        assert tried["records"][0]["evidence"]["crn"]["source"] == "line 2, column CRN"
        assert tried["refused"][0]["line"] == 4
        unread = (await officer.post("/api/v1/connections/york-crams/test", content=b"nothing,of\n1,2\n")).json()
        assert unread["unreadable"].startswith("The headings of the profile crams")
        assert (await officer.get("/api/v1/inbox")).json()["items"] == []
        paused = await officer.post("/api/v1/connections/york-crams/pause", json={"why": "They test."})
        assert paused.status_code == 200
        assert (await officer.get("/api/v1/connections")).json()["items"][0]["paused_why"] == "They test."
        assert (await officer.post("/api/v1/connections/york-crams/resume")).status_code == 200
        assert (await system.get("/api/v1/connections")).status_code == 403
        headers = {"Content-Type": "text/csv", "X-Source-Key": "1"}
        stored = await system.post("/api/v1/intake", content=SAMPLE.encode(), headers=headers)
        assert stored.status_code == 202
        assert (await officer.get("/api/v1/connections/york-crams")).json()["waiting"] == 1


def test_a_connection_is_kept_shown_tried_and_paused_at_the_command_line(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    bedspace = Command(capsys)
    asked, sample = tmp_path / "york.toml", tmp_path / "sample.csv"
    asked.write_text(
        "".join(f"{name} = {'true' if value is True else chr(34) + value + chr(34)}\n" for name, value in CRAMS.items())
    )
    sample.write_text(SAMPLE)
    assert "no connection" in bedspace("connections", "list")[1]
    assert bedspace("connections", "keep", asked) == (0, "york-crams is made.\n")
    code, said = bedspace("connections", "test", "york-crams", sample)
    assert code == 0
    for part in (
        "read as areafile/crams: 3 read, 1 raised, 0 prepared, 1 for review, 1 refused.",
        "to Leeds (N55LEE)",
        "“X123456” (line 2, column CRN)",
        "line 4, column TRANSFER_DATE: This is no date of the form 18/12/2026.",
        "Nothing was written.",
    ):
        assert part in said
    assert bedspace("connections", "pause", "york-crams", "--why", "They test.") == (0, "york-crams is paused.\n")
    assert "paused: They test." in bedspace("connections", "list")[1]
    assert bedspace("connections", "resume", "york-crams")[0] == 0
    code, said = bedspace("intake", sample, "--connection", "york-crams")
    assert (code, "Of 3 records: 1 raised, 1 for a person, 1 not readable." in said) == (0, True)
    assert bedspace("intake", sample, "--connection", "york-crams", "--dry-run")[0] == 1
    assert "raised as they are" in bedspace("connections", "show", "york-crams")[1]
    asked.write_text(asked.read_text().replace("crams", "york", 1).replace('"areafile"', '"telex"'))
    code, said = bedspace("connections", "keep", asked)
    assert (code, "There is no system telex" in said) == (1, True)
