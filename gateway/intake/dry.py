"""What a message would come to; nothing is written."""

from datetime import date

from bedspace.geography.postcodes import Postcodes
from gateway.intake.checklist import Facts, asked_beyond, evidence_of, facts_of, lacking
from gateway.intake.records import Taker
from gateway.store.database import Pool, transaction
from gateway.transfers.regime import regime_on
from gateway.transfers.route import route
from schemas.connections import Connection, Tried, TriedRecord
from schemas.drafts import Draft, DraftNsi, Reading, found_in
from schemas.errors import BedspaceError
from schemas.nsis import Evidence

SHOWN = 100
"""Records that are told one by one. All are counted."""


async def would_go_to(pool: Pool, postcodes: Postcodes, facts: Facts, today: date) -> tuple[str | None, str | None]:
    """Where it would go, or else why a person would have to look."""
    if facts.destination is None or facts.type is None:
        return None, None
    try:
        async with transaction(pool, readonly=True) as tx:
            way = await route(tx, postcodes, facts.destination, facts.type, today)
    except BedspaceError as error:
        return None, str(error)
    return f"{way.pdu_name} ({way.pdu})", None


class Dry:
    """Looks at what a connection would make of a sample."""

    def __init__(self, pool: Pool, postcodes: Postcodes) -> None:
        self._pool = pool
        self._postcodes = postcodes
        self._taken = Taker(postcodes).takes.keys()

    async def tried(self, connection: Connection, reading: Reading, today: date) -> Tried:
        records = [await self._one(connection, draft, today) for draft in reading.drafts]
        counts = {
            "read": len(records) + len(reading.refused),
            **{word: sum(one.would == would for one in records) for would, word in WORDS.items()},
            "refused": len(reading.refused),
        }
        return Tried(
            code=connection.code,
            read_as=reading.read_as,
            counts=counts,
            records=records[:SHOWN],
            refused=reading.refused[:SHOWN],
            unmapped=reading.unmapped,
            problems=reading.problems,
        )

    async def _one(self, connection: Connection, draft: Draft, today: date) -> TriedRecord:
        kind = str(draft.__struct_config__.tag)
        if not isinstance(draft, DraftNsi):
            evidence = {name: Evidence(one.text, one.source, one.confidence) for name, one in found_in(draft).items()}
            taken = connection.trusted and type(draft) in self._taken
            why = None if taken else f"Records of the kind “{kind}” are looked at by a person for now."
            return TriedRecord(kind=kind, would="raise" if taken else "review", why=why, evidence=evidence)
        facts = facts_of(draft, today)
        short = [name for name in lacking(facts) if not (connection.trusted and name == "sender_email")]
        to, why = await would_go_to(self._pool, self._postcodes, facts, today)
        if short:
            why = "It does not hold all that an NSI needs."
        return TriedRecord(
            kind=kind,
            would="review" if why else ("raise" if connection.trusted else "prepare"),
            why=why,
            missing=[*short, *(one for one in asked_beyond(facts, regime_on(today)) if one not in short)],
            to=to,
            evidence=evidence_of(draft),
        )


WORDS = {"raise": "raised", "prepare": "prepared", "review": "for review"}
"""As counted."""


def unreadable(connection: Connection, why: str) -> Tried:
    return Tried(code=connection.code, unreadable=why, counts={"read": 0})
