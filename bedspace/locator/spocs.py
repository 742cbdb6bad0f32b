"""Keeping who receives. A list at a time, as regions send it."""

from datetime import date, datetime
from typing import Any

from bedspace.locator.reach import refuse_out_of_reach
from bedspace.nights import london_today, spoken
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid, NotThere
from schemas.locator import EndSpoc, KeepSpocs, SpocChange, SpocOf, SpocsKept
from schemas.words import Purpose

sql = queries(__file__)

Pairs = list[tuple[SpocOf, Purpose]]
FIELDS = ("kind", "name", "email", "phone", "hours", "out_of_hours", "team")


async def keep_spocs(tx: Tx, command: KeepSpocs, now: datetime) -> Done[SpocsKept]:
    """Two who keep the same contact at once wait for each other, and the later one is told by `replaces`.

    Raises `NotThere` naming unknown PDUs, `Invalid` when two are given for one PDU and purpose, `NotAllowed` beyond
    the reach of the account, `Conflict` where another contact is there than `replaces` says.
    """
    rows = [(spoc, purpose) for spoc in command.spocs for purpose in spoc.purposes]
    _check(rows)
    pdus = sorted({spoc.pdu for spoc in command.spocs if spoc.pdu})
    regions = sorted({spoc.region for spoc in command.spocs if spoc.region})
    await _known(tx, pdus, regions)
    await refuse_out_of_reach(tx, pdus, regions)
    await sql.take_turns(tx, places=sorted([*pdus, *regions]))
    await _nobody_else(tx, rows, command)
    changed, changes = await _differences(tx, rows, command.from_)
    answer = SpocsKept(kept=len(rows), changes=changes, applied=not command.dry_run)
    if command.dry_run or not changed:
        return Done(answer, subject="contacts")
    await _write(tx, changed, command.from_, now)
    return Done(answer, _events(changed))


async def _write(tx: Tx, rows: Pairs, from_: date, now: datetime) -> None:
    places = [spoc.pdu or spoc.region for spoc, _ in rows]
    purposes = [purpose for _, purpose in rows]
    await sql.withdraw(tx, places=places, purposes=purposes, from_=from_)
    await sql.shorten(tx, places=places, purposes=purposes, from_=from_)
    await sql.keep(
        tx,
        pdus=[spoc.pdu for spoc, _ in rows],
        regions=[spoc.region for spoc, _ in rows],
        kinds=[spoc.kind for spoc, _ in rows],
        purposes=purposes,
        from_=from_,
        names=[spoc.name for spoc, _ in rows],
        emails=[spoc.email for spoc, _ in rows],
        phones=[spoc.phone for spoc, _ in rows],
        hours=[spoc.hours for spoc, _ in rows],
        teams=[spoc.team for spoc, _ in rows],
        out_of_hours=[spoc.out_of_hours for spoc, _ in rows],
        now=now,
    )


async def _differences(tx: Tx, rows: Pairs, from_: date) -> tuple[Pairs, list[SpocChange]]:
    """What is to be written, and what of it differs from who is there on the day."""
    places = [spoc.pdu or spoc.region for spoc, _ in rows]
    found = await sql.who(tx, places=places, purposes=[purpose for _, purpose in rows], on=from_)
    there = {(row["place"], row["purpose"]): row for row in found}
    changed: Pairs = []
    changes: list[SpocChange] = []
    for spoc, purpose in rows:
        place = spoc.pdu or spoc.region
        was = there.get((place, purpose))
        said = [_change(place, purpose, what, was, getattr(spoc, what)) for what in FIELDS if _differs(was, spoc, what)]
        if was is None:
            said = [_change(place, purpose, "contact", None, f"{spoc.name}, {spoc.email}, {spoc.phone}")]
        elif was["ends"] is not None:
            said.append(_change(place, purpose, "until", {"until": spoken(was["ends"])}, "further notice"))
        if said:
            changed.append((spoc, purpose))
            changes += said
    return changed, changes


def _differs(was: Any, spoc: SpocOf, what: str) -> bool:
    return was is not None and was[what] != getattr(spoc, what)


def _change(place: str, purpose: Purpose, what: str, was: Any, becomes: str) -> SpocChange:
    return SpocChange(place=place, purpose=purpose, what=what, was=was and was[what], becomes=becomes)


async def end_spoc(tx: Tx, command: EndSpoc, now: datetime) -> Done[SpocsKept]:
    """Ending one who has ended already is harmless. Raises `NotThere`, `NotAllowed`, `Invalid` for a day past."""
    row = await sql.contact(tx, id=command.spoc)
    if row is None:
        raise NotThere("There is no such contact.")
    await refuse_out_of_reach(tx, [row["pdu_code"]], [row["region_code"]])
    if command.on < london_today(now):
        raise Invalid.because("on", f"{spoken(command.on)} is past. Give today or a later day.")
    await sql.take_turns(tx, places=[row["pdu_code"] or row["region_code"]])
    ended = await sql.end(tx, id=command.spoc, on=command.on)
    subject = f"pdu:{row['pdu_code']}" if row["pdu_code"] else f"region:{row['region_code']}"
    events = (Event("spoc_ended", subject, body={"purposes": [row["purpose"]]}),) if ended else ()
    return Done(SpocsKept(kept=1 if ended else 0), events, subject=subject)


def _check(rows: Pairs) -> None:
    for spoc, _ in rows:
        if bool(spoc.pdu) == bool(spoc.region):
            raise Invalid.because("spocs", "Give either a PDU or a region for each contact.")
        if bool(spoc.region) != spoc.kind.startswith("region_"):
            raise Invalid.because("spocs", "A region names a `region_spo` or a `region_team`, and a PDU a `spoc`.")
    if len({(spoc.pdu, spoc.region, purpose) for spoc, purpose in rows}) < len(rows):
        raise Invalid.because("spocs", "two are given for one PDU and purpose. Leave one of them out.")


async def _known(tx: Tx, pdus: list[str], regions: list[str]) -> None:
    unknown = await sql.unknown(tx, pdus=pdus, regions=regions)
    if unknown:
        raise NotThere(
            f"There is no PDU or region with the code {', '.join(unknown)}. Look the codes up with `bedspace locate`."
        )


async def _nobody_else(tx: Tx, rows: Pairs, command: KeepSpocs) -> None:
    for spoc, purpose in rows:
        if spoc.replaces is None:
            continue
        there: Any = await sql.there(tx, place=spoc.pdu or spoc.region, purpose=purpose, on=command.from_)
        if there is None or there["id"] != spoc.replaces:
            by = f" by {there['kept_by']}" if there and there["kept_by"] else ""
            raise Conflict(
                f"Somebody else has kept the contact for {purpose.replace('_', ' ')} meanwhile{by}. "
                "Look at what is there now, and keep it again if it is still wrong."
            )


def _events(rows: Pairs) -> tuple[Event, ...]:
    kept: dict[str, list[str]] = {}
    for spoc, purpose in rows:
        subject = f"pdu:{spoc.pdu}" if spoc.pdu else f"region:{spoc.region}"
        kept.setdefault(subject, []).append(purpose)
    return tuple(Event("spoc_kept", subject, body={"purposes": purposes}) for subject, purposes in kept.items())
