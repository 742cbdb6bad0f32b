"""One line a design: how many a second, how long one takes, and its share of the first line."""

from collections.abc import Sequence

from msgspec import Struct


class Line(Struct, frozen=True):
    what: str
    per_second: float
    p50_ms: float
    note: str = ""


def table(title: str, lines: Sequence[Line]) -> str:
    """As Markdown, which reads as well on a terminal."""
    first = lines[0].per_second
    wide = max(len(line.what) for line in lines)
    rows = [
        f"| {line.what:{wide}} | {number(line.per_second):>10} | {number(line.p50_ms):>9} | "
        f"{number(100 * line.per_second / first):>8} % | {line.note}"
        for line in lines
    ]
    head = f"| {'':{wide}} | {'a second':>10} | {'p50, ms':>9} | {'of the 1st':>10} |"
    rule = f"|{'-' * (wide + 2)}|{'-' * 11}:|{'-' * 10}:|{'-' * 11}:|"
    return "\n".join([f"### {title}", "", head, rule, *rows, ""])


def number(value: float) -> str:
    """Three figures are enough."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def times(one: Line, other: Line) -> str:
    return f"{number(one.per_second / other.per_second)} times"
