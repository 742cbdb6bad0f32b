"""Keeping who receives. A list at a time, as regions send it."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Invalid, NotThere
from schemas.words import Purpose

sql = queries(__file__)

Line = Annotated[str, Meta(min_length=1, max_length=200)]


class SpocOf(Struct, frozen=True, kw_only=True):
    """One person or mailbox that receives for a PDU."""

    pdu: str
    purposes: Annotated[list[Purpose], Meta(min_length=1)]
    name: Line
    email: Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    phone: Line
    hours: Line
    team: Line


class KeepSpocs(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """From this day these receive, each for its PDU and purposes, in place of whoever did or would have."""

    action: ClassVar[str] = "spoc.keep"

    spocs: list[SpocOf]
    from_: date


class SpocsKept(Struct, frozen=True, kw_only=True):
    kept: int
    """Pairs of a PDU and a purpose."""


async def keep_spocs(tx: Tx, command: KeepSpocs, _now: datetime) -> Done[SpocsKept]:
    """Raises `NotThere` naming unknown PDUs, `Invalid` when two are given for one PDU and purpose."""
    rows = [(spoc, purpose) for spoc in command.spocs for purpose in spoc.purposes]
    if len({(spoc.pdu, purpose) for spoc, purpose in rows}) < len(rows):
        raise Invalid.because("spocs", "two are given for one PDU and purpose. Leave one of them out.")
    pdus, purposes = [spoc.pdu for spoc, _ in rows], [purpose for _, purpose in rows]
    unknown = await sql.unknown_pdus(tx, pdus=pdus)
    if unknown:
        raise NotThere(f"There is no PDU with the code {', '.join(unknown)}. Look the codes up with `bedspace locate`.")
    await sql.withdraw(tx, pdus=pdus, purposes=purposes, from_=command.from_)
    await sql.shorten(tx, pdus=pdus, purposes=purposes, from_=command.from_)
    await sql.keep(
        tx,
        pdus=pdus,
        purposes=purposes,
        from_=command.from_,
        names=[spoc.name for spoc, _ in rows],
        emails=[spoc.email for spoc, _ in rows],
        phones=[spoc.phone for spoc, _ in rows],
        hours=[spoc.hours for spoc, _ in rows],
        teams=[spoc.team for spoc, _ in rows],
    )
    return Done(SpocsKept(kept=len(rows)), _events(command))


def _events(command: KeepSpocs) -> tuple[Event, ...]:
    kept: dict[str, list[str]] = {}
    for spoc in command.spocs:
        kept.setdefault(spoc.pdu, []).extend(spoc.purposes)
    return tuple(Event("spoc_kept", f"pdu:{pdu}", body={"purposes": purposes}) for pdu, purposes in kept.items())
