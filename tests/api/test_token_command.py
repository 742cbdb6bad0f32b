"""`bedspace token`."""

import asyncio

import asyncpg
import pytest
from click.testing import CliRunner, Result

from gateway.access.tokens import actor_of
from gateway.cli.token import token
from gateway.wiring import utc_now
from schemas.errors import BedspaceError, Invalid, NotAllowed, Unavailable


async def run(monkeypatch: pytest.MonkeyPatch, database: str, *arguments: str, issuer: str = "") -> Result:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    return await asyncio.to_thread(CliRunner().invoke, token, arguments)


async def secret(database: str) -> bytes:
    owner = await asyncpg.connect(database)
    found: bytes = await owner.fetchval("select secret from installation")
    await owner.close()
    return found


@pytest.mark.parametrize(
    ("arguments", "who"),
    [
        (["practitioner"], "demo-practitioner"),
        (["spoc", "--hours", "1"], "demo-spoc"),
        (["--client", "leeds-case-system"], "leeds-case-system"),
    ],
)
async def test_only_the_token_is_printed_and_it_is_good(
    monkeypatch: pytest.MonkeyPatch, database: str, arguments: list[str], who: str
) -> None:
    result = await run(monkeypatch, database, *arguments)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert actor_of(await secret(database), result.stdout.strip(), utc_now()).id == who


async def test_beside_an_issuer_it_is_refused(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    result = await run(monkeypatch, database, "practitioner", issuer="https://issuer.invalid")
    assert isinstance(result.exception, NotAllowed)
    assert result.stdout == ""


async def test_over_real_data_it_is_refused(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("update installation set stamp = 'real'")
    await owner.close()
    assert isinstance((await run(monkeypatch, database, "practitioner")).exception, NotAllowed)


@pytest.mark.parametrize(
    "arguments",
    [[], ["king"], ["practitioner", "--client", "leeds-case-system"], ["spo", "--secret"], ["--client", "x"]],
)
async def test_what_is_not_asked_for_clearly_is_refused(
    monkeypatch: pytest.MonkeyPatch, database: str, arguments: list[str]
) -> None:
    assert isinstance((await run(monkeypatch, database, *arguments)).exception, Invalid)


async def test_without_a_database_it_says_what_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    result = await run(monkeypatch, "postgresql://postgres@127.0.0.1:1/nothing", "practitioner")
    assert isinstance(result.exception, Unavailable)
    assert isinstance(result.exception, BedspaceError)
    assert "make run" in str(result.exception)
