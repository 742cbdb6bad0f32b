"""`bedspace national`, `bedspace ends` and `bedspace components` at the command line."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gateway.access.act import House, act
from gateway.cli import bedspace
from gateway.intake.settle import Settler
from gateway.transfers.confirm import confirm_nsi
from schemas.ends import EndsPage
from schemas.national import SearchPage
from schemas.nsis import ConfirmNsi
from tests.messages import YORK, prepared


@pytest.fixture
async def nsi(house: House, settler: Settler, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = await prepared(house, settler, rosh="high", move_on=house.now().date())
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("DATA", str(tmp_path))
    return made.reference


def called(*arguments: str, typed: str = "") -> str:
    done = CliRunner().invoke(bedspace, list(arguments), input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_sys_18_the_queue_of_the_nation_is_kept_at_the_command_line(nsi: str) -> None:
    assert called("national", "list") == "Nobody is in the queue.\n"
    assert called("national", "challenges") == "No challenge waits.\n"
    needed = ("--reason", "victims", "--needed", "Nobody near.")
    assert called("national", "seek", nsi, *needed, typed="Three PDUs.") == f"HTP-000001 ({nsi}): in the queue.\n"
    assert "led by Nat Example." in called("national", "lead", "HTP-000001", "Nat Example")
    called("national", "note", "HTP-000001", typed="Hull too.")
    assert "nobody leads" not in called("national", "list")
    shown = called("national", "show", "HTP-000001")
    for words in ("tried       Three PDUs.", "needed      Nobody near.", "noted  Hull too."):
        assert words in shown
    assert ": placed." in called("national", "close", "HTP-000001", "placed", typed="With Hull.")
    closed = msgspec.json.decode(called("national", "list", "--closed", "--json"), type=SearchPage)
    assert [row.outcome for row in closed.items] == ["placed"]


def test_m_02_ends_are_reported_and_compared_at_the_command_line(nsi: str) -> None:
    assert called("ends", "report", nsi, "out", "--on", "2026-11-22").startswith(f"{nsi}: out 2026-11-22, in not")
    said = called("ends", "list", "--from", "2026-11-01", "--until", "2026-12-01")
    for words in ("in missing 1", "12 of 12 regions that report out", "N55YRK to N55LEE"):
        assert words in said
    assert "does not report in from 2026-11-01." in called("ends", "not-reporting", "N55", "in", "--from", "2026-11-01")
    span = ("--from", "2026-11-01", "--until", "2026-12-01", "--json")
    found = msgspec.json.decode(called("ends", "list", *span), type=EndsPage)
    assert (found.counts["in_not_reporting"], found.reported.in_) == (1, 11)
    assert "until 2026-11-10." in called("ends", "reporting", "N55", "in", "--on", "2026-11-10")


def test_c_24_components_are_decided_at_the_command_line(nsi: str) -> None:
    assert called("components", "list", nsi) == "No component is named.\n"
    assert "held by the originating court" in called("components", "add", nsi, "order", "Community order")
    called("components", "apply", nsi, "1", "Leeds Magistrates' Court")
    assert "left open: January." in called("components", "leave-open", nsi, "1", "January.")
    assert "held by the receiving court" in called("components", "decide", nsi, "1", "transferred", "--how", "On paper")
    called("components", "add", nsi, "programme", "Thinking skills")
    assert "started 20" in called("components", "start", nsi, "2")
