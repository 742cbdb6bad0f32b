"""The table of permissions, and what a refusal says."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from gateway.access.actors import Actor
from schemas.errors import Invalid, NotAllowed
from schemas.words import Role

Reach = Literal["own", "premises", "pdu", "region", "nation"]


@cache
def table() -> dict[str, dict[Role, Reach]]:
    """Action → role → reach. Raises `Invalid` naming an unknown role or reach, or a role listed twice."""
    rows = tomllib.loads(Path(__file__).with_name("permissions.toml").read_text())
    roles: set[str] = set(get_args(Role))
    reaches: set[str] = set(get_args(Reach))
    found: dict[str, dict[Role, Reach]] = {}
    for action, by_reach in rows.items():
        found[action] = {}
        for reach, named in by_reach.items():
            if reach not in reaches:
                raise Invalid.because(action, f"there is no reach {reach!r}")
            for role in named:
                if role not in roles or role in found[action]:
                    raise Invalid.because(action, f"role {role!r} is unknown, or listed twice")
                found[action][role] = reach
    return found


def permit(actor: Actor, action: str) -> Reach:
    """How far the actor may go with an action. Raises `NotAllowed`."""
    reach = table()[action].get(actor.role)
    if reach is None:
        raise NotAllowed(
            f"The role {actor.role.replace('_', ' ')} may not do this ({action}). "
            "Ask your administrator if your work needs it."
        )
    return reach
