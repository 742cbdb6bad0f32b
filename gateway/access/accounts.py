"""The invented accounts of the demo: one a role."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from gateway.access.actors import Actor
from schemas.errors import Invalid

SYSTEM_ROLES = ("area_system",)
"""Roles of systems. They hold tokens and never sessions."""


@cache
def accounts() -> dict[str, Actor]:
    """Every account by its id, in the order of the file."""
    rows = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text())["account"]
    return {actor.id: actor for actor in msgspec.convert(rows, list[Actor])}


def demo_actor(role: str) -> Actor:
    """The demo account of a role. Raises `Invalid` listing the roles there are."""
    for actor in accounts().values():
        if actor.role == role:
            return actor
    raise Invalid.because("role", f"there is no such role. Roles: {', '.join(a.role for a in accounts().values())}.")


def client(name: str) -> Actor:
    """The account of a system. Raises `Invalid` listing the systems there are."""
    actor = accounts().get(name)
    if actor is None or actor.role not in SYSTEM_ROLES:
        known = [a.id for a in accounts().values() if a.role in SYSTEM_ROLES]
        raise Invalid.because("client", f"there is no such client. Clients: {', '.join(known)}.")
    return actor
