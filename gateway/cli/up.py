"""`bedspace up`: everything on this machine. Imports little, so that the servers start while the rest is imported."""

import ipaddress
import logging
from pathlib import Path

import rich_click as click
from msgspec.structs import replace

from gateway.embedded.everything import Plan, run_everything
from gateway.settings import Settings, read_settings
from schemas.errors import Invalid


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty database with invented people, premises and mail.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to serve on; otherwise PORT, or 8000. 0: any free one."
)
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the embedded database; otherwise DATA.")
def up(*, demo: bool, port: int | None, data: Path | None) -> None:
    """Start PostgreSQL, Valkey, web and worker here, and look after them until Ctrl-C.

    DATABASE_URL and REDIS_URL replace the embedded servers; OIDC_ISSUER makes the database a `real` one.
    """
    settings = read_settings()
    settings = replace(settings, port=settings.port if port is None else port, data=data or settings.data)
    check(settings, demo=demo)
    logging.basicConfig(level=settings.log_level.upper(), format="bedspace up: %(message)s")
    run_everything(settings, Plan(prepare=lambda found: prepare(found, demo=demo), announce=announce))


def check(settings: Settings, *, demo: bool) -> None:
    """Raises `Invalid` for what would open a demo to others, or put invented people among real ones."""
    if settings.oidc_issuer is not None and demo:
        raise Invalid.because("--demo", "invented data do not belong beside an OIDC_ISSUER. Leave one of the two out.")
    if settings.oidc_issuer is None and not is_loopback(settings.host):
        raise Invalid.because(
            "HOST",
            "without OIDC_ISSUER anybody could sign in, so only 127.0.0.1 is served. Unset HOST, or set OIDC_ISSUER.",
        )


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def prepare(settings: Settings, *, demo: bool) -> None:
    """Bring the database up to date, and fill an empty one with the demo."""
    import asyncio  # noqa: PLC0415  # imported while the servers start

    from gateway.cli.migrate import bring_up_to_date, stamp_of  # noqa: PLC0415  # as above

    url = settings.database_url or ""
    asyncio.run(bring_up_to_date(url, stamp_of(settings)))
    if demo and asyncio.run(is_empty(url)):
        from gateway.demo.build import build_demo  # noqa: PLC0415  # needed once

        asyncio.run(build_demo(settings, url))


async def is_empty(url: str) -> bool:
    """Whether nobody has kept premises or taken a message here."""
    import asyncpg  # noqa: PLC0415  # imported while the servers start

    connection = await asyncpg.connect(url)
    try:
        return not await connection.fetchval("select exists (select from premises) or exists (select from inbox)")
    finally:
        await connection.close()


def announce(settings: Settings) -> None:
    real = settings.oidc_issuer is not None
    sign_in = "through your OIDC issuer" if real else "choose a role; no password"
    about = "" if real else "\n  Everything here is invented: the people, their moves, and the rooms of the premises."
    click.echo(
        f"\n  Bedspace runs at {settings.link_base}"
        f"\n  Sign in: {settings.link_base}/sign-in ({sign_in}).{about}"
        "\n  Stop it with Ctrl-C; what is stored stays.\n"
    )
