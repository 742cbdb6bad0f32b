"""The offences that premises are asked about, as data."""

from datetime import date

import msgspec

from bedspace.store import Reader, queries
from schemas.premises import Offence

sql = queries(__file__)


async def list_offences(reader: Reader, today: date) -> list[Offence]:
    """In the order in which people look for them."""
    return msgspec.convert(await sql.offences(reader, today=today), list[Offence], from_attributes=True)
