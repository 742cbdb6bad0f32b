"""The search again, by brute force over sets of days, as one would do it by hand. Slow, and sure."""

from datetime import timedelta

from bedspace.geography.distance import miles
from bedspace.search import words
from bedspace.search.ask import Ask
from bedspace.search.shape import BedRow, SiteRow
from bedspace.search.snapshot import HORIZON
from tests.search.registers import BASE, NAMES, NOW, World

Near = tuple[str, float, list[str], list[str]]


class Oracle:
    def __init__(self, world: World, ask: Ask) -> None:
        self.world = world
        self.ask = ask
        self.first = (ask.first - BASE).days
        self.beds = {site.id: [bed for bed in world.beds if bed.premises_id == site.id] for site in world.sites}
        self.free_nights = {bed.id: self._free_nights(bed) for bed in world.beds}
        self.offers = {bed.id: {*site.offers, *bed.offers} for site in world.sites for bed in self.beds[site.id]}
        self.sites = sorted(filter(self._counts, world.sites), key=lambda site: (self.far(site), site.code))

    def hits(self) -> list[tuple[str, str, float]]:
        """Premises, bed, miles."""
        fitting = [(site, self.fitting(site, set(self.ask.needs), self.first)) for site in self.sites]
        found = [(site.code, min(beds, key=self.preference).code, self.shown(site)) for site, beds in fitting if beds]
        return found[: self.ask.limit]

    def near_misses(self) -> list[Near]:
        """Premises, miles, why, fits if."""
        missed = [site for site in self.sites if not self.fitting(site, set(self.ask.needs), self.first)]
        limit = self.ask.limit
        told = missed[: min(limit, max(5, limit - len(self.hits())))]
        return [(site.code, self.shown(site), self.why(site), self.changes(site)) for site in told]

    # facts

    def _free_nights(self, bed: BedRow) -> set[int]:
        nights = set(range(HORIZON))
        nights -= set(range((bed.opens - BASE).days))
        if bed.closes:
            nights -= set(range((bed.closes - BASE).days, HORIZON))
        for first, end, expires in self.world.claims.get(bed.id, ()):
            if expires is None or expires > NOW:
                nights -= set(range(first, end))
        return nights

    def _counts(self, site: SiteRow) -> bool:
        inside = any(miles(zone.lat, zone.lon, site.lat, site.lon) <= zone.miles for zone in self.ask.zones)
        return site.gender == self.ask.gender and bool(self.beds[site.id]) and not inside

    def far(self, site: SiteRow) -> float:
        return miles(self.ask.lat, self.ask.lon, site.lat, site.lon)

    def shown(self, site: SiteRow) -> float:
        return round(self.far(site), 1)

    def free(self, bed: BedRow, first: int, nights: int) -> bool:
        return set(range(first, first + nights)) <= self.free_nights[bed.id]

    def suited(self, site: SiteRow, needs: set[str]) -> list[BedRow]:
        return [bed for bed in self.beds[site.id] if needs <= self.offers[bed.id]]

    def fitting(self, site: SiteRow, needs: set[str], first: int) -> list[BedRow]:
        return [bed for bed in self.suited(site, needs) if self.free(bed, first, self.ask.nights)]

    def preference(self, bed: BedRow) -> tuple[int, int, str]:
        """Scarce is what fewer than a quarter of all beds have."""
        share = {code: sum(code in other.offers for other in self.world.beds) for code in bed.offers}
        scarce = [code for code, count in share.items() if count * 4 < len(self.world.beds)]
        return len(scarce), len(bed.offers), bed.code

    def later(self, site: SiteRow, needs: set[str]) -> int | None:
        moves = range(1, HORIZON - self.first)
        return next((move for move in moves if self.fitting(site, needs, self.first + move)), None)

    # words

    def why(self, site: SiteRow) -> list[str]:
        needs = self.ask.needs
        called = [NAMES[need] for need in needs]
        suited = self.suited(site, set(needs))
        if suited:
            what = f" with {words.listed(called)}" if called else ""
            when = "that night" if self.ask.nights == 1 else f"all {self.ask.nights} nights"
            if len(suited) == 1:
                return [f"Its one bed{what} is not free {when}"]
            return [f"None of its {len(suited)} beds{what} is free {when}"]
        missing = self.missing(site)
        return [words.not_listed(NAMES[need], self.nearest(need)) for need in missing] or [words.not_together(called)]

    def missing(self, site: SiteRow) -> list[str]:
        return [need for need in self.ask.needs if not self.suited(site, {need})]

    def nearest(self, need: str) -> tuple[str, float] | None:
        return next(((site.name, self.shown(site)) for site in self.sites if self.suited(site, {need})), None)

    def changes(self, site: SiteRow) -> list[str]:
        needs, found = self.ask.needs, []
        later = self.later(site, set(needs))
        if later:
            found.append(words.later(self.day(later)))
        suited = self.suited(site, set(needs))
        runs = [n for n in range(1, self.ask.nights) if any(self.free(bed, self.first, n) for bed in suited)]
        if runs:
            found.append(words.shorter(self.ask.nights - max(runs)))
        found += [self.without([need]) for need in needs if self.fitting(site, set(needs) - {need}, self.first)]
        return found or self.greater_changes(site)

    def greater_changes(self, site: SiteRow) -> list[str]:
        needs, missing = self.ask.needs, self.missing(site)
        if len(missing) > 1 and self.fitting(site, set(needs) - set(missing), self.first):
            return [self.without(missing)]
        drops = [[need] for need in needs] + ([missing] if len(missing) > 1 else [])
        moves = [(self.later(site, set(needs) - set(drop)), n) for n, drop in enumerate(drops)]
        possible = [(move, n) for move, n in moves if move]
        if not possible:
            return []
        move, n = min(possible)
        return [f"{self.without(drops[n])}, from {self.day(move)}"]

    def without(self, drop: list[str]) -> str:
        kept = [NAMES[need] for need in self.ask.needs if need not in drop]
        return words.without([NAMES[need] for need in drop], kept)

    def day(self, later: int) -> str:
        day = self.ask.first + timedelta(days=later)
        return f"{day.day} {day:%B %Y}"
