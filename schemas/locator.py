"""Keeping the locator: contacts, absences, PDUs that follow one another, postcode sectors, and what is not covered."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field

from schemas.locate import Named, Spoc
from schemas.words import AnsweredBy, ContactKind, Purpose

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Email = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]


class SpocOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who receives: the SPOC of a PDU; or, with `region`, the SPO or team that answers for all PDUs of a region."""

    pdu: str = ""
    region: str = ""
    kind: Literal["spoc", "region_spo", "region_team"] = "spoc"
    purposes: Annotated[list[Purpose], Meta(min_length=1)]
    name: Line
    email: Email
    phone: Line
    hours: Line
    team: Line
    out_of_hours: Annotated[str, Meta(max_length=200)] = ""
    replaces: int | None = None
    """The `id` of the contact that was there when this was written; it is refused if another is there by now."""


class KeepSpocs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From this day these receive, each for its PDU or region and purposes, in place of whoever did or would have.

    Who receives so already stays, with the absences recorded. `dry_run` says what would change, and changes nothing.
    """

    action: ClassVar[str] = "spoc.keep"

    spocs: Annotated[list[SpocOf], Meta(max_length=5000)]
    from_: date
    dry_run: bool = False


class SpocChange(Struct, frozen=True, kw_only=True):
    """One line of the diff: a field of a contact before and after. Before is None where there was no contact."""

    place: str
    """Code of the PDU or region."""
    purpose: Purpose
    what: str
    was: str | None
    becomes: str


class SpocsKept(Struct, frozen=True, kw_only=True):
    kept: int
    """Pairs of a PDU or region and a purpose."""
    changes: list[SpocChange] = field(default_factory=list)
    applied: bool = True


class EndSpoc(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From this day a contact receives no longer, and nobody follows yet."""

    action: ClassVar[str] = "spoc.keep"

    spoc: int
    on: date


class CoverBy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who covers: a deputy, or a team with its mailbox."""

    kind: Literal["deputy", "team"]
    name: Line
    email: Email
    phone: Line
    hours: Line
    team: Line
    out_of_hours: Annotated[str, Meta(max_length=200)] = ""


class KeepAbsence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A SPOC is not there from a day until the day they are back. Why is not asked."""

    action: ClassVar[str] = "spoc.absence"

    spoc: int
    from_: date
    until: date | None = None
    cover: CoverBy | None = None
    only_this_purpose: bool = False
    """Otherwise for every purpose for which the same person (by e-mail) receives at the PDU."""


class EndAbsence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A SPOC is back on a day, or was never away where the day is not after the first."""

    action: ClassVar[str] = "spoc.absence"

    absence: int
    on: date


class AbsenceKept(Struct, frozen=True, kw_only=True):
    absences: list[int]
    """One a purpose."""


class Absence(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    id: int
    from_: date
    until: date | None = None
    covered_by: Literal["deputy", "team"] | None = None
    cover: Spoc | None = None


class Contact(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """One who receives for a purpose, from a day until another, with absences from the day asked about on."""

    id: int
    pdu: str | None = None
    region: str | None = None
    kind: ContactKind
    purpose: Purpose
    name: str
    email: str
    phone: str
    hours: str
    team: str
    out_of_hours: str = ""
    from_: date
    until: date | None = None
    absences: list[Absence] = field(default_factory=list)


class ContactPage(Struct, frozen=True, kw_only=True):
    items: list[Contact]
    next: str | None = None


class SectorOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The PDU that a postcode sector of a split authority lies in; with no `pdu`, nobody knows any more."""

    authority: Annotated[str, Meta(max_length=200)]
    """Its GSS code or its name."""
    sector: Annotated[str, Meta(max_length=10)]
    """`B1 1`."""
    pdu: str | None = None
    said_by: Annotated[str, Meta(max_length=200)] = ""
    """Who said so: an office, a map, a minute. Needed where there is a `pdu`."""
    invented: bool = False


