"""Who somebody is, as a person writes it: checked, made canonical, and matched."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from bedspace.store import Tx
from gateway.people import identifiers
from gateway.people.keep import lock_identities, person_of
from gateway.people.match import Identity
from schemas.errors import Ambiguous, Conflict, FieldFault, Invalid
from schemas.nsis import NewPerson


def identity_given(person: NewPerson, today: date) -> Identity:
    """Raises `Invalid` naming each field that cannot be what it should be."""
    identity, faults = read_identity(person, today)
    if faults:
        raise Invalid(*faults)
    return identity


def read_identity(person: NewPerson, today: date) -> tuple[Identity, list[FieldFault]]:
    faults = list[FieldFault]()
    identity = Identity(
        name=person.name.strip(),
        crn=_canonical(person, "crn", identifiers.crn, "A123456", faults),
        noms=_canonical(person, "noms", identifiers.noms, "A1234BC", faults),
        pnc=_canonical(person, "pnc", lambda text: identifiers.pnc(text, today), "2003/0011985X", faults),
        birth_date=person.birth_date,
        gender=person.gender,
    )
    if not identity.name:
        faults.append(FieldFault("person.name", "Give the name."))
    if not (person.crn or person.noms or person.pnc or person.birth_date):
        faults.append(FieldFault("person", "Give the birth date, or one of CRN, prison number and PNC."))
    return identity, faults


def _canonical(
    person: NewPerson, field: str, canonical: Callable[[str], str | None], example: str, faults: list[FieldFault]
) -> str | None:
    given: str | None = getattr(person, field)
    found = canonical(given) if given else None
    if given and found is None:
        faults.append(FieldFault(f"person.{field}", _wrong(field, given, example)))
    return found


def _wrong(field: str, given: str, example: str) -> str:
    if field == "pnc" and identifiers.has_pnc_shape(given):
        return "The check letter does not fit: one of the figures, or the letter, is mistyped."
    return f"This is no {field.upper()}; one looks like {example}."


async def the_person(tx: Tx, given: NewPerson, now: datetime, today: date) -> UUID:
    """The person on record, or a new one; never merged when it is not sure.

    Raises `Invalid`, or `Conflict` when a person must look who is meant.
    """
    identity = identity_given(given, today)
    await lock_identities(tx, [identity])
    try:
        person, _ = await person_of(tx, identity, now)
    except Ambiguous as error:
        raise Conflict(str(error)) from error
    return person
