"""A message, read: what a system's reader makes of bytes. Every value keeps its evidence."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

from msgspec import Meta, Struct, field

from schemas.contacts import EnforcementKind, Outcome
from schemas.registrations import RegistrationKind
from schemas.releases import ReleaseKind
from schemas.words import Gender, NsiStatus, NsiType, Rosh

V = TypeVar("V")

Instant = Annotated[datetime, Meta(tz=True)]
"""A time carries its zone, always."""


class Found(Struct, Generic[V], frozen=True, kw_only=True):
    """A value, and the place in the message it was read from."""

    value: V
    text: str
    """The words it was read from, as they stand in the message."""
    source: str
    """Where: a part and a line, for instance `body line 4`, `subject`, `sheet Cases, line 12, column CRN`."""
    confidence: Annotated[float, Meta(ge=0, le=1)]
    """1.0 labelled or a checked identifier; about 0.8 a clear phrase; 0.5 and less a guess for a person to look at."""


class OfPerson(Struct, frozen=True, kw_only=True):
    """Who a draft is about, and what its own system calls it. None means that the message does not say."""

    name: Found[str] | None = None
    crn: Found[str] | None = None
    noms: Found[str] | None = None
    pnc: Found[str] | None = None
    cro: Found[str] | None = None
    birth_date: Found[date] | None = None
    gender: Found[Gender] | None = None
    external_reference: Found[str] | None = None
    """What the far system calls this record: with it, the same record is known again."""
    version: Found[int] | None = None
    """Counts up with every change of the record there."""


class DraftNsi(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="nsi"):
    """An NSI as far as a message gives it."""

    type: Found[NsiType] | None = None
    move_on: Found[date] | None = None
    """The day of the release or of the move."""
    until: Found[date] | None = None
    """End of a temporary move."""
    destination: Found[str] | None = None
    """What the locator is asked: a postcode if there is one, else a place or a local authority."""
    address: Found[str] | None = None
    prison: Found[str] | None = None
    rosh: Found[Rosh] | None = None
    mappa: Found[str] | None = None
    reason: Found[str] | None = None
    sending: Found[str] | None = None
    """The sending PDU or office, in the sender's words."""
    sender_name: Found[str] | None = None
    sender_email: Found[str] | None = None
    phone: Found[str] | None = None
    reference: Found[str] | None = None
    """Ours, where the far system mirrors an NSI that was raised here."""
    referred_on: Found[date] | None = None
    status: Found[NsiStatus] | None = None
    status_at: Found[Instant] | None = None
    started_on: Found[date] | None = None
    ended_on: Found[date] | None = None
    outcome: Found[str] | None = None
    """Code of the list `nsi_outcome`."""
    sub_type: Found[str] | None = None
    event_number: Found[int] | None = None
    requirement: Found[str] | None = None
    intended_provider: Found[str] | None = None
    team: Found[str] | None = None
    officer: Found[str] | None = None
    officer_email: Found[str] | None = None
    note: Found[str] | None = None


class DraftStatus(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="status"):
    """How an NSI stands, reported without the NSI itself: known by our reference, or by the far system's."""

    reference: Found[str] | None = None
    status: Found[NsiStatus] | None = None
    status_at: Found[Instant] | None = None
    started_on: Found[date] | None = None
    ended_on: Found[date] | None = None
    outcome: Found[str] | None = None
    note: Found[str] | None = None


class DraftContact(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="contact"):
    """A line of the contact log: absences add up across both areas."""

    at: Found[Instant] | None = None
    kind: Found[str] | None = None
    """Code of the list `contact`."""
    outcome: Found[Outcome] | None = None
    pdu: Found[str] | None = None
    """Code, or the office in the sender's words."""
    note: Found[str] | None = None


class DraftEnforcement(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="enforcement"):
    """A warning, a breach or a recall."""

    kind: Found[EnforcementKind] | None = None
    on_day: Found[date] | None = None
    pdu: Found[str] | None = None
    outcome: Found[str] | None = None
    note: Found[str] | None = None


class DraftRegistration(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="registration"):
    """What a person is registered for by one area: RoSH, MAPPA, ViSOR, the register of high risk."""

    kind: Found[RegistrationKind] | None = None
    level: Found[str] | None = None
    category: Found[str] | None = None
    pdu: Found[str] | None = None
    since: Found[date] | None = None
    until: Found[date] | None = None
    review_on: Found[date] | None = None
    note: Found[str] | None = None


