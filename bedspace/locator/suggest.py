"""The names most like one that is not known: offered, never taken."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from schemas.errors import Candidate

LIKE_ENOUGH = 80.0


def nearest(name: str, known: Sequence[tuple[str, str, str]], *, most: int = 3) -> list[Candidate]:
    """Of triples (folded, as shown, kind) those most like it, the likeliest first; empty when nothing is."""
    keys = [key for key, _, _ in known]
    likely = process.extract(name, keys, scorer=JaroWinkler.normalized_similarity, limit=40)
    ranked = sorted(likely, key=lambda match: (-_alike(name, match[0]), match[2]))
    best: dict[str, Candidate] = {}
    for key, _, place in ranked:
        if _alike(name, key) >= LIKE_ENOUGH:
            _, shown, kind = known[place]
            best.setdefault(shown, Candidate(near=shown, name=shown, kind=kind))
    return list(best.values())[:most]


def in_words(candidates: Sequence[Candidate]) -> str:
    """`Leeds, Leek or Leigh`."""
    shown = [candidate.name for candidate in candidates]
    return " or ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _alike(name: str, key: str) -> float:
    """The mean of two measures, for each alone is taken in: one by order of words, one by a shared beginning."""
    return (fuzz.token_sort_ratio(name, key) + 100 * JaroWinkler.normalized_similarity(name, key)) / 2
