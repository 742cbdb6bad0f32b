"""XML, safely: no doctype, no entity, no network, no tree that is too large."""

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, TreeBuilder  # only built; expat below parses, without doctypes
from xml.parsers import expat  # a doctype, and so every entity, is refused

from lxml import etree

from schemas.errors import Unreadable

DEEPEST = 200
MOST_INSIDE = 50_000
"""Elements inside one that is asked for."""
NO_DOCTYPE = "It has a document type declaration. Send it without: nothing of that kind is read here."
_SOME = 65_536
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True}


def parsed(raw: bytes) -> Any:
    """The root element. Raises `Unreadable`."""
    try:
        root = etree.fromstring(raw, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"This is not XML that can be read{_at(error)}. Export it again.") from error
    _refuse_doctype(root)
    return root


def elements(file: IO[bytes], *tags: str) -> Iterator[Element]:
    """Each whole element of these tags (`{namespace}name`), in memory that does not grow with the file.

    Nothing is kept of what stands outside of them. Raises `Unreadable`.
    """
    building = _Building(frozenset(tags))
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = building.start, building.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = building.data, _doctype
    try:
        while some := file.read(_SOME):
            parser.Parse(some)
            yield from building.taken()
        parser.Parse(b"", True)  # noqa: FBT003  # the name of this parameter is its place
    except expat.ExpatError as error:
        raise Unreadable(f"This is not XML that can be read{_at(error)}. Export it again.") from error
    yield from building.taken()


class _Building:
    """Builds what stands inside the elements asked for."""

    def __init__(self, tags: frozenset[str]) -> None:
        self._tags = tags
        self._builder: TreeBuilder | None = None
        self._inside = self._depth = self._count = 0
        self._done: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = f"{{{name}" if "}" in name else name
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("Its elements stand too deep inside one another. This is no export.")
        if self._builder is None:
            if tag not in self._tags:
                return
            self._builder, self._inside, self._count = TreeBuilder(), 0, 0
        self._inside += 1
        self._count += 1
        if self._count > MOST_INSIDE:
            raise Unreadable("One of its records holds too many elements. This is no export.")
        self._builder.start(tag, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._builder is None:
            return
        self._builder.end(f"{{{name}" if "}" in name else name)
        self._inside -= 1
        if not self._inside:
            self._done.append(self._builder.close())
            self._builder = None

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def taken(self) -> list[Element]:
        done, self._done = self._done, []
        return done


def _doctype(*_: object) -> None:
    raise Unreadable(NO_DOCTYPE)


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _refuse_doctype(root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise Unreadable(NO_DOCTYPE)


def _at(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f" (line {line})" if line else ""
