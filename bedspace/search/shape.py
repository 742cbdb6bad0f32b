"""What there is in the register, without who claims it: premises, beds, and what each offers."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bedspace.geography.distance import Points
from bedspace.geography.shape import district_of
from bedspace.search.words import confirmed, farther
from schemas.premises import PremisesType
from schemas.search import PremisesAt
from schemas.words import Gender

WORD = 64
"""Beds to a row: a premises with more has a second row."""
FOREVER = 1 << 30
"""The last night of what has no end."""
SCARCE = 0.25
"""A characteristic of rooms is scarce when fewer than this share of all beds have it."""


Restricted = tuple[int, int, int]
"""A site, and the nights `[first, end)` from today on which it does not offer something."""


class SiteRow(Struct, frozen=True, kw_only=True):
    """Premises, as the database has them."""

    id: int
    code: str
    name: str
    postcode: str
    lat: float
    lon: float
    gender: Gender
    offers: list[str]
    type: PremisesType = "standard"


class RestrictionRow(Struct, frozen=True, kw_only=True):
    """What premises do not offer or accept on the nights `[first, end)`. No `end`: not known yet."""

    premises_id: int
    code: str
    first: date
    end: date | None


class BedRow(Struct, frozen=True, kw_only=True):
    """A bed, as the database has it. `closes` is the first night on which it is no more."""

    id: int
    code: str
    premises_id: int
    opens: date
    closes: date | None
    confirmed_at: datetime | None
    offers: list[str]


class Bed(Struct):
    """A bed in its row. Only `fresh` and `farther` change under it."""

    id: int
    code: str
    opens: date
    closes: date | None
    fresh: str
    """How old the confirmation of its record is, in words."""
    scarce: int
    """How many scarce characteristics it has."""
    farther: int
    """By how many miles the age of its confirmation lowers its rank."""

    def open_nights(self, base: date) -> tuple[int, int]:
        """First night, and the night it closes, counted from `base`."""
        closes = (self.closes - base).days if self.closes else 1 << 30
        return (self.opens - base).days, closes


class Shape:
    """Sites in the order of their codes; a site has one row, or several where it has more than 64 beds.

    In a row, bit 0 is the bed that one would rather give than the others of the site: the one with the fewest scarce
    characteristics. So the best bed of several is the lowest bit, whatever was asked for.
    """

    def __init__(
        self,
        sites: Sequence[SiteRow],
        beds: Sequence[BedRow],
        names: dict[str, str],
        today: date,
        restrictions: Sequence[RestrictionRow] = (),
        offences: dict[str, str] | None = None,
    ) -> None:
        self.names = names
        """Code of a characteristic → its name in the middle of a sentence."""
        self.offences = offences or {}
        """Code of an offence → the characteristic that a bed must have."""
        self.codes = {site.code: site.name for site in sites}
        """Of all premises, also those without a bed."""
        by_site: dict[int, list[BedRow]] = {}
        for bed in sorted(beds, key=preference(beds)):
            by_site.setdefault(bed.premises_id, []).append(bed)
        self.sites = [site for site in sorted(sites, key=lambda site: site.code) if site.id in by_site]
        self.at = [PremisesAt(site.code, site.name, site.postcode) for site in self.sites]
        self.lats = np.array([site.lat for site in self.sites], np.float64)
        self.lons = np.array([site.lon for site in self.sites], np.float64)
        self.points = Points(self.lats, self.lons)
        self.beds: list[list[Bed]] = []
        self.where: dict[int, tuple[int, int]] = {}
        """Id of a bed → its row and bit."""
        self.rows_of: list[list[int]] = []
        self.beds_of: list[list[Bed]] = []
        """Of each site, in the order of its rows and bits."""
        self._fill(by_site, scarce(beds), today)
        self.told = [
            (at, site.lat, site.lon, beds) for at, site, beds in zip(self.at, self.sites, self.beds_of, strict=True)
        ]
        """Of each site what a hit says of it, and its beds."""
        self.site_of_row: NDArray[np.intp] = np.repeat(np.arange(len(self.sites)), [len(rows) for rows in self.rows_of])
        self.simple = len(self.sites) == len(self.beds)
        """One row a site: they are numbered alike."""
        self._offer(by_site)
        self.site_at = {site.code: n for n, site in enumerate(self.sites)}
        self.districts = [district_of(site.postcode) for site in self.sites]
        self.independent = np.array([site.type == "independent" for site in self.sites], np.bool_)
        self.restricted: dict[str, list[Restricted]] = {}
        """Code of a characteristic → what premises do not offer of it, and when. Most codes have none."""
        self._restrict(restrictions, today)
        self.farther: NDArray[np.int64] = np.zeros((len(self.beds), WORD), np.int64)
        """By how many miles the age of each bed's confirmation lowers its rank."""
        self._ages: Counter[int] = Counter()
        for row, held_in in enumerate(self.beds):
            for bit, one in enumerate(held_in):
                self.farther[row, bit] = one.farther
                self._ages[one.farther] += 1

    @property
    def alike(self) -> bool:
        """Whether the age of no bed's confirmation lowers its rank below another's."""
        return len(self._ages) < 2

    def confirm(self, bed: int, at: datetime | None, today: date) -> None:
        row, bit = self.where[bed]
        one, miles = self.beds[row][bit], farther(at, today)
        one.fresh = confirmed(at, today)
        if miles != one.farther:
            self._ages[one.farther] -= 1
            self._ages[miles] += 1
            self._ages = +self._ages
            one.farther = miles
            self.farther[row, bit] = miles

    def _restrict(self, restrictions: Sequence[RestrictionRow], today: date) -> None:
        at = {site.id: n for n, site in enumerate(self.sites)}
        for row in restrictions:
            if row.premises_id in at:
                end = (row.end - today).days if row.end else FOREVER
                self.restricted.setdefault(row.code, []).append((at[row.premises_id], (row.first - today).days, end))
        for held in self.restricted.values():
            held.sort()

    def _fill(self, by_site: dict[int, list[BedRow]], rare: set[str], today: date) -> None:
        for site in self.sites:
            first = len(self.beds)
            held = by_site[site.id]
            for start in range(0, len(held), WORD):
                row = held[start : start + WORD]
                self.where |= {bed.id: (len(self.beds), bit) for bit, bed in enumerate(row)}
                self.beds.append([_bed(bed, len(rare & set(bed.offers)), today) for bed in row])
            self.rows_of.append(list(range(first, len(self.beds))))
            self.beds_of.append([bed for row in self.beds[first:] for bed in row])

    def _offer(self, by_site: dict[int, list[BedRow]]) -> None:
        """Words of the beds of each estate, and of those that have each characteristic."""
        words = {code: [0] * len(self.beds) for code in (*self.names, "male", "female")}
        for site in self.sites:
            for bed in by_site[site.id]:
                row, bit = self.where[bed.id]
                for code in {site.gender, *site.offers, *bed.offers} & words.keys():
                    words[code][row] |= 1 << bit
        vectors = {code: np.array(row, np.uint64) for code, row in words.items()}
        self.estate = {"male": vectors.pop("male"), "female": vectors.pop("female")}
        self.has = vectors
        self.has_at = {code: beds.data for code, beds in vectors.items()}
        """The same, to read the word of one row: a memory view takes a tenth of the time of a vector."""


def _bed(row: BedRow, rare: int, today: date) -> Bed:
    fresh, miles = confirmed(row.confirmed_at, today), farther(row.confirmed_at, today)
    return Bed(row.id, row.code, row.opens, row.closes, fresh, rare, miles)


def scarce(beds: Sequence[BedRow]) -> set[str]:
    """Characteristics of rooms that few beds have."""
    counts = Counter(code for bed in beds for code in set(bed.offers))
    return {code for code, count in counts.items() if count < SCARCE * len(beds)}


def preference(beds: Sequence[BedRow]) -> Callable[[BedRow], tuple[int, int, str]]:
    """The order in which the beds of a site are given away, so that scarce rooms stay free."""
    rare = scarce(beds)
    return lambda bed: (len(rare & set(bed.offers)), len(set(bed.offers)), bed.code)
