"""`bedspace restore FILE`."""

import asyncio
from pathlib import Path

import rich_click as click

from gateway.cli.migrate import bring_up_to_date, stamp_of
from gateway.embedded.copies import restore as bring_back
from gateway.embedded.found import found_database
from gateway.settings import read_settings


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring a backup into an empty database, all or nothing, and then to the newest schema.

    With DATABASE_URL that database must be empty; without it a new one is made in DATA, for `bedspace up` to start.
    """
    settings = read_settings()
    with found_database(settings, make=True) as url:
        bring_back(url, file, stamp_of(settings))
        applied = asyncio.run(bring_up_to_date(url, stamp_of(settings)))
    click.echo(f"Restored, and {len(applied)} newer migrations applied. Check it with `bedspace verify`.")
