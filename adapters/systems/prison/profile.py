"""How one prison, or one area, writes its notices."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from adapters.formats.text_lines import Encoding
from adapters.profile import Profile, Text
from schemas.drafts import DraftRelease


class Prison(Profile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`fields` names the columns of a file of notices; those of JSON are always the same."""

    needed: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("prison", "release_on")
    """Fields without which a row is refused."""
    encoding: Encoding = "auto"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    dates: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("%Y-%m-%d", "%d/%m/%Y")
    """How days are written in a file."""
    event_types: tuple[Text, ...] = ()
    """How the types of events of prisoners begin."""

    def faults(self) -> Iterator[tuple[str, str]]:
        for name, column in self.fields.items():
            if name not in DraftRelease.__struct_fields__:
                yield f"fields.{name}", "a notice of release has no such field"
            elif not isinstance(column, str):
                yield f"fields.{name}", "give one column"
        for name in self.needed:
            if self.fields and name not in self.fields:
                yield "needed", f"{name} has no column"
