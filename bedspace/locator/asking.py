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
            r"\b(?:hmp (?:and )?yoi|hmpyoi|hmyoi|hmp|yoi|stc|hm prison|prison|carchar|young offenders? institution"
            r"|secure training centre)\b",
            "prison",
        ),
        (r" (?:pdu|probation delivery unit)$", "pdu authority"),
        (r" (?:probation (?:area|service|board)|(?:2003 )?area|area of 2003)$", "area"),
        (r" (?:probation )?region$", "region"),
        (r" (?:(?:city|county|(?:metropolitan |london )?borough|district) )?council$|^cyngor ", "authority"),
        (r"^cyngor (?:sir|dinas) ", "authority"),
        (r" (?:mbc|cbc|bc|dc|cc)$", "authority"),
        (r"^(?:(?:royal |metropolitan |london )*borough|city|county|district) of ", "pdu authority area prison"),
        (r" (?:city|county|borough|district)$|^county ", "pdu authority area"),
    )
)

# Today's organisation, the areas of 2003 and towns answer together where they share a name: of "Derbyshire" the PDU is
# without Derby, and the area is with it. A village is last. A prison is weighed with each, so that "Ashfield" (an
# authority here, a prison there) is answered by both.
_TIERS: tuple[Kinds, ...] = (
    frozenset({"authority", "pdu", "town", "area", "region"}),
    frozenset({"village"}),
)

# Cities, prisons and countries that people ask for though they are not covered. On folded text.
_outside = re.compile(
    "scotland|northern ireland|ireland|republic of ireland|eire|isle of man|jersey|guernsey|channel islands"
    "|aberdeen|ayr|dumfries|dundee|dunfermline|edinburgh|falkirk|fife|glasgow|greenock|inverness|kilmarnock"
    "|kirkcaldy|lanarkshire|livingston|motherwell|paisley|perth|stirling"
    "|armagh|ballymena|belfast|coleraine|craigavon|derry|dublin|lisburn|londonderry|newry|omagh"
    "|barlinnie|cornton vale|low moss|maghaberry|magilligan|polmont|saughton|shotts"
).fullmatch


def names_in(text: str) -> Iterator[tuple[str, Kinds]]:
    """The whole text as a name of anything; then, for each mark in it, the rest as a name of that kind."""
    name = fold(text)
    yield name, ANY
    for mark, kinds in _MARKS:
        rest = fold(mark.sub(" ", name))
        if rest and rest != name:
            yield rest, kinds


def is_outside(text: str) -> bool:
    """Whether a text names, or ends with, a place beyond England and Wales. Ask where nothing here is called so."""
    return any(_outside(name) for part in (text, *qualified(text)[-1:]) for name, _ in names_in(part))


def first_meant(found: Kinds) -> Kinds:
    """Of the kinds that a bare name stands for, those that are meant."""
    for tier in _TIERS:
        if found & tier:
            return tier | {"prison"}
    return ANY


def qualified(text: str) -> list[str]:
    """`Newport, Shropshire` or `Newport (Shropshire)` → its two parts; one part where nothing qualifies it."""
    return [part for part in (part.strip(" )") for part in re.split(r"[,(]", text)) if part]
