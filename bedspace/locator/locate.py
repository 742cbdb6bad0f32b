"""From a question to the PDU that receives, and its SPOC. Several PDUs are all answered; none is ever guessed."""

from datetime import date

import msgspec
from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import at_the_end, outward_code
from bedspace.locator.asking import ANY, Kinds, first_meant, names_in, qualified
from bedspace.locator.suggest import nearest
from bedspace.nights import spoken
from bedspace.store import Tx, queries
from schemas.errors import Invalid, NotThere
from schemas.locate import Located, Named, Receiver, Spoc, Whereabouts

sql = queries(__file__)

LONGEST = 300
PLAINEST = ("authority", "pdu", "town", "area", "region", "village", "prison")


class Meaning(Struct, frozen=True):
    """One thing that a question stands for, and the PDUs it lies in, whatever the date."""

    kind: str
    name: str
    pdus: list[str]
    postcode: str | None = None
    """Of a prison: its PDUs are found by it."""
    within: str | None = None
    """Of a postcode, town or village: the local authority it lies in."""


async def locate(tx: Tx, postcodes: Postcodes, question: Whereabouts, today: date) -> Located:
    """One receiver, or all candidates as `ambiguous`.

    A PDU that has ended by the date is answered by its successors. Where nobody is SPOC for the purpose on that
    date, the SPOC for `transfer` is; where there is none either, `spoc` is None.
    Raises `Invalid` for a postcode that is none, and `NotThere` (with suggestions) for an unknown name.
    """
    near = " ".join(question.near.replace("\x00", " ").split())
    if not near or len(near) > LONGEST:
        raise Invalid.because("near", "Give a postcode, a place, a local authority or a prison.")
    meanings = await _meanings(tx, postcodes, near)
    pdus = sorted({pdu for meaning in meanings for pdu in meaning.pdus})
    on = question.on or today
    receivers = await _receivers(tx, pdus, question, on)
    read_as = _read_as(meanings)
    if not receivers:
        raise NotThere(f"No PDU covered {read_as} on {spoken(on)}. PDUs exist since 26 June 2021.")
    if len(receivers) > 1:
        return Located(read_as=read_as, ambiguous=receivers)
    (one,) = receivers
    return Located(read_as=read_as, pdu=one.pdu, region=one.region, team=one.team, spoc=one.spoc)


async def _receivers(tx: Tx, pdus: list[str], question: Whereabouts, on: date) -> list[Receiver]:
    return [
        Receiver(
            pdu=Named(row["pdu_code"], row["pdu_name"]),
            region=Named(row["region_code"], row["region_name"]),
            team=row["team"],
            spoc=msgspec.convert(row, Spoc) if row["id"] is not None else None,
        )
        for row in await sql.receivers(tx, pdus=pdus, purpose=question.purpose, on=on)
    ]


async def _meanings(tx: Tx, postcodes: Postcodes, near: str) -> list[Meaning]:
    postcode = at_the_end(near)
    if postcode:
        return [await _of_postcode(tx, postcodes, postcode)]
    for name, kinds in names_in(near):
        found = await _called(tx, postcodes, name, kinds)
        if found:
            meant = first_meant(frozenset(meaning.kind for meaning in found))
            return _plain([meaning for meaning in found if meaning.kind in meant])
    outward = outward_code(near)
    if outward:
        return [await _of_outward(tx, postcodes, outward)]
    return await _qualified(tx, postcodes, near) or await _unknown(tx, postcodes, near)


async def _of_postcode(tx: Tx, postcodes: Postcodes, postcode: str) -> Meaning:
    place = postcodes.find(postcode)
    if place is None:
        raise Invalid.because("near", postcodes.why_not(postcode))
    row = await sql.authorities(tx, gss=[place.gss])
    return Meaning("postcode", place.postcode, row["pdus"], within=row["names"])


async def _of_outward(tx: Tx, postcodes: Postcodes, outward: str) -> Meaning:
    gss = postcodes.authorities_of(outward)
    if not gss:
        raise Invalid.because("near", postcodes.why_not(outward))
    row = await sql.authorities(tx, gss=gss)
    return Meaning("outward code", outward, row["pdus"], within=row["names"])


async def _called(tx: Tx, postcodes: Postcodes, name: str, kinds: Kinds) -> list[Meaning]:
    """Everything of these kinds that goes by the name. Raises `NotThere` when it is only a prison without address."""
    rows = await sql.called(tx, key=name, kinds=list(kinds))
    found = [await _prison(tx, postcodes, row) if row.kind == "prison" else row for row in _converted(rows)]
    placed = [meaning for meaning in found if meaning.pdus]
    if found and not placed:
        raise NotThere(f"{found[0].name} is closed, and its address is not on record. Ask for the place it was in.")
    return placed


def _converted(rows: object) -> list[Meaning]:
    return msgspec.convert(rows, list[Meaning])


async def _prison(tx: Tx, postcodes: Postcodes, prison: Meaning) -> Meaning:
    place = postcodes.find(prison.postcode or "")
    if place is None:
        return prison
    row = await sql.authorities(tx, gss=[place.gss])
    return msgspec.structs.replace(prison, pdus=row["pdus"])


async def _qualified(tx: Tx, postcodes: Postcodes, near: str) -> list[Meaning]:
    """`Newport, Shropshire`: what goes by the first name and lies in the others; empty where nothing does."""
    parts = qualified(near)
    if len(parts) < 2:
        return []
    meanings: list[Meaning] = []
    for part in reversed(parts):
        found = [one for name, kinds in names_in(part) for one in await _called(tx, postcodes, name, kinds)]
        inside = {pdu for meaning in meanings for pdu in meaning.pdus} if meanings else None
        meanings = [
            msgspec.structs.replace(one, pdus=pdus)
            for one in found
            if (pdus := [pdu for pdu in one.pdus if inside is None or pdu in inside])
        ]
        if not meanings:
            return []
    return _plain(meanings)


def _plain(meanings: list[Meaning]) -> list[Meaning]:
    """Without what adds no PDU: the prison, the town or the PDU of an authority's name that lies in that authority."""
    plain: list[Meaning] = []
    for meaning in sorted(meanings, key=lambda one: PLAINEST.index(one.kind)):
        if not set(meaning.pdus) <= {pdu for one in plain for pdu in one.pdus}:
            plain.append(meaning)
    return plain


async def _unknown(tx: Tx, postcodes: Postcodes, near: str) -> list[Meaning]:
    if any(letter.isdigit() for letter in near) and len(near) <= 10:
        raise Invalid.because("near", postcodes.why_not(near))
    name, *_ = names_in(near)
    like = nearest(name[0], [(row["key"], row["name"]) for row in await sql.every_name(tx, kinds=list(ANY))])
    raise NotThere(
        "Nothing is known here by that name. "
        + (f"Did you mean {like}? " if like else "")
        + "Give a postcode, a local authority, a prison, or a place with its county after a comma."
    )


def _read_as(meanings: list[Meaning]) -> str:
    return ", or ".join(_said(meaning) for meaning in meanings)


def _said(meaning: Meaning) -> str:
    split = " (split between PDUs)" if len(meaning.pdus) > 1 else ""
    match meaning.kind:
        case "authority":
            return f"local authority {meaning.name}{split}"
        case "area":
            return f"area of 2003 {meaning.name}"
        case "region":
            return f"region {meaning.name}"
        case "pdu":
            return f"PDU {meaning.name}"
        case kind:
            return f"{kind} {meaning.name}, {meaning.postcode or meaning.within}{split}"
