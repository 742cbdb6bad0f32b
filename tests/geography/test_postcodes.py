"""Every postcode of England and Wales: found, placed, and explained where it is not one."""

import threading
from pathlib import Path

import numpy as np
import pytest

from bedspace.geography import postcodes as module
from bedspace.geography.compile import compile_postcodes
from bedspace.geography.distance import miles
from bedspace.geography.postcodes import Postcodes, open_postcodes
from schemas.errors import Invalid, Unavailable


@pytest.mark.parametrize("typed", ["LS1 4AP", "ls14ap", " Ls1-4aP. ", "LS1\u00a04AP"])
def test_a_postcode_is_found_however_it_is_typed(postcodes: Postcodes, typed: str) -> None:
    place = postcodes.find(typed)
    assert place is not None
    assert (place.postcode, place.gss) == ("LS1 4AP", "E08000035")
    assert (place.lat, place.lon) == pytest.approx((53.795456, -1.555724), abs=1e-4)


def test_latitudes_and_longitudes_are_those_of_england_and_wales(postcodes: Postcodes) -> None:
    points = [postcodes.point(code) for code in ("TR21 0PL", "TD15 1AA", "NR33 0AA", "SA62 6AA", "SW1A 1AA")]
    assert all(49.8 < point.lat < 55.9 and -6.5 < point.lon < 1.8 for point in points)


def test_there_are_2_4_million_postcodes_in_318_local_authorities(postcodes: Postcodes) -> None:
    assert len(postcodes) > 2_400_000
    assert len(postcodes.authorities) == 318
    assert all(gss[0] in "EW" for gss in postcodes.authorities)


def test_every_row_is_found_again_at_its_own_place(postcodes: Postcodes) -> None:
    sample = np.random.default_rng(20261122).integers(0, len(postcodes), 2_000)
    for row in sample:
        code = postcodes.code_at(int(row))
        place = postcodes.find(code)
        assert place is not None
        assert place.postcode == code
        assert 49.8 < place.lat < 55.9


@pytest.mark.parametrize("old", ["NPT 0AD", "M60 9AH"])
def test_a_postcode_that_is_no_longer_given_out_is_still_found(postcodes: Postcodes, old: str) -> None:
    assert postcodes.find(old) is not None


def test_an_outward_code_is_the_middle_of_its_postcodes(postcodes: Postcodes) -> None:
    middle, one = postcodes.point("ls1"), postcodes.point("LS1 4AP")
    assert middle.label == "LS1"
    assert miles(middle.lat, middle.lon, one.lat, one.lon) < 1


def test_an_outward_code_says_which_authorities_it_lies_in(postcodes: Postcodes) -> None:
    assert postcodes.authorities_of("LS1") == ["E08000035"]
    assert len(postcodes.authorities_of("YO23")) > 1
    assert postcodes.authorities_of("XX1") == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("LS1 0ZZ", "LS1 0ZZ is not a postcode in use .* or give its first half, LS1"),
        ("XX1 1XX", "XX1 1XX is not a postcode in use"),
        ("G1 1AA", "outside England and Wales"),
        ("bt1 1aa", "BT1 1AA is outside England and Wales"),
        ("JE2 3AB", "outside England and Wales"),
        ("EH1", "EH1 is outside England and Wales"),
        ("Leeds", "That is not a postcode. Give one such as LS1 4AP"),
        ("", "That is not a postcode"),
    ],
)
def test_what_is_no_postcode_here_is_explained(postcodes: Postcodes, asked: str, said: str) -> None:
    assert postcodes.find(asked) is None
    with pytest.raises(Invalid, match=said) as error:
        postcodes.point(asked)
    assert error.value.faults[0].field == "near"


def test_processes_that_start_at_once_compile_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[Path] = []

    def compile_and_count(target: Path) -> None:
        compiled.append(target)
        compile_postcodes(target)

    monkeypatch.setattr(module, "_shared", lambda: tmp_path / "shared")
    monkeypatch.setattr(module, "compile_postcodes", compile_and_count)
    opened: list[Postcodes] = []
    starters = [threading.Thread(target=lambda: opened.append(open_postcodes(tmp_path / "data"))) for _ in range(3)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert [len(each) for each in opened] == [len(opened[0])] * 3
    assert len(compiled) == 1
    assert [path.name for path in (tmp_path / "shared").iterdir()] == [compiled[0].name]


def test_a_file_that_was_cut_off_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postcodes: Postcodes
) -> None:
    monkeypatch.setattr(module, "_shared", lambda: Path("/proc/nowhere"))
    cut = tmp_path / postcodes.path.name
    cut.write_bytes(postcodes.path.read_bytes()[:1_000_000])
    assert len(open_postcodes(tmp_path)) == len(postcodes)
    assert cut.stat().st_size == postcodes.path.stat().st_size


def test_without_a_folder_to_write_to_the_message_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_shared", lambda: Path("/proc/nowhere"))
    with pytest.raises(Unavailable, match="Neither /proc/nowhere nor /proc/neither can be written"):
        open_postcodes(Path("/proc/neither"))
