"""`bedspace calendar` and `bedspace occupancy` at the command line."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gateway.access.act import House
from gateway.cli import bedspace, main
from schemas.occupancy import Calendar, Forecast, Grid, LostNights
from tests.premises.making import keep, premises


@pytest.fixture
async def kept(house: House, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await keep(house, premises("AP1", [["step_free", "en_suite"], []]))
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("DATA", str(tmp_path))


def called(*arguments: str) -> Result:
    return CliRunner().invoke(bedspace, list(arguments), catch_exceptions=False)


def test_a_calendar_is_drawn_and_counted(kept: None) -> None:
    said = called("calendar", "AP1", "--from", "2099-01-11", "--nights", "3", "--demand", "step_free:2").output
    assert "AP1-1  ..." in said
    assert "2099-01-11      2     0" in said
    assert "1 of 2 people fit" in said


def test_as_json_they_are_the_answers_of_the_api(kept: None) -> None:
    calendar = msgspec.json.decode(called("calendar", "AP1", "--json").output, type=Calendar)
    grid = msgspec.json.decode(called("occupancy", "show", "--need", "step_free", "--json").output, type=Grid)
    period = ["--from", "2026-10-01", "--to", "2026-10-11"]
    lost = msgspec.json.decode(called("occupancy", "lost", *period, "--json").output, type=LostNights)
    forecast = msgspec.json.decode(called("occupancy", "forecast", "--json").output, type=Forecast)
    assert [night.free for night in calendar.days] == [2] * 28
    assert grid.totals.free == [1] * 84
    assert (lost.total.capacity, lost.total.empty) == (20, 20)
    assert len(forecast.total.weeks) == 12


def test_they_read_as_tables(kept: None) -> None:
    assert "Example House AP1" in called("occupancy", "show").output
    assert "100.0%" in called("occupancy", "lost", "--from", "2026-10-01", "--to", "2026-10-11").output
    assert "week from" in called("occupancy", "forecast", "--by", "premises").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["calendar", "AP2"], "Did you mean AP1?"),
        (["calendar", "AP1", "--nights", "0"], "must be 1 to 730"),
        (["calendar", "AP1", "--need", "stepfree"], "Did you mean step_free?"),
        (["occupancy", "show", "--nights", "100000"], "must be 1 to 730"),
        (["occupancy", "lost", "--from", "2026-10-01", "--to", "2026-10-01"], "must be after"),
        (["occupancy", "forecast", "--weeks", "0"], "must be 1 to 104"),
    ],
)
def test_what_cannot_be_is_one_line(
    kept: None, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 1
    assert message in capsys.readouterr().err
