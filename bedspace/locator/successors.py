"""PDUs and authorities that begin, end, merge and split on a day."""

from datetime import datetime

import asyncpg
from asyncpg import Range

from bedspace.nights import spoken
from bedspace.reference.names import fold
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Invalid, NotThere
from schemas.locator import EndPdu, Heir, KeepAuthority, KeepPdu, OrganisationKept

sql = queries(__file__)


async def keep_pdu(tx: Tx, command: KeepPdu, _now: datetime) -> Done[OrganisationKept]:
    """What is kept by hand stays when the published data is loaded again. Raises `NotThere` for an unknown region."""
    await sql.one_at_a_time(tx)
    if not await sql.region(tx, code=command.region):
        raise NotThere(f"There is no region with the code {command.region[:20]}.")
    begins = await sql.keep_pdu(
        tx,
        code=command.code,
        region=command.region,
        name=command.name,
        title=command.title or command.name,
        from_=command.from_,
    )
    if begins is None:
        raise Invalid.because("from", "This PDU ends before that day. Put its end right first.")
    await sql.keep_called(
        tx, keys=_keys(command.name, command.title, command.code), kind="pdu", code=command.code, name=command.name
    )
    return Done(OrganisationKept(code=command.code), (Event("pdu_kept", f"pdu:{command.code}"),))


async def end_pdu(tx: Tx, command: EndPdu, _now: datetime) -> Done[OrganisationKept]:
    """A merge has one successor, a split several.

    Raises `NotThere`, and `Invalid` for a day before it began, a successor that is not in force on the day or leads
    back to the PDU in a circle, and an authority that does not lie in it.
    """
    await sql.one_at_a_time(tx)
    row = await sql.pdu(tx, code=command.pdu)
    if row is None:
        raise NotThere(f"There is no PDU with the code {command.pdu[:20]}.")
    if command.on is not None and command.on <= row["begins"]:
        raise Invalid.because("on", f"It began on {spoken(row['begins'])}. Give a later day.")
    if command.on is None and command.successors:
        raise Invalid.because("on", "A PDU that goes on has no successors. Give the day it ends.")
    await sql.undo_end(tx, pdu=command.pdu)
    await sql.set_end(tx, pdu=command.pdu, valid=Range(row["begins"], command.on))
    for heir in command.successors:
        await _succeed(tx, command, heir)
    return Done(
        OrganisationKept(code=command.pdu),
        (
            Event(
                "pdu_ended" if command.on else "pdu_kept",
                f"pdu:{command.pdu}",
                body={"successors": [heir.pdu for heir in command.successors]},
            ),
        ),
    )


async def _succeed(tx: Tx, command: EndPdu, heir: Heir) -> None:
    row = await sql.pdu(tx, code=heir.pdu)
    if row is None:
        raise NotThere(f"There is no PDU with the code {heir.pdu[:20]}. Keep the new PDU first.")
    if heir.pdu == command.pdu or await sql.leads_back(tx, heir=heir.pdu, pdu=command.pdu):
        raise Invalid.because("successors", f"{heir.pdu} leads back to {command.pdu} in a circle.")
    if command.on is None or row["begins"] > command.on or (row["ends"] is not None and row["ends"] <= command.on):
        raise Invalid.because("successors", f"{heir.pdu} is not in force on that day. Give its dates first.")
    await sql.succeed(tx, pdu=command.pdu, heir=heir.pdu)
    foreign = await sql.not_of(tx, pdu=command.pdu, gss=heir.authorities)
    if foreign:
        raise Invalid.because("successors", f"{', '.join(foreign)} does not lie in {command.pdu}.")
    await sql.pass_authorities(tx, pdu=command.pdu, heir=heir.pdu, gss=heir.authorities, on=command.on)


async def keep_authority(tx: Tx, command: KeepAuthority, _now: datetime) -> Done[OrganisationKept]:
    """Those it replaces end on the day, with it as their successor; its PDUs are these from the day on.

    Raises `NotThere` for an unknown PDU or authority, `Invalid` where a circle would arise.
    """
    await sql.one_at_a_time(tx)
    unknown = await sql.unknown(tx, pdus=command.pdus, gss=command.replaces)
    if unknown:
        raise NotThere(f"There is no PDU or authority with the code {', '.join(unknown)}.")
    if command.gss in command.replaces or await sql.authority_leads_to(tx, gss=command.gss, others=command.replaces):
        raise Invalid.because("replaces", "An authority cannot replace itself, nor one that came after it.")
    try:
        await sql.keep_authority(tx, gss=command.gss, name=command.name, from_=command.from_)
        await sql.replace(tx, gss=command.gss, replaces=command.replaces, from_=command.from_)
    except asyncpg.DataError as error:
        raise Invalid.because("from", "One of these begins after that day.") from error
    await sql.forget_links(tx, gss=command.gss, from_=command.from_)
    await sql.shorten_links(tx, gss=command.gss, from_=command.from_, pdus=command.pdus)
    await sql.link(tx, gss=command.gss, pdus=command.pdus, from_=command.from_)
    await sql.keep_called(
        tx, keys=_keys(command.name, command.gss), kind="authority", code=command.gss, name=command.name
    )
    return Done(OrganisationKept(code=command.gss), (Event("authority_kept", f"authority:{command.gss}"),))


def _keys(*names: str) -> list[str]:
    return sorted({fold(name) for name in names if fold(name)})
