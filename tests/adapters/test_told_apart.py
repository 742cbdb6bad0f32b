"""Several systems take the same content type and are tried in turn: each message is read by its own."""

import mimetypes
from pathlib import Path

import pytest

from gateway.wiring import SYSTEMS, reading_ways, system_called, systems
from schemas.errors import Unreadable
from tests.contract.suite import EXPECTED

HERE = Path(__file__).parent
OFF = ("visor", "crams_fixed")
"""Folders of fixtures of profiles that wait until a connection names them."""
MESSAGES = [
    path
    for name in SYSTEMS
    for path in sorted(HERE.joinpath(name, "fixtures").rglob("*.*"))
    if path.suffix in (".json", ".xml", ".csv") and not path.name.endswith(EXPECTED) and path.parent.name not in OFF
]


def content_type_of(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or ""


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: str(path.relative_to(HERE)))
def test_a_message_is_read_by_its_own_system(path: Path) -> None:
    for way in reading_ways()[content_type_of(path)]:
        system, profile = way.name.split("/")
        try:
            system_called(system).read(path.read_bytes(), system_called(system).profiles()[profile])
        except Unreadable:
            continue
        assert system == path.relative_to(HERE).parts[0]
        return
    raise AssertionError("Nothing reads it.")


def test_every_system_has_its_folder_its_line_and_its_fixtures() -> None:
    folders = {path.parent.name for path in Path(systems()[0].home).parent.glob("*/__init__.py")}
    assert folders == set(SYSTEMS) == {system.name for system in systems()}
    for name in SYSTEMS:
        assert HERE.joinpath(name, "test_contract.py").is_file(), name
