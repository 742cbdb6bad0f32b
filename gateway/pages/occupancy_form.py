"""What was asked of a page of occupancy: from the parts of a form, or from a link with one date."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, get_args

from msgspec import Struct, field

from bedspace.occupancy.asked import EARLIEST, MOST
from bedspace.occupancy.rows import Which
from gateway.pages.search_form import Fields
from gateway.pages.words import _
from schemas.errors import FieldFault
from schemas.premises import PremisesType
from schemas.words import Gender


class Asked(Struct, frozen=True, kw_only=True):
    """`first` and `nights` are right; `faults` says what of the typed was not."""

    first: date
    nights: int
    day: str
    month: str
    year: str
    region: str = ""
    gender: str = ""
    type: str = ""
    by: str = "region"
    needs: list[str] = field(default_factory=list)
    faults: tuple[FieldFault, ...] = ()

    @property
    def which(self) -> Which:
        gender: Any = self.gender or None
        kind: Any = self.type or None
        return Which(region=self.region or None, gender=gender, type=kind)

    def query(self, **changes: Any) -> dict[str, Any]:
        """For a link to the same with something changed; what is empty is left out."""
        asked = {
            "from": self.first.isoformat(),
            "nights": self.nights,
            "region": self.region,
            "gender": self.gender,
            "type": self.type,
            "needs": self.needs,
        }
        return {name: value for name, value in {**asked, **changes}.items() if value}


def read_asked(query: Fields, start: date, nights: int) -> Asked:
    """`start` and `nights` are what counts where nothing was asked, or what was asked cannot be."""
    typed = _typed(query, start)
    first, fault = _first(typed)
    length = _nights(str(query.get("nights", nights)).strip())
    faults = [fault] if fault else []
    if length is None:
        faults.append(FieldFault("nights", _("Enter a number of nights from 1 to %(most)s") % {"most": MOST}))
    return Asked(
        first=first or start,
        nights=length or nights,
        day=typed[2],
        month=typed[1],
        year=typed[0],
        region=str(query.get("region", "")).strip()[:20],
        gender=_one_of(query, "gender", get_args(Gender)),
        type=_one_of(query, "type", get_args(PremisesType)),
        by=_one_of(query, "by", ("premises", "region")) or "region",
        needs=[str(need)[:40] for need in query.getall("needs", []) if need][:20],
        faults=tuple(faults),
    )


def _typed(query: Fields, start: date) -> tuple[str, str, str]:
    """Year, month and day, as typed."""
    if any(f"from-{part}" in query for part in ("day", "month", "year")):
        year, month, day = (str(query.get(f"from-{part}", "")).strip()[:10] for part in ("year", "month", "day"))
        return year, month, day
    if query.get("from"):
        year, month, day = [*str(query["from"])[:20].split("-"), "", ""][:3]
        return year, month.lstrip("0"), day.lstrip("0")
    return str(start.year), str(start.month), str(start.day)


def _first(typed: tuple[str, str, str]) -> tuple[date | None, FieldFault | None]:
    with suppress(ValueError, OverflowError):
        year, month, day = (int(part) for part in typed)
        found = date(year, month, day)
        if found < EARLIEST or found > date.max - timedelta(days=2 * MOST):
            return None, FieldFault("from", _("Enter a date from the year 2000 on"))
        return found, None
    return None, FieldFault("from", _("Enter a date that exists, such as 11 1 2027"))


def _nights(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST else None


def _one_of(query: Fields, name: str, known: tuple[str, ...]) -> str:
    found = str(query.get(name, ""))
    return found if found in known else ""
