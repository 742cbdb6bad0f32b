"""`bedspace token`: a bearer token of the local issuer."""

import asyncio
from datetime import timedelta

import asyncpg
import rich_click as click

from gateway.access.accounts import client as client_account
from gateway.access.accounts import demo_actor
from gateway.access.actors import Actor
from gateway.access.tokens import client_secret, issue
from gateway.settings import Settings, read_settings
from schemas.errors import Invalid, NotAllowed, Unavailable


@click.command()
@click.argument("role", required=False)
@click.option("--client", "client_name", metavar="NAME", help="A system, such as leeds-case-system.")
@click.option("--secret", is_flag=True, help="With --client: its secret for POST /oauth/token, instead of a token.")
@click.option("--hours", type=click.IntRange(1, 168), default=8, show_default=True, help="How long the token is good.")
def token(role: str | None, client_name: str | None, secret: bool, hours: int) -> None:  # noqa: FBT001  # click's
    """Print a bearer token of the local issuer, for trying the API of a demo.

    ROLE is a role code such as `practitioner`, `spoc` or `national_lead`.
    """
    if (role is None) == (client_name is None) or (secret and client_name is None):
        raise Invalid.because("role", "name one role, or one client with --client.")
    settings = read_settings()
    if settings.oidc_issuer is not None:
        raise NotAllowed("OIDC_ISSUER is set, so it alone issues tokens. Ask it for one.")
    actor = demo_actor(role) if role else client_account(client_name or "")
    key = asyncio.run(secret_of_demo(settings))
    click.echo(client_secret(key, actor.id) if secret else _token(key, actor, timedelta(hours=hours)))


def _token(key: bytes, actor: Actor, lifetime: timedelta) -> str:
    from gateway.wiring import utc_now  # noqa: PLC0415  # only here, for a quick --help

    return issue(key, actor, utc_now(), lifetime=lifetime)


async def secret_of_demo(settings: Settings) -> bytes:
    """The installation's secret. Raises `NotAllowed` where it is no demo, and `Unavailable`."""
    from gateway.wiring import database_url  # noqa: PLC0415  # as above

    try:
        connection = await asyncpg.connect(database_url(settings), timeout=5, server_settings={"role": "bedspace_app"})
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise Unavailable("The database does not answer. Start `make run` first, or set DATABASE_URL.") from error
    try:
        row = await connection.fetchrow("select stamp, secret from installation")
    finally:
        await connection.close()
    if row is None or row["stamp"] != "demo":
        raise NotAllowed("This database is not a demo. Tokens come from the issuer in OIDC_ISSUER.")
    found: bytes = row["secret"]
    return found
