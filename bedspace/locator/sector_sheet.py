"""Postcode sectors of split authorities as a file: one line a sector."""

import csv
import io
from collections.abc import Iterable

from bedspace.geography.shape import sector as sector_in
from bedspace.reference.names import fold
from bedspace.sheets import Line, Sheet, one_of, read_lines
from schemas.cells import neutral
from schemas.errors import FieldFault, Invalid
from schemas.locator import Sector, SectorOf

COLUMNS: dict[str, str] = {
    "authority": "GSS code or name of an authority that is split between PDUs. Needed.",
    "sector": "Postcode sector, such as B1 1, with its space. Needed.",
    "pdu": "Code of the PDU that it lies in. Empty where nobody knows: then all its PDUs answer.",
    "said_by": "Who said so: an office, a map, a minute. Needed where there is a PDU.",
    "invented": "yes where it is an invention, of a demo or an exercise.",
}
NEEDED = ("authority", "sector", "pdu")
SECTORS = Sheet("sector", COLUMNS, NEEDED)
YES_OR_NO = {"": False, "no": False, "yes": True}
LONGEST = {"authority": 200, "sector": 10, "said_by": 200, "pdu": 20}


class SectorLines:
    """What a file says, and where. Raises `Unreadable` where it is no CSV, and `Invalid` with every fault."""

    def __init__(self, raw: bytes) -> None:
        lines = read_lines(raw, SECTORS)
        seen: dict[tuple[str, str], int] = {}
        faults = lines.faults + [fault for line in lines.lines for fault in (*_wrong(line), *_twice(line, seen))]
        if faults:
            raise Invalid(*faults)
        self._lines = lines.lines
        self.sectors = [_sector(line) for line in lines.lines]

    def at_lines(self, error: Invalid) -> Invalid:
        """What the verb found wrong with the sectors, at their lines and columns."""
        return Invalid(*(self._at_line(fault) for fault in error.faults))

    def _at_line(self, fault: FieldFault) -> FieldFault:
        match fault.field.split("."):
            case "sectors", number, column:
                return self._lines[int(number)].fault(column, fault.why)
        return fault


def _wrong(line: Line) -> Iterable[FieldFault]:
    for column in NEEDED[:2]:
        if not line.cells[column]:
            yield line.fault(column, "is missing: fill it in.")
    for column, longest in LONGEST.items():
        if len(line.cells.get(column, "")) > longest:
            yield line.fault(column, f"This is too long: at most {longest} letters.")
    invented = line.cells.get("invented", "").lower()
    if invented not in YES_OR_NO:
        yield line.fault("invented", one_of(invented, ("yes", "no")))


def _twice(line: Line, seen: dict[tuple[str, str], int]) -> Iterable[FieldFault]:
    which = sector_in(line.cells["sector"])
    before = seen.setdefault((fold(line.cells["authority"]), which or ""), line.number)
    if which and before != line.number:
        yield line.fault("sector", f"{which} is given on line {before} already. Leave one out.")


def _sector(line: Line) -> SectorOf:
    return SectorOf(
        authority=line.cells["authority"],
        sector=line.cells["sector"],
        pdu=line.cells["pdu"] or None,
        said_by=line.cells.get("said_by", ""),
        invented=YES_OR_NO[line.cells.get("invented", "").lower()],
    )


def write_sectors(sectors: Iterable[Sector]) -> str:
    """The file that `SectorLines` takes: every sector, decided or not, to be filled in."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in sectors:
        pdu, invented = one.pdu.code if one.pdu else "", "yes" if one.invented else ""
        said = (one.authority.code, one.sector, pdu, one.said_by, invented)
        writer.writerow([neutral(text) for text in said])
    return written.getvalue()
