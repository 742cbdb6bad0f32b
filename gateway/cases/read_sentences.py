"""The sentences of a person as one reads them."""

from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import msgspec

from bedspace.nights import london_today
from bedspace.store import Tx
from gateway.cases.sentences import sql
from gateway.people.known import person_known
from schemas.acts import Done
from schemas.sentences import ReadSentences, Requirement, Sentence, Sentences


async def read_sentences(tx: Tx, command: ReadSentences, now: datetime) -> Done[Sentences]:
    """Raises `NotThere`."""
    person = await person_known(tx, command.person)
    items = await sentences_of(tx, person, london_today(now))
    return Done(Sentences(person=person, items=items), persons=(person,), subject=f"person:{person}")


async def sentences_of(tx: Tx, person: UUID, today: date) -> list[Sentence]:
    rows = await sql.requirements(tx, person=person, today=today)
    requirements = {
        sentence: [msgspec.convert(dict(row), Requirement) for row in of]
        for sentence, of in groupby(rows, key=lambda row: row["sentence_id"])
    }
    return [
        msgspec.convert({**dict(row), "requirements": requirements.get(row["id"], [])}, Sentence)
        for row in await sql.sentences(tx, person=person, today=today)
    ]
