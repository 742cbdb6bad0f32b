"""Every error a user can meet, drawn in one place. The message says what was wrong and what to do."""

from datetime import date
from typing import ClassVar

from msgspec import Struct


class FieldFault(Struct, frozen=True):
    """One thing wrong with one field of what was sent."""

    field: str
    why: str


class BedspaceError(Exception):
    """Something a user can put right, or must be told of."""

    title: ClassVar[str] = "That did not work"


class Invalid(BedspaceError):
    """What was sent cannot be used as it is."""

    title = "Check what you sent"

    def __init__(self, *faults: FieldFault) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{fault.field}: {fault.why}" for fault in faults))

    @classmethod
    def because(cls, field: str, why: str) -> "Invalid":
        return cls(FieldFault(field, why))


class Malformed(BedspaceError):
    """The request cannot be read as what it claims to be."""

    title = "Cannot be read"


class NotTaken(BedspaceError):
    """This kind of content is not taken here."""

    title = "This kind of content is not taken"


class NotThere(BedspaceError):
    """There is no such thing, or it is not yours to see: the two are told apart nowhere."""

    title = "Not found"


class Candidate(Struct, frozen=True):
    """A name that may be meant. Asked for as `near`, it is answered."""

    near: str
    name: str
    kind: str
    """`authority`, `pdu`, `town`, `prison`, …"""


class UnknownPlace(NotThere):
    """Nothing goes by the name. `candidates` are those most like it, the likeliest first: offered, never taken."""

    def __init__(self, message: str, candidates: list[Candidate]) -> None:
        self.candidates = candidates
        super().__init__(message)


class NotAllowed(BedspaceError):
    """The role may not do this."""

    title = "You cannot do this"


class NotSignedIn(BedspaceError):
    """No valid token or session came with the request."""

    title = "Sign in first"


class NightsClaimed(BedspaceError):
    """The bed is already claimed for some of the nights asked for."""

    title = "The bed is already claimed"

    def __init__(self, bed: str, nights: list[date], do: str = "Search again for a bed that is free.") -> None:
        self.bed = bed
        self.nights = nights
        span = f"{nights[0]:%-d %B %Y}" if nights else "those nights"
        if len(nights) > 1:
            span += f" to {nights[-1]:%-d %B %Y}"
        super().__init__(f"Bed {bed} is already claimed for {len(nights)} of those nights ({span}). {do}")


class Conflict(BedspaceError):
    """The thing has moved on since it was read."""

    title = "This has changed"


class Outdated(BedspaceError):
    """What was sent belongs to a past that is no more."""

    title = "No longer valid"


class KeyReused(BedspaceError):
    """The idempotency key was used before, with another body."""

    title = "Idempotency key used for something else"


class TooLarge(BedspaceError):
    """More bytes than are taken."""

    title = "Too large"


class Ambiguous(BedspaceError):
    """More than one PDU answers; nothing is guessed."""

    title = "More than one answer"


# What a far system can answer, because there are three things to do next.


class Unavailable(BedspaceError):
    """The other side, or the database, does not answer: wait and try again."""

    title = "Not available just now"


class Refused(BedspaceError):
    """The other side understood and said no: tell a person."""

    title = "Refused"


class Unreadable(BedspaceError):
    """The bytes cannot be read as what they claim to be: ask a person."""

    title = "Cannot be read"
