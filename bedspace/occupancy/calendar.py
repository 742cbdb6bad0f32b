"""Premises day by day: what every bed is each night, and how many more people could be placed, by what they need."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bedspace.nights import london_today
from bedspace.occupancy.asked import Wish, demand_of, known_needs, window
from bedspace.occupancy.assign import largest
from bedspace.occupancy.paint import BOOKED, FREE, HOLD, OUT, SHUT, SLEPT, TURNAROUND, UNCLAIMED, Cells, count, paint
from bedspace.occupancy.rows import Bed, Claim, Rows, Site, Which, read_rows, sql
from bedspace.store import Tx
from schemas.occupancy import BedNights, Calendar, Night, PremisesNamed, Span, Together

Suits = Mapping[str, list[int]]
"""Characteristic → for each night a word of the beds that have it then."""


async def read_calendar(
    tx: Tx, code: str, first: date, nights: int, now: datetime, *, needs: Sequence[str] = (), demand: str = ""
) -> Calendar:
    """Open row-level security to the nation first. Raises `NotThere`, or `Invalid`."""
    end = window(first, nights)
    known = {row["code"]: row["name"] for row in await sql.characteristics(tx, today=london_today(now))}
    asked, wishes = known_needs(needs, known), demand_of(demand, known)
    rows = await read_rows(tx, Which(code=code), first, end, now)
    return calendar(rows, now, needs=asked, wishes=wishes, known=known)


def calendar(
    rows: Rows, now: datetime, *, needs: tuple[str, ...] = (), wishes: Sequence[Wish] = (), known: Iterable[str] = ()
) -> Calendar:
    """Pure, for the rows of one premises."""
    cells = paint(rows)
    lasting = [n for n, bed in enumerate(rows.beds) if not bed.temporary]
    free = [_word(line, lasting) for line in cells.T]
    suits = _suits(rows, [code for code in known if any(code in bed.offers for bed in rows.beds)])
    people = [wish.needs for wish in wishes for _ in range(wish.people)]
    return Calendar(
        premises=named(rows.sites[0]),
        from_=rows.first,
        nights=(rows.end - rows.first).days,
        as_of=now,
        needs=list(needs),
        beds=_beds(rows),
        days=_days(rows, cells, free, suits, needs, people),
        demand=_together(free, suits, people) if people else None,
    )


def named(site: Site) -> PremisesNamed:
    return PremisesNamed(
        code=site.code,
        name=site.name,
        region=site.region,
        region_name=site.region_name,
        gender=site.gender,
        type=site.type,
        invented=site.invented,
    )


def _word(line: Any, lasting: list[int]) -> int:
    """The free beds of one night. A bed that one who is overdue may still be in is claimed by nobody after tonight."""
    return sum(1 << n for n in lasting if line[n] in UNCLAIMED)


def _suits(rows: Rows, codes: Iterable[str]) -> Suits:
    nights = (rows.end - rows.first).days
    found = {code: [sum(1 << n for n, bed in enumerate(rows.beds) if code in bed.offers)] * nights for code in codes}
    for one in rows.restrictions:
        if one.code in found:
            start = max((one.first - rows.first).days, 0)
            stop = nights if one.end is None else min((one.end - rows.first).days, nights)
            found[one.code][start:stop] = [0] * (stop - start)
    return found


def _with(beds: int, suits: Suits, needs: Iterable[str], night: int) -> int:
    for need in needs:
        beds &= suits[need][night] if need in suits else 0
    return beds


def _days(
    rows: Rows, cells: Cells, free: list[int], suits: Suits, needs: tuple[str, ...], people: list[tuple[str, ...]]
) -> list[Night]:
    lasting = [not bed.temporary for bed in rows.beds]
    kept, spare = cells[lasting], cells[[not one for one in lasting]]
    counts = {
        "capacity": (kept != SHUT).sum(0),
        "stay": count(kept, *SLEPT),
        "booking": count(kept, *BOOKED),
        "hold": count(kept, HOLD),
        "turnaround": count(kept, TURNAROUND),
        "out_of_service": count(kept, OUT),
        "temporary": (spare != SHUT).sum(0),
        "temporary_claimed": ((spare != SHUT) & (spare != FREE)).sum(0),
    }
    lists = {name: amounts.tolist() for name, amounts in counts.items()}
    placed = _placed(free, suits, people)
    return [
        Night(
            night=rows.first + timedelta(days=n),
            free=free[n].bit_count(),
            free_with={code: (free[n] & words[n]).bit_count() for code, words in suits.items()},
            with_all=_with(free[n], suits, needs, n).bit_count(),
            placed=placed[n] if people else None,
            fits=placed[n] == len(people) if people else None,
            **{name: amounts[n] for name, amounts in lists.items()},
        )
        for n in range(len(free))
    ]


def _placed(free: list[int], suits: Suits, people: list[tuple[str, ...]]) -> list[int]:
    """Night by night; a night whose wants are those of another is not thought through again."""
    known: dict[tuple[int, ...], int] = {}
    found = []
    for night, beds in enumerate(free):
        wants = tuple(_with(beds, suits, needs, night) for needs in people)
        if wants not in known:
            known[wants] = largest(wants)
        found.append(known[wants])
    return found


def _together(free: list[int], suits: Suits, people: list[tuple[str, ...]]) -> Together:
    wants = []
    for needs in people:
        beds = -1
        for night, word in enumerate(free):
            beds &= _with(word, suits, needs, night)
        wants.append(beds)
    placed = largest(wants)
    return Together(people=len(people), placed=placed, fits=placed == len(people))


def _beds(rows: Rows) -> list[BedNights]:
    spans: dict[int, list[Span]] = {}
    for claim in sorted(rows.claims, key=lambda one: one.first):
        span = _span(claim, rows)
        if span.until is None or span.until > rows.first:
            spans.setdefault(claim.bed_id, []).append(span)
    return [_bed(bed, spans.get(bed.id, []), rows) for bed in rows.beds]


def _bed(bed: Bed, spans: list[Span], rows: Rows) -> BedNights:
    return BedNights(
        code=bed.code,
        room=bed.room,
        temporary=bed.temporary,
        characteristics=sorted(bed.offers),
        opens=bed.opens if bed.opens > rows.first else None,
        closes=bed.closes if bed.closes is not None and bed.closes < rows.end else None,
        spans=spans,
    )


def _span(claim: Claim, rows: Rows) -> Span:
    end = claim.end
    if claim.overdue and end is not None:
        end = max(end, rows.today + timedelta(days=1))
    return Span(kind=claim.kind, from_=claim.first, until=end, overdue=claim.overdue, reason=claim.reason)
