"""The rest of the search form: what is asked for now and then, as typed, and the part of the need it comes to."""

import re
from collections.abc import Iterable
from typing import Any, get_args

from litestar.datastructures import FormMultiDict, MultiDict
from msgspec import Struct, field

from gateway.pages.words import N_, _
from schemas.errors import FieldFault
from schemas.premises import PremisesType
from schemas.search import LONGEST

PREFERRED, EXCLUDED, AREAS = 5, 10, 3
"""How many fields of a kind there are at most."""
TYPES: dict[str, str] = {
    "": N_("Any type"),
    "standard": N_("Standard, 12 weeks"),
    "pipe": N_("PIPE, 26 weeks"),
    "esap": N_("Enhanced security, 52 weeks"),
    "rfap": N_("Recovery focused, 12 weeks"),
    "mental_health": N_("Mental health, 12 weeks"),
    "independent": N_("Independent, 12 weeks"),
}


class More(Struct, frozen=True, kw_only=True):
    """Everything as it was typed, to be shown again."""

    type: str = ""
    earlier: str = ""
    later: str = ""
    offences: list[str] = field(default_factory=list)
    prefer: list[str] = field(default_factory=list)
    prefer_premises: list[str] = field(default_factory=list)
    exclude_premises: list[str] = field(default_factory=list)
    districts: str = ""
    areas: list[str] = field(default_factory=list)
    person: str = ""
    placement: str = ""
    release: str = ""
    """Id of the release that the bed is for: the results lead back to its referral."""

    @property
    def any(self) -> bool:
        return self != More()

    @property
    def preferred_rows(self) -> list[str]:
        """Those typed, and an empty one for another."""
        return [*self.prefer_premises, ""][:PREFERRED]

    @property
    def excluded_rows(self) -> list[str]:
        return [*self.exclude_premises, ""][:EXCLUDED]

    @property
    def area_rows(self) -> list[str]:
        return [*self.areas, ""][:AREAS]

    @property
    def open_pairs(self) -> list[tuple[str, str]]:
        """What may stand in an address."""
        plain = [("type", self.type), ("flexible-earlier", self.earlier), ("flexible-later", self.later)]
        listed = [("offences", self.offences), ("prefer", self.prefer), ("prefer-premises", self.prefer_premises)]
        return [pair for pair in plain if pair[1]] + [(name, one) for name, many in listed for one in many]

    @property
    def closed_pairs(self) -> list[tuple[str, str]]:
        """What never does: where somebody must not be, and whom it is about."""
        plain = [("exclude-districts", self.districts), ("person", self.person), ("placement", self.placement)]
        plain += [("release", self.release)]
        listed = [("exclude-premises", self.exclude_premises), ("avoid-area", self.areas)]
        return [pair for pair in plain if pair[1]] + [(name, one) for name, many in listed for one in many]


def more_of(fields: FormMultiDict | MultiDict[Any], *, closed: bool) -> More:
    """`closed` is whether what never stands in an address is read."""
    one, many = _one(fields), _many(fields)
    return More(
        type=one("type"),
        earlier=one("flexible-earlier"),
        later=one("flexible-later"),
        offences=many("offences", 20),
        prefer=many("prefer", 20),
        prefer_premises=many("prefer-premises", PREFERRED),
        exclude_premises=many("exclude-premises", EXCLUDED) if closed else [],
        districts=one("exclude-districts", 400) if closed else "",
        areas=many("avoid-area", AREAS, 1000) if closed else [],
        person=one("person") if closed else "",
        placement=one("placement") if closed else "",
        release=release_of(one("release")) if closed else "",
    )


def release_of(text: str) -> str:
    """An id, or nothing: it goes into an address."""
    return text if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text, re.ASCII) else ""


def asked_of(more: More, faults: list[FieldFault]) -> dict[str, Any]:
    """The part of the need; faults are added under the names of their fields."""
    asked: dict[str, Any] = {
        "offences": more.offences,
        "prefer": more.prefer,
        "prefer_premises": more.prefer_premises,
        "exclude_premises": more.exclude_premises,
        "exclude_districts": split(more.districts, r"[\s,;]+"),
        "avoid_areas": [{"corners": split(area, r"[\n,;]+")} for area in more.areas],
    }
    days = {name: _days(name, text, faults) for name, text in (("earlier", more.earlier), ("later", more.later))}
    if any(days.values()):
        asked["flexible_days"] = days
    if more.type in get_args(PremisesType):
        asked["type"] = more.type
    elif more.type:
        faults.append(FieldFault("type", _("Select a type of the list")))
    asked |= {name: text for name, text in (("person", more.person), ("placement", more.placement)) if text}
    return asked


def split(text: str, at: str) -> list[str]:
    return [one.strip() for one in re.split(at, text) if one.strip()]


def _days(name: str, text: str, faults: list[FieldFault]) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 2 or int(text) > LONGEST:
        why = _("Days must be a whole number from 0 to %(n)s") % {"n": LONGEST}
        faults.append(FieldFault(f"flexible-{name}", why))
        return 0
    return int(text)


def _one(fields: FormMultiDict | MultiDict[Any]) -> Any:
    def one(name: str, longest: int = 100) -> str:
        return next((text.strip()[:longest] for text in _strings(fields.getall(name, []))), "")

    return one


def _many(fields: FormMultiDict | MultiDict[Any]) -> Any:
    def many(name: str, most: int, longest: int = 100) -> list[str]:
        found = [text.strip()[:longest] for text in _strings(fields.getall(name, []))]
        return [text for text in found if text][:most]

    return many


def _strings(values: Iterable[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]
