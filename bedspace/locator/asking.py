"""What a question in words may be asking for: the names to look up, and of which kinds."""

import re
from collections.abc import Iterator

from bedspace.reference.names import fold

Kinds = frozenset[str]

ANY: Kinds = frozenset({"pdu", "authority", "prison", "area", "region", "town", "village"})

# A word that says which kind is meant; without it the rest is the name. On folded text.
_MARKS: tuple[tuple[re.Pattern[str], Kinds], ...] = tuple(
    (re.compile(pattern), frozenset(kinds.split()))
    for pattern, kinds in (
        (
            r"\b(?:hmp (?:and )?yoi|hmpyoi|hmyoi|hmp|yoi|hm prison|prison|carchar|young offenders? institution)\b",
            "prison",
        ),
        (r" (?:pdu|probation delivery unit)$", "pdu authority"),
        (r" (?:probation (?:area|service|board)|(?:2003 )?area|area of 2003)$", "area"),
        (r" (?:probation )?region$", "region"),
        (r" (?:(?:city|county|(?:metropolitan |london )?borough|district) )?council$|^cyngor (?:sir )?", "authority"),
        (r" (?:mbc|cbc|bc|dc|cc)$", "authority"),
        (r"^(?:(?:royal |metropolitan |london )*borough|city|county|district) of ", "pdu authority area prison"),
        (r" (?:city|county|borough|district)$|^county ", "pdu authority area"),
    )
)

# Today's organisation answers first, with the towns that share its names; a region or an area of 2003 next, a village
# last. A prison is weighed with each, so that "Ashfield" (an authority here, a prison there) is answered by both.
_TIERS: tuple[Kinds, ...] = (
    frozenset({"authority", "pdu", "town"}),
    frozenset({"area", "region"}),
    frozenset({"village"}),
)


def names_in(text: str) -> Iterator[tuple[str, Kinds]]:
    """The whole text as a name of anything; then, for each mark in it, the rest as a name of that kind."""
    name = fold(text)
    yield name, ANY
    for mark, kinds in _MARKS:
        rest = fold(mark.sub(" ", name))
        if rest and rest != name:
            yield rest, kinds


def first_meant(found: Kinds) -> Kinds:
    """Of the kinds that a bare name stands for, those that are meant."""
    for tier in _TIERS:
        if found & tier:
            return tier | {"prison"}
    return ANY


def qualified(text: str) -> list[str]:
    """`Newport, Shropshire` or `Newport (Shropshire)` → its two parts; one part where nothing qualifies it."""
    return [part for part in (part.strip(" )") for part in re.split(r"[,(]", text)) if part]
