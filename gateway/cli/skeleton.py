"""What a new far system begins with: files that keep every promise, of a format to be put out for the real one."""

import json
import keyword
import re
from pathlib import Path
from string import Template

from schemas.errors import Conflict, Invalid

TEMPLATES = Path(__file__).with_name("skeleton")
ROOT = Path(__file__).parents[2]
REGISTRY = "gateway/wiring.py"
PEOPLE = {"one": ("Robin Invented", "X123456"), "two": ("Sam Invented", "X234567"), "three": ("Ffion Invented", "")}


def new_system(name: str, title: str, content_type: str, root: Path = ROOT) -> list[Path]:
    """Writes a system's folder, its line in the registry and its fixtures; answers what was written.

    Raises `Invalid`, and `Conflict` where there is one of this name: nothing is written over.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) or keyword.iskeyword(name):
        raise Invalid.because("NAME", "A system is called by lower-case letters, digits and underscores.")
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", content_type):
        raise Invalid.because("--content-type", "Give a content type such as text/csv.")
    registry = root / REGISTRY
    if not registry.is_file():
        raise Invalid.because("NAME", "A system is added to a checkout of the project; there is none here.")
    here, tests = root / "adapters/systems" / name, root / "tests/adapters" / name
    if here.exists() or tests.exists():
        raise Conflict(f"There is a system {name} already. Nothing was written.")
    facts = {
        "name": name,
        "title": title.rstrip("."),
        "content_type": content_type,
        "camel": "".join(word.capitalize() for word in name.split("_")),
        "first": f'b"{name}\\n" * 500_000',
    }
    files = {
        here / "__init__.py": _filled("init", facts),
        here / "read.py": _filled("read", facts),
        here / "README.md": _filled("README", facts),
        tests / "test_contract.py": _filled("test_contract", facts),
        **_fixtures(tests / "fixtures", name),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _register(registry, name)
    return [*files, registry]


def _filled(template: str, facts: dict[str, str]) -> str:
    return Template((TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")).substitute(facts)


def _fixtures(folder: Path, name: str) -> dict[Path, str]:
    files = {}
    for stem, (person, crn) in PEOPLE.items():
        said = {"name": (person, 2), **({"crn": (crn, 3)} if crn else {})}
        files[folder / f"{stem}.txt"] = "\n".join([name, *(f"{field}: {value}" for field, (value, _) in said.items())])
        draft = {
            field: {"value": value, "text": value, "source": f"line {line}", "confidence": 1.0}
            for field, (value, line) in said.items()
        }
        reading = {"drafts": [{"draft": "nsi", **draft}]}
        files[folder / f"{stem}.reading.json"] = json.dumps(reading, indent=2) + "\n"
    return files


def _register(registry: Path, name: str) -> None:
    text = registry.read_text(encoding="utf-8")
    before, found, after = text.partition('    "email_notice",\n')
    if not found:
        raise Invalid.because(REGISTRY, f"SYSTEMS is not as it was. Add the line yourself: {name}.")
    registry.write_text(f'{before}    "{name}",\n{found}{after}', encoding="utf-8")
