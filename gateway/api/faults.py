"""What the decoder says is wrong with a request, in words for whoever sent it, without what they sent."""

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeGuard, get_args, get_origin

from litestar.exceptions import ValidationException
from msgspec import Struct, structs

from schemas.errors import FieldFault

KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a JSON object",
    "date": "a date such as 2027-01-11",
    "uuid": "an id",
}

WORDS: tuple[tuple[str, str], ...] = (
    (r"^'data'$", "is empty. Send JSON."),
    (r"missing required field", "is missing."),
    (r"^Missing required \w+ parameter", "is missing."),
    (r"of length >= 1$", "must not be empty."),
    (r"`str` of length >= (\d+)", "must be {0} characters or more."),
    (r"`str` of length <= (\d+)", "must be {0} characters or fewer."),
    (r"of length >= (\d+)", "must have {0} entries or more."),
    (r"of length <= (\d+)", "must have {0} entries or fewer."),
    (r">= ([\d.]+)", "must be {0} or more."),
    (r"<= ([\d.]+)", "must be {0} or less."),
    (r"> ([\d.]+)", "must be more than {0}."),
    (r"< ([\d.]+)", "must be less than {0}."),
    (r"^Invalid .*date", "must be a date such as 2027-01-11."),
    (r"^Invalid UUID", "must be an id."),
    (r"out of range", "is out of range."),
)
"""Patterns of msgspec's and Litestar's messages, the first that fits."""


class Taken(Struct, frozen=True):
    """A parameter of a handler: what it is called outside, and its type."""

    name: str
    type: Any


def faults_of(error: ValidationException, takes: Mapping[str, Taken]) -> list[FieldFault]:
    """The faults of a request that decodes but does not fit. `takes` are the handler's parameters and their types."""
    if isinstance(error.extra, list):
        return [_fault(said, takes) for said in error.extra if isinstance(said, dict)]
    missing = re.match(r"Missing required \w+ parameter '([\w-]+)'", error.detail)
    return [FieldFault(missing[1], in_words(error.detail))] if missing else []


def _fault(said: dict[str, Any], takes: Mapping[str, Taken]) -> FieldFault:
    message, path = str(said.get("message", "")), str(said.get("key", "request"))
    in_body = said.get("source") == "body"
    taken = takes.get("data" if in_body else path, Taken("request", None))
    steps = path.split(".") if in_body and path != "data" else []
    asked = _type_at(taken.type, steps)
    missing = re.search(r"missing required field `(\w+)`", message)
    if missing:
        return FieldFault(".".join([*steps, missing[1]]), "is missing.")
    name = ".".join(steps) or taken.name
    if "unknown field" in message:
        struct = next((part for part in _parts(asked) if _is_struct(part)), None)
        known = [known.encode_name for known in structs.fields(struct)] if struct else []
        return FieldFault(name, f"has a field that is not taken here. Fields: {', '.join(known)}.")
    if message.startswith("Invalid enum value"):
        return FieldFault(name, f"must be one of: {', '.join(_closed_set(asked))}.")
    return FieldFault(name, in_words(message))


def in_words(message: str) -> str:
    """A message of the decoder as a sentence that follows the name of the field."""
    for pattern, words in WORDS:
        match = re.search(pattern, message)
        if match:
            return words.format(*(number.removesuffix(".0") for number in match.groups()))
    expected = re.match(r"Expected `([\w| ]+)`", message)
    kinds = [KINDS[kind] for kind in expected[1].split(" | ") if kind in KINDS] if expected else []
    return f"must be {' or '.join(kinds)}." if kinds else "cannot be used as it is."


def _type_at(annotation: Any, steps: list[str]) -> Any:
    """The type of a field, by the steps that lead to it; None when they lead nowhere."""
    for step in steps:
        struct = next((part for part in _parts(annotation) if _is_struct(part)), None)
        if struct is None:
            return None
        name = step.partition("[")[0]
        annotation = next((f.type for f in structs.fields(struct) if f.encode_name == name), None)
    return annotation


def _parts(annotation: Any) -> list[Any]:
    """A type and all it is made of: of `list[A | None]` also A."""
    return [annotation, *(part for inner in get_args(annotation) for part in _parts(inner))]


def _closed_set(annotation: Any) -> list[str]:
    return [word for part in _parts(annotation) if get_origin(part) is Literal for word in get_args(part)]


def _is_struct(annotation: Any) -> TypeGuard[type[Struct]]:
    return isinstance(annotation, type) and issubclass(annotation, Struct)
