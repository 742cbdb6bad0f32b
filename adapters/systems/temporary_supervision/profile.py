"""The profile of a form: how it is headed, what its fields are called, how its days are written."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated

from msgspec import Meta

from adapters.profile import Profile, Text
from schemas.drafts import DraftNsi

_PLAIN = re.compile(r"[\W_]+")
WRITTEN = date(2026, 12, 18)


class Form(Profile, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    heading: Annotated[tuple[Text, ...], Meta(min_length=1)]
    """Words that a document is headed by which is this form; the first when we write."""
    dates: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("%d/%m/%Y",)
    parts: dict[Text, tuple[Text, ...]]
    """The parts of the form, as they are headed, and the fields of each. One without any holds the checklist."""
    checklist: tuple[Text, ...] = ()
    """What is ticked off on the form beside its fields."""

    @cached_property
    def labels(self) -> dict[str, str]:
        """A label without case and marks → the field it names, or the item of the checklist as it is called."""
        found = {bare(item): item for item in self.checklist}
        for name in self.fields:
            found |= {bare(label): name for label in self.called(name)}
        return found

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The labels as we write them, in lower case: what a line of a PDF may begin with."""
        ours = (*(self.called(name)[0] for name in self.fields), *self.checklist)
        return tuple(" ".join(label.casefold().split()) for label in ours)

    def called(self, name: str) -> tuple[str, ...]:
        """What a field may be called on the form."""
        return tuple(" ".join(one.split()) for one in str(self.fields[name]).split("|") if one.strip())

    @cached_property
    def headings(self) -> frozenset[str]:
        """Of its parts, and its own, without case and marks."""
        return frozenset(map(bare, (*self.parts, *self.heading)))

    def faults(self) -> Iterator[tuple[str, str]]:
        known: dict[str, str] = {}
        for name, called in self.fields.items():
            if name not in DraftNsi.__struct_fields__:
                yield f"fields.{name}", "a request is an NSI, which has no such field"
            if not isinstance(called, str):
                yield f"fields.{name}", "give its labels in one text, with bars between them"
            for label in self.called(name):
                if known.setdefault(bare(label), name) != name:
                    yield f"fields.{name}", f"“{label}” names another field too"
        placed = [name for names in self.parts.values() for name in names]
        if sorted(placed) != sorted(self.fields):
            yield "parts", "each field stands in one part"
        for form in self.dates:
            if WRITTEN.strftime(form) == form:
                yield "dates", f"“{form}” is no form of a date"


def bare(words: str) -> str:
    """Without case, spaces and marks."""
    return _PLAIN.sub("", words[:200].casefold())
