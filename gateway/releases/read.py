"""Releases with their persons, one whole or a board of many."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from bedspace.locator.locate import receivers_of
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.releases.needing import owner_of
from gateway.releases.needs import place_of, title_of
from gateway.releases.needs import sql as needs_sql
from gateway.releases.record import HAS_BED, OVER
from gateway.releases.refer import search_near
from gateway.releases.words import what
from gateway.transfers.route import PURPOSES
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.people import Person
from schemas.releases import (
    ForLicence,
    ListReleases,
    ReadRelease,
    Release,
    ReleaseBed,
    ReleaseHappened,
    ReleaseNeed,
    ReleaseNsi,
    ReleasePage,
    ReleaseQuestion,
    ReleaseRow,
    SearchFor,
)

sql = queries(__file__)

SAME = (
    *("id", "reference", "kind", "state", "release_on", "until", "before_non_working", "date_confirmed_at"),
    *("date_confirmed_by", "address", "address_checked", "reside_where_approved", "approved_address", "provider"),
    *("arranged_address", "near", "gender", "rosh", "needs", "nights", "officer_name", "officer_email", "released_on"),
    *("ended_reason", "noticed_at", "noticed_by", "changed_at"),
)
"""Fields that are as in the row."""


async def read_release(tx: Tx, command: ReadRelease, now: datetime) -> Done[Release]:
    """Masked (person and addresses) for a reader who may not see a limited-access person.

    The NSI that was raised for it is told by reference, status and contact alone, to a prison too. Raises `NotThere`.
    """
    row = await sql.release(tx, id=command.id)
    if row is None:
        raise NotThere("There is no such release, or it is not yours to see.")
    today = london_today(now)
    asked = await needs_sql.needs(tx, release=command.id)
    needs = [_need(one, today) for one in sorted(asked, key=lambda one: (one["due"], place_of(one["kind"])))]
    over = row["state"] in OVER
    receivers = await receivers_of(tx, [row["pdu_code"]], "release", today)
    release = Release(
        **{name: row[name] for name in SAME},
        person=_person(row),
        **{name: msgspec.convert(row[name], Release.__annotations__[name]) for name in ("prison", "pdu", "region")},
        home_pdu=msgspec.convert(row["home_pdu"], Release.__annotations__["home_pdu"]),
        spoc=receivers[0].spoc if receivers else None,
        must_exist=needs,
        must_exist_today=[] if over else [one.title for one in needs if one.state == "lacking"],
        questions=[msgspec.convert(dict(one), ReleaseQuestion) for one in await sql.questions(tx, id=command.id)],
        placement=msgspec.convert(row["placement"], ReleaseBed | None),
        nsi=await _nsi(tx, row, today),
        for_the_licence=await _for_the_licence(tx, row),
        search=_search(row, today),
        suits=await sql.suits(tx, person=row["person_id"]),
        history=[_happened(one) for one in await sql.history(tx, id=command.id)],
    )
    return Done(release, persons=(row["person_id"],), subject=f"release:{command.id}")


async def _nsi(tx: Tx, row: Any, today: date) -> ReleaseNsi | None:
    if row["nsi_id"] is None:
        return None
    async with the_whole_nation(tx):
        linked = await sql.linked(tx, id=row["nsi_id"])
    receivers = await receivers_of(tx, [linked["pdu"]["code"]], PURPOSES[linked["type"]], today)
    return msgspec.convert(
        {**linked, "spoc": receivers[0].spoc if receivers else None, "open": row["nsi_open"]}, ReleaseNsi
    )


def _need(row: Any, today: date) -> ReleaseNeed:
    state: Any = "to_do"
    if row["not_applicable"]:
        state = "not_applicable"
    elif row["met_at"]:
        state = "met"
    elif row["due"] <= today:
        state = "lacking"
    return ReleaseNeed(
        need=row["kind"],
        title=title_of(row["kind"]),
        owner=owner_of(row["kind"]),
        due=row["due"],
        state=state,
        met_at=row["met_at"],
        met_by=row["met_by"],
        not_applicable=row["not_applicable"],
    )


def _person(row: Any) -> Person:
    if row["name"] is None:
        return Person(id=row["person_id"], limited_access=True)
    fields = ("crn", "noms", "pnc", "name", "birth_date", "limited_access")
    return Person(id=row["person_id"], gender=row["person_gender"], **{field: row[field] for field in fields})


async def _for_the_licence(tx: Tx, row: Any) -> ForLicence | None:
    """Of the premises where a bed is booked; else the address that was found suitable."""
    if row["placement"] and row["placement"]["state"] in HAS_BED:
        at = await sql.premises(tx, placement=row["placement_id"])
        return msgspec.convert(dict(at), ForLicence) if at else None
    if row["address"] and row["address_checked"] == "suitable":
        return ForLicence(name="The address found suitable", address=row["approved_address"] or row["address"])
    return None


def _search(row: Any, today: date) -> SearchFor | None:
    if row["state"] not in ("noticed", "needs_bed", "referred"):
        return None
    return SearchFor(
        near=search_near(row),
        from_=max(row["release_on"], today),
        nights=row["nights"],
        gender=row["gender"],
        needs=list(row["needs"]),
    )


def _happened(row: Any) -> ReleaseHappened:
    return ReleaseHappened(at=row["at"], what=what(row["kind"]), note=row["note"], by=row["by_whom"])


async def id_of(tx: Tx, reference: str) -> UUID:
    """The release of a reference such as `REL-000123`. Raises `NotThere`."""
    found: UUID | None = await sql.id_of(tx, reference=reference.upper())
    if found is None:
        raise NotThere("There is no such release, or it is not yours to see.")
    return found


async def list_releases(tx: Tx, command: ListReleases, now: datetime) -> Done[ReleasePage]:
    """The soonest first, after those where something lacks if so asked.

    Raises `Invalid` for a cursor that is not one of ours, or an end before the start.
    """
    if command.from_ and command.until and command.until < command.from_:
        raise Invalid.because("until", "The last day is before the first. Give a later one.")
    after_on, after_number, after_later = _cursor(command.cursor)
    rows = await sql.releases(
        tx,
        prison=command.prison,
        pdu=command.pdu,
        first=command.from_,
        last=command.until,
        state=command.state,
        lacking=command.lacking,
        lacking_first=command.lacking_first,
        today=london_today(now),
        after_on=after_on,
        after_number=after_number,
        after_later=after_later,
        limit=command.limit + 1,
    )
    shown = rows[: command.limit]
    more = _after(shown[-1]) if len(rows) > len(shown) else None
    page = ReleasePage(items=await _lines(tx, shown), next=more)
    persons = tuple({row["person_id"] for row in shown if row["name"] is not None})
    return Done(page, persons=persons, subject="releases")


async def _lines(tx: Tx, rows: list[Any]) -> list[ReleaseRow]:
    linked = [row["nsi_id"] for row in rows if row["nsi_id"]]
    references = {}
    if linked:
        async with the_whole_nation(tx):
            references = {one["id"]: one["reference"] for one in await sql.references_of(tx, ids=linked)}
    return [
        msgspec.convert(
            {
                **row,
                "nsi": references.get(row["nsi_id"]),
                "lacks": [title_of(kind) for kind in sorted(row["kinds"], key=place_of)],
            },
            ReleaseRow,
        )
        for row in rows
    ]


def _after(row: Any) -> str:
    return f"{row['release_on']}:{row['number']}{':later' if row['later'] else ''}"


def _cursor(cursor: str | None) -> tuple[date | None, int | None, bool]:
    if cursor is None:
        return None, None, False
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d):(\d{1,18})(:later)?", cursor, re.ASCII)
    try:
        return date.fromisoformat(found[1]), int(found[2]), found[3] is not None  # type: ignore[index]  # None raises what is caught
    except (TypeError, ValueError) as error:
        why = "Send the `next` of the page before, as it came, or none for the first page."
        raise Invalid.because("cursor", why) from error
