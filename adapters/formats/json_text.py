"""JSON, safely: no name twice, no number that is none, no depth without end, no more values than a message has."""

import json
from typing import Any

from schemas.errors import Unreadable

MOST_VALUES = 400_000
"""Commas, braces and brackets, also those within text."""
LONGEST_NUMBER = 40
"""Figures."""
AGAIN = "Send it again as it was made."


def parsed_json(raw: bytes) -> Any:
    """Raises `Unreadable`."""
    text = _text(raw)
    if text.count(",") + text.count("{") + text.count("[") > MOST_VALUES:
        raise Unreadable("It holds more values than one message has. Send it in parts.")
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_broken
        )
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON that can be read (line {error.lineno}). {AGAIN}") from error
    except RecursionError as error:
        raise Unreadable(f"Its values stand too deep inside one another. {AGAIN}") from error


def looks_like_json(raw: bytes) -> bool:
    """Whether it begins as an object or a list does."""
    return raw[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"This is no text in UTF-8, as JSON must be. {AGAIN}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Unreadable(f"One of its names stands twice in the same place, and nobody can say which is meant. {AGAIN}")
    return made


def _constant(_: str) -> Any:
    raise Unreadable(f"It holds a number that is none (NaN or infinity). {AGAIN}")


def _whole(figures: str) -> int:
    if len(figures) > LONGEST_NUMBER:
        raise Unreadable(f"It holds a number of more than {LONGEST_NUMBER} figures. {AGAIN}")
    return int(figures)


def _broken(figures: str) -> float:
    number = float(figures) if len(figures) <= LONGEST_NUMBER else float("inf")
    if number in (float("inf"), float("-inf")):
        raise Unreadable(f"It holds a number that is too large or too long. {AGAIN}")
    return number
