"""A person on record, by CRN or id, within the reach of whoever asks."""

from uuid import UUID

import asyncpg

from bedspace.store import Tx, queries
from gateway.people import identifiers
from schemas.errors import Invalid, NotThere

sql = queries(__file__)

NOBODY = "Nobody with this CRN or id is on record within your reach. Check it; a CRN looks like A123456."


async def person_known(tx: Tx, text: str) -> UUID:
    """Raises `NotThere`, which repeats nothing of what was given."""
    person: UUID | None = await sql.person(tx, crn=identifiers.crn(text), id=_uuid(text))
    if person is None:
        raise NotThere(NOBODY)
    return person


async def known_or_crn(tx: Tx, text: str, field: str) -> tuple[UUID | None, str | None]:
    """Somebody on record, seen or not; or a CRN that no record is about yet. Raises `Invalid`."""
    crn = identifiers.crn(text)
    if crn is None:
        try:
            return await person_known(tx, text), None
        except NotThere as error:
            raise Invalid.because(field, NOBODY) from error
    person: UUID | None = await sql.anybody_with_crn(tx, crn=crn)
    return (person, None) if person else (None, crn)


async def placement_known(tx: Tx, text: str) -> tuple[UUID, list[asyncpg.Record]]:
    """Whose placement it is, by its id or reference, and its exclusion zones. Raises `Invalid`."""
    row = await sql.placement(tx, id=_uuid(text), reference=text.strip().upper())
    if row is None:
        why = "There is no such placement within your reach. Check its reference, such as PL-000123."
        raise Invalid.because("placement", why)
    person: UUID = row["person_id"]
    return person, await sql.zones(tx, placement=row["id"])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
