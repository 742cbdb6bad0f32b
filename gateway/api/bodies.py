"""What is sent to a door that is alike to others but for its command."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields


def body_of(command: type[Struct], path: tuple[str, ...] = ("id",)) -> type[Struct]:
    """What is sent for a command some of whose fields are in the path."""
    given = [field for field in fields(command) if field.name not in path]
    return msgspec.defstruct(
        f"{command.__name__}Body",
        [_field(field) for field in given],
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
        namespace={"__doc__": command.__doc__},
    )


def _field(field: Any) -> tuple[Any, ...]:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.name, field.type, msgspec.field(default_factory=field.default_factory, name=field.encode_name)
    if field.default is not msgspec.NODEFAULT:
        return field.name, field.type, msgspec.field(default=field.default, name=field.encode_name)
    return field.name, field.type, msgspec.field(name=field.encode_name)
