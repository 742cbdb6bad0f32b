"""Regimes are data; data that does not fit is named by file and key."""

from datetime import date
from pathlib import Path

import pytest

from gateway.cli import main
from gateway.transfers.regime import FOLDER, read_regime, regime_on, regimes
from schemas.errors import Invalid

GOOD = (FOLDER / "framework_2022.toml").read_text()
MONTHS = 'kind = "months"'


def broken(tmp_path: Path, old: str, new: str) -> str:
    assert old in GOOD
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(Invalid) as caught:
        read_regime(path)
    assert caught.value.faults[0].field == "broken.toml"
    return caught.value.faults[0].why


def line_in(of: str) -> int:
    return GOOD[: GOOD.index(of)].count("\n") + 1


def test_every_rule_says_where_it_comes_from() -> None:
    assert all(rule.source and rule.title for regime in regimes().values() for rule in regime.rule)


def test_the_framework_is_in_force_from_its_first_day() -> None:
    assert regime_on(date(2022, 10, 17)).id == "framework_2022"


def test_a_kind_of_day_that_is_not_one_is_named(tmp_path: Path) -> None:
    assert broken(tmp_path, MONTHS, 'kind = "lunar"').startswith(f"line {line_in(MONTHS)}: rule[12].kind: ")


def test_a_key_nobody_knows_is_named(tmp_path: Path) -> None:
    """With its file, the key and its line."""
    wanted = f"line {line_in('days = -1')}: rule[0].dayz: there is no such key."
    assert broken(tmp_path, "days = -1", "dayz = -1") == wanted


def test_a_key_nobody_knows_is_named_at_the_top_and_in_a_table_within(tmp_path: Path) -> None:
    why = broken(tmp_path, "due_soon_working_days", "due_sooner")
    assert why == f"line {line_in('due_soon_working_days')}: due_sooner: there is no such key."
    report = 'met_by = { action = "risk_report" }'
    why = broken(tmp_path, report, report.replace("action", "deed"))
    assert why == f"line {line_in(report)}: rule[2].met_by.deed: there is no such key."


def test_a_key_that_is_missing_names_the_table_it_should_be_in(tmp_path: Path) -> None:
    why = broken(tmp_path, 'title = "The whole transfer"\n', "")
    head = line_in('id = "T-14"') - 1
    assert why == f"line {head}: rule[13]: `title` is missing."


def test_a_rule_that_is_there_twice_is_named(tmp_path: Path) -> None:
    line = line_in('id = "T-02"')
    assert broken(tmp_path, 'id = "T-02"', 'id = "T-01"') == f"line {line}: rule[1].id: rule T-01 is there twice."


def test_an_action_for_no_rule_is_named(tmp_path: Path) -> None:
    assert "action[1].due_with: there is no rule T-99" in broken(tmp_path, 'due_with = "T-01"', 'due_with = "T-99"')


def test_an_action_or_a_document_of_no_kind_is_named(tmp_path: Path) -> None:
    why = broken(tmp_path, 'kind = "conversation"', 'kind = "chat"')
    assert why.endswith("action[1].kind: there is no kind of action chat in actions.toml.")
    why = broken(tmp_path, 'kind = "assessment"', 'kind = "novel"')
    assert why.endswith("document[0].kind: there is no kind of document novel in documents.toml.")


def test_a_clock_without_a_start_is_named(tmp_path: Path) -> None:
    assert "both `days` and `starts`" in broken(tmp_path, 'starts = "move"\n', "")


def test_a_region_runs_its_own_regime_from_a_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = GOOD.replace('id = "framework_2022"', 'id = "yorkshire_2027"', 1)
    own = own.replace("from = 2022-10-17", 'from = 2027-01-01\nregions = ["N55"]', 1)
    (tmp_path / "yorkshire_2027.toml").write_text(own)
    monkeypatch.setenv("REGIMES", str(tmp_path))
    assert regime_on(date(2027, 1, 1), "N55").id == "yorkshire_2027"
    assert regime_on(date(2026, 12, 31), "N55").id == "framework_2022"
    assert regime_on(date(2027, 1, 1), "N54").id == "framework_2022"
    assert regime_on(date(2027, 1, 1)).id == "framework_2022"


def test_before_the_framework_the_circular_of_2000_is_in_force() -> None:
    assert regime_on(date(2022, 10, 16)).id == "pc_78_2000"


def test_a_type_of_nsi_without_its_questions_is_named(tmp_path: Path) -> None:
    assert "responsibility.temporary_move" in broken(tmp_path, 'temporary_move = "never"', "")


def test_bytes_that_are_no_toml_are_named(tmp_path: Path) -> None:
    assert "line" in broken(tmp_path, "[asks]", "[asks")


def test_the_command_lists_and_checks_regimes_and_names_what_does_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_without_exit("regimes", "--rules")
    listed = capsys.readouterr().out
    assert "framework_2022  from 2022-10-17, of the nation: 27 rules" in listed
    assert "T-14  20 working from referral" in listed
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.replace("days = -1", "dayz = -1", 1))
    with pytest.raises(SystemExit):
        main(["regimes", str(path)])
    assert f"broken.toml: line {line_in('days = -1')}: rule[0].dayz: there is no such key." in capsys.readouterr().err


def main_without_exit(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 0
