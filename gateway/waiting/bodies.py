"""What is sent to the doors of the waiting list, where the path says whom or what it is about."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from schemas.placing import Code, Note


class JoinBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send `{}` for the usual end."""

    until: date | None = None
    """The last day on the list, in London."""


class LeaveBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Code
    """Code of the list `leave_waiting`."""
    note: Note = ""
    """With nothing about the person."""


class SkipBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Code
    """Code of the list `skip`."""
    note: Note = ""
    """With nothing about the person."""
    instead: Annotated[str, Meta(max_length=20)] | None = None
    """Reference of the entry that the bed is proposed to instead. `higher_need` names one, and only it."""
