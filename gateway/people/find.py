"""Somebody on record, by a number: so that nobody types a name and a birth date that are known."""

from datetime import datetime

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.people import identifiers
from schemas.acts import Done
from schemas.errors import Invalid, NotThere
from schemas.people import FindPerson, Person

sql = queries(__file__)


async def find_person(tx: Tx, command: FindPerson, now: datetime) -> Done[Person]:
    """As far as the account reaches. Raises `Invalid` for what is no number, and `NotThere`; neither repeats it."""
    numbers = {
        "crn": identifiers.crn(command.number),
        "noms": identifiers.noms(command.number),
        "pnc": identifiers.pnc(command.number, london_today(now)),
    }
    if not any(numbers.values()):
        raise Invalid.because("number", not_a_number(command.number))
    row = await sql.person(tx, **numbers)
    if row is None:
        raise NotThere("Nobody within your reach has this number. Check it, or fill in who it is.")
    return Done(Person(**dict(row)), persons=(row["id"],), subject=f"person:{row['id']}")


def not_a_number(text: str) -> str:
    """What is wrong with something that is no CRN, prison number or PNC number."""
    if identifiers.has_pnc_shape(text):
        return "The check letter does not fit the PNC number: one of its figures, or the letter, is mistyped."
    return "This is no CRN (A123456), prison number (A1234BC) or PNC number (2003/0011985X)."
