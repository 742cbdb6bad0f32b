"""What a question stands for: postcodes, sectors, names of anything; and the PDUs it lies in on a day."""

from datetime import date

import msgspec
from msgspec import Struct

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import at_the_end, outward_code, sector, sector_of
from bedspace.locator.asking import ANY, Kinds, first_meant, is_outside, names_in, qualified
from bedspace.locator.suggest import in_words, nearest
from bedspace.store import Tx, queries
from schemas.errors import Invalid, NotThere, UnknownPlace

sql = queries(__file__, "locate")

PLAINEST = ("authority", "pdu", "town", "area", "region", "village", "prison")


class Meaning(Struct, frozen=True):
    """One thing that a question stands for, and the PDUs it lies in on the day asked about."""

    kind: str
    name: str
    pdus: list[str]
    postcode: str | None = None
    """Of a prison: its PDUs are found by it."""
    within: str | None = None
    """Of a postcode, town or village: the local authority it lies in."""
    decided: str | None = None
    """Of a postcode in a split authority: the sector that says which PDU, and who said so."""


class Reader:
    """Reads questions about one day, over one transaction."""

    def __init__(self, tx: Tx, postcodes: Postcodes, on: date) -> None:
        self._tx = tx
        self._postcodes = postcodes
        self._on = on

    async def meanings(self, near: str) -> list[Meaning]:
        """Never empty. Raises `Invalid` for a postcode that is none, `UnknownPlace` for a name that is not known."""
        postcode = at_the_end(near)
        if postcode:
            return [await self._of_postcode(postcode)]
        if sector(near):
            return [await self._of_sector(sector(near) or "")]
        for name, kinds in names_in(near):
            found = await self._called(name, kinds)
            if found:
                meant = first_meant(frozenset(meaning.kind for meaning in found))
                return _plain([meaning for meaning in found if meaning.kind in meant])
        outward = outward_code(near)
        if outward:
            return [await self._of_outward(outward)]
        return await self._qualified(near) or await self._unknown(near)

    async def _of_postcode(self, postcode: str) -> Meaning:
        place = self._postcodes.find(postcode)
        if place is None:
            raise Invalid.because("near", self._postcodes.why_not(postcode))
        names, pdus, decided = await self._at(place.gss, sector_of(place.postcode))
        return Meaning("postcode", place.postcode, pdus, within=names, decided=decided)

    async def _at(self, gss: str, which: str) -> tuple[str, list[str], str | None]:
        """Of a sector of an authority: the authority's name, the PDUs, and who decided, where the sector did."""
        row = await sql.authorities(self._tx, gss=[gss], on=self._on)
        if len(row["pdus"]) < 2:
            return row["names"], row["pdus"], None
        decided = await sql.sector(self._tx, gss=gss, sector=which, on=self._on)
        if decided is None or not decided["pdus"]:
            return row["names"], row["pdus"], None
        invented = ", invented" if decided["invented"] else ""
        return row["names"], decided["pdus"], f"sector {which} by {decided['said_by']}{invented}"

    async def _of_sector(self, which: str) -> Meaning:
        places = self._postcodes.authorities_of_sector(which)
        if not places:
            raise Invalid.because("near", self._postcodes.why_not(which))
        found = [await self._at(gss, which) for gss in places]
        pdus = sorted({pdu for _, pdus, _ in found for pdu in pdus})
        decided = next((by for _, _, by in found if by), None)
        return Meaning("sector", which, pdus, within=" and ".join(name for name, _, _ in found), decided=decided)

    async def _of_outward(self, outward: str) -> Meaning:
        gss = self._postcodes.authorities_of(outward)
        if not gss:
            raise Invalid.because("near", self._postcodes.why_not(outward))
        row = await sql.authorities(self._tx, gss=gss, on=self._on)
        return Meaning("outward code", outward, row["pdus"], within=row["names"])

    async def _called(self, name: str, kinds: Kinds) -> list[Meaning]:
        """Everything of these kinds that goes by the name. Raises `NotThere` for a prison without address alone."""
        rows = await sql.called(self._tx, key=name, kinds=list(kinds), on=self._on)
        found = [await self._prison(one) if one.kind == "prison" else one for one in _converted(rows)]
        placed = [one for one in found if one.kind != "prison" or one.pdus]
        if found and not placed:
            raise NotThere(f"{found[0].name} is closed, and its address is not on record. Ask for the place it was in.")
        return placed

    async def _prison(self, prison: Meaning) -> Meaning:
        place = self._postcodes.find(prison.postcode or "")
        if place is None:
            return prison
        _, pdus, decided = await self._at(place.gss, sector_of(place.postcode))
        return msgspec.structs.replace(prison, pdus=pdus, decided=decided)

    async def _qualified(self, near: str) -> list[Meaning]:
        """`Newport, Shropshire`: what goes by the first name and lies in the others; empty where nothing does."""
        parts = qualified(near)
        if len(parts) < 2:
            return []
        meanings: list[Meaning] = []
        for part in reversed(parts):
            found = [one for name, kinds in names_in(part) for one in await self._called(name, kinds)]
            inside = {pdu for meaning in meanings for pdu in meaning.pdus} if meanings else None
            meanings = [
                msgspec.structs.replace(one, pdus=pdus)
                for one in found
                if (pdus := [pdu for pdu in one.pdus if inside is None or pdu in inside])
            ]
            if not meanings:
                return []
        return _plain(meanings)

    async def _unknown(self, near: str) -> list[Meaning]:
        if any(letter.isdigit() for letter in near) and len(near) <= 10:
            raise Invalid.because("near", self._postcodes.why_not(near))
        if is_outside(near):
            raise UnknownPlace("That is outside England and Wales, which is all that is covered here.", [])
        name, *_ = names_in(near)
        known = [(row["key"], row["name"], row["kind"]) for row in await sql.every_name(self._tx, kinds=list(ANY))]
        like = nearest(name[0], known)
        raise UnknownPlace(
            "Nothing is known here by that name. "
            + (f"Did you mean {in_words(like)}? " if like else "")
            + "Give a postcode, a local authority, a prison, or a place with its county after a comma.",
            like,
        )


def _converted(rows: object) -> list[Meaning]:
    return msgspec.convert(rows, list[Meaning])


def _plain(meanings: list[Meaning]) -> list[Meaning]:
    """Without what adds no PDU: the prison, the town or the PDU of an authority's name that lies in that authority."""
    plain: list[Meaning] = []
    for meaning in sorted(meanings, key=lambda one: PLAINEST.index(one.kind)):
        if not plain or not set(meaning.pdus) <= {pdu for one in plain for pdu in one.pdus}:
            plain.append(meaning)
    return plain


def read_as(meanings: list[Meaning]) -> str:
    """What a question was taken for, in words."""
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
            decided = f" ({meaning.decided})" if meaning.decided else ""
            return f"{kind} {meaning.name}, {meaning.postcode or meaning.within}{split}{decided}"
