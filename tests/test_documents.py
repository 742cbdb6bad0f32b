"""What the documents promise is true of the code."""

import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from gateway.cli import COMMANDS
from gateway.settings import Settings

TOP = Path(__file__).parents[1]
DOCUMENTS = sorted(path for path in TOP.rglob("*.md") if ".venv" not in path.parts and "node_modules" not in path.parts)


def test_the_table_of_environment_variables_is_the_settings() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", (TOP / "deploy/environment.md").read_text(), re.MULTILINE)
    given = {name: default.strip("`") for name, default in rows}
    fields = msgspec.structs.fields(Settings)
    assert given == {field.encode_name: "none" if field.default is None else str(field.default) for field in fields}


def test_the_decisions_are_numbered_in_order_and_dated() -> None:
    heads = re.findall(r"^## (\d+)\. .+ \((\d{4}-\d{2}-\d{2})\)$", (TOP / "DECISIONS.md").read_text(), re.MULTILINE)
    assert [int(number) for number, _ in heads] == list(range(1, len(heads) + 1))
    assert len(heads) == len(re.findall(r"^## ", (TOP / "DECISIONS.md").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        assert "://" in target or (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_every_command_that_a_document_shows_exists(document: Path) -> None:
    shown = set(re.findall(r"`(?:\.venv/bin/)?bedspace (\w+)[^`]*`", document.read_text()))
    assert shown <= set(COMMANDS), f"{document.name} shows commands that do not exist: {sorted(shown - set(COMMANDS))}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_every_make_target_that_a_document_shows_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`(?:[A-Z]+=\S+ )?make (\w+)", document.read_text())) <= targets


def test_the_readme_maps_every_folder() -> None:
    readme = (TOP / "README.md").read_text()
    for folder in ("gateway", "bedspace", "adapters", "schemas", "tests", "deploy"):
        assert f"`{folder}/" in readme


def test_the_tree_holds_only_the_agreed_folders() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split()
    folders = {path.split("/")[0] for path in listed if "/" in path}
    assert folders <= {"gateway", "bedspace", "adapters", "schemas", "tests", "deploy", ".ci"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(command: str) -> None:
    from gateway.cli import bedspace  # noqa: PLC0415  # the group is built here, so that a broken one fails one test

    with pytest.raises(SystemExit) as ended:
        bedspace.main([command, "--help"], prog_name="bedspace")
    assert ended.value.code == 0
