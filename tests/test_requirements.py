"""Every requirement has a test that shows it, and `REQUIREMENTS.md` says which."""

import ast
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct

HERE = Path(__file__).parent
TABLE = HERE / "REQUIREMENTS.md"

NEEDED = {
    *(f"T-{n:02}" for n in range(1, 29)),
    *(f"C-{n:02}" for n in range(1, 25)),
    *(f"SYS-{n:02}" for n in (1, 7, 10, 11, *range(12, 24))),
}
"""What the register and the transfers answer for."""
SHARED = 2
"""So many words of the row are said by its tests."""
PLAIN = {
    "that",
    "this",
    "with",
    "from",
    "their",
    "they",
    "whom",
    "which",
    "where",
    "when",
    "what",
    "into",
    "each",
    "other",
}


class Row(Struct, frozen=True):
    asks: str
    tests: tuple[str, ...]


def cells(section: str) -> list[list[str]]:
    """Rows of the tables under a heading of the document, but for their heads."""
    part = TABLE.read_text().partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    return [row for row in rows if row[0] not in ("id", "what") and not row[0].startswith("--")]


def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for id_, asks, tests in cells("Rows and their tests"):
        assert id_ not in found, f"{id_} is there twice"
        found[id_] = Row(asks, tuple(re.findall(r"`([^`]+)`", tests)))
    return found


@cache
def told_by(path: str) -> dict[str, str]:
    """The tests of a file, by name: what each says of itself, in its name, its docstring and that of its file."""
    tree = ast.parse((HERE / path).read_text())
    head = ast.get_docstring(tree) or ""
    return {
        one.name: " ".join((one.name.replace("_", " "), ast.get_docstring(one) or "", head))
        for one in tree.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_")
    }


def stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in PLAIN}


def saying(what: str, tests: Sequence[str]) -> str:
    """What tests say of themselves, in the words of their names; each is there."""
    assert tests, f"{what} names no test"
    said = ""
    for one in tests:
        path, _, name = one.partition("::")
        assert name in told_by(path), f"{what}: there is no test {one}"
        said += " " + told_by(path)[name]
    return said


def test_every_requirement_is_in_the_table() -> None:
    """Nothing is "not yet" any more, and nothing leaves the table."""
    assert NEEDED - set(rows()) == set()
    assert cells("Not yet") == []


@pytest.mark.parametrize(("asks", "tests"), cells("What must hold besides, and its tests"))
def test_what_must_hold_besides_has_its_tests(asks: str, tests: str) -> None:
    said = saying(asks, re.findall(r"`([^`]+)`", tests))
    assert stems(asks) & stems(said), f"“{asks}”: its tests say “{said.strip()}”"


@pytest.mark.parametrize("id_", sorted(rows()))
def test_each_test_of_a_row_is_there_and_says_the_row_in_words(id_: str) -> None:
    row = rows()[id_]
    said = saying(id_, row.tests)
    shared = stems(row.asks) & stems(said)
    assert len(shared) >= SHARED, f"{id_} asks “{row.asks}”, and its tests say “{said.strip()}”"
