"""A person under supervision, as other records refer to one."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import Struct


class Person(Struct, frozen=True, kw_only=True):
    """Masked (`limited_access` true, the rest None) for a reader who may not see a limited-access person."""

    id: UUID
    crn: str | None = None
    """Case reference number, `[A-Z]\\d{6}`."""
    noms: str | None = None
    """Prison number, `[A-Z]\\d{4}[A-Z]{2}`."""
    pnc: str | None = None
    """Canonical `YYYY/NNNNNNNL`."""
    name: str | None = None
    birth_date: date | None = None
    gender: str | None = None
    limited_access: bool = False


class LimitAccess(Struct, frozen=True, kw_only=True):
    """Mask a person for everyone but the named accounts."""

    action: ClassVar[str] = "person.limit"

    id: UUID
    allowed: tuple[str, ...] = ()
    """Ids of accounts."""


class AccessLimited(Struct, frozen=True, kw_only=True):
    id: UUID


class FindPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody within reach, by a CRN, prison number or PNC number in any usual form: whom an NSI is to be about."""

    action: ClassVar[str] = "nsi.raise"

    number: str
