"""Regimes are data; data that does not fit is named by file and key."""

from datetime import date
from pathlib import Path

import pytest

from gateway.transfers.regime import FOLDER, read_regime, regime_on, regimes
from schemas.errors import Invalid

GOOD = (FOLDER / "framework_2022.toml").read_text()


def broken(tmp_path: Path, old: str, new: str) -> str:
    assert old in GOOD
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(Invalid) as caught:
        read_regime(path)
    assert caught.value.faults[0].field == "broken.toml"
    return caught.value.faults[0].why


def test_every_rule_says_where_it_comes_from() -> None:
    assert all(rule.source and rule.title for regime in regimes().values() for rule in regime.rule)


def test_the_framework_is_in_force_from_its_first_day() -> None:
    assert regime_on(date(2022, 10, 17)).id == "framework_2022"


def test_a_kind_of_day_that_is_not_one_is_named(tmp_path: Path) -> None:
    assert "$.rule[0].kind" in broken(tmp_path, 'kind = "calendar"', 'kind = "lunar"')


def test_a_key_nobody_knows_is_named(tmp_path: Path) -> None:
    assert "dayz" in broken(tmp_path, "days = -1", "dayz = -1")


def test_a_rule_that_is_there_twice_is_named(tmp_path: Path) -> None:
    assert broken(tmp_path, 'id = "T-02"', 'id = "T-01"') == "rule T-01 is there twice"


def test_an_action_for_no_rule_is_named(tmp_path: Path) -> None:
    assert "action[2].meets: there is no rule T-99" in broken(tmp_path, 'meets = "T-03"', 'meets = "T-99"')


def test_a_type_of_nsi_without_its_questions_is_named(tmp_path: Path) -> None:
    assert "responsibility.temporary_move" in broken(tmp_path, 'temporary_move = "never"', "")


def test_bytes_that_are_no_toml_are_named(tmp_path: Path) -> None:
    assert "line" in broken(tmp_path, "[asks]", "[asks")
