"""Which PDU a postcode sector of a split authority lies in: kept by people who know, because nothing is published."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import sector as sector_in
from bedspace.locator.reach import refuse_out_of_reach
from bedspace.nights import spoken
from bedspace.reference.names import fold
from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.errors import FieldFault, Invalid, NotThere
from schemas.locate import Named
from schemas.locator import KeepSectors, Sector, SectorChange, SectorOf, SectorPage, SectorsKept, SplitAuthority

sql = queries(__file__)

Split = Mapping[str, Any]
MOST_FAULTS = 50


class SectorKeeper:
    """Closes over the postcodes, which say what sectors there are."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def keep_sectors(self, tx: Tx, command: KeepSectors, now: datetime) -> Done[SectorsKept]:
        """All or nothing; the same again changes nothing. A later decision that was planned is withdrawn.

        Raises `Invalid` with one fault a line that is wrong, and `NotAllowed` beyond the reach of the account.
        """
        split = {row["gss"]: row for row in await sql.split_authorities(tx, on=command.from_)}
        lines = self._checked(command, split)
        await refuse_out_of_reach(tx, sorted({pdu for gss, *_ in lines for pdu in split[gss]["pdus"]}))
        await sql.take_turns(tx)
        was = {(row["gss"], row["sector"]): row for row in await sql.decided(tx, on=command.from_)}
        changed = [line for line in lines if _differs(line, was.get((line[0], line[1])))]
        changes = [
            SectorChange(
                authority=split[gss]["name"], sector=which, was=_pdu(was.get((gss, which))), becomes=one.pdu or None
            )
            for gss, which, one in changed
        ]
        answer = SectorsKept(changes=changes, unchanged=len(lines) - len(changes), applied=not command.dry_run)
        if command.dry_run or not changed:
            return Done(answer, subject="sectors")
        await self._write(tx, changed, command.from_, now)
        touched = sorted({gss for gss, *_ in changed})
        return Done(answer, tuple(Event("sectors_kept", f"authority:{gss}") for gss in touched))

    def _checked(self, command: KeepSectors, split: Mapping[str, Split]) -> list[tuple[str, str, SectorOf]]:
        by_name = {fold(row["name"]): gss for gss, row in split.items()}
        lines: list[tuple[str, str, SectorOf]] = []
        faults: list[FieldFault] = []
        seen: dict[tuple[str, str], int] = {}
        for n, one in enumerate(command.sectors):
            gss = one.authority if one.authority in split else by_name.get(fold(one.authority))
            which = sector_in(one.sector)
            fault = self._fault(one, gss, which, split)
            if fault is None and gss and which:
                if (gss, which) in seen:
                    fault = ("sector", f"{which} was given before, as number {seen[gss, which] + 1}. Leave one out.")
                seen[gss, which] = n
                lines.append((gss, which, one))
            if fault is not None:
                faults.append(FieldFault(f"sectors.{n}.{fault[0]}", fault[1]))
        if faults:
            raise Invalid(*faults[:MOST_FAULTS])
        return lines

    def _fault(
        self, one: SectorOf, gss: str | None, which: str | None, split: Mapping[str, Split]
    ) -> tuple[str, str] | None:
        if gss is None:
            names = ", ".join(sorted(row["name"] for row in split.values())) or "none"
            return "authority", f"This is no authority that is split between PDUs on that day. Those are: {names}."
        if which is None:
            return "sector", "This is no postcode sector. One looks like B1 1, with its space."
        if gss not in self._postcodes.authorities_of_sector(which):
            return "sector", f"No postcode of {which} lies in {split[gss]['name']}."
        if one.pdu and one.pdu not in split[gss]["pdus"]:
            return "pdu", f"{split[gss]['name']} lies in {' and '.join(split[gss]['pdus'])}. Give one of these."
        if one.pdu and not one.said_by.strip():
            return "said_by", "Say who decided it: an office, a map, a minute."
        return None

    async def _write(self, tx: Tx, changed: Sequence[tuple[str, str, SectorOf]], from_: date, now: datetime) -> None:
        gss, sectors = [line[0] for line in changed], [line[1] for line in changed]
        await sql.withdraw(tx, gss=gss, sectors=sectors, from_=from_)
        await sql.shorten(tx, gss=gss, sectors=sectors, from_=from_)
        kept = [line for line in changed if line[2].pdu]
        await sql.keep(
            tx,
            gss=[line[0] for line in kept],
            sectors=[line[1] for line in kept],
            pdus=[line[2].pdu for line in kept],
            said_by=[line[2].said_by.strip() for line in kept],
            invented=[line[2].invented for line in kept],
            from_=from_,
            now=now,
        )


def _pdu(row: Any) -> str | None:
    return row["pdu_code"] if row else None


def _differs(line: tuple[str, str, SectorOf], row: Any) -> bool:
    _, _, one = line
    if row is None:
        return bool(one.pdu)
    return (row["pdu_code"], row["said_by"], row["invented"]) != (one.pdu, one.said_by.strip(), one.invented)


async def split_authorities(tx: Tx, postcodes: Postcodes, on: date) -> list[SplitAuthority]:
    """Every authority that lies in several PDUs on a day, and how many of its sectors somebody has decided."""
    found = []
    for row in await sql.split_authorities(tx, on=on):
        sectors = postcodes.sectors_of(row["gss"])
        if sectors:  # one that is merged has no postcodes of its own any more
            pdus = [Named(code, name) for code, name in zip(row["pdus"], row["pdu_names"], strict=True)]
            found.append(
                SplitAuthority(
                    authority=Named(row["gss"], row["name"]), pdus=pdus, sectors=len(sectors), decided=row["decided"]
                )
            )
    return found


async def list_sectors(
    tx: Tx, postcodes: Postcodes, gss: str, on: date, *, limit: int, cursor: str | None
) -> SectorPage:
    """Every sector of a split authority in order, decided or not. Raises `NotThere`."""
    split = {row["gss"]: row for row in await sql.split_authorities(tx, on=on)}
    if gss not in split:
        raise NotThere(f"No authority with the code {gss[:20]} is split between PDUs on {spoken(on)}.")
    authority = Named(gss, split[gss]["name"])
    rows = {row["sector"]: row for row in await sql.decided(tx, on=on) if row["gss"] == gss}
    there = sorted(postcodes.sectors_of(gss).items(), key=lambda one: _in_order(one[0]))
    after = [one for one in there if cursor is None or _in_order(one[0]) > _in_order(cursor)]
    shown = [_sector(authority, which, count, rows.get(which)) for which, count in after[:limit]]
    return SectorPage(items=shown, next=shown[-1].sector if len(after) > limit else None)


def _sector(authority: Named, which: str, count: int, row: Any) -> Sector:
    if row is None:
        return Sector(authority=authority, sector=which, postcodes=count)
    return Sector(
        authority=authority,
        sector=which,
        postcodes=count,
        pdu=Named(row["pdu_code"], row["pdu_name"]),
        said_by=row["said_by"],
        invented=row["invented"],
        from_=row["begins"],
        until=row["ends"],
    )


def _in_order(which: str) -> tuple[str, int, str, str]:
    """B2 before B10."""
    outward, _, digit = which.partition(" ")
    letters = outward.rstrip("0123456789") if outward[-1].isdigit() else outward[:-1].rstrip("0123456789")
    number = "".join(one for one in outward[len(letters) :] if one.isdigit())
    return letters, int(number or 0), outward, digit
