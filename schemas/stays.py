"""What happens to claims by itself as time goes by."""

from datetime import date
from typing import ClassVar

from msgspec import Struct


class LengthenStay(Struct, frozen=True, kw_only=True):
    """Somebody was to leave and no departure is recorded: the bed is theirs for one more night."""

    action: ClassVar[str] = "stay.lengthen"

    claim: int


class StayLengthened(Struct, frozen=True, kw_only=True):
    """`until` is None where nothing was to be done."""

    claim: int
    until: date | None = None


class ArchivePast(Struct, frozen=True, kw_only=True):
    """Move claims whose nights are over to the history, so many at most."""

    action: ClassVar[str] = "claims.archive"

    most: int = 500


class PastArchived(Struct, frozen=True, kw_only=True):
    claims: int
