"""The register as the file that an import takes: sent back as it is, it changes nothing."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from bedspace.premises.columns import COLUMNS
from bedspace.premises.record import read_records
from bedspace.store import Reader
from schemas.cells import neutral
from schemas.errors import NotThere
from schemas.premises import PremisesRecord


async def export_premises(reader: Reader, today: date, codes: list[str] | None = None) -> str:
    """Beds that are open today or later, one a line. Raises `NotThere` naming premises that are not."""
    records = await read_records(reader, codes)
    missing = [code for code in codes or () if code not in records]
    if missing:
        raise NotThere(f"There are no premises {', '.join(missing)}. GET /api/v1/premises lists them.")
    written = io.StringIO()
    writer = csv.DictWriter(written, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    for record in records.values():
        for row in _rows(record, today):
            writer.writerow({column: neutral(text) for column, text in row.items()})
    return written.getvalue()


def _rows(record: PremisesRecord, today: date) -> Iterable[dict[str, str]]:
    whole = {
        "premises": record.code,
        "name": record.name,
        "postcode": record.postcode,
        "pdu": record.pdu or "",
        "gender": record.gender,
        "type": record.type,
        "decides": record.decides,
        "arrive_by": record.arrive_by,
        "depart_by": record.depart_by,
        "turnaround_nights": str(record.turnaround_nights),
        "premises_characteristics": " ".join(record.characteristics),
    }
    for room in record.rooms:
        for bed in room.beds:
            if bed.closes is None or bed.closes > today:
                yield whole | {
                    "room": room.name,
                    "room_characteristics": " ".join(room.characteristics),
                    "bed": bed.code,
                    "opens": bed.opens.isoformat(),
                    "closes": bed.closes.isoformat() if bed.closes else "",
                }
