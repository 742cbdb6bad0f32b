"""`bedspace backup FILE`."""

from pathlib import Path

import rich_click as click

from gateway.embedded.copies import back_up
from gateway.embedded.found import found_database
from gateway.settings import read_settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a consistent copy of the database to FILE, while everything runs.

    The file holds personal data: only its owner can read it, and where it goes is a decision to record.
    """
    with found_database(read_settings()) as url:
        back_up(url, file)
    click.echo(
        f"{file}: {file.stat().st_size / 1e6:.1f} MB. Rehearse the restore: `bedspace restore` into a scratch database."
    )
