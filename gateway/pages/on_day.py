"""The day that a page is asked about: typed in three parts, or in a link as one date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gateway.pages.placement_forms import Field, day_of
from gateway.pages.words import N_, _
from schemas.errors import Invalid

ON = Field(name="on", label=N_("On"), kind="date", hint=N_("Today where it is empty"), optional=True)
YEARS = range(2000, 2101)


def typed_day(query: Mapping[str, Any]) -> dict[str, str]:
    """`on-day`, `on-month` and `on-year`, as they stand in the form."""
    parts = {f"on-{part}": str(query.get(f"on-{part}", "")).strip()[:10] for part in ("day", "month", "year")}
    if any(parts.values()) or not query.get("on"):
        return parts
    year, month, day = [*str(query["on"])[:20].split("-"), "", ""][:3]
    return {"on-day": day.lstrip("0"), "on-month": month.lstrip("0"), "on-year": year}


def asked_day(typed: Mapping[str, str]) -> date | None:
    """None where nothing was typed. Raises `Invalid`."""
    found = day_of(ON, typed)
    if found is not None and found.year not in YEARS:
        raise Invalid.because("on", _("Give a day from 2000 to 2100"))
    return found
