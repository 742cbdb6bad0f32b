"""What a message comes to as a whole; of a trusted connection's, by what its records came to."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from bedspace.store import Tx, queries
from schemas.acts import Event
from schemas.drafts import Reading, Unmapped
from schemas.words import InboxState

sql = queries(str(Path(__file__).with_name("records.py")))

SAID = {
    "raised": "raised",
    "unchanged": "known already",
    "ignored": "left on a tracker",
    "review": "for a person",
    "refused": "not readable",
}


class Outcome(Struct, frozen=True, kw_only=True):
    state: InboxState
    reason: str | None = None
    missing: list[str] = []
    nsi_ids: list[UUID] = []
    events: tuple[Event, ...] = ()


async def outcome_of_records(tx: Tx, inbox: UUID, reading: Reading) -> Outcome:
    """Every record was taken, and what could not be read of the file is kept beside them."""
    for n, row in enumerate(reading.refused, start=len(reading.drafts) + 1):
        why = f"{row.column}: {row.why}"
        await sql.keep_record(
            tx,
            inbox=inbox,
            n=n,
            kind="row",
            state="refused",
            reason=why,
            line=row.line,
            missing=[],
            nsi=None,
            draft=None,
        )
    counts: dict[str, int] = {row["state"]: row["count"] for row in await sql.counts(tx, id=inbox)}
    nsis = [row["nsi_id"] for row in await sql.nsis(tx, id=inbox)]
    if not counts:
        return Outcome(state="ignored", reason=" ".join(reading.problems) or "It holds no record.")
    told = ", ".join(f"{counts[state]} {said}" for state, said in SAID.items() if state in counts)
    first = await sql.first_refused(tx, id=inbox)
    line = f"line {first['line']}, " if first and first["line"] else ""
    whole = sum(counts.values())
    reason = f"Of {whole} record{'' if whole == 1 else 's'}: {told}." + (
        f" First: {line}{first['reason']}" if first else ""
    )
    return Outcome(state=_state(counts), reason=reason, nsi_ids=nsis)


def _state(counts: dict[str, int]) -> InboxState:
    if "review" in counts or "refused" in counts:
        return "review"
    if "raised" in counts:
        return "raised"
    return "duplicate" if "unchanged" in counts else "ignored"


async def count_codes(tx: Tx, connection: str, unmapped: list[Unmapped], now: datetime) -> None:
    """Codes without a word, for the form that the connection's officer fills."""
    await sql.count_codes(
        tx,
        connection=connection,
        now=now,
        fields=[one.field for one in unmapped],
        codes=[one.code for one in unmapped],
        times=[one.times for one in unmapped],
    )
