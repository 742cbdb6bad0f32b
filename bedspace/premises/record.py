"""Premises as one record, and a draft of it that verbs change before it is made true."""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter

import msgspec
from msgspec import Struct, structs

from bedspace.store import Reader, queries
from schemas.premises import BedRecord, PremisesRecord, RoomRecord

sql = queries(__file__)


async def read_records(reader: Reader, codes: Iterable[str] | None = None) -> dict[str, PremisesRecord]:
    """By code; all premises where no codes are given."""
    rows = await sql.records(reader, codes=None if codes is None else list(codes))
    return {row["code"]: msgspec.json.decode(row["record"], type=PremisesRecord) for row in rows}


class DraftBed(Struct):
    room: str
    opens: date
    closes: date | None = None

    def open_after(self, day: date) -> bool:
        """Whether it is open on that night or one later."""
        return self.closes is None or self.closes > day

    def close(self, first: date, today: date) -> None:
        """From a night on. A bed that would never have opened was open for a night that is over."""
        self.closes = first if self.opens < first else today
        self.opens = min(self.opens, self.closes - timedelta(days=1))

    def reopen(self, first: date) -> None:
        """From a night on; where there is no gap, as if it had never closed."""
        if self.closes is not None and self.closes < first:
            self.opens = first
        self.closes = None


class Draft:
    """A record taken apart into rooms and beds that can be changed one by one."""

    def __init__(self, record: PremisesRecord) -> None:
        self.fixed = record
        self.closed_from = record.closed_from
        self.rooms = {room.name: set(room.characteristics) for room in record.rooms}
        self.beds = {bed.code: DraftBed(room.name, bed.opens, bed.closes) for room in record.rooms for bed in room.beds}

    @property
    def record(self) -> PremisesRecord:
        """Put together again; a room without a bed is not in it."""
        in_room: dict[str, list[BedRecord]] = {name: [] for name in self.rooms}
        for code, bed in self.beds.items():
            in_room[bed.room].append(BedRecord(code=code, opens=bed.opens, closes=bed.closes))
        rooms = [
            RoomRecord(name=name, characteristics=sorted(self.rooms[name]), beds=sorted(beds, key=attrgetter("code")))
            for name, beds in in_room.items()
            if beds
        ]
        return structs.replace(
            self.fixed,
            rooms=rooms,
            characteristics=sorted(set(self.fixed.characteristics)),
            closed_from=self.closed_from,
        )
