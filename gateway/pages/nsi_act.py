"""One act on an NSI as a whole: its question, its fields, who does it, and when."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from gateway.pages.nsi_form import Verb
from gateway.pages.nsi_sides import End
from gateway.pages.placement_forms import Field
from gateway.pages.words import N_
from gateway.wiring import Works
from schemas.nsis import Nsi

When = Callable[[Nsi, date], bool]


class Act(Struct, frozen=True, kw_only=True):
    """`main` ones are buttons, the others are under "more"."""

    text: str
    question: str
    done: str
    action: str
    """The permission."""
    command: type[Any]
    verb: Callable[[Works], Verb]
    when: When
    end: End = ""
    fields: tuple[Field, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    hint: str = ""
    main: bool = False
    grave: bool = False
    about_person: bool = False
    """Not for somebody who may not see the person."""


ABOUT = Field(
    name="note", label=N_("Note"), kind="note", hint=N_("In words, with nothing that names the person"), optional=True
)


def under_way(nsi: Nsi, _today: date) -> bool:
    return nsi.status not in ("withdrawn", "returned")
