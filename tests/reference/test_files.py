"""The published facts agree with one another and with the postcodes."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.reference import files
from bedspace.reference.files import (
    DATA,
    AreaRow,
    AuthorityRow,
    CalledRow,
    PduRow,
    PlaceRow,
    PrisonRow,
    RegionRow,
    premises_of_reference,
    rows,
    sources,
)
from schemas.errors import Unreadable

PDUS = {pdu.code: pdu for pdu in rows("pdus.csv", PduRow)}
AUTHORITIES = {authority.gss: authority for authority in rows("authorities.csv", AuthorityRow)}


def test_every_file_names_its_source_its_licence_and_its_date() -> None:
    assert set(sources()) == {path.name for path in DATA.glob("*.csv")}
    assert all(source.source and source.licence and source.as_of <= date(2026, 12, 31) for source in sources().values())


def test_every_source_and_licence_is_in_the_attribution() -> None:
    attribution = (Path(__file__).parents[2] / "ATTRIBUTION.md").read_text()
    for file, source in sources().items():
        assert file in attribution
        assert source.licence in attribution


def test_each_postcode_authority_has_a_pdu(postcodes: Postcodes) -> None:
    assert len(postcodes.authorities) == 318
    assert [gss for gss in postcodes.authorities if not AUTHORITIES[gss].pdus] == []


@pytest.mark.parametrize(
    ("gss", "pdu"),
    [
        ("E06000063", "N51CUMB"),
        ("E06000064", "N51CUMB"),
        ("E06000065", "N55YNY"),
        ("E06000066", "N58SOM"),
        ("E08000038", "N55BAS"),
        ("E08000039", "N55SHF"),
    ],
)
def test_an_authority_newer_than_the_published_table_has_its_pdu(gss: str, pdu: str) -> None:
    assert AUTHORITIES[gss].pdus == pdu


def test_four_authorities_are_split() -> None:
    split = {authority.name for authority in AUTHORITIES.values() if " " in authority.pdus}
    assert split == {"Birmingham", "Liverpool", "Manchester", "Ribble Valley"}


def test_authorities_name_pdus_and_successors_that_exist() -> None:
    for authority in AUTHORITIES.values():
        assert set(authority.pdus.split()) <= set(PDUS)
        assert authority.basis in ("named", "inferred")
        assert (authority.successor is None) == (authority.until is None)
        if authority.successor:
            heir = AUTHORITIES[authority.successor]
            assert heir.from_ == authority.until
            assert heir.pdus == authority.pdus


def test_there_are_109_pdus_in_force_each_with_an_authority_and_one_area_of_2003() -> None:
    in_force = {code for code, pdu in PDUS.items() if pdu.until is None}
    assert len(in_force) == 109
    assert in_force == {pdu for authority in AUTHORITIES.values() for pdu in authority.pdus.split()}
    areas = Counter(pdu for area in rows("areas_2003.csv", AreaRow) for pdu in area.pdus.split())
    assert areas == Counter(in_force)


def test_short_names_of_pdus_have_no_brackets_and_are_each_used_once() -> None:
    names = [pdu.name for pdu in PDUS.values()]
    assert len(set(names)) == len(names)
    assert not any("(" in name for name in names)


def test_the_two_national_pdus_ended_in_october_2025() -> None:
    ended = {pdu.code: pdu.until for pdu in PDUS.values() if pdu.until}
    assert ended == {"N43ALL": date(2025, 11, 1), "N43SPT": date(2025, 11, 1)}


def test_there_are_42_areas_in_todays_regions_and_northamptonshire_is_in_the_east_of_england() -> None:
    areas = rows("areas_2003.csv", AreaRow)
    regions = {region.code: region.name for region in rows("regions.csv", RegionRow)}
    assert len(areas) == 42
    assert {area.name: regions[area.region] for area in areas}["Northamptonshire"] == "East of England"
    assert all({PDUS[pdu].region for pdu in area.pdus.split()} == {area.region} for area in areas)


def test_there_are_101_premises_with_2290_beds_all_at_postcodes_in_use(postcodes: Postcodes) -> None:
    premises = premises_of_reference()
    assert (len(premises), sum(each.beds for each in premises)) == (101, 2290)
    assert [each.name for each in premises if postcodes.find(each.postcode) is None] == []


def test_every_active_prison_is_at_a_postcode_in_use(postcodes: Postcodes) -> None:
    active = [prison for prison in rows("prisons.csv", PrisonRow) if prison.active == "yes"]
    assert len(active) == 125
    assert [prison.name for prison in active if postcodes.find(prison.postcode or "") is None] == []
    assert {prison.estate for prison in active} == {"male", "female", "both"}


def test_other_names_and_places_stand_for_what_exists() -> None:
    codes = {
        "authority": set(AUTHORITIES),
        "town": set(AUTHORITIES),
        "pdu": set(PDUS),
        "prison": {prison.code for prison in rows("prisons.csv", PrisonRow)},
        "area": {area.code for area in rows("areas_2003.csv", AreaRow)},
        "region": {region.code for region in rows("regions.csv", RegionRow)},
    }
    assert [other for other in rows("also_called.csv", CalledRow) if other.code not in codes[other.kind]] == []
    for place in rows("places.csv", PlaceRow):
        within = f"{place.town_in or ''} {place.village_in or ''}".split()
        assert within
        assert set(within) <= set(AUTHORITIES)


def test_a_faulty_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "premises.csv").write_text("name,postcode,beds,ap_area\nExample House,LS1 4AP,many,NE\n")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(Unreadable, match=r"premises\.csv, line 2"):
        premises_of_reference()
