"""`bedspace releases` and `bedspace paper`: what is done there is done by the verbs of the other doors."""

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from bedspace.nights import london_today
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.cli import main
from gateway.releases.days import day_before_that, named
from gateway.transfers.read import read_nsi
from schemas.nsis import ReadNsi
from tests.releases.making import Board
from tests.releases.test_doors import NOTICE


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs the command in a thread, since it has a loop of its own; answers exit status, output and errors."""
    monkeypatch.setenv("DATABASE_URL", database)

    async def called(*arguments: str, typed: bytes = b"") -> tuple[object, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))

        def begin() -> object:
            with pytest.raises(SystemExit) as left:
                main(list(arguments))
            return left.value.code

        status = await asyncio.to_thread(begin)
        said = capsys.readouterr()
        return status, said.out, said.err

    return called


async def test_a_notice_and_what_is_done_with_a_release_at_the_command_line(
    run: Callable[..., Any], board: Board
) -> None:
    friday = london_today(datetime.now(UTC)) + timedelta(days=200)
    friday += timedelta(days=(4 - friday.weekday()) % 7)
    body = msgspec.json.encode({**NOTICE, "release_on": friday, "home_pdu": "N55LEE"})
    status, out, err = await run("releases", "notice", typed=body)
    assert (status, err) == (0, "")
    assert out.startswith(f"REL-000001 is needs bed, on {named(friday)}, to N55LEE.\n  asks   {named(friday)}")
    earlier = day_before_that(friday)
    _, out, _ = await run("releases", "do", "rel-000001", "confirm-date", f"release_on={earlier}")
    assert out == f"REL-000001 is needs bed, on {named(earlier)}, to N55LEE.\n"
    address = b'{"address": "2 Pretend Road, Leeds LS1 4AP"}'
    assert (await run("releases", "do", "REL-000001", "approve", "--body", "-", typed=address))[0] == 0
    seen = (await board.listed()).items[0]
    assert (await board.see(seen.id)).approved_address == "2 Pretend Road, Leeds LS1 4AP"
    for asked, said in (
        (("cancel", "reason=nonsense"), "reason:"),
        (("cancel", "recalled"), "Give FIELD=VALUE"),
        (("change", "release_on=soon"), "release_on"),
        (("refer", "ask=AP1,AP2"), "Nobody has decided yet"),
    ):
        status, out, err = await run("releases", "do", "REL-000001", *asked)
        assert (status, out) == (1, "")
        assert said in err
    status, _, err = await run("releases", "notice", typed=b"{")
    assert (status, "JSON" in err) == (1, True)
    assert (await run("releases", "do", "REL-999999", "released"))[0] == 1
    _, out, _ = await run("releases", "do", "REL-000001", "cancel", "reason=recalled")
    assert out.startswith("REL-000001 is cancelled")


async def test_sys_07_the_paper_file_is_sent_placed_and_received_at_the_command_line(
    run: Callable[..., Any], board: Board
) -> None:
    done = await board.bedded("AP2")
    assert done.nsi
    assert (await run("paper", "sent", "NSI-000001", "--carrier", "Courier", "--from", "Leeds"))[0] == 0
    assert (await run("paper", "at", "NSI-000001", "Wakefield"))[0] == 0
    status, _, err = await run("paper", "received", "NSI-000001", "--by", "Sam", "--missing", "contact_log")
    assert (status, err) == (0, "")
    nsi = await act(board.house, OPERATOR, read_nsi, ReadNsi(id=done.nsi))
    line = next(one for one in nsi.actions if one.kind == "paper_file")
    assert (line.evidence["from_place"], line.evidence["received_by"]) == ("Leeds", "Sam")
    assert line.evidence["missing"] == "Contact log with absences and enforcement"
    status, _, err = await run("paper", "received", "NSI-000001", "--by", "Sam")
    assert (status, "was received" in err) == (1, True)
