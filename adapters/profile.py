"""Profiles: how one area uses a far system, as data in TOML, checked with file, key and line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args, get_origin
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta, Struct, field

from schemas.drafts import Draft, Found
from schemas.errors import Invalid, Refused
from schemas.toml import bad, decoded

Text = Annotated[str, Meta(min_length=1)]
Names: TypeAlias = Text | tuple[Text, ...]
"""What a field is called there; several are joined by a space, in this order."""
P = TypeVar("P", bound="Profile")


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every system's profile says. A system whose format needs more extends it."""

    name: str = ""
    """That of its file."""
    title: Text
    layout: Literal["published", "ours"]
    """Whether somebody publishes this layout, or it is our own and says so."""
    source: Text
    """Where the layout is described."""
    on: bool = True
    """Whether it is used without a connection that names it. What is off waits until an area turns it on."""
    records_temporary_moves: bool = True
    """Where only formal transfers are recorded, that a temporary move is not there says nothing."""
    way: Literal["planned", "retrospective"] = "planned"
    """`retrospective`: what was in flight when NSIs began."""
    zone: Text = "Europe/London"
    """Of times that carry none."""
    fields: dict[Text, Names] = field(default_factory=dict)
    """Field of a draft → what it is called there."""
    codes: dict[Text, dict[str, str]] = field(default_factory=dict)
    """Field of a draft → code there → our word. A code without a word is `unmapped`, never guessed."""

    def word(self, field: str, code: str) -> str | None:
        """Our word for a code of theirs, in any case of letters. Without a table their codes are our words."""
        said = " ".join(code.split())
        if field not in self.codes:
            return said
        table = self.codes[field]
        return table.get(said) or {key.casefold(): word for key, word in table.items()}.get(said.casefold())

    def code(self, field: str, word: str) -> str:
        """Their code for a word of ours: the first where several mean it, the word itself where there is no table.

        Raises `Refused`.
        """
        if field not in self.codes:
            return word
        for code, mine in self.codes[field].items():
            if mine == word:
                return code
        raise Refused(f"The profile {self.name} has no code for {field} “{word}”. Add one to its table.")

    def faults(self) -> Iterator[tuple[str, str]]:
        """Key, and why it does not fit: what a system's own profile checks beyond its shape."""
        yield from ()

    def with_codes(self: P, more: Mapping[str, Mapping[str, str]]) -> P:
        """The same, with what a connection adds to its tables."""
        fields = self.codes.keys() | more.keys()
        joined = {name: {**self.codes.get(name, {}), **more.get(name, {})} for name in sorted(fields)}
        return msgspec.structs.replace(self, codes=joined)


KINDS: dict[str, type[Draft]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Draft)}
"""Kinds of draft by their tag."""


def type_of(kind: type[Draft], name: str) -> Any:
    """Of the values of a field: `str`, `date`, a `Literal` of our words, … Raises `KeyError`."""
    found = {one.name: one.type for one in msgspec.structs.fields(kind)}[name]
    (inner,) = (one for one in get_args(found) if get_origin(one) is Found)
    return get_args(inner)[0]


def words_of(kind: type[Draft], name: str) -> tuple[str, ...]:
    """The closed set of words of a field, or none where any text will do."""
    of = type_of(kind, name)
    return get_args(of) if get_origin(of) is Literal else ()


def read_profile(path: Path, type_: type[P]) -> P:
    """Raises `Invalid` naming the file, the key and its line."""
    profile = msgspec.structs.replace(decoded(path, type_), name=path.stem)
    if not path.stem.isidentifier():
        raise Invalid.because(path.name, "The name of a profile's file is lower-case letters, digits and underscores.")
    if profile.zone not in available_timezones():
        raise bad(path, "zone", f"there is no zone {profile.zone}")
    for name in profile.fields:
        if not any(name in kind.__struct_fields__ for kind in KINDS.values()):
            raise bad(path, f"fields.{name}", "no draft has such a field")
    for name, code, why in code_faults(profile.codes):
        raise bad(path, f"codes.{name}.{code}".rstrip("."), why)
    for key, why in profile.faults():
        raise bad(path, key, why)
    return profile


def code_faults(codes: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Field, code and why, where there is no such field or the word is none of ours."""
    for name, table in codes.items():
        kinds = [kind for kind in KINDS.values() if name in kind.__struct_fields__]
        if not kinds:
            yield name, "", "no draft has such a field"
        possible = {word for kind in kinds for word in words_of(kind, name)}
        for code, word in table.items():
            if possible and word not in possible:
                yield name, code, f"“{word}” is none of {', '.join(sorted(possible))}"


def profiles_in(folder: Path, type_: type[P]) -> dict[str, P]:
    """By name. A folder that is not there has none."""
    return {path.stem: read_profile(path, type_) for path in sorted(folder.glob("*.toml"))}
