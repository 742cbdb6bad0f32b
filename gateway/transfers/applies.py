"""Whom a rule, an action or a document is for."""

import re
from typing import Literal, get_args

from msgspec import Struct

from schemas.words import NsiType, Rosh

EVERY_TYPE: tuple[NsiType, ...] = get_args(NsiType)

Sentence = Literal["order", "licence"]
Way = Literal["planned", "short_notice", "unannounced", "rotl", "return", "retrospective"]

LEVEL = re.compile(r"(?:\blevel|\blvl|\bl)[\s.:-]*([1-3])", re.IGNORECASE)
CATEGORY = re.compile(r"(?:\bcategory|\bcat|\bc|\bm)[\s.:-]*([1-4])", re.IGNORECASE)
RISING: tuple[Rosh, ...] = get_args(Rosh)


class Case(Struct, frozen=True, kw_only=True):
    """What rules ask of a case. None and empty: nobody recorded it."""

    type: NsiType
    way: Way = "planned"
    rosh: Rosh | None = None
    mappa_level: int | None = None
    mappa_category: int | None = None
    sentences: frozenset[Sentence] = frozenset()
    codes: frozenset[str] = frozenset()
    """Of the list `sentence`."""
    disputed: bool = False


class Applies(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Each empty condition is for all."""

    types: tuple[NsiType, ...] = EVERY_TYPE
    ways: tuple[Way, ...] = ()
    rosh: tuple[Rosh, ...] = ()
    mappa_level: tuple[int, ...] = ()
    mappa_category: tuple[int, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    codes: tuple[str, ...] = ()

    def applies(self, case: Case) -> bool:
        """Risk must be known to be such. A sentence that nobody recorded may be any: it is asked about."""
        return (
            case.type in self.types
            and (not self.ways or case.way in self.ways)
            and (not self.rosh or case.rosh in self.rosh)
            and (not self.mappa_level or case.mappa_level in self.mappa_level)
            and (not self.mappa_category or case.mappa_category in self.mappa_category)
            and (not self.sentences or not case.sentences or bool(case.sentences & set(self.sentences)))
            and (not self.codes or not case.codes or bool(case.codes & set(self.codes)))
        )


def highest(*risks: Rosh | None) -> Rosh | None:
    """The higher of what two say: nobody is taken for less than somebody knows."""
    known = [risk for risk in risks if risk]
    return max(known, key=RISING.index) if known else None


def read_mappa(said: str | None) -> tuple[int | None, int | None]:
    """Category and level, as people write them: `Category 2, Level 3`, `Cat 1 L2`, `M3`."""
    category, level = CATEGORY.search(said or ""), LEVEL.search(said or "")
    return category and int(category[1]), level and int(level[1])
