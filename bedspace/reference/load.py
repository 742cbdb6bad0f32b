"""Loads the published facts. Run at every start: it answers at once when they are loaded already."""

from collections.abc import Iterable

from asyncpg import Range

from bedspace.reference import files
from bedspace.reference.names import fold
from bedspace.store import Tx, queries

sql = queries(__file__)

Called = tuple[str, str, str, str]
"""Folded name, kind, code, name as shown."""


async def load_reference(tx: Tx) -> None:
    """Bring the tables to the data files. What was kept by hand stays; nothing that others refer to is deleted."""
    fingerprint = files.fingerprint()
    if await sql.loaded(tx) == fingerprint:
        return
    await sql.one_at_a_time(tx)
    await _regions_and_pdus(tx)
    await _authorities(tx)
    await _prisons(tx)
    await _areas(tx)
    await _lists(tx)
    await _characteristics(tx)
    keys, kinds, codes, names = _columns(_called(), 4)
    await sql.forget_called(tx, keys=keys, kinds=kinds, codes=codes)
    await sql.keep_called(tx, keys=keys, kinds=kinds, codes=codes, names=names)
    await sql.remember(tx, sha256=fingerprint)


async def _regions_and_pdus(tx: Tx) -> None:
    codes, names = _columns(((row.code, row.name) for row in files.rows("regions.csv", files.RegionRow)), 2)
    await sql.keep_regions(tx, codes=codes, names=names)
    pdus = files.rows("pdus.csv", files.PduRow)
    await sql.keep_pdus(
        tx,
        codes=[row.code for row in pdus],
        regions=[row.region for row in pdus],
        names=[row.name for row in pdus],
        titles=[row.title for row in pdus],
        valid=[Range(row.from_, row.until) for row in pdus],
    )
    ended, heirs = _columns(((row.code, heir) for row in pdus for heir in (row.successor or "").split()), 2)
    await sql.forget_successors(tx, pdus=ended, successors=heirs)
    await sql.keep_successors(tx, pdus=ended, successors=heirs)


async def _authorities(tx: Tx) -> None:
    authorities = files.rows("authorities.csv", files.AuthorityRow)
    await sql.keep_authorities(
        tx,
        gss=[row.gss for row in authorities],
        names=[row.name for row in authorities],
        valid=[Range(row.from_, row.until) for row in authorities],
        successors=[row.successor for row in authorities],
    )
    gss, pdus, basis = _columns(((row.gss, pdu, row.basis) for row in authorities for pdu in row.pdus.split()), 3)
    await sql.forget_authority_pdus(tx, gss=gss, pdus=pdus)
    await sql.keep_authority_pdus(tx, gss=gss, pdus=pdus, basis=basis)


async def _prisons(tx: Tx) -> None:
    prisons = files.rows("prisons.csv", files.PrisonRow)
    await sql.keep_prisons(
        tx,
        codes=[row.code for row in prisons],
        names=[f"{row.type} {row.name}" for row in prisons],
        postcodes=[row.postcode for row in prisons],
        male=[row.estate in ("male", "both") for row in prisons],
        female=[row.estate in ("female", "both") for row in prisons],
        active=[row.active == "yes" for row in prisons],
    )


async def _areas(tx: Tx) -> None:
    areas = files.rows("areas_2003.csv", files.AreaRow)
    await sql.keep_areas(
        tx,
        codes=[row.code for row in areas],
        names=[row.name for row in areas],
        regions=[row.region for row in areas],
    )
    codes, pdus = _columns(((row.code, pdu) for row in areas for pdu in row.pdus.split()), 2)
    await sql.forget_area_pdus(tx, codes=codes, pdus=pdus)
    await sql.keep_area_pdus(tx, codes=codes, pdus=pdus)


async def _lists(tx: Tx) -> None:
    entries = files.rows("lists.csv", files.ListRow)
    await sql.keep_lists(
        tx,
        lists=[row.list for row in entries],
        codes=[row.code for row in entries],
        names=[row.name for row in entries],
        parents=[row.parent for row in entries],
        external_codes=[row.external_code for row in entries],
        needs_notes=[row.needs_note == "yes" for row in entries],
        reference_kinds=[row.reference_kind for row in entries],
    )


async def _characteristics(tx: Tx) -> None:
    given = files.rows("characteristics.csv", files.CharacteristicRow)
    await sql.keep_characteristics(
        tx,
        codes=[row.code for row in given],
        names=[row.name for row in given],
        scopes=[row.scope for row in given],
        external_codes=[row.external_code for row in given],
    )


def _called() -> list[Called]:
    """Every name that the locator knows, once for each thing it stands for."""
    found = {(key, kind, code): name for key, kind, code, name in _names()}
    return [(key, kind, code, name) for (key, kind, code), name in found.items() if key]


def _names() -> list[Called]:
    shown: dict[tuple[str, str], str] = {}
    called: list[Called] = []

    def known(kind: str, code: str, name: str, *others: str | None) -> None:
        shown[kind, code] = name
        called.extend((fold(each), kind, code, name) for each in (name, *others) if each)
        if kind != "area":  # theirs are bare numbers
            called.append((fold(code), kind, code, name))

    for region in files.rows("regions.csv", files.RegionRow):
        known("region", region.code, region.name)
    for pdu in files.rows("pdus.csv", files.PduRow):
        known("pdu", pdu.code, pdu.name, pdu.title)
    for authority in files.rows("authorities.csv", files.AuthorityRow):
        known("authority", authority.gss, authority.name)
    for prison in files.rows("prisons.csv", files.PrisonRow):
        known("prison", prison.code, f"{prison.type} {prison.name}", prison.name, prison.welsh)
    for area in files.rows("areas_2003.csv", files.AreaRow):
        known("area", area.code, area.name)
    for place in files.rows("places.csv", files.PlaceRow):
        for kind, within in (("town", place.town_in), ("village", place.village_in)):
            called.extend((fold(place.name), kind, gss, place.name) for gss in (within or "").split())
    return called + [
        (fold(other.name), other.kind, other.code, shown.get((other.kind, other.code), other.name))
        for other in files.rows("also_called.csv", files.CalledRow)
    ]


def _columns(rows: Iterable[tuple[str, ...]], width: int) -> list[list[str]]:
    """Rows turned into columns, as `unnest` takes them."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
