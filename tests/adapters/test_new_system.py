"""`bedspace adapters new NAME` begins a system that keeps every promise before a line of it is written."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import adapters.systems
from gateway.cli import main
from gateway.cli.skeleton import REGISTRY, ROOT, new_system
from schemas.errors import Conflict, Invalid
from tests.contract.suite import SystemContract


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / REGISTRY).parent.mkdir(parents=True)
    (tmp_path / REGISTRY).write_text((ROOT / REGISTRY).read_text())
    return tmp_path


@pytest.fixture
def suite_of_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> SystemContract:
    new_system("probis", "Cases of PROBIS", "text/x-probis", checkout)
    monkeypatch.setattr(adapters.systems, "__path__", [str(checkout / "adapters/systems")])
    spec = importlib.util.spec_from_file_location("test_probis", checkout / "tests/adapters/probis/test_contract.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: SystemContract = module.TestProbis()
    return made


def test_what_it_writes_keeps_every_promise(suite_of_it: SystemContract) -> None:
    for promise in (name for name in vars(SystemContract) if name.startswith("test_")):
        getattr(suite_of_it, promise)()
    assert suite_of_it.system.describes == "Cases of PROBIS"


def test_it_touches_a_folder_one_line_and_fixtures(checkout: Path) -> None:
    before = (checkout / REGISTRY).read_text().splitlines()
    written = {path.relative_to(checkout).parts for path in new_system("probis", "Cases", "text/csv", checkout)}
    after = (checkout / REGISTRY).read_text().splitlines()
    assert [line for line in after if line not in before] == ['    "probis",']
    assert len(after) == len(before) + 1
    assert {parts[:3] for parts in written} == {
        ("adapters", "systems", "probis"),
        ("tests", "adapters", "probis"),
        ("gateway", "wiring.py"),
    }


def test_nothing_is_written_over(checkout: Path) -> None:
    new_system("probis", "Cases", "text/csv", checkout)
    (checkout / "adapters/systems/probis/read.py").write_text("mine")
    with pytest.raises(Conflict, match="already"):
        new_system("probis", "Cases", "text/csv", checkout)
    assert (checkout / "adapters/systems/probis/read.py").read_text() == "mine"


@pytest.mark.parametrize("name", ["PROBIS", "../probis", "class", "p", "probis-2", ""])
def test_a_name_that_cannot_be_a_folder_is_refused(checkout: Path, name: str) -> None:
    with pytest.raises(Invalid, match="lower-case letters"):
        new_system(name, "Cases", "text/csv", checkout)
    assert not (checkout / "adapters").exists()


def test_systems_and_their_profiles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["adapters"])
    said = capsys.readouterr().out
    assert "crams          CRAMS: transfers, as CSV (our own layout)" in said
    assert "visor          ViSOR: registrations, as CSV (our own layout; off until a connection names it)" in said
    with pytest.raises(SystemExit):
        main(["adapters", "--json"])
    listed = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert "nsi" in listed["areafile"]["writes"]
    assert [one["name"] for one in listed["email_notice"]["profiles"]] == ["plain"]
