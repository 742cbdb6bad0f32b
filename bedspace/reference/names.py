"""Names as they are compared: without case, accents, punctuation, or a leading "the"."""

import re
import unicodedata

_apostrophes = re.compile(r"['’‘`]")
_others = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`King’s Lynn & West Norfolk` → `kings lynn and west norfolk`, `Ynys Môn` → `ynys mon`."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("&", " and ")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _others.sub(" ", _apostrophes.sub("", bare)).split()
    if len(words) > 1 and words[0] in ("the", "y", "yr"):
        words = words[1:]
    return " ".join("st" if word == "saint" else word for word in words)
