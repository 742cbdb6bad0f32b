"""What `bedspace intake` tells of a message."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from bedspace.nights import spoken
from schemas.inbox import InboxItem
from schemas.nsis import Evidence, Nsi


class NsiReport(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An NSI that was prepared or, in a dry run, would be: as far as the message gives it."""

    type: str | None = None
    move_on: date | None = None
    reference: str | None = None
    id: UUID | None = None
    status: str | None = None
    to: str | None = None
    evidence: dict[str, Evidence] = {}


class FileReport(Struct, frozen=True, kw_only=True):
    file: str
    state: str
    """As of an inbox item; `unread` for a file that was not stored."""
    inbox_id: UUID | None = None
    reason: str | None = None
    missing: list[str] = []
    nsis: list[NsiReport] = []


def report_of(file: str, item: InboxItem, nsis: Sequence[Nsi]) -> FileReport:
    return FileReport(
        file=file,
        state=item.state,
        inbox_id=item.inbox_id,
        reason=item.reason,
        missing=item.missing,
        nsis=[_nsi(nsi) for nsi in nsis],
    )


def _nsi(nsi: Nsi) -> NsiReport:
    spoc = nsi.receiving.spoc
    return NsiReport(
        type=nsi.type,
        move_on=nsi.move_on,
        reference=nsi.reference,
        id=nsi.id,
        status=nsi.status,
        to=f"{nsi.receiving.pdu.name} ({nsi.receiving.pdu.code}){f', {spoc.name}, {spoc.email}' if spoc else ''}",
        evidence=nsi.evidence,
    )


def written(report: FileReport) -> Iterator[str]:
    yield report.file
    yield _line("state", report.state)
    if report.inbox_id:
        yield _line("inbox", str(report.inbox_id))
    if report.reason:
        yield _line("reason", report.reason)
    for nsi in report.nsis:
        yield _line("NSI", _headline(nsi))
        if nsi.to:
            yield _line("to", nsi.to)
        for field, evidence in nsi.evidence.items():
            yield _line(f"  {field}", f"“{evidence.text}” ({evidence.source}, {evidence.confidence:.2f})")
    if report.missing:
        yield _line("missing", ", ".join(report.missing))


def _headline(nsi: NsiReport) -> str:
    what = (nsi.type or "type not said").replace("_", " ")
    day = f" on {spoken(nsi.move_on)}" if nsi.move_on else ""
    named = f"{nsi.reference}, {nsi.status}, {nsi.id}: " if nsi.reference else ""
    return f"{named}{what}{day}"


def _line(label: str, text: str) -> str:
    return f"  {label:<16}{' '.join(text.split())}"
