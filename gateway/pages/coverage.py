"""Where nobody receives: PDUs and purposes without a SPOC who is there, and routes that were put right."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from bedspace.locator.coverage import ORDER
from bedspace.locator.coverage import coverage as coverage_on
from bedspace.nights import london_today
from gateway.access.permissions import permit
from gateway.given import GivenActor, GivenWorks
from gateway.pages.locate_words import GAPS
from gateway.pages.on_day import ON, asked_day, typed_day
from gateway.pages.page import Ask, HtmlPage, links, page
from gateway.pages.words import _
from gateway.store.database import transaction
from schemas.errors import FieldFault, Invalid
from schemas.locate import Named
from schemas.locator import Coverage, Gap, GapKind
from schemas.words import AnsweredBy, Purpose

A_PAGE = 40


class Line(Struct, frozen=True, kw_only=True):
    """The purposes of a PDU that lack the same in the same way."""

    pdu: Named
    region: Named
    kind: GapKind
    purposes: list[Purpose]
    answered_by: AnsweredBy | None = None
    until: date | None = None


@get("/locate/coverage")
async def coverage(request: Ask, works: GivenWorks, actor: GivenActor) -> HtmlPage:
    permit(actor, "locate")
    query = request.query_params
    typed, on, faults = typed_day(query), london_today(works.house.now()), tuple[FieldFault, ...]()
    found: Coverage | None = None
    try:
        on = asked_day(typed) or on
        async with transaction(works.pool, readonly=True) as tx:
            found = await coverage_on(tx, on)
    except Invalid as error:
        faults = error.faults
    region, kind = query.get("region", "")[:20], query.get("kind", "")
    gaps = found.gaps if found else []
    asked = [gap for gap in gaps if region in ("", gap.region.code) and kind in ("", gap.kind)]
    shown, following = _paged(lines(asked), query.get("after", ""))
    return page(
        request,
        "coverage.html",
        status=422 if faults else 200,
        found=found,
        day=ON,
        typed=typed,
        on=on,
        counts={code: sum(gap.kind == code for gap in gaps) for code in ORDER},
        lines=shown,
        of=len(asked),
        regions=_regions(gaps, region),
        region=region,
        kinds=_kinds(),
        kind=kind,
        asked=on.isoformat(),
        more=following and f"/locate/coverage?{_query(on=on, region=region, kind=kind, after=following)}",
        faults=links(faults, {"on": "on-day"}),
    )


def lines(gaps: Iterable[Gap]) -> list[Line]:
    """In the order of the gaps, which is by kind and PDU."""
    ordered = sorted(gaps, key=_alike)
    return [
        Line(pdu=one.pdu, region=one.region, kind=one.kind, answered_by=one.answered_by, until=one.until, purposes=all_)
        for _key, group in groupby(ordered, _alike)
        for one, all_ in [_together(list(group))]
    ]


def _alike(gap: Gap) -> tuple[int, str, str, str, date]:
    return ORDER.index(gap.kind), gap.pdu.name, gap.pdu.code, gap.answered_by or "", gap.until or date.max


def _together(gaps: list[Gap]) -> tuple[Gap, list[Purpose]]:
    return gaps[0], [gap.purpose for gap in gaps]


def _paged(all_: list[Line], after: str) -> tuple[list[Line], int | None]:
    """Some lines, and the number of those before the next ones, if there are more."""
    first = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
    following = first + A_PAGE
    return all_[first:following], following if len(all_) > following else None


def _regions(gaps: list[Gap], chosen: str) -> list[dict[str, str]]:
    found = {gap.region.code: gap.region.name for gap in gaps} | ({chosen: chosen} if chosen else {})
    found |= {gap.region.code: gap.region.name for gap in gaps}
    named = sorted(found.items(), key=lambda one: one[1])
    return [{"value": "", "text": _("Every region")}] + [{"value": code, "text": name} for code, name in named]


def _kinds() -> list[dict[str, str]]:
    return [{"value": "", "text": _("Every gap")}] + [{"value": code, "text": _(GAPS[code][0])} for code in ORDER]


def _query(**asked: Any) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


handlers: list[HTTPRouteHandler] = [coverage]
