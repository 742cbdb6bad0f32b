"""`bedspace intake` and `bedspace nsi`, as they are called."""

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from gateway.cli import main
from tests.messages import FACTS

BODY = """Please take this case transfer.

Name: {name}
CRN: {crn}
Date of birth: 03/02/1990
Type: Case transfer
Release date: 18 December 2026
Address on release: 1 Example Street, Leeds LS1 4AP
RoSH: High
Sending PDU: York PDU
"""


def mail(folder: Path, name: str, crn: str, body: str = BODY) -> Path:
    letter = EmailMessage()
    letter["From"] = "Jo Example-York <jo.example@sender.invalid>"
    letter["To"] = "transfers@gateway.invalid"
    letter["Subject"] = "A case for you"
    letter["Date"] = "Sun, 22 Nov 2026 09:00:00 +0000"
    letter["Message-ID"] = f"<{crn}@sender.invalid>"
    letter.set_content(body.format(name=name, crn=crn))
    path = folder / f"{crn}.eml"
    path.write_bytes(letter.as_bytes())
    return path


class Command:
    """Runs `bedspace …` against the test's database."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        assert isinstance(left.value.code, int)
        said = self._capsys.readouterr()
        return left.value.code, said.out + said.err

    def json(self, *arguments: object) -> Any:
        return json.loads(self(*arguments, "--json")[1])


@pytest.fixture
def bedspace(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("DATABASE_URL", database)
    return Command(capsys)


def test_a_dry_run_says_what_would_be_prepared_from_which_words_and_writes_nothing(
    bedspace: Command, tmp_path: Path
) -> None:
    code, said = bedspace("intake", mail(tmp_path, "Robin Invented", "X123456"), "--dry-run")
    assert code == 0
    for part in ("prepared", "Leeds (N55LEE)", "“X123456” (body line", "missing", "gender", "Nothing was written."):
        assert part in said
    assert bedspace("nsi", "list")[1] == "No NSI is like that.\n"


def test_a_dry_run_needs_no_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    code, said = Command(capsys)("intake", mail(tmp_path, "Robin Invented", "X123456"), "--dry-run")
    assert (code, "not looked up: no database is running" in said) == (0, True)


def test_a_folder_is_stored_read_settled_and_summed_up(bedspace: Command, tmp_path: Path) -> None:
    mail(tmp_path, "Robin Invented", "X123456")
    mail(tmp_path, "Kit Example-Other", "X654321", BODY.replace("Leeds LS1 4AP", "Somewhere"))
    (tmp_path / "notes.txt").write_text("not for us")
    code, said = bedspace("intake", tmp_path)
    assert code == 0
    assert "NSI-000001, prepared" in said
    assert "2 messages: 1 prepared, 1 review." in said


def test_the_same_file_again_changes_nothing(bedspace: Command, tmp_path: Path) -> None:
    path = mail(tmp_path, "Robin Invented", "X123456")
    assert bedspace.json("intake", path) == bedspace.json("intake", tmp_path / "*.eml")
    assert len(bedspace.json("nsi", "list")["items"]) == 1


def test_a_file_that_cannot_be_read_is_told_and_leaves_with_1(bedspace: Command, tmp_path: Path) -> None:
    empty, broken = tmp_path / "empty.eml", tmp_path / "broken.eml"
    empty.write_bytes(b"")
    broken.write_bytes(b"\xff\xfe\x00 no mail")
    code, said = bedspace(
        "intake", empty, broken, tmp_path / "nowhere.eml", mail(tmp_path, "Robin Invented", "X123456")
    )
    assert code == 1
    assert "There is nothing in it." in said
    assert "No such file" in said
    assert "4 messages: 1 prepared, 1 refused, 2 unread." in said


def test_a_system_nobody_knows_is_named_with_those_that_are(bedspace: Command, tmp_path: Path) -> None:
    code, said = bedspace("intake", tmp_path, "--system", "telex")
    assert (code, "email_notice" in said) == (1, True)


def test_the_area_that_hands_a_message_in_is_its_origin(bedspace: Command, tmp_path: Path) -> None:
    path = mail(tmp_path, "Robin Invented", "X123456", BODY.replace("Sending PDU: York PDU\n", ""))
    nsi = bedspace.json("intake", path, "--area", "N55HER")[0]["nsis"][0]["id"]
    assert bedspace.json("nsi", "show", nsi)["sending"]["pdu"]["code"] == "N55HER"


def test_an_nsi_is_shown_by_reference_with_rules_actions_evidence_and_timeline(
    bedspace: Command, tmp_path: Path
) -> None:
    bedspace("intake", mail(tmp_path, str(FACTS["name"]), "X123456"))
    code, said = bedspace("nsi", "show", "nsi-000001")
    assert code == 0
    for part in ("Robin Invented, X123456", "T-14", "[ ]  1  Complete", "“X123456” (body line", "Message received"):
        assert part in said
    shown = bedspace.json("nsi", "show", "NSI-000001")
    assert bedspace.json("nsi", "show", shown["id"])["reference"] == "NSI-000001"


def test_a_list_says_who_and_what_is_due(bedspace: Command, tmp_path: Path) -> None:
    bedspace("intake", mail(tmp_path, "Robin Invented", "X123456"))
    assert "X123456  Robin Invented" in bedspace("nsi", "list", "--pdu", "N55LEE")[1]
    assert bedspace("nsi", "list", "--pdu", "N52BIRM")[1] == "No NSI is like that.\n"
    queue = bedspace("nsi", "queue", "--pdu", "N55LEE", "--side", "receiving")[1]
    assert "NSI-000001  prepared    N55YRK to N55LEE" in queue
    assert "Nothing is under way like that." in bedspace("nsi", "queue", "--pdu", "N55LEE", "--side", "sending")[1]
    assert bedspace.json("nsi", "queue", "--high-risk")["counts"]["high_risk"] == 1


def test_c_20_all_the_moves_of_one_person_are_on_one_line_and_a_status_and_a_note_are_recorded(
    bedspace: Command, tmp_path: Path
) -> None:
    bedspace("intake", mail(tmp_path, "Robin Invented", "X123456"))
    note = tmp_path / "note.txt"
    note.write_text("Wants to be near a sister.")
    assert bedspace("nsi", "note", "NSI-000001", note) == (0, "NSI-000001 is prepared.\n")
    told = bedspace("nsi", "status", "NSI-000001", "withdrawn", "--outcome", "did_not_move")
    assert told == (0, "NSI-000001 is withdrawn.\n")
    assert "York → Leeds (2026-12-18, withdrawn)" in bedspace("nsi", "list", "--person", "x123456")[1]
    shown = bedspace("nsi", "show", "NSI-000001")[1]
    assert "Wants to be near a sister." in shown
    assert "outcome did_not_move" in shown
    assert bedspace("nsi", "list", "--questions") == (0, "No NSI is like that.\n")
    assert bedspace("nsi", "in-flight", "N00", "tracker")[0] == 1


def test_an_nsi_that_is_not_there_leaves_with_1(bedspace: Command) -> None:
    assert bedspace("nsi", "show", "NSI-999999") == (1, "Not found: There is no such NSI, or it is not yours to see.\n")