class KeepSectors(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From this day these sectors lie so. `dry_run` says what would change, and changes nothing."""

    action: ClassVar[str] = "sectors.keep"

    sectors: Annotated[list[SectorOf], Meta(max_length=20000)]
    from_: date
    dry_run: bool = False


class SectorChange(Struct, frozen=True, kw_only=True):
    """One line of the diff: the PDU before and after, None where nobody has decided."""

    authority: str
    sector: str
    was: str | None
    becomes: str | None


class SectorsKept(Struct, frozen=True, kw_only=True):
    changes: list[SectorChange]
    unchanged: int
    applied: bool


class Sector(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"from_": "from"}):
    """A sector and its PDU on a day. `pdu` is None where nobody has decided; then all `candidates` answer."""

    authority: Named
    sector: str
    postcodes: int
    pdu: Named | None = None
    said_by: str = ""
    invented: bool = False
    from_: date | None = None
    until: date | None = None


class SectorPage(Struct, frozen=True, kw_only=True):
    items: list[Sector]
    next: str | None = None


class SplitAuthority(Struct, frozen=True, kw_only=True):
    """An authority that lies in several PDUs on a day."""

    authority: Named
    pdus: list[Named]
    sectors: int
    decided: int


class KeepPdu(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A new PDU from a day on; or the name or region of one put right."""

    action: ClassVar[str] = "pdu.keep"

    code: Annotated[str, Meta(pattern=r"^[A-Z0-9]{3,10}$")]
    region: str
    name: Line
    title: Annotated[str, Meta(max_length=300)] = ""
    """As published; the name where it is left out."""
    from_: date


class Heir(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PDU that takes over, and the authorities (GSS codes) that pass to it alone; the rest stay ambiguous."""

    pdu: str
    authorities: list[str] = field(default_factory=list)


class EndPdu(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From this day a PDU is no more, and these take over: one where it is merged, several where it is split.

    Said again, it takes the place of what was said before. Without `on` the PDU goes on as if it had not been said.
    """

    action: ClassVar[str] = "pdu.keep"

    pdu: str
    on: date | None = None
    successors: list[Heir] = field(default_factory=list)


class KeepAuthority(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A new local authority from a day on, in place of those it is made of; or the PDUs of one from a day on."""

    action: ClassVar[str] = "pdu.keep"

    gss: Annotated[str, Meta(pattern=r"^[EW]\d{8}$")]
    name: Line
    pdus: Annotated[list[str], Meta(min_length=1)]
    from_: date
    replaces: list[str] = field(default_factory=list)


class OrganisationKept(Struct, frozen=True, kw_only=True):
    """What was written, by its code."""

    code: str


GapKind = Literal["nobody", "absent", "stands_in", "ending"]


class Gap(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A PDU and a purpose without a SPOC of its own who is there.

    `nobody`: nobody answers at all · `absent`: the SPOC is away and nobody covers, and if someone else answers it is
    said · `stands_in`: no SPOC is named, and the region or the contact for transfers answers · `ending`: the SPOC ends
    within the days asked about, and nobody follows.
    """

    pdu: Named
    region: Named
    purpose: Purpose
    kind: GapKind
    answered_by: AnsweredBy | None = None
    until: date | None = None
    """Of `ending` the first day without; of `absent` the day they are back."""


class Receives(Struct, frozen=True, kw_only=True):
    """Who answers at a PDU for a purpose on a day; `name` is None where nobody does."""

    pdu: Named
    region: Named
    purpose: Purpose
    name: str | None
    phone: str | None
    answered_by: AnsweredBy | None
    gap: Gap | None


class WrongRoute(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """NSIs that went to one PDU and were sent on to another: a hint to correct the table."""

    from_pdu: Named
    to_pdu: Named
    authority: Named | None = None
    sector: str | None = None
    times: int
    last: date


class Coverage(Struct, frozen=True, kw_only=True):
    on: date
    pdus: int
    pairs: int
    """PDUs in force times purposes."""
    covered: int
    """Of those, with a SPOC of their own who is there, or covered."""
    gaps: list[Gap]
    wrong_routes: list[WrongRoute]
    sent_on_twice: int
    """Open NSIs that were sent on more than once."""
