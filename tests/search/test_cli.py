"""`bedspace search` at the command line."""

import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gateway.access.act import House
from gateway.cli import main
from gateway.cli.search import search
from schemas.search import Shortlist
from tests.premises.making import keep, premises

ASKED = ["--near", "LS1 4AP", "--from", "2099-01-11", "--nights", "84", "--gender", "male"]


@pytest.fixture
async def kept(house: House, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await keep(house, premises("AP1", [["step_free", "en_suite"]]))
    await keep(house, premises("AP2", [["step_free"], ["en_suite"]], at=(53.4781, -2.2250)))
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("DATA", str(tmp_path))


def called(*more: str) -> Result:
    return CliRunner().invoke(search, [*ASKED, *more], catch_exceptions=False)


def test_a_shortlist_reads_as_hits_and_near_misses_with_reasons(kept: None) -> None:
    said = called("--need", "step_free", "--need", "en_suite").output
    assert "Example House AP1, LS1 4AP  bed AP1-1" in said
    assert "No one bed is both step-free and en-suite" in said
    assert "Invented" in said


def test_as_json_it_is_the_answer_of_the_api(kept: None) -> None:
    said = called("--need", "step_free", "--need", "en_suite", "--json").output
    found = msgspec.json.decode(said, type=Shortlist)
    assert [hit.bed for hit in found.hits] == ["AP1-1"]
    assert [near.premises.code for near in found.near_misses] == ["AP2"]


def test_an_exclusion_zone_is_obeyed_and_not_shown(kept: None) -> None:
    said = called("--avoid-postcode", "LS1 4AP", "--avoid-miles", "5").output
    assert "Example House AP1" not in said
    assert "Example House AP2" in said


def test_a_circle_leaves_no_trace_of_where_it_is(kept: None) -> None:
    """Two of another centre and size that rule out the same premises; and one that rules out none."""
    far, near = (
        ["--avoid-postcode", "BD1 1HX", "--avoid-miles", "20"],
        ["--avoid-postcode", "LS1 4AP", "--avoid-miles", "1"],
    )
    none = ["--avoid-postcode", "TR1 1AA", "--avoid-miles", "9"]
    for more in ([], ["--need", "step_free", "--need", "en_suite"], ["--need", "catered"]):
        said = [re.sub(r"as of [\d:]+", "", called(*more, *zone).output) for zone in (far, near, none, [])]
        assert said[0] == said[1] != said[2]
        assert said[2] == said[3]
        assert not [word for word in ("BD1", "AP1", "zone") if word in said[0]]


def test_the_newer_options_are_asked_for(kept: None) -> None:
    more = [
        "--later",
        "3",
        "--prefer",
        "en_suite",
        "--prefer-premises",
        "AP2",
        "--exclude-district",
        "BD1",
        "--type",
        "standard",
    ]
    said = called("--avoid-area", "BD1 1HX,YO1 7HH,HG1 1AA", "--exclude-premises", "AP1", *more).output
    assert "Preferred premises" in said
    assert "Meets 1 of 1 preference: en-suite" in said
    assert "AP1" not in said


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--nights", "0"], "nights: Expected `int` >= 1"),
        (["--nights", "100000"], "nights: Expected `int` <= 730"),
        (["--need", "stepfree"], "Did you mean step_free?"),
        (["--near", "ZZ99 9ZZ"], "near:"),
        (["--from", "2020-01-01"], "1 January 2020 is in the past"),
        (["--later", "29"], "flexible_days.later: Expected `int` <= 28"),
        (["--until", "2099-02-01"], "until: Give the nights, or the day of departure, and not both."),
        (["--avoid-postcode", "EH1 1YZ", "--avoid-miles", "2"], "Zone 1 has no full postcode of England and Wales"),
        (["--avoid-postcode", "LS1 4AP", "--avoid-miles", "0"], "avoid[0].miles"),
        (["--avoid-area", "LS1 4AP,BD1 1HX"], "Area 1 has 2 corners. Give three or more"),
        (["--exclude-district", "ZZ9"], "District 1 is no postcode district"),
        (["--exclude-premises", "AP9"], "There is no premises code “AP9”"),
        (["--prefer-premises", "AP1", "--prefer-premises", "AP1"], "Name each once, the most preferred first."),
        (["--prefer", "ensuite"], "Did you mean en_suite?"),
        (["--offence", "arsen"], "Did you mean arson?"),
        (["--person", "X999999"], "person: Nobody with this CRN or id is on record"),
        (["--placement", "PL-999999"], "placement: There is no such placement within your reach"),
        (["--avoid-postcode", "LS1 4AP"], "give one --avoid-miles for each --avoid-postcode"),
    ],
)
def test_what_cannot_be_searched_is_one_line_and_exit_1(
    kept: None, capsys: pytest.CaptureFixture[str], more: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["search", *ASKED, *more])
    said = capsys.readouterr().err
    assert exit_.value.code == 1
    assert message in said
    assert said.count("\n") == 1
