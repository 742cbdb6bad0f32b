"""Lists that people choose from, and the characteristics of rooms and premises: dated data that is edited."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from schemas.claims import Text

ListCode = Annotated[str, Meta(max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
"""Small letters, digits and underscores: it stays for good, so it says what is meant."""


class ListEntry(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One entry. In force `[from, until)`; retired entries stay readable where they were chosen."""

    code: str
    name: str
    parent: str | None
    """A code of the same list, where the list is a tree."""
    external_code: str | None
    """What the case system calls it."""
    needs_note: bool
    """Choosing it is not enough without words."""
    reference_kind: str | None
    """Of a reason out of service: what its reference is, `work_order` or `crn`."""
    position: int
    from_: date
    until: date | None
    by_hand: bool
    """Edited here, so that a new version of the software leaves it alone."""
    in_force: bool


class ListRow(Struct, frozen=True, kw_only=True):
    """A list by its name, and how many entries it has in force today."""

    list: str
    in_force: int
    retired: int


class EntryChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """All of an entry. To retire it, give `until`; to bring it back, leave that out."""

    name: Text
    parent: ListCode | None = None
    external_code: Text | None = None
    needs_note: bool = False
    reference_kind: Literal["work_order", "crn"] | None = None
    position: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    """Its place in the list; left out, where it is, or at the end."""
    from_: date | None = None
    until: date | None = None


class KeepListEntry(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "list.keep"

    list: str
    code: ListCode
    entry: EntryChange


class CharacteristicChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """All of a characteristic. `scope` is fixed once it is on the register."""

    name: Text
    scope: Literal["premises", "room"]
    external_code: Text | None = None
    position: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    from_: date | None = None
    until: date | None = None


class KeepCharacteristic(Struct, frozen=True, kw_only=True):
    action: ClassVar[str] = "list.keep"

    code: ListCode
    characteristic: CharacteristicChange


class EntryKept(Struct, frozen=True, kw_only=True):
    list: str
    code: str
    new: bool


class EntryVersion(Struct, frozen=True, kw_only=True):
    """What an entry became by one act."""

    code: str
    made_at: datetime
    made_by: str
    name: str
    until: date | None
