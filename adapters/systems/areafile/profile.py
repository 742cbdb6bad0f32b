"""The profile of a file: what it is, which columns it has, how days are written."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias, get_origin

from msgspec import Meta, Struct, field

from adapters.formats.fixed_rows import Place
from adapters.formats.text_lines import Encoding
from adapters.profile import KINDS, Names, Profile, Text, type_of, words_of
from schemas.drafts import Draft

Format: TypeAlias = Literal["csv", "fixed", "xlsx"]
Kind: TypeAlias = Literal["nsi", "status", "contact", "enforcement", "registration", "release"]
FREE_TEXT = frozenset({"note", "reason", "address"})
"""May begin as a formula does: prose with a dash before it. On its way out it is neutralised."""


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    formats: Annotated[tuple[Format, ...], Meta(min_length=1, max_length=2)] = ("csv",)
    """The first is what is written. CSV and Excel may both be taken; fixed width stands alone."""
    record: Kind = "nsi"
    """What a row is."""
    needed: Annotated[tuple[Text, ...], Meta(min_length=1)]
    """Fields without which a row is refused."""
    always: dict[Text, Text] = field(default_factory=dict)
    """What every row means where no column says otherwise: an extract of formal transfers has no type in it."""
    encoding: Encoding = "auto"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    dates: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("%d/%m/%Y",)
    """How days are written, the first when we write. ISO (2026-12-18) is always read."""
    times: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("%d/%m/%Y %H:%M",)
    sheet: Text | None = None
    """Name of the sheet; None is the first that has the columns."""
    places: dict[Text, Place] = field(default_factory=dict)
    """Fixed width: field → first position, from 1, and width."""
    width: Annotated[int, Meta(ge=0, le=10_000)] = 0
    """Of a whole line of fixed width."""


class AreaFile(Profile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    file: Layout

    @property
    def kind(self) -> type[Draft]:
        return KINDS[self.file.record]

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Field → its columns, each as the profile calls it."""
        if self.file.formats == ("fixed",):
            return {name: (name,) for name in self.file.places}
        return {name: (names,) if isinstance(names, str) else names for name, names in self.fields.items()}

    def faults(self) -> Iterator[tuple[str, str]]:
        if "fixed" in self.file.formats and len(self.file.formats) > 1:
            yield "file.formats", "fixed width stands alone"
        yield from self._column_faults("file.places" if self.file.formats == ("fixed",) else "fields")
        for name, word in self.file.always.items():
            if name not in self.kind.__struct_fields__ or word not in (words_of(self.kind, name) or (word,)):
                yield f"file.always.{name}", f"a record of kind {self.file.record} has no such field or no such word"
        for name, table in (("dates", self.file.dates), ("times", self.file.times)):
            yield from ((f"file.{name}", f"“{form}” cannot be read back") for form in table if not _reads_back(form))
        yield from self._fixed_faults()

    def _column_faults(self, key: str) -> Iterator[tuple[str, str]]:
        if not self.columns:
            yield key, "it names no field"
        for name in self.columns:
            if name not in self.kind.__struct_fields__:
                yield f"{key}.{name}", f"a row is a record of kind {self.file.record}, which has no such field"
            elif get_origin(type_of(self.kind, name)) is dict:
                yield f"{key}.{name}", "a table of values does not fit into a cell"
        for name in self.file.needed:
            if name not in self.columns:
                yield "file.needed", f"{name} has no column"

    def _fixed_faults(self) -> Iterator[tuple[str, str]]:
        if self.file.formats != ("fixed",):
            return
        for name, (first, wide) in self.file.places.items():
            if first < 1 or wide < 1 or first - 1 + wide > self.file.width:
                yield f"file.places.{name}", f"positions {first} to {first - 1 + wide} are not within the width"
        if not any(self.is_told_apart(name) for name in self.file.needed):
            yield "file.needed", "name a day, a number or a code, so that no other text is taken for one of these lines"

    def is_told_apart(self, name: str) -> bool:
        """Whether not any text will do in this field."""
        of: Any = type_of(self.kind, name)
        return name in self.codes or bool(words_of(self.kind, name)) or of is not str


def _reads_back(form: str) -> bool:
    try:
        moment = datetime(2026, 12, 18, 9, 30)  # noqa: DTZ001  # only its form is looked at
        return datetime.strptime(moment.strftime(form), form).date() == date(2026, 12, 18)  # noqa: DTZ007  # as above
    except ValueError:
        return False


def headings(name: Names) -> tuple[str, ...]:
    """What a column may be called: the names between the bars, the first when we write."""
    return tuple(" ".join(one.split()) for one in str(name).split("|") if one.strip())
