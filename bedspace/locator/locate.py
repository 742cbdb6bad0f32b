"""From a question to the PDU that receives, and its SPOC. Several PDUs are all answered; none is ever guessed."""

from datetime import date
from typing import Any

import msgspec

from bedspace.geography.postcodes import Postcodes
from bedspace.locator.meanings import Reader, read_as
from bedspace.nights import spoken
from bedspace.store import Tx, queries
from schemas.errors import Invalid, NotThere
from schemas.locate import Absent, Located, Named, Receiver, Spoc, Whereabouts
from schemas.words import AnsweredBy, ContactKind, Purpose

sql = queries(__file__)

LONGEST = 300

ANSWERS: dict[ContactKind, AnsweredBy] = {
    "spoc": "spoc",
    "deputy": "deputy",
    "team": "team",
    "region_spo": "region",
    "region_team": "region",
}
STANDS_IN: dict[ContactKind, str] = {
    "spoc": "",
    "deputy": "The deputy answers.",
    "team": "The team answers.",
    "region_spo": "The SPO whom the region names answers.",
    "region_team": "The team that the region names answers.",
}


async def locate(tx: Tx, postcodes: Postcodes, question: Whereabouts, today: date) -> Located:
    """One receiver, or all candidates as `ambiguous`.

    A PDU that has ended by the date is answered by its successors. Who answers is, in this order: the SPOC for the
    purpose, who covers their absence, whom the region names for the purpose, and the same three for `transfer`. Where
    there is none of them `spoc` is None. Anything but the first is said in `answered_by`, `absent` and `note`.
    Raises `Invalid` for a postcode that is none, and `UnknownPlace` (with candidates) for an unknown name.
    """
    near = " ".join(question.near.replace("\x00", " ").split())
    if not near or len(near) > LONGEST:
        raise Invalid.because("near", "Give a postcode, a place, a local authority or a prison.")
    on = question.on or today
    meanings = await Reader(tx, postcodes, on).meanings(near)
    pdus = sorted({pdu for meaning in meanings for pdu in meaning.pdus})
    receivers = await receivers_of(tx, pdus, question.purpose, on)
    said = read_as(meanings)
    if not receivers:
        raise NotThere(f"No PDU covered {said} on {spoken(on)}. PDUs exist since 26 June 2021.")
    if len(receivers) > 1:
        return Located(read_as=said, ambiguous=receivers)
    return Located(read_as=said, **msgspec.structs.asdict(receivers[0]))


async def receivers_of(tx: Tx, pdus: list[str], purpose: Purpose, on: date) -> list[Receiver]:
    """Who receives at PDUs in force, by their names."""
    rows = await sql.receivers(tx, pdus=pdus, purpose=purpose, on=on)
    return [_receiver(row, purpose) for row in rows]


def _receiver(row: Any, purpose: Purpose) -> Receiver:
    spoc = msgspec.convert(row, Spoc) if row["id"] is not None else None
    elsewhere = row["for_purpose"] is not None and row["for_purpose"] != purpose
    return Receiver(
        pdu=Named(row["pdu_code"], row["pdu_name"]),
        region=Named(row["region_code"], row["region_name"]),
        team=row["team"],
        spoc=spoc,
        answered_by=ANSWERS[row["kind"]] if spoc else None,
        answers_for=row["for_purpose"] if elsewhere else None,
        absent=Absent(name=row["away_name"], until=row["away_until"]) if row["away_name"] else None,
        note=_note(row, purpose, elsewhere=elsewhere),
    )


def _note(row: Any, purpose: Purpose, *, elsewhere: bool) -> str:
    said = []
    if row["away_name"]:
        back = f"until {spoken(row['away_until'])}" if row["away_until"] else "until further notice"
        said.append(f"{row['away_name']} is absent {back}.")
    elif elsewhere or row["id"] is None or row["kind"] != "spoc":
        said.append(f"No SPOC is named for {purpose.replace('_', ' ')}.")
    if row["id"] is None:
        said.append("Nobody answers: telephone the PDU or the region.")
    else:
        said.append(STANDS_IN[row["kind"]])
    if elsewhere:
        said.append("It is the contact for transfers.")
    return " ".join(filter(None, said))
