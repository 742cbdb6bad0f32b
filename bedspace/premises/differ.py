"""How two records of premises differ, line by line: the diff before an import, and the history afterwards."""

from collections.abc import Iterator

from schemas.premises import BedRecord, Change, PremisesRecord

DETAILS = (
    "name",
    "postcode",
    "pdu",
    "gender",
    "type",
    "decides",
    "arrive_by",
    "depart_by",
    "turnaround_nights",
    "closed_from",
)

Line = tuple[str, str, str]
"""Where, what, and what it says."""


def differences(before: PremisesRecord | None, after: PremisesRecord) -> list[Change]:
    """Pure. What is new has no `was`; what is no more has no `now`; nothing is empty text."""
    was = {(where, what): text for where, what, text in _lines(before)} if before else {}
    now = {(where, what): text for where, what, text in _lines(after)}
    return [
        Change(where=where, what=what, was=was.get((where, what)), now=now.get((where, what)))
        for where, what in dict.fromkeys((*now, *was))
        if was.get((where, what)) != now.get((where, what))
    ]


def _lines(record: PremisesRecord) -> Iterator[Line]:
    for what in DETAILS:
        value = getattr(record, what)
        if value is not None:
            yield "premises", what, str(value)
    if record.characteristics:
        yield "premises", "characteristics", " ".join(record.characteristics)
    for room in record.rooms:
        if room.characteristics:
            yield f"room {room.name}", "characteristics", " ".join(room.characteristics)
        for bed in room.beds:
            yield f"bed {bed.code}", "room", room.name
            yield from _nights(bed)
    yield from _around(record)


def _nights(bed: BedRecord) -> Iterator[Line]:
    yield f"bed {bed.code}", "opens", str(bed.opens)
    if bed.closes:
        yield f"bed {bed.code}", "closes", str(bed.closes)


def _around(record: PremisesRecord) -> Iterator[Line]:
    for contact in record.contacts:
        for what in ("name", "phone", "email", "hours"):
            yield f"contact {contact.purpose}", what, getattr(contact, what)
    for one in record.restrictions:
        end = f" until {one.until}" if one.until else ""
        yield f"restriction {one.id}", one.characteristic, f"from {one.from_}{end}: {one.reason}"


def written(change: Change) -> str:
    """One line for a terminal: `+` new, `-` no more, `~` changed."""
    if change.was is None:
        return f"+ {change.where}: {change.what} {change.now}"
    if change.now is None:
        return f"- {change.where}: {change.what} {change.was}"
    if change.what == "characteristics":
        was, now = change.was.split(), change.now.split()
        words = [f"+{code}" for code in now if code not in was] + [f"-{code}" for code in was if code not in now]
        return f"~ {change.where}: {' '.join(words)}"
    return f"~ {change.where}: {change.what} {change.was} → {change.now}"
