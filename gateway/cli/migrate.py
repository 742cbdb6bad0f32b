"""`bedspace migrate`: the newest schema and the reference data."""

import asyncio

import asyncpg
import rich_click as click

from bedspace.reference.load import load_reference
from gateway.embedded.found import found_database
from gateway.settings import Settings, read_settings
from gateway.store.migrate import migrate as migrate_schema
from schemas.errors import Unavailable
from schemas.words import Stamp


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema and load the reference data.

    A new database is stamped for good: `real` with OIDC_ISSUER, else `demo`. Safe from several places at once.
    """
    settings = read_settings()
    with found_database(settings) as url:
        applied = asyncio.run(bring_up_to_date(url, stamp_of(settings)))
    for name in applied:
        click.echo(f"applied {name}")
    click.echo("The schema is current and the reference data are loaded.")


def stamp_of(settings: Settings) -> Stamp:
    return "demo" if settings.oidc_issuer is None else "real"


async def bring_up_to_date(url: str, stamp: Stamp) -> list[str]:
    """Migrate and load; answer the names of the migrations applied. Raises `Unavailable`, `Conflict`."""
    try:
        applied = await migrate_schema(url, stamp)
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresConnectionError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise Unavailable(f"The database does not answer ({error}). Look at DATABASE_URL.") from error
    try:
        async with connection.transaction():
            await load_reference(connection)
    finally:
        await connection.close()
    return applied
