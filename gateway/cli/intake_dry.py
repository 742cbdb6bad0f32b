"""`bedspace intake --dry-run`: read, look up, and write nothing."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import date

from bedspace.nights import london_today
from gateway.cli.intake_files import Handed
from gateway.cli.intake_report import FileReport, NsiReport
from gateway.intake.checklist import NATIONAL, Facts, asked_beyond, evidence_of, facts_of, lacking
from gateway.intake.dry import would_go_to
from gateway.intake.readers import Readers
from gateway.settings import read_settings
from gateway.transfers.regime import regime_on
from gateway.wiring import Works, open_readers, open_works, utc_now
from schemas.drafts import DraftNsi, Reading
from schemas.errors import Unavailable, Unreadable


async def look(found: Sequence[Handed]) -> list[FileReport]:
    """Without a database everything is read all the same; only the receiving PDU is not looked up."""
    async with AsyncExitStack() as stack:
        readers = await stack.enter_async_context(open_readers())
        try:
            works = await stack.enter_async_context(open_works(read_settings()))
        except Unavailable:
            works = None
        return [await _look_at(readers, works, one) for one in found]


async def _look_at(readers: Readers, works: Works | None, one: Handed) -> FileReport:
    if one.raw is None:
        return FileReport(file=one.file, state="unread", reason=one.reason)
    try:
        reading = await readers.read(one.content_type, one.raw)
    except Unreadable as error:
        return FileReport(file=one.file, state="refused", reason=str(error))
    if reading.automatic:
        return FileReport(file=one.file, state="ignored", reason=f"An automatic message ({reading.automatic}).")
    return await _would(works, one.file, reading, london_today(utc_now()))


async def _would(works: Works | None, file: str, reading: Reading, today: date) -> FileReport:
    nsis, missing, reasons = list[NsiReport](), list[str](), list[str]()
    for draft in reading.nsis:
        facts = facts_of(draft, today)
        short = lacking(facts)
        to, why = (None, None) if "destination" in short or "type" in short else await _to(works, facts, today)
        nsis.append(_nsi(draft, facts, to))
        missing += short + asked_beyond(facts, regime_on(today))
        reasons += ["Not all is there that an NSI needs."] if short else []
        reasons += [why] if why else []
    if not reading.nsis:
        missing, reasons = list(NATIONAL), ["Nothing in this message names a person who moves."]
    return FileReport(
        file=file,
        state="review" if reasons else "prepared",
        reason=" ".join(dict.fromkeys([*reasons, *reading.problems])) or None,
        missing=list(dict.fromkeys(missing)),
        nsis=nsis,
    )


def _nsi(draft: DraftNsi, facts: Facts, to: str | None) -> NsiReport:
    return NsiReport(type=facts.type, move_on=facts.move_on, to=to, evidence=evidence_of(draft))


async def _to(works: Works | None, facts: Facts, today: date) -> tuple[str | None, str | None]:
    """Where it would go, or else why a person would have to look."""
    if works is None:
        return "not looked up: no database is running", None
    return await would_go_to(works.pool, works.postcodes, facts, today)