class DraftAssessment(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="assessment"):
    """An assessment of risk and need."""

    begun_on: Found[date] | None = None
    completed_on: Found[date] | None = None
    """None of one that is not complete."""
    purpose: Found[str] | None = None
    layer: Found[str] | None = None
    rosh: Found[Rosh] | None = None
    risks: Found[dict[str, Rosh]] | None = None
    """To whom and where → how high, such as `children_community`. Without a risk nothing stands there."""
    concerns: Found[dict[str, str]] | None = None
    scores: Found[dict[str, float]] | None = None
    objectives: Found[list[str]] | None = None
    """Of the supervision plan."""
    review_on: Found[date] | None = None
    assessor: Found[str] | None = None
    event_number: Found[int] | None = None


class DraftRelease(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="release"):
    """A prison's notice of a release or of a temporary licence."""

    prison: Found[str] | None = None
    release_on: Found[date] | None = None
    kind: Found[ReleaseKind] | None = None
    until: Found[date] | None = None
    """The day of return from a temporary licence."""
    address: Found[str] | None = None
    near: Found[str] | None = None
    """Where to resettle, as the locator is asked."""
    rosh: Found[Rosh] | None = None
    needs: Found[list[str]] | None = None
    """Codes of characteristics."""
    nights: Found[int] | None = None
    reside_where_approved: Found[bool] | None = None
    home_pdu: Found[str] | None = None
    officer_name: Found[str] | None = None
    officer_email: Found[str] | None = None
    contact_name: Found[str] | None = None
    contact_email: Found[str] | None = None


class DraftEvent(OfPerson, frozen=True, kw_only=True, tag_field="draft", tag="event"):
    """Something that a far system says has happened, often with no more than where to read of it."""

    event_type: Found[str] | None = None
    at: Found[Instant] | None = None
    detail_url: Found[str] | None = None
    facts: Found[dict[str, str]] | None = None
    """What else it says, by its own names."""


Draft: TypeAlias = (
    DraftNsi
    | DraftStatus
    | DraftContact
    | DraftEnforcement
    | DraftRegistration
    | DraftAssessment
    | DraftRelease
    | DraftEvent
)


class RefusedRow(Struct, frozen=True, kw_only=True):
    """A record of a file that cannot be read; the rest of the file is."""

    line: int
    column: str
    """Its heading, or the positions it stands at."""
    why: str
    """What to put right, with nothing about the person."""


class Unmapped(Struct, frozen=True, kw_only=True):
    """A code of the far system that the profile has no word for. The field is then left out."""

    field: str
    code: str
    times: int = 1


class Part(Struct, frozen=True, kw_only=True):
    """An attachment, to go back to the readers: what another system reads in it joins the records of the message."""

    name: str
    content_type: str
    content: bytes


class Reading(Struct, frozen=True, kw_only=True):
    """All that one message came to."""

    drafts: list[Draft] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    subject: str = ""
    sender_email: str = ""
    """Who is answered, also where there is no draft. A claim of the message, never an identity."""
    message_id: str = ""
    thread: list[str] = field(default_factory=list)
    """Names that the messages of one conversation share, its own first. Claims, too."""
    body_hash: str = ""
    """Of the text as read, so that a message is recognised when it arrives by another road."""
    automatic: str = ""
    """Why this message is no person's: `bounce`, `auto-reply`, `list`, `null sender`; empty when it is."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, in words for the person who reviews it."""
    read_as: str = ""
    """System and profile that read it, `areafile/tracker`: said by the gateway, never by a reader."""

    @property
    def nsis(self) -> list[DraftNsi]:
        return [draft for draft in self.drafts if isinstance(draft, DraftNsi)]


def found_in(draft: Draft) -> dict[str, Found[Any]]:
    """What a draft says, by field, in the order of its kind."""
    said = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return {name: found for name, found in said.items() if found is not None}


def values_of(draft: Draft) -> dict[str, Any]:
    """What a draft says, without where it stood."""
    return {name: found.value for name, found in found_in(draft).items()}


def told(value: V) -> Found[V]:
    """A value of our own, to be written to a far system."""
    return Found(value=value, text=str(value), source="bedspace", confidence=1.0)
