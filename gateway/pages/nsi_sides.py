"""Which end of an NSI somebody is at, and so what the pages offer. The verbs decide."""

from typing import Literal

from gateway.access.actors import Actor
from gateway.access.permissions import table
from schemas.nsis import Nsi

End = Literal["sending", "receiving", ""]
"""Empty: either."""


def at(actor: Actor, action: str, nsi: Nsi, end: End) -> bool:
    """Whether the role may do it, and is at that end as far as the action reaches."""
    reach = table()[action].get(actor.role)
    if reach is None:
        return False
    if reach == "pdu":
        return any(code in actor.pdus for code in _pdus(nsi, end))
    if reach == "region" and end == "receiving":
        return nsi.receiving.region.code in actor.regions
    return True


def _pdus(nsi: Nsi, end: End) -> list[str]:
    sending = [nsi.sending.pdu.code] if nsi.sending.pdu else []
    receiving = [nsi.receiving.pdu.code]
    return {"sending": sending, "receiving": receiving, "": sending + receiving}[end]


def masked(nsi: Nsi) -> bool:
    return nsi.person.limited_access and nsi.person.name is None
