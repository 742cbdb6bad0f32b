"""The set-up repeats nothing, goes on after an interruption, and says what is missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "set_up.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a project of its own with an environment that is made."""
    spec = importlib.util.spec_from_file_location("set_up", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / ".venv").mkdir()
    monkeypatch.chdir(tmp_path)
    return module


def test_a_step_is_done_once_for_what_its_file_holds(script: ModuleType, tmp_path: Path) -> None:
    lock, done = tmp_path / "lock", []
    lock.write_text("one")
    for _ in range(2):
        script.once("step", "lock", lambda: done.append(lock.read_text()))
    lock.write_text("two")
    script.once("step", "lock", lambda: done.append(lock.read_text()))
    assert done == ["one", "two"]


def test_a_step_that_failed_is_done_again(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "lock").touch()

    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        script.once("step", "lock", fail)
    done: list[str] = []
    script.once("step", "lock", lambda: done.append("again"))
    assert done == ["again"]


def test_an_installation_that_was_interrupted_is_done_from_scratch(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []

    def interrupted(*command: object) -> None:
        seen.append(command)
        if len(seen) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(script, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        script.install("-r", "lock")
    script.install("-r", "lock")
    script.install("-r", "lock")
    assert ["--reinstall" in command for command in seen] == [False, True, False]


def test_an_old_python_says_that_it_is_too_old(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11"):
        script.main("run")


def test_an_ordinary_user_is_told_which_package_to_ask_for(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        script.apt_install("python3-venv", "This Python comes without pip")


def test_the_pip_that_comes_with_python_runs_as_it_lies_in_its_wheel(script: ModuleType) -> None:
    done = subprocess.run(
        [sys.executable, script.pip_wheel() / "pip", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("pip ")


@pytest.mark.parametrize("lock", ["requirements", "requirements-dev", "requirements-bench", "requirements-bootstrap"])
def test_every_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (SCRIPT.parents[1] / f"{lock}.lock").read_text()
    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:")
