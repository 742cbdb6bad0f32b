"""An XML message as places: elements by their names, each with its path and its line."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from adapters.formats.said import Said, said
from adapters.formats.xml import local, parsed
from schemas.errors import Unreadable

MOST_ELEMENTS = 200_000
LONGEST_STEP = 80
ENVELOPES = 5
"""Elements around one that is looked for, at most."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class OfXml:
    """Names without their namespaces: the reader has looked at that of the message."""

    def __init__(self, element: Any, step: str, above: "OfXml | None" = None) -> None:
        self.element = element
        self._step = step[:LONGEST_STEP]
        self._above = above
        self._depth: int = above._depth + 1 if above else 1
        self._children: list[OfXml] | None = None
        self._named: dict[str, list[OfXml]] = {}

    @property
    def path(self) -> str:
        """From the root, as XPath."""
        steps: list[str] = []
        one: OfXml | None = self
        while one is not None:
            steps.append(one._step)
            one = one._above
        return "/" + "/".join(reversed(steps))

    @property
    def name(self) -> str:
        return local(self.element) if self.element is not None else ""

    @property
    def source(self) -> str:
        return f"{self.path}, line {self.element.sourceline}"

    def said(self, *names: str) -> Said | None:
        for name in names:
            for one in self.each(name):
                if found := said("".join(one.element.itertext()), one.source):
                    return found
        return None

    def inside(self, name: str) -> "OfXml":
        return next(iter(self.each(name)), OfXml(None, name, self))

    def each(self, name: str) -> list["OfXml"]:
        self.children()
        return self._named.get(name, [])

    def children(self) -> list["OfXml"]:
        """With a number in their path where a name stands there more than once."""
        if self._children is None:
            named = [(local(one), one) for one in self.element] if self.element is not None else []
            often = Counter(name for name, _ in named)
            so_far = Counter[str]()
            self._children = []
            for name, one in named:
                so_far[name] += 1
                step = f"{name}[{so_far[name]}]" if often[name] > 1 else name
                child = OfXml(one, step, self)
                self._children.append(child)
                self._named.setdefault(name, []).append(child)
        return self._children

    def find(self, *names: str) -> Iterator["OfXml"]:
        """What is called so, this itself or below it, not far down, and not within another that is found."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            if one.name in names:
                yield one
            elif one._depth < ENVELOPES:
                waiting += reversed(one.children())


def xml_message(raw: bytes) -> OfXml:
    """Its root. Raises `Unreadable`."""
    if not looks_like_xml(raw):
        raise Unreadable("This is not XML. Send the message as it was made.")
    if raw.count(b"<") > 2 * MOST_ELEMENTS:
        raise Unreadable("It holds more elements than one message has. Send it in parts.")
    root = parsed(raw)
    return OfXml(root, local(root))


def looks_like_xml(raw: bytes) -> bool:
    """Whether it begins as XML in UTF-8 or UTF-16 does."""
    head = raw[:200]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip()[:1] == b"<"
