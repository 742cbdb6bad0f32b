"""Data in TOML, and where in its file something does not fit."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

from schemas.errors import Invalid

T = TypeVar("T")

UNKNOWN = re.compile(r"unknown field `([^`]+)`")
MISSING = re.compile(r"missing required field `([^`]+)`")
AT = re.compile(r"at `\$\.?([^`]*)`")
PART = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


def decoded(path: Path, type_: type[T]) -> T:
    """Raises `Invalid` naming the file, the key and its line."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=type_)
    except msgspec.ValidationError as error:
        message = str(error)
        at = AT.search(message)
        where = (at[1] if at else "").replace("[...]", "")
        unknown = UNKNOWN.search(message)
        if unknown:
            raise bad(path, f"{where}.{unknown[1]}".strip("."), "there is no such key") from error
        missing = MISSING.search(message)
        why = f"`{missing[1]}` is missing" if missing else message.partition(" - at ")[0]
        raise bad(path, where, why) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise Invalid.because(path.name, str(error)) from error


def bad(path: Path, key: str, why: str) -> Invalid:
    """What does not fit: `key` as a path such as `rule[2].kind`."""
    line = line_of(path.read_text(), key)
    return Invalid.because(path.name, f"line {line}: {key}: {why}." if key else f"{why}.")


def line_of(text: str, key: str) -> int:
    """The line that a key is on, or that of the table it would be in: the first line where neither is found."""
    lines = text.splitlines()
    first, last = 0, len(lines)
    found = 1
    for name, n in PART.findall(key):
        header = re.compile(rf"\s*\[\[?\s*(?:[\w-]+\.)*{re.escape(name)}\s*\]")
        heads = [at for at in range(first, last) if header.match(lines[at])]
        if heads:
            first = heads[min(int(n or 0), len(heads) - 1)]
            found = first + 1
            last = next((at for at in range(first + 1, last) if lines[at].startswith("[")), last)
            continue
        if any(re.match(rf"\s*\[(?:[\w-]+\.)*{re.escape(name)}\.", line) for line in lines[first:last]):
            continue  # `[codes.type]` stands for `codes` too
        own = re.compile(rf"\s*(?:[\w.-]+\.)?\"?{re.escape(name)}\"?\s*=|.*[{{,]\s*{re.escape(name)}\s*=")
        keys = [at for at in range(first, last) if own.match(lines[at])]
        if not keys:
            break
        found = keys[0] + 1
    return found
