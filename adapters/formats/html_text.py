"""HTML to lines of text: a table row of several cells is one line, its cells a tab apart."""

from lxml import etree

_BREAKING_WORDS = """
    address article blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol
    option p pre section table tbody tfoot thead title tr ul
"""
_BREAKING = frozenset(_BREAKING_WORDS.split())
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "svg", "object"})
_CELLS = frozenset({"td", "th"})
_LINES_OF_A_CELL = 8
"""A cell of more lines than this lays out a page; it is not a value."""


def text_of_html(html: str) -> str:
    """The text a reader sees. Quotations are marked with `>`."""
    page = _Page()
    parser = etree.HTMLParser(target=page, no_network=True, remove_pis=True, remove_comments=True)
    try:
        parser.feed(html.replace("\0", ""))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        page.close()  # what was read until then stands
    return "\n".join(page.lines)


class _Page:
    """Receives the tags one by one, so that no tree is built and a deep one costs nothing."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._stack: list[list[str]] = [self.lines]
        """Where lines go: the page, or the cell that is open."""
        self._rows: list[list[list[str]]] = []
        """For each open table, the cells of its open row."""
        self._cells: list[bool] = []
        self._words: list[str] = []
        self._unseen: list[bool] = []
        self._quotes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        hidden = tag in _UNSEEN or "display:none" in attributes.get("style", "").replace(" ", "").lower()
        if hidden or self._unseen:
            if tag not in {"br", "img", "hr", "input", "meta", "link"}:
                self._unseen.append(hidden)
            return
        if tag in _BREAKING or tag in _CELLS:
            self._end_line(blank=tag == "p")
        if tag == "table":
            self._rows.append([])
        elif tag in _CELLS:
            self._cells.append(bool(self._rows))
            if self._rows:
                self._stack.append([])
        self._quotes += tag == "blockquote"

    def end(self, tag: str) -> None:
        if self._unseen:
            if tag not in {"br", "img", "hr", "input", "meta", "link"}:
                self._unseen.pop()
            return
        if tag in _BREAKING or tag in _CELLS:
            self._end_line(blank=tag == "p")
        if tag in _CELLS and self._cells and self._cells.pop() and len(self._stack) > 1:
            self._rows[-1].append([line for line in self._stack.pop() if line])
        elif tag in {"tr", "table"} and self._rows:
            self._end_row()
            if tag == "table":
                self._rows.pop()
                self._end_line(blank=True)
        self._quotes -= tag == "blockquote"

    def data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def close(self) -> None:
        self._end_line()
        while len(self._stack) > 1:
            self.lines.extend(self._stack.pop())

    def _end_line(self, *, blank: bool = False) -> None:
        line = " ".join("".join(self._words).split())
        self._words.clear()
        lines = self._stack[-1]
        if line:
            lines.append("> " * max(self._quotes, 0) + line)
        elif blank and lines and lines[-1]:
            lines.append("")

    def _end_row(self) -> None:
        cells, self._rows[-1] = self._rows[-1], []
        told = [cell for cell in cells if cell]
        if len(told) > 1 and all(len(cell) <= _LINES_OF_A_CELL and "\t" not in "".join(cell) for cell in told):
            self._stack[-1].append("\t".join(_one_line(cell) for cell in cells))
        else:
            for cell in told:
                self._stack[-1].extend(cell)


def _one_line(cell: list[str]) -> str:
    return ", ".join(line.rstrip(",") for line in cell)
