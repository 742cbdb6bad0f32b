"""What stands in a JSON or XML message, and where: the same questions to both."""

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct

LONGEST_SOURCE = 300


class Said(Struct, frozen=True):
    """Words, and where they stand."""

    text: str
    source: str


class Place(Protocol):
    """An object of JSON, or an element of XML."""

    def said(self, *names: str) -> Said | None:
        """The words of the first of these that has any."""

    def inside(self, name: str) -> "Place":
        """What stands under a name; something empty where nothing does."""

    def each(self, name: str) -> Sequence["Place"]:
        """All that stands under a name."""


def said(text: str, source: str) -> Said | None:
    """None of what is blank. Without what no table of text can hold: NUL, half a surrogate pair."""
    words = text.replace("\0", "").encode(errors="replace").decode().strip()
    return Said(words, source[:LONGEST_SOURCE]) if words else None


class OfJson(Struct, frozen=True):
    """A value of JSON."""

    value: Any
    pointer: str = ""
    """As in RFC 6901."""

    def said(self, *names: str) -> Said | None:
        for name in names:
            words = _words(self._under(name))
            if found := words and said(words, self._to(name)):
                return found
        return None

    def inside(self, name: str) -> "OfJson":
        return OfJson(self._under(name), self._to(name))

    def each(self, name: str) -> list["OfJson"]:
        some = self._under(name)
        if isinstance(some, list):
            return [OfJson(one, f"{self._to(name)}/{n}") for n, one in enumerate(some)]
        return [] if some is None else [OfJson(some, self._to(name))]

    def has(self, *names: str) -> bool:
        return isinstance(self.value, dict) and all(name in self.value for name in names)

    def _under(self, name: str) -> Any:
        return self.value.get(name) if isinstance(self.value, dict) else None

    def _to(self, name: str) -> str:
        return f"{self.pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def _words(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return str(value)
    return ""
