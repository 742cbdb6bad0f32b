"""A notice in JSON, as our own API takes it."""

import json
from datetime import date
from typing import Any

from adapters.systems.prison.profile import Prison
from schemas.drafts import Draft, DraftRelease, values_of
from schemas.errors import Refused

PERSON = ("name", "crn", "noms", "pnc", "cro", "birth_date", "gender")
CODED = ("gender", "kind", "rosh")


def write(draft: Draft, profile: Prison) -> bytes:
    """Raises `Refused`."""
    if not isinstance(draft, DraftRelease):
        raise Refused("Only notices of release are written to a prison.")
    said = {name: value for name, value in values_of(draft).items() if value not in ("", [])}
    for name in ("prison", "release_on"):
        if name not in said:
            raise Refused(f"A notice of release needs {name}, and this one has none.")
    told = {name: _plain(profile, name, value) for name, value in said.items()}
    person = {name: told.pop(name) for name in PERSON if name in told}
    return (json.dumps({"person": person, **told}, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(profile: Prison, name: str, value: Any) -> Any:
    if name in CODED:
        return profile.code(name, value)
    return value.isoformat() if isinstance(value, date) else value
