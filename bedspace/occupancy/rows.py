"""What occupancy is counted from: premises, their beds, and the claims on them in a window of nights."""

from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

import msgspec
from msgspec import Struct

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from schemas.errors import Invalid, NotThere
from schemas.occupancy import PremisesNamed
from schemas.premises import PremisesType
from schemas.words import ClaimKind, Gender

sql = queries(__file__)


class Site(PremisesNamed, frozen=True, kw_only=True):
    id: int


class Bed(Struct, frozen=True, kw_only=True):
    id: int
    code: str
    premises_id: int
    room: str
    opens: date
    closes: date | None
    temporary: bool
    offers: list[str]


class Claim(Struct, frozen=True, kw_only=True):
    """On the nights `[first, end)`; `end` is None where nobody has said one."""

    bed_id: int
    kind: ClaimKind
    first: date
    end: date | None
    overdue: bool = False
    late: bool = False
    reason: str | None = None


class Restriction(Struct, frozen=True, kw_only=True):
    premises_id: int
    code: str
    first: date
    end: date | None


class Rows(Struct, frozen=True, kw_only=True):
    """Everything about some premises in the window `[first, end)`; beds in the order of premises."""

    today: date
    first: date
    end: date
    sites: list[Site]
    beds: list[Bed]
    claims: list[Claim]
    restrictions: list[Restriction]


class Which(Struct, frozen=True, kw_only=True):
    """Which premises are looked at; None is any."""

    code: str | None = None
    region: str | None = None
    gender: Gender | None = None
    type: PremisesType | None = None


async def read_rows(tx: Tx, which: Which, first: date, end: date, now: datetime, *, offers: bool = True) -> Rows:
    """Open row-level security to the nation first. Raises `NotThere` for unknown premises, `Invalid` for a region.

    Without `offers` the beds come without rooms and characteristics.
    """
    sites = await read_sites(tx, which)
    today = london_today(now)
    within: dict[str, Any] = {"premises": [site.id for site in sites], "first": first, "end": end}
    beds = await (sql.beds(tx, today=today, **within) if offers else sql.open_beds(tx, **within))
    claims = await sql.claims(tx, now=now, **within)
    past = await sql.past_claims(tx, **within) if first < today else []
    restrictions = await sql.restrictions(tx, **within) if offers else []
    return Rows(
        today=today,
        first=first,
        end=end,
        sites=sites,
        beds=msgspec.convert(beds, list[Bed], from_attributes=True),
        claims=msgspec.convert([*past, *claims], list[Claim], from_attributes=True),
        restrictions=msgspec.convert(restrictions, list[Restriction], from_attributes=True),
    )


async def read_sites(tx: Tx, which: Which) -> list[Site]:
    """By code. Raises `NotThere` for unknown premises, `Invalid` for an unknown region."""
    rows = await sql.premises(tx, **msgspec.structs.asdict(which))
    if not rows and which.code is not None:
        codes = [row["code"] for row in await sql.codes(tx)]
        raise NotThere(f"There are no premises {which.code[:40]}.{_meant(which.code, codes)} GET /api/v1/premises.")
    if not rows and which.region is not None:
        await _refuse_unknown_region(tx, which.region)
    return msgspec.convert(rows, list[Site], from_attributes=True)


async def _refuse_unknown_region(tx: Tx, code: str) -> None:
    regions = {row["code"]: row["name"] for row in await sql.regions(tx)}
    if code not in regions:
        named = [f"{known} ({name})" for known, name in regions.items()]
        raise Invalid.because("region", f"There is no region {code[:20]}. The regions are {', '.join(named)}.")


def _meant(code: str, codes: list[str]) -> str:
    by_upper = {known.upper(): known for known in codes}
    close = get_close_matches(code.upper(), by_upper, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(by_upper[one] for one in close)}?" if close else ""
