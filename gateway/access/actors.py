"""Who acts: a person, a system, or one of our own processes."""

from msgspec import Struct

from schemas.words import Role


class Actor(Struct, frozen=True, kw_only=True):
    """An account with one role and the places it works for."""

    id: str
    name: str
    role: Role
    regions: tuple[str, ...] = ()
    pdus: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    prisons: tuple[str, ...] = ()
    """Codes. What its prison sent in is an account's own."""
    nsi: str = ""
    """The one NSI that the holder of a confirm link may open."""
    email: str = ""


OPERATOR = Actor(id="operator", name="Operator at the command line", role="operator")
GATEWAY = Actor(id="gateway", name="The gateway", role="gateway")
