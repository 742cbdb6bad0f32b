"""`bedspace premises` and `bedspace lists`."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.access.act import House
from gateway.cli import main
from tests.premises.making import keep, premises

Run = Callable[..., "asyncio.Future[tuple[int, str, str]]"]


@pytest.fixture
async def run(
    house: House, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., object]:
    """Runs the command in a thread, since it has a loop of its own; answers exit status, output and errors."""
    await keep(house, premises("AP1", [["en_suite"], []]))
    monkeypatch.setenv("DATABASE_URL", database)

    async def called(*arguments: str) -> tuple[object, str, str]:
        def begin() -> object:
            with pytest.raises(SystemExit) as left:
                main(list(arguments))
            return left.value.code

        status = await asyncio.to_thread(begin)
        said = capsys.readouterr()
        return status, said.out, said.err

    return called


async def test_premises_are_listed_shown_and_said_to_be_unconfirmed(run: Run) -> None:
    status, out, _ = await run("premises", "list")
    assert (status, "AP1" in out, "2 beds, 2 unconfirmed" in out) == (0, True, True)
    assert json.loads((await run("premises", "list", "--called", "nowhere", "--json"))[1])["items"] == []
    _, out, _ = await run("premises", "show", "AP1")
    assert "Room 1  en_suite" in out
    assert json.loads((await run("premises", "show", "AP1", "--json"))[1])["arrive_by"] == "17:00"
    assert "2 of 2 beds open today are unconfirmed." in (await run("premises", "unconfirmed"))[1]
    assert (await run("premises", "show", "AP9"))[0] == 1


async def test_an_import_shows_the_difference_and_changes_only_when_told_to(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "beds.csv"
    status, said, _ = await run("premises", "export", "--out", str(sheet))
    assert (status, said) == (0, f"2 beds are in {sheet}.\n")
    sheet.write_text(sheet.read_text().replace("en_suite", "step_free"))
    _, out, _ = await run("premises", "import", str(sheet))
    assert "~ room Room 1: +step_free -en_suite" in out
    assert "Nothing was changed: add --apply" in out
    assert "Changed, from" in (await run("premises", "import", str(sheet), "--apply"))[1]
    assert "All is so already." in (await run("premises", "import", str(sheet), "--apply"))[1]


async def test_an_import_with_faults_leaves_with_1_and_names_file_line_and_column(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "beds.csv"
    sheet.write_text("premises,room,bed,gender\nAP1,Room 1,AP1-1,femal\nAP1,Room 2,AP1-1,\n")
    status, _, err = await run("premises", "import", str(sheet), "--apply")
    assert status == 1
    assert "beds.csv, line 2, column 4 (gender): There is no “femal” here. Did you mean female?" in err
    assert err.splitlines()[-1] == "2 faults. Nothing was changed."


async def test_the_help_of_the_import_says_what_each_column_means(run: Run) -> None:
    status, out, _ = await run("premises", "import", "--help")
    assert status == 0
    assert "turnaround_nights" in out
    assert "premises_characteristics" in out


async def test_lists_are_shown_and_edited(run: Run) -> None:
    assert "departure" in (await run("lists", "list"))[1]
    assert (await run("lists", "keep", "departure", "abroad"))[0] == 1
    _, out, _ = await run("lists", "keep", "departure", "abroad", "--name", "Moved abroad", "--external-code", "MA")
    assert out == "abroad is new in departure.\n"
    assert (await run("lists", "keep", "departure", "abroad", "--until", "2026-12-31"))[1].startswith("abroad is kept")
    _, out, _ = await run("lists", "show", "departure")
    assert "MA     Moved abroad  until 2026-12-31" in out
    status, _, err = await run("lists", "show", "departur")
    assert (status, "Did you mean departure?" in err) == (1, True)
