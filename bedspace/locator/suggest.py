"""The names most like one that is not known: offered, never taken."""

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

LIKE_ENOUGH = 80.0


def nearest(name: str, known: list[tuple[str, str]], *, most: int = 3) -> str:
    """`Leeds, Leek or Leigh`: of pairs (folded, as shown); empty when nothing is like it."""
    keys = [key for key, _ in known]
    likely = process.extract(name, keys, scorer=JaroWinkler.normalized_similarity, limit=40)
    ranked = sorted(likely, key=lambda match: (-_alike(name, match[0]), match[2]))
    shown = [known[place][1] for key, _, place in ranked if _alike(name, key) >= LIKE_ENOUGH]
    best = list(dict.fromkeys(shown))[:most]
    return " or ".join(filter(None, (", ".join(best[:-1]), *best[-1:])))


def _alike(name: str, key: str) -> float:
    """The mean of two measures, for each alone is taken in: one by order of words, one by a shared beginning."""
    return (fuzz.token_sort_ratio(name, key) + 100 * JaroWinkler.normalized_similarity(name, key)) / 2
