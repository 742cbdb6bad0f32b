"""How the codes of one area's nDelius are read: a table for each kind of code."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta, field

from adapters.profile import Profile, Text, words_of
from schemas.drafts import Draft, DraftContact, DraftEnforcement, DraftNsi, DraftRegistration

Table = dict[Text, Text]
NOTHING = "none"
"""Of a code that says nothing: an action that enforces nothing, a level that is none."""


class NDelius(Profile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`codes.type`, `codes.status` and `codes.destination` are filled in by an area, here or in its connection."""

    reference_prefix: Annotated[str, Meta(min_length=1, pattern="^urn:")] = "urn:bedspace:nsi:"
    """Before our own reference in `externalReference`, by which an NSI that was raised here is known again."""
    described: dict[Text, Table] = field(default_factory=dict)
    """Field of an NSI → description there → our word. Read where the code has none; never written."""
    nsi_outcomes: Table = field(default_factory=dict)
    """Code → code of the list `nsi_outcome`."""
    enforcement_nsis: Table = field(default_factory=dict)
    """Code of an NSI type → `breach`, `recall`: such NSIs are no transfers."""
    other_nsis: tuple[Text, ...] = ()
    """Codes of NSI types that are neither: they are passed over, and it is said."""
    contact_types: Table = field(default_factory=dict)
    """Code → code of the list `contact`."""
    contact_outcomes: Table = field(default_factory=dict)
    enforcement_actions: Table = field(default_factory=dict)
    """Code → `warning`, `breach`, `recall`, or `none`."""
    registers: Table = field(default_factory=dict)
    """Code of a register type → which register of ours."""
    levels: Table = field(default_factory=dict)
    """Code of a register type, level or category → level or category, in our word where it is of RoSH; or `none`."""

    def faults(self) -> Iterator[tuple[str, str]]:
        for field_, table in self.described.items():
            yield from _faults(f"described.{field_}", DraftNsi, field_, table)
        yield from _faults("contact_outcomes", DraftContact, "outcome", self.contact_outcomes)
        yield from _faults("enforcement_nsis", DraftEnforcement, "kind", self.enforcement_nsis)
        actions = {code: word for code, word in self.enforcement_actions.items() if word != NOTHING}
        yield from _faults("enforcement_actions", DraftEnforcement, "kind", actions)
        yield from _faults("registers", DraftRegistration, "kind", self.registers)


def _faults(key: str, kind: type[Draft], name: str, table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if name not in kind.__struct_fields__:
        yield key, "no draft has such a field"
        return
    possible = words_of(kind, name)
    for code, word in table.items():
        if possible and word not in possible:
            yield f"{key}.{code}", f"“{word}” is none of {', '.join(possible)}"
