"""The search form: what was typed, and the need it comes to."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

import msgspec
from litestar.datastructures import FormMultiDict, MultiDict
from msgspec import Struct, field

from gateway.pages.search_more import More, asked_of, more_of
from gateway.pages.words import LONDON, _
from schemas.errors import FieldFault, Invalid
from schemas.search import Avoid, Need

NIGHTS = 84
"""The usual length of a stay in approved premises: twelve weeks."""
AREAS = 5
FEW, MANY = 10, 50
"""How many results are shown at first, and when more are asked for."""


Fields: TypeAlias = FormMultiDict | MultiDict[Any]
"""The form of a POST, or the query of a GET: several values may have one name."""


class Area(Struct, frozen=True):
    """An area to keep away from, as typed."""

    postcode: str = ""
    miles: str = ""


class Typed(Struct, frozen=True, kw_only=True):
    """Everything as it was typed, to be shown again."""

    near: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    nights: str = ""
    gender: str = ""
    needs: list[str] = field(default_factory=list)
    avoid: list[Area] = field(default_factory=list)
    limit: int = FEW
    more: More = field(default_factory=More)

    @property
    def rows(self) -> list[Area]:
        """The areas typed, and one empty row for another."""
        return [*self.avoid, Area()][:AREAS]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every field of the form and its value, to be carried along unseen."""
        plain = [
            ("near", self.near),
            ("from-day", self.day),
            ("from-month", self.month),
            ("from-year", self.year),
            ("nights", self.nights),
            ("gender", self.gender),
        ]
        areas = [pair for a in self.avoid for pair in (("avoid-postcode", a.postcode), ("avoid-miles", a.miles))]
        needs = [("needs", code) for code in self.needs]
        return plain + needs + areas + self.more.open_pairs + self.more.closed_pairs

    @property
    def query(self) -> dict[str, Any]:
        """For a link to this search: without areas, premises and people, which must never stand in an address."""
        more: dict[str, Any] = {}
        for name, text in self.more.open_pairs:
            more.setdefault(name, []).append(text)
        return more | {
            "near": self.near,
            "from": f"{self.year}-{self.month:0>2}-{self.day:0>2}",
            "nights": self.nights,
            "gender": self.gender,
            "needs": self.needs,
        }


def empty(now: datetime) -> Typed:
    """From tonight, for the usual length."""
    today = now.astimezone(LONDON).date()
    return Typed(day=str(today.day), month=str(today.month), year=str(today.year), nights=str(NIGHTS))


def of_form(form: Fields) -> Typed:
    one = _one(form)
    pairs = zip(form.getall("avoid-postcode", []), form.getall("avoid-miles", []), strict=False)
    return Typed(
        near=one("near"),
        day=one("from-day"),
        month=one("from-month"),
        year=one("from-year"),
        nights=one("nights"),
        gender=one("gender"),
        needs=_strings(form.getall("needs", [])),
        avoid=[Area(p.strip(), m.strip()) for p, m in pairs if p.strip() or m.strip()][:AREAS],
        limit=MANY if one("limit") == str(MANY) else FEW,
        more=more_of(form, closed=True),
    )


def of_query(query: Fields) -> Typed:
    """From a link: `near`, `from` (ISO 8601), `nights`, `gender`, `needs`. Areas to avoid are never read from one."""
    one = _one(query)
    year, month, day = ([*one("from").split("-"), "", "", ""])[:3]
    return Typed(
        near=one("near"),
        day=day.lstrip("0"),
        month=month.lstrip("0"),
        year=year,
        nights=one("nights"),
        gender=one("gender"),
        needs=_strings(query.getall("needs", [])),
        more=more_of(query, closed=False),
    )


def need_of(typed: Typed) -> Need:
    """Raises `Invalid` with every fault of the form at once, each under the name of its field."""
    faults: list[FieldFault] = []
    asked: dict[str, Any] = {"needs": typed.needs, "limit": typed.limit}
    readers: Mapping[str, Callable[[Typed], Any]] = {
        "near": _near,
        "from": _from,
        "nights": _nights,
        "gender": _gender,
        "avoid": _avoid,
    }
    for name, read in readers.items():
        try:
            asked[name] = read(typed)
        except Invalid as error:
            faults += error.faults
    asked |= asked_of(typed.more, faults)
    if faults:
        raise Invalid(*faults)
    return msgspec.convert(asked, Need)


def _near(typed: Typed) -> str:
    if not typed.near:
        raise Invalid.because("near", _("Enter a postcode, or the first half of one"))
    return typed.near


def _from(typed: Typed) -> date:
    if not (typed.day and typed.month and typed.year):
        raise Invalid.because("from", _("Enter the first night: day, month and year"))
    try:
        return date(int(typed.year), int(typed.month), int(typed.day))
    except (ValueError, OverflowError) as error:
        raise Invalid.because("from", _("The first night must be a real date, such as 11 1 2027")) from error


def _nights(typed: Typed) -> int | None:
    if not typed.nights and typed.more.type:
        return None  # the usual stay in premises of that type
    if not typed.nights.isdecimal() or len(typed.nights) > 3 or not 1 <= int(typed.nights) <= 730:
        raise Invalid.because("nights", _("Nights must be a whole number from 1 to 730"))
    return int(typed.nights)


def _gender(typed: Typed) -> str:
    if typed.gender not in {"male", "female"}:
        raise Invalid.because("gender", _("Select the men’s or the women’s estate"))
    return typed.gender


def _avoid(typed: Typed) -> list[Avoid]:
    found: list[Avoid] = []
    faults: list[FieldFault] = []
    for n, area in enumerate(typed.avoid, 1):
        miles = _miles(area.miles)
        if not area.postcode:
            faults.append(FieldFault(f"avoid-postcode-{n}", _("Enter the postcode of the area to keep away from")))
        if miles is None:
            faults.append(FieldFault(f"avoid-miles-{n}", _("Miles to keep away must be a number up to 200")))
        found.append(Avoid(area.postcode, miles or 0))
    if faults:
        raise Invalid(*faults)
    return found


def _miles(text: str) -> float | None:
    try:
        miles = float(text)
    except ValueError:
        return None
    return miles if 0 < miles <= 200 else None


def _one(fields: Fields) -> Callable[[str], str]:
    def one(name: str) -> str:
        found = _strings(fields.getall(name, []))
        return found[0].strip()[:100] if found else ""

    return one


def _strings(values: Iterable[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]
