"""Small numbers are not said: a count of one to four, and one from which it could be worked out."""

from collections.abc import Sequence

from schemas.briefing import Count

LEAST = 5


def told(count: int) -> Count:
    """A count that stands alone."""
    return None if 0 < count < LEAST else count


def beside_total(counts: Sequence[int]) -> tuple[list[Count], Count]:
    """Counts and their total: so many are left out that what is left out is neither one alone nor small together."""
    out = {n for n, count in enumerate(counts) if 0 < count < LEAST}
    others = sorted((count, n) for n, count in enumerate(counts) if count >= LEAST)
    while out and not _safe(counts, out) and others:
        out.add(others.pop(0)[1])
    total = told(sum(counts))
    if out and not _safe(counts, out):
        total = None
    return [None if n in out else count for n, count in enumerate(counts)], total


def _safe(counts: Sequence[int], out: set[int]) -> bool:
    return len(out) > 1 and sum(counts[n] for n in out) >= LEAST


def share(part: int, whole: int) -> tuple[Count, float | None]:
    """A part of a whole and its percentage; neither where the part or the rest is small."""
    if whole < LEAST or told(part) is None or told(whole - part) is None:
        return (0 if whole == 0 else None), None
    return part, percent(part, whole)


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
