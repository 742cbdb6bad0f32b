"""`bedspace locate`."""

import json

import pytest

from gateway.cli import main


def run(monkeypatch: pytest.MonkeyPatch, organised: str, *arguments: str) -> int:
    monkeypatch.setenv("DATABASE_URL", organised)
    with pytest.raises(SystemExit) as left:
        main(["locate", *arguments])
    assert isinstance(left.value.code, int)
    return left.value.code


def test_a_postcode_names_the_pdu_the_region_and_the_spoc(
    monkeypatch: pytest.MonkeyPatch, organised: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, organised, "LS1 4AP") == 0
    said = capsys.readouterr().out
    assert "Read as postcode LS1 4AP, Leeds." in said
    assert "Leeds (N55LEE)" in said
    assert "Yorkshire and The Humber" in said
    assert "spoc.n55lee@pdu.invalid" in said


def test_a_split_authority_lists_the_candidates_and_leaves_with_3(
    monkeypatch: pytest.MonkeyPatch, organised: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, organised, "Birmingham") == 3
    said = capsys.readouterr().out
    assert "Ambiguous: 2 PDUs" in said
    assert "N52BIRM" in said
    assert "N52BNES" in said


def test_json_has_the_keys_of_the_api(
    monkeypatch: pytest.MonkeyPatch, organised: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, organised, "Leeds", "--purpose", "victim", "--on", "2026-12-01", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["pdu"] == {"code": "N55LEE", "name": "Leeds"}
    assert answer["region"] == {"code": "N55", "name": "Yorkshire and The Humber"}
    assert answer["spoc"]["email"] == "victim.n55lee@pdu.invalid"
    assert run(monkeypatch, organised, "Birmingham", "--json") == 3
    answer = json.loads(capsys.readouterr().out)
    assert [each["pdu"]["code"] for each in answer["ambiguous"]] == ["N52BIRM", "N52BNES"]


def test_a_misspelling_is_asked_back_with_the_command_that_answers(
    monkeypatch: pytest.MonkeyPatch, organised: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, organised, "Birmingam") == 1
    said = capsys.readouterr().err
    assert said.startswith("Not found: ")
    assert "Did you mean Birmingham" in said
    assert "bedspace locate Birmingham " in said
    assert run(monkeypatch, organised, "Birmingam", "--json") == 1
    assert json.loads(capsys.readouterr().out)["candidates"][0] == {
        "near": "Birmingham",
        "name": "Birmingham",
        "kind": "authority",
    }
