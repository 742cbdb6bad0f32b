"""Who is responsible for a person: exactly one region, PDU, team and officer at any instant, each from a time on."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from bedspace.nights import LONDON, london_today, spoken
from bedspace.store import Tx, queries
from gateway.cases.visor import visor_follows
from gateway.transfers.prepare import tell
from schemas.custody import ResponsibilityPassed
from schemas.errors import Conflict
from schemas.nsis import Responsible

sql = queries(__file__)

MOMENT = timedelta(microseconds=1)


class Holder(Struct, frozen=True, kw_only=True):
    """Who is to be responsible."""

    region: str
    pdu: str
    pdu_name: str
    team: str | None = None
    officer: str | None = None


async def responsible_now(tx: Tx, person: UUID) -> Any:
    """The present row, or None. Nobody else changes it until this transaction ends."""
    await sql.queue(tx, person=person)
    return await sql.responsible(tx, person=person)


async def refuse_back_dating(tx: Tx, person: UUID, at: datetime) -> None:
    """Raises `Conflict` where somebody has been responsible from that time on already."""
    row = await responsible_now(tx, person)
    if row is not None and at < row["since"]:
        raise Conflict(_since(row))


async def pass_on(
    tx: Tx, person: UUID, to: Holder, at: datetime, *, why: str, nsi: UUID | None = None, exactly: bool = False
) -> datetime | None:
    """Answers since when `to` is responsible, or None where they were so already.

    Never from before the one that it follows: then from just after, or with `exactly`, `Conflict`.
    """
    row = await responsible_now(tx, person)
    if row is not None and exactly and at < row["since"]:
        raise Conflict(_since(row))
    if row is not None and _same(row, to):
        return None
    since = at if row is None else max(at, row["since"] + MOMENT)
    await sql.pass_(
        tx,
        person=person,
        since=since,
        region=to.region,
        pdu=to.pdu,
        team=to.team,
        officer=to.officer,
        nsi=nsi,
        why=why,
    )
    if row is not None and row["pdu_code"] != to.pdu:
        await visor_follows(tx, person, to.pdu, london_today(since), since)
    return since


async def tell_everywhere(tx: Tx, person: UUID, said: str, at: datetime) -> None:
    """A line of history on every NSI of the person that is under way."""
    for row in await sql.open_nsis(tx, person=person):
        await tell(tx, row["id"], "passed", at, note=said)


async def passed(tx: Tx, person: UUID, told: list[str]) -> ResponsibilityPassed:
    row = await sql.responsible(tx, person=person)
    now = Responsible(
        region=row["region_name"], pdu=row["pdu_name"], team=row["team"], officer=row["officer"], since=row["since"]
    )
    return ResponsibilityPassed(person=person, responsible=now, told=told)


def _same(row: Any, to: Holder) -> bool:
    """A PDU that names nobody new leaves its team and officer as they are."""
    same_pdu = row["pdu_code"] == to.pdu
    return same_pdu and to.team in (None, row["team"]) and to.officer in (None, row["officer"])


def _since(row: Any) -> str:
    at = row["since"].astimezone(LONDON)
    who = row["pdu_name"] or row["region_name"]
    return (
        f"{who} has been responsible since {at:%H:%M} on {spoken(at)}, so it cannot pass from before that. "
        "Give a later time, or none for now."
    )
