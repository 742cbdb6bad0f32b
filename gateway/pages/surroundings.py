"""What the map of a search shows beside the results: towns to find one's way by, and where the land is."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bedspace.geography.postcodes import Postcodes
from gateway.pages.map import Degrees, Map, Marked, draw
from schemas.errors import Invalid
from schemas.search import Hit, NearMiss

TOWNS: tuple[tuple[str, str], ...] = (
    ("London", "WC2N"),
    ("Birmingham", "B2"),
    ("Manchester", "M2"),
    ("Leeds", "LS1"),
    ("Liverpool", "L2"),
    ("Sheffield", "S1"),
    ("Bristol", "BS1"),
    ("Newcastle", "NE1"),
    ("Nottingham", "NG1"),
    ("Cardiff", "CF10"),
    ("Leicester", "LE1"),
    ("Norwich", "NR1"),
    ("Plymouth", "PL1"),
    ("Southampton", "SO14"),
    ("Hull", "HU1"),
    ("York", "YO1"),
    ("Bradford", "BD1"),
    ("Stoke", "ST1"),
    ("Derby", "DE1"),
    ("Coventry", "CV1"),
    ("Swansea", "SA1"),
    ("Preston", "PR1"),
    ("Carlisle", "CA3"),
    ("Exeter", "EX1"),
    ("Oxford", "OX1"),
    ("Cambridge", "CB2"),
    ("Brighton", "BN1"),
    ("Reading", "RG1"),
    ("Peterborough", "PE1"),
    ("Ipswich", "IP1"),
    ("Lincoln", "LN1"),
    ("Gloucester", "GL1"),
    ("Swindon", "SN1"),
    ("Bournemouth", "BH2"),
    ("Middlesbrough", "TS1"),
    ("Durham", "DH1"),
    ("Lancaster", "LA1"),
    ("Chester", "CH1"),
    ("Wrexham", "LL13"),
    ("Bangor", "LL57"),
    ("Aberystwyth", "SY23"),
    ("Shrewsbury", "SY1"),
    ("Hereford", "HR1"),
    ("Worcester", "WR1"),
    ("Northampton", "NN1"),
    ("Milton Keynes", "MK9"),
    ("Luton", "LU1"),
    ("Canterbury", "CT1"),
    ("Hastings", "TN34"),
    ("Truro", "TR1"),
    ("Taunton", "TA1"),
    ("Scarborough", "YO11"),
    ("Grimsby", "DN31"),
    ("Doncaster", "DN1"),
    ("Huddersfield", "HD1"),
    ("Wakefield", "WF1"),
    ("Harrogate", "HG1"),
    ("Halifax", "HX1"),
    ("Bolton", "BL1"),
    ("Blackpool", "FY1"),
    ("Bath", "BA1"),
    ("Salisbury", "SP1"),
    ("Portsmouth", "PO1"),
    ("Guildford", "GU1"),
    ("Southend", "SS1"),
    ("Colchester", "CO1"),
)
"""Name, and the outward code of its middle. In order of who keeps its name where two are close."""


def picture(postcodes: Postcodes, near: str, hits: Iterable[Hit], misses: Iterable[NearMiss]) -> Map:
    """The map of a search. Raises `Invalid` where the place is not known."""
    centre = postcodes.point(near)
    marks = [*_marks("hit", hits), *_marks("miss", misses)]
    return draw((centre.lat, centre.lon), marks, _towns(postcodes), _land(postcodes))


def label(kind: str, n: int) -> str:
    """Hits are 1, 2, 3 …; near misses A, B, C …"""
    return str(n) if kind == "hit" else chr(64 + n) if n <= 26 else "·"


def _marks(kind: str, results: Iterable[Hit | NearMiss]) -> Iterator[Marked]:
    for n, result in enumerate(results, 1):
        yield Marked(label(kind, n), kind, (result.lat, result.lon))


@lru_cache(maxsize=1)
def _towns(postcodes: Postcodes) -> tuple[tuple[str, Degrees], ...]:
    found = []
    for name, outward in TOWNS:
        try:
            point = postcodes.point(outward)
        except Invalid:
            continue  # newer postcode data may have retired a code: a map with one name less
        found.append((name, (point.lat, point.lon)))
    return tuple(found)


@lru_cache(maxsize=1)
def _land(postcodes: Postcodes) -> tuple[Degrees, ...]:
    return tuple(postcodes.districts())
