"""Every message of the pages, for a translator. `python -m gateway.pages.strings` writes `locale/bedspace.pot`."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from gateway.pages.templates import HERE, environment
from gateway.pages.words import LOCALE

POT = LOCALE / "bedspace.pot"
MARKS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2}
"""What marks a message, and of how many strings it then consists."""

Message: TypeAlias = tuple[str, ...]
"""One string, or the singular and the plural."""

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def of_template(name: str) -> Iterator[Message]:
    jinja = environment()
    source = (HERE / "templates" / name).read_text()
    for _line, function, said in jinja.extract_translations(source):  # type: ignore[attr-defined]  # added by the extension
        yield from _message(said if isinstance(said, tuple) else (said,), MARKS[function])


def of_module(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            said = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            yield from _message(said, MARKS[node.func.id])


def _message(said: Sequence[object], count: int) -> Iterator[Message]:
    """Nothing where what is said is a variable: its words are marked where they stand."""
    strings = tuple(one for one in said if isinstance(one, str))[:count]
    if strings:
        yield strings


def all_messages() -> dict[Message, list[str]]:
    """Each message once, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted((HERE / "templates").glob("*.html")):
        for message in of_template(path.name):
            found.setdefault(message, []).append(f"templates/{path.name}")
    for path in sorted(HERE.glob("*.py")):
        for message in of_module(path):
            found.setdefault(message, []).append(path.name)
    return found


def catalogue() -> str:
    """In the format of gettext, without dates, so that it changes only when a message does."""
    return HEAD + "".join(_entry(message, sorted(set(files))) for message, files in sorted(all_messages().items()))


def _entry(message: Message, files: list[str]) -> str:
    lines = [f"#: {' '.join(files)}"]
    if "%(" in message[0]:
        lines.append("#, python-format")
    lines.append(f"msgid {_quoted(message[0])}")
    if len(message) == 1:
        return "\n" + "\n".join([*lines, 'msgstr ""']) + "\n"
    lines.append(f"msgid_plural {_quoted(message[1])}")
    return "\n" + "\n".join([*lines, *(f'msgstr[{n}] ""' for n in range(2))]) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    POT.write_text(catalogue())
