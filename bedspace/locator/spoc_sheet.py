"""Contacts as a file: one line a contact, with all it receives for at one PDU or region."""

import csv
import io
from collections.abc import Iterable
from difflib import get_close_matches
from typing import get_args

import msgspec

from bedspace.sheets import Line, Sheet, one_of, read_lines
from schemas.cells import neutral
from schemas.errors import FieldFault, Invalid
from schemas.locator import Contact, SpocOf
from schemas.words import ContactKind, Purpose

COLUMNS: dict[str, str] = {
    "pdu": "Code of the PDU, such as N55LEE. Empty for a contact of a region.",
    "region": "Code of the region, such as N55, for whom it names for all of its PDUs.",
    "kind": "spoc for a PDU; region_spo or region_team for a region. Left empty, spoc.",
    "purposes": "What they receive for, with spaces between: transfer temporary_move release ap_referral victim mappa.",
    "name": "Name of the person, or of the team. Needed.",
    "email": "Needed.",
    "phone": "Needed.",
    "hours": "When they answer, such as Monday to Friday, 9am to 5pm. Needed.",
    "out_of_hours": "Whom to call at other hours.",
    "team": "The team that works for them. Needed.",
}
NEEDED = ("purposes", "name", "email", "phone", "hours", "team")
SPOCS = Sheet("contact", COLUMNS, NEEDED)
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
KINDS: tuple[ContactKind, ...] = ("spoc", "region_spo", "region_team")


def read_spocs(raw: bytes, pdus: Iterable[str], regions: Iterable[str]) -> list[SpocOf]:
    """Raises `Unreadable` where it is no CSV, and `Invalid` with every fault by line and column."""
    lines = read_lines(raw, SPOCS)
    known = {"pdu": tuple(pdus), "region": tuple(regions)}
    faults = list(lines.faults)
    seen: dict[tuple[str, str], int] = {}
    spocs: list[SpocOf] = []
    for line in lines.lines:
        wrong = [*_wrong(line, known), *_twice(line, seen)]
        faults += wrong
        if not wrong:
            try:
                spocs.append(msgspec.convert(_said(line), SpocOf))
            except msgspec.ValidationError as error:
                faults.append(_unfit(line, error))
    if faults:
        raise Invalid(*faults)
    return spocs


def _said(line: Line) -> dict[str, object]:
    said: dict[str, object] = {column: text for column, text in line.cells.items() if text}
    return said | {"purposes": line.cells["purposes"].split()}


def _wrong(line: Line, known: dict[str, tuple[str, ...]]) -> Iterable[FieldFault]:
    yield from (line.fault(column, "is missing: fill it in.") for column in NEEDED if not line.cells[column])
    pdu, region = line.cells.get("pdu", ""), line.cells.get("region", "")
    kind = line.cells.get("kind", "") or "spoc"
    if bool(pdu) == bool(region):
        yield line.fault("pdu", "Give either a PDU or a region.")
    elif kind not in KINDS:
        yield line.fault("kind", one_of(kind, KINDS))
    elif bool(region) != kind.startswith("region_"):
        yield line.fault("kind", "A region names a region_spo or a region_team, and a PDU a spoc.")
    for column, codes in known.items():
        code = line.cells.get(column, "")
        if code and code not in codes:
            yield line.fault(column, _no_code(column, code, codes))
    for purpose in line.cells["purposes"].split():
        if purpose not in PURPOSES:
            yield line.fault("purposes", one_of(purpose, PURPOSES))


def _no_code(column: str, code: str, codes: tuple[str, ...]) -> str:
    close = get_close_matches(code.upper(), codes, n=1, cutoff=0.6)
    meant = f" Did you mean {close[0]}?" if close else ""
    what = "PDU" if column == "pdu" else "region"
    return (
        f"There is no {what} with the code “{code[:40]}” on that day.{meant} `bedspace locate` names PDUs and regions."
    )


def _twice(line: Line, seen: dict[tuple[str, str], int]) -> Iterable[FieldFault]:
    place = line.cells.get("pdu", "") or line.cells.get("region", "")
    for purpose in line.cells["purposes"].split():
        before = seen.setdefault((place, purpose), line.number)
        if before != line.number or line.cells["purposes"].split().count(purpose) > 1:
            yield line.fault("purposes", f"{purpose} of {place} is given on line {before} already. Leave one out.")
            return


def _unfit(line: Line, error: msgspec.ValidationError) -> FieldFault:
    column = str(error).rpartition("$.")[2].strip("`") if "$." in str(error) else "name"
    if column == "email":
        return line.fault(column, "This is no e-mail address.")
    return line.fault(column, "This is too long: at most 200 letters.")


def write_spocs(contacts: Iterable[Contact]) -> str:
    """The file that `read_spocs` takes. Those who cover an absence are not in it."""
    together: dict[tuple[str, ...], list[Purpose]] = {}
    for one in contacts:
        who = (one.pdu or "", one.region or "", one.kind, one.name, one.email, one.phone, one.hours)
        together.setdefault((*who, one.out_of_hours, one.team), []).append(one.purpose)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for (pdu, region, kind, *rest), purposes in sorted(together.items(), key=lambda one: (one[0][0], one[0][1])):
        held = " ".join(sorted(purposes, key=PURPOSES.index))
        writer.writerow([neutral(text) for text in (pdu, region, kind, held, *rest)])
    return written.getvalue()
