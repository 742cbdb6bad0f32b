"""Challenges as they are read: of one NSI, or the queue of the national lead."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from bedspace.nights import london_today
from bedspace.store import Tx
from gateway.transfers.challenge import challenge_of, sql
from schemas.acts import Done
from schemas.challenges import Challenge, ChallengePage, ChallengeRow, ListChallenges, ReadChallenges
from schemas.errors import Invalid, NotThere


async def read_challenges(tx: Tx, command: ReadChallenges, now: datetime) -> Done[list[Challenge]]:
    """Raises `NotThere`."""
    person = await sql.person_of(tx, nsi=command.id)
    if person is None:
        raise NotThere("There is no such NSI, or it is not yours to see.")
    rows = await sql.of_nsi(tx, nsi=command.id, today=london_today(now))
    return Done([challenge_of(row) for row in rows], persons=(person,), subject=f"nsi:{command.id}")


async def list_challenges(tx: Tx, command: ListChallenges, now: datetime) -> Done[ChallengePage]:
    """Raises `Invalid` for a cursor that is not one of ours."""
    rows = await sql.queue(
        tx, open=command.open, today=london_today(now), limit=command.limit + 1, **_after(command.cursor)
    )
    shown = rows[: command.limit]
    page = ChallengePage(
        items=[challenge_of(row, ChallengeRow) for row in shown],
        next=f"{shown[-1]['adjudicate_by']}.{shown[-1]['id']}" if len(rows) > len(shown) else None,
    )
    return Done(page, persons=tuple({row["person_id"] for row in shown if row["seen"]}), subject="challenges")


def _after(cursor: str | None) -> dict[str, Any]:
    if cursor is None:
        return {"after": None, "after_id": None}
    try:
        return {"after": date.fromisoformat(cursor[:10]), "after_id": UUID(cursor[11:])}
    except ValueError as error:
        why = "Send the `next` of the page before, as it came, or none for the first page."
        raise Invalid.because("cursor", why) from error
