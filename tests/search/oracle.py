"""The search again, by brute force over sets of days, as one would do it by hand. Slow, and sure."""

from datetime import timedelta
from math import hypot

from bedspace.geography.area import EDGE, Corners
from bedspace.geography.distance import miles
from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.shape import BedRow, SiteRow
from bedspace.search.snapshot import HORIZON
from tests.search.registers import BASE, NAMES, NOW, World

Near = tuple[str, float, list[str], list[str]]
Fit = tuple[int, list[BedRow]]
"""By how many nights the window moves, and the beds that fit then."""
ACCEPTS = "accepts "


def quoted(name: str) -> str:
    return f"“{name}”" if len(name.split()) > 1 else name


class Oracle:
    def __init__(self, world: World, ask: Ask) -> None:
        self.world = world
        self.ask = ask
        self.first = (ask.first - BASE).days
        self.codes = {*ask.needs, *ask.must}
        self.beds = {site.id: [bed for bed in world.beds if bed.premises_id == site.id] for site in world.sites}
        self.free_nights = {bed.id: self._free_nights(bed) for bed in world.beds}
        self.offers = {bed.id: {*site.offers, *bed.offers} for site in world.sites for bed in self.beds[site.id]}
        there = [site for site in world.sites if there_is(site, ask) and self.beds[site.id]]
        self.sites = sorted(there, key=lambda site: (self.far(site), site.code))
        self.moves = sorted(
            (by for by in range(-ask.earlier, ask.later + 1) if self.first + by >= 0), key=lambda by: (abs(by), -by)
        )

    def hits(self) -> list[tuple[str, str, float, int]]:
        """Premises, bed, miles, by how many nights it is moved; in the order of their rank."""
        found = [(site, *fit, self.given(site, *fit)) for site in self.sites if (fit := self.fits(site, self.codes))]
        found.sort(key=lambda one: self.rank(one[0], one[1], one[3]))
        return [(site.code, bed.code, self.shown(site), move) for site, move, _, bed in found][: self.ask.limit]

    def preferences(self) -> list[tuple[str, str, str]]:
        """Premises, bed, and what it says first: how the preferences are met."""
        beds = {bed.code: bed for bed in self.world.beds}
        sites = {site.code: site for site in self.world.sites}
        return [
            (
                code,
                bed,
                words.met([NAMES[one] for one in self.which(sites[code], beds[bed], move)], len(self.ask.prefer)),
            )
            for code, bed, _, move in self.hits()
        ]

    def near_misses(self) -> list[Near]:
        """Premises, miles, why, fits if."""
        missed = [site for site in self.sites if not self.fits(site, self.codes)]
        missed.sort(key=self.liking)
        limit = self.ask.limit
        told = missed[: min(limit, max(5, limit - len(self.hits())))]
        return [(site.code, self.shown(site), self.why(site), self.changes(site)) for site in told]

    # rank

    def liking(self, site: SiteRow) -> int:
        wanted = self.ask.prefer_premises
        return wanted.index(site.code) if site.code in wanted else len(wanted)

    def met(self, site: SiteRow, bed: BedRow, move: int) -> int:
        """How many preferences one bed meets on all nights."""
        return len(self.which(site, bed, move))

    def which(self, site: SiteRow, bed: BedRow, move: int) -> list[str]:
        return [
            code
            for code in self.ask.prefer
            if code in self.offers[bed.id] and not self.restricted(site, {code}, self.first + move, self.ask.nights)
        ]

    def given(self, site: SiteRow, move: int, beds: list[BedRow]) -> BedRow:
        return min(beds, key=lambda bed: (-self.met(site, bed, move), self.preference(bed)))

    def rank(self, site: SiteRow, move: int, bed: BedRow) -> tuple[int, int, float, float, str]:
        farther = self.far(site) + self.farther(bed)
        return self.liking(site), -self.met(site, bed, move), farther, 0, site.code

    def farther(self, bed: BedRow) -> int:
        """A mile for every whole week since the bed was confirmed, five at most; never confirmed is five."""
        if bed.confirmed_at is None:
            return 5
        return min(5, (NOW.date() - bed.confirmed_at.date()).days // 7)

    # facts

    def _free_nights(self, bed: BedRow) -> set[int]:
        nights = set(range(HORIZON))
        nights -= set(range((bed.opens - BASE).days))
        if bed.closes:
            nights -= set(range((bed.closes - BASE).days, HORIZON))
        for first, end, expires in self.world.claims.get(bed.id, ()):
            if end <= 0:
                nights -= {0} if expires is not None and expires <= NOW else set()
            elif expires is None or expires > NOW:
                nights -= set(range(first, end))
        return nights

    def far(self, site: SiteRow) -> float:
        return miles(self.ask.lat, self.ask.lon, site.lat, site.lon)

    def shown(self, site: SiteRow) -> float:
        return round(self.far(site), 1)

    def free(self, bed: BedRow, first: int, nights: int) -> bool:
        return set(range(first, first + nights)) <= self.free_nights[bed.id]

    def suited(self, site: SiteRow, needs: set[str]) -> list[BedRow]:
        return [bed for bed in self.beds[site.id] if needs <= self.offers[bed.id]]

    def limits(self, site: SiteRow, code: str) -> list[tuple[int, int | None]]:
        found = [one for one in self.world.restrictions if one.premises_id == site.id and one.code == code]
        return sorted(
            {((one.first - BASE).days, (one.end - BASE).days if one.end else None) for one in found},
            key=lambda one: (one[0], one[1] or 1 << 30),
        )

    def restricted(self, site: SiteRow, codes: set[str], first: int, nights: int) -> bool:
        return any(
            begins < first + nights and (end is None or end > first)
            for code in codes
            for begins, end in self.limits(site, code)
        )

    def fitting(self, site: SiteRow, codes: set[str], first: int, nights: int) -> list[BedRow]:
        if self.restricted(site, codes, first, nights):
            return []
        return [bed for bed in self.suited(site, codes) if self.free(bed, first, nights)]

    def fits(self, site: SiteRow, codes: set[str], nights: int | None = None) -> Fit | None:
        for by in self.moves:
            beds = self.fitting(site, codes, self.first + by, nights or self.ask.nights)
            if beds:
                return by, beds
        return None

    def preference(self, bed: BedRow) -> tuple[int, int, str]:
        """Scarce is what fewer than a quarter of all beds have."""
        share = {code: sum(code in other.offers for other in self.world.beds) for code in bed.offers}
        scarce = [code for code, count in share.items() if count * 4 < len(self.world.beds)]
        return len(scarce), len(bed.offers), bed.code

    def later(self, site: SiteRow, codes: set[str]) -> int | None:
        moves = range(self.ask.later + 1, HORIZON - self.first)
        return next((by for by in moves if self.fitting(site, codes, self.first + by, self.ask.nights)), None)

    # words

    def why(self, site: SiteRow) -> list[str]:
        suited = self.suited(site, self.codes)
        codes = [*self.ask.needs, *self.ask.must]
        called = [NAMES[code] for code in codes]
        if not suited:
            missing = [code for code in codes if not self.suited(site, {code})]
            return [words.not_listed(NAMES[code], self.nearest(code)) for code in missing] or [
                words.not_together(called)
            ]
        found = [said for code in codes for said in self.why_restricted(site, code)]
        if found and any(self.free(bed, self.first, self.ask.nights) for bed in suited):
            return found
        has = [quoted(name) for name in called if not name.startswith(ACCEPTS)]
        what = f" marked {words.listed(has)}" if has else ""
        when = "that night" if self.ask.nights == 1 else f"all {self.ask.nights} nights"
        when += ", from any of those dates" if self.ask.earlier or self.ask.later else ""
        if len(suited) == 1:
            return [*found, f"Its one bed{what} is not free {when}"]
        return [*found, f"None of its {len(suited)} beds{what} is free {when}"]

    def why_restricted(self, site: SiteRow, code: str) -> list[str]:
        said = []
        name = NAMES[code]
        what = (
            f"Does not accept {name[len(ACCEPTS) :]}" if name.startswith(ACCEPTS) else f"Not listed as {quoted(name)}"
        )
        for begins, end in self.limits(site, code):
            if begins < self.first + self.ask.nights and (end is None or end > self.first):
                since = f" from {self.day(begins - self.first)}" if begins > self.first else ""
                until = f" until {self.day(end - self.first)}" if end is not None else ""
                said.append(what + (since + until or " for the time being"))
        return said

    def missing(self, site: SiteRow) -> list[str]:
        return [need for need in self.ask.needs if not self.suited(site, {need})]

    def nearest(self, code: str) -> tuple[str, float] | None:
        first, nights = self.first, self.ask.nights
        return next(
            (
                (site.name, self.shown(site))
                for site in self.sites
                if self.suited(site, {code}) and not self.restricted(site, {code}, first, nights)
            ),
            None,
        )

    def changes(self, site: SiteRow) -> list[str]:
        if self.first + self.ask.later + self.ask.nights > HORIZON:
            raise AssertionError("asks of these tests stay within the horizon")
        found = [*self.later_change(site), *self.shorter_change(site)]
        for need in self.ask.needs:
            fit = self.fits(site, self.codes - {need})
            if fit:
                found.append(self.without([need]) + self.begun(fit[0]))
        return found or self.greater_changes(site)

    def later_change(self, site: SiteRow) -> list[str]:
        later = self.later(site, self.codes)
        if later is None:
            return []
        ends = {
            end
            for code in self.codes
            for begins, end in self.limits(site, code)
            if begins < self.first + self.ask.nights and (end is None or end > self.first)
        }
        return [f"{'takes this' if self.first + later in ends else 'free'} from {self.day(later)}"]

    def shorter_change(self, site: SiteRow) -> list[str]:
        for nights in range(self.ask.nights - 1, 0, -1):
            fit = self.fits(site, self.codes, nights)
            if fit:
                return [words.shorter(self.ask.nights - nights) + self.begun(fit[0])]
        return []

    def greater_changes(self, site: SiteRow) -> list[str]:
        missing = self.missing(site)
        if len(missing) > 1:
            fit = self.fits(site, self.codes - set(missing))
            if fit:
                return [self.without(missing) + self.begun(fit[0])]
        drops = [[need] for need in self.ask.needs] + ([missing] if len(missing) > 1 else [])
        tried = [(self.later(site, self.codes - set(drop)), n) for n, drop in enumerate(drops)]
        possible = [(by, n) for by, n in tried if by is not None]
        if not possible:
            return []
        by, n = min(possible)
        return [f"{self.without(drops[n])}, from {self.day(by)}"]

    def without(self, drop: list[str]) -> str:
        kept = [NAMES[need] for need in self.ask.needs if need not in drop]
        return words.without([NAMES[need] for need in drop], kept)

    def begun(self, by: int) -> str:
        return f", from {self.day(by)}" if by else ""

    def day(self, later: int) -> str:
        day = self.ask.first + timedelta(days=later)
        return f"{day.day} {day:%B %Y}"


def there_is(site: SiteRow, ask: Ask) -> bool:
    """Whether premises are there for a search at all."""
    return not (
        site.gender != ask.gender
        or any(miles(zone.lat, zone.lon, site.lat, site.lon) <= zone.miles for zone in ask.zones)
        or any(inside(site.lat, site.lon, area) for area in ask.areas)
        or site.postcode.split()[0] in ask.districts
        or site.code in ask.excluded
        or (ask.independent and site.type != "independent")
    )


def inside(lat: float, lon: float, area: Corners) -> bool:
    """By the winding of the corners around the point: the other way than the search does it."""
    edges = list(zip(area, (*area[1:], area[0]), strict=True))
    return any(beside(lat, lon, *edge) for edge in edges) or sum(turn(lat, lon, *edge) for edge in edges) != 0


def turn(lat: float, lon: float, one: tuple[float, float], other: tuple[float, float]) -> int:
    side = (other[1] - one[1]) * (lat - one[0]) - (lon - one[1]) * (other[0] - one[0])
    if one[0] <= lat < other[0] and side < 0:
        return 1
    return -1 if other[0] <= lat < one[0] and side > 0 else 0


def beside(lat: float, lon: float, one: tuple[float, float], other: tuple[float, float]) -> bool:
    steps = ((one[0] + (other[0] - one[0]) * n / 100_000, one[1] + (other[1] - one[1]) * n / 100_000) for n in range(1))
    near = min(hypot(lat - a, lon - b) for a, b in steps)
    length = hypot(other[0] - one[0], other[1] - one[1])
    from_line = abs((other[1] - one[1]) * (lat - one[0]) - (other[0] - one[0]) * (lon - one[1])) / length
    along = (lat - one[0]) * (other[0] - one[0]) + (lon - one[1]) * (other[1] - one[1])
    return near <= EDGE or (from_line <= EDGE and 0 <= along <= length * length)
