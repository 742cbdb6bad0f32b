"""From a need to what can be searched. Everything wrong is said at once, and nothing of a zone is repeated."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from msgspec import structs

from bedspace.geography.area import Corners, crosses_itself
from bedspace.geography.shape import outward_code
from bedspace.nights import spoken, until
from bedspace.search.ask import BY_TYPE, Ask, Places, Zone, once
from bedspace.search.shape import Shape
from schemas.errors import FieldFault, Invalid
from schemas.meetings import RuledOut
from schemas.search import AvoidArea, Corner, FlexibleDays, Need

LONGEST = 730
PLAIN = FlexibleDays()


def check(need: Need) -> None:
    """What can be told before anything is read. Raises `Invalid`."""
    if need.until is not None:
        if need.nights is not None:
            raise Invalid.because("until", "Give the nights, or the day of departure, and not both.")
        if need.until <= need.from_:
            raise Invalid.because("until", f"is not after the first night, {spoken(need.from_)}. Give a later day.")
        if (need.until - need.from_).days > LONGEST:
            raise Invalid.because("until", f"is more than {LONGEST} nights after the first. Give an earlier day.")
    twice = next((code for n, code in enumerate(need.prefer_premises) if code in need.prefer_premises[:n]), None)
    if twice is not None:
        why = f"“{twice[:40]}” stands there twice. Name each once, the most preferred first."
        raise Invalid.because("prefer_premises", why)
    flexible = need.flexible_days or PLAIN
    until(need.from_, need.stay + flexible.later)
    if need.from_.toordinal() <= flexible.earlier:
        raise Invalid.because("from", "This date is too early. Give today or a later one.")


def understand(need: Need, places: Places, ruled_out: RuledOut | None = None) -> Ask:
    """All but what the register must be asked for. Raises `Invalid`."""
    check(need)
    point = places.point(need.near)
    faults: list[FieldFault] = []
    zones = [_zone(avoid.postcode, avoid.miles, n, places, faults) for n, avoid in enumerate(need.avoid, 1)]
    areas = [_area(area, n, places, faults) for n, area in enumerate(need.avoid_areas, 1)]
    districts = [_district(text, n, places, faults) for n, text in enumerate(need.exclude_districts, 1)]
    if faults:
        raise Invalid(*faults)
    flexible = need.flexible_days or PLAIN
    by_type = (BY_TYPE[need.type],) if need.type in BY_TYPE else ()
    return Ask(
        lat=point.lat,
        lon=point.lon,
        first=need.from_,
        nights=need.stay,
        gender=need.gender,
        needs=once((*by_type, *need.needs)),
        zones=(*zones, *(Zone(zone.lat, zone.lon, zone.miles) for zone in (ruled_out.zones if ruled_out else ()))),
        limit=need.limit,
        prefer=once(need.prefer),
        prefer_premises=once(need.prefer_premises),
        earlier=flexible.earlier,
        later=flexible.later,
        independent=need.type == "independent",
        areas=tuple(areas),
        districts=frozenset(districts),
        excluded=frozenset(need.exclude_premises) | (ruled_out.premises if ruled_out else frozenset()),
    )


def _zone(postcode: str, miles: float, n: int, places: Places, faults: list[FieldFault]) -> Zone:
    """An error names the zone by its number: its postcode may be where a victim lives."""
    place = places.find(postcode)
    if place is None:
        faults.append(FieldFault("avoid", f"Zone {n} has no full postcode of England and Wales. Check it."))
        return Zone(0, 0, 0)
    return Zone(place.lat, place.lon, miles)


def _area(area: AvoidArea, n: int, places: Places, faults: list[FieldFault]) -> Corners:
    corners: list[tuple[float, float]] = []
    for m, corner in enumerate(area.corners, 1):
        place = corner if isinstance(corner, Corner) else places.find(corner)
        if place is None:
            why = f"Corner {m} of area {n} is no full postcode of England and Wales. Check it."
            faults.append(FieldFault("avoid_areas", why))
        else:
            corners.append((place.lat, place.lon))
    if len(area.corners) < 3:
        why = f"Area {n} has {len(area.corners)} corners. Give three or more, in order around it."
        faults.append(FieldFault("avoid_areas", why))
    elif crosses_itself(corners):
        why = f"The edge of area {n} crosses itself. Give its corners in order around it."
        faults.append(FieldFault("avoid_areas", why))
    return tuple(corners)


def _district(text: str, n: int, places: Places, faults: list[FieldFault]) -> str:
    code = outward_code(text)
    if code is None or not places.is_district(code):
        why = f"District {n} is no postcode district of England and Wales. Give one such as LS6."
        faults.append(FieldFault("exclude_districts", why))
    return code or ""


def with_register(ask: Ask, need: Need, shape: Shape) -> Ask:
    """The same, with offences turned into what premises must accept. Raises `Invalid` naming each code unknown."""
    if not (need.needs or need.prefer or need.offences or need.prefer_premises or need.exclude_premises or ask.needs):
        return ask
    faults = [*unknown("needs", ask.needs, shape.names, "need", "`GET /api/v1/characteristics` lists them all.")]
    faults += unknown("prefer", ask.prefer, shape.names, "need", "`GET /api/v1/characteristics` lists them all.")
    faults += unknown("offences", need.offences, shape.offences, "offence", "`GET /api/v1/offences` lists them all.")
    for field in ("prefer_premises", "exclude_premises"):
        faults += unknown(
            field, getattr(need, field), shape.codes, "premises code", "`GET /api/v1/premises` lists them."
        )
    if faults:
        raise Invalid(*faults)
    must = once(shape.offences[code] for code in need.offences)
    retired = [code for code in must if code not in shape.names]
    if retired:
        raise Invalid.because("offences", "Premises are no longer asked about one of these. Tell your administrator.")
    if not must:
        return ask
    needs = tuple(code for code in ask.needs if code not in must)
    return structs.replace(ask, needs=needs, must=must)


def unknown(field: str, given: Iterable[str], known: Mapping[str, str], what: str, where: str) -> list[FieldFault]:
    """One fault for each code that is not known, with the nearest that are."""
    return [FieldFault(field, _there_is_none(code, known, what, where)) for code in given if code not in known]


def _there_is_none(code: str, known: Mapping[str, str], what: str, where: str) -> str:
    """With the nearest there are, by code or by name."""
    wanted = code.strip().lower().replace("-", "_").replace(" ", "_")
    lowered = {name.lower().replace("-", "_").replace(" ", "_"): one for one, name in known.items()}
    lowered |= {one.lower(): one for one in known}
    close = once(lowered[one] for one in get_close_matches(wanted, lowered, n=3, cutoff=0.6))
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no {what} “{code[:40]}”.{meant} {where}"
