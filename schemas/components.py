"""What a case transfer is made of. Each component is decided on its own: by a court, or by one of the areas."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.texts import Said

ComponentKind = Literal["supervision", "order", "requirement", "licence_condition", "nsi", "unpaid_work", "programme"]
Decides = Literal["court", "receiving", "sending"]
ComponentDecision = Literal["transferred", "stays", "withdrawn"]
Holder = Literal["originating_court", "receiving_court", "sending", "receiving"]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
"""Nothing about the person."""
Court = Annotated[str, Meta(max_length=100)]


class Component(Struct, frozen=True, kw_only=True):
    """One component of a transfer, as it stands."""

    n: int
    kind: ComponentKind
    title: str
    decides: Decides
    held_by: Holder
    """Until a court sanctions the transfer of an order, the originating court holds it."""
    court: str = ""
    """That decides, or has decided."""
    from_court: str = ""
    """The originating one."""
    applied_on: date | None = None
    """When the court was applied to."""
    decision: Literal["pending", "transferred", "stays", "withdrawn"] = "pending"
    decided_on: date | None = None
    decided_at: datetime | None = None
    """When the decision was recorded."""
    decided_by: str | None = None
    how: str = ""
    """At a hearing, on paper, by the SPOs, …"""
    reason: str = ""
    """Why it stays, or is withdrawn."""
    started_on: date | None = None
    """It goes on in the receiving area since then, which may be before the transfer."""
    left_open: str = ""
    """Why the case transfer may complete before this is decided."""


class NewComponent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: ComponentKind
    title: Title
    decides: Decides | None = None
    """None is the court for an order, the receiving area for all else."""
    from_court: Court = ""
    court: Court = ""


class AddComponents(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name what is to be decided; `from_record` takes orders, licences and their requirements as they are on record."""

    action: ClassVar[str] = "nsi.component"

    id: UUID
    items: Annotated[list[NewComponent], Meta(max_length=50)] = []
    from_record: bool = False


class ApplyToCourt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A court was asked to sanction the transfer of a component."""

    action: ClassVar[str] = "nsi.component"

    id: UUID
    n: int
    court: Annotated[str, Meta(min_length=1, max_length=100)]
    from_court: Court = ""
    """Where it is not on record yet."""
    on: date | None = None
    """Today or an earlier day; None is today."""


class DecideComponent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided about a component, by whoever decides. Until the transfer completes it can be decided anew."""

    action: ClassVar[str] = "nsi.component"

    id: UUID
    n: int
    decision: ComponentDecision
    on: date | None = None
    """The day of the decision; None is today."""
    court: Court = ""
    """Of a court's decision, where it is not on record yet."""
    how: Annotated[str, Meta(max_length=100)] = ""
    reason: Said = ""
    """Needed for what stays or is withdrawn. Nothing about the person."""


class StartComponent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A programme or another condition goes on in the receiving area, also before the formal transfer."""

    action: ClassVar[str] = "nsi.component"

    id: UUID
    n: int
    on: date | None = None
    """None is today."""


class LeaveComponentOpen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The case transfer may complete before this is decided: a court may sit weeks later."""

    action: ClassVar[str] = "nsi.component"

    id: UUID
    n: int
    why: Annotated[str, Meta(min_length=1, max_length=500)]
    """Nothing about the person."""


class ComponentsKept(Struct, frozen=True, kw_only=True):
    """What a write on components answers."""

    id: UUID
    reference: str
    components: list[Component]
