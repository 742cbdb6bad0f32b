"""`bedspace adapters`: what this gateway can read."""

import msgspec
import rich_click as click

from gateway.wiring import systems


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def adapters(*, as_json: bool) -> None:
    """The far systems this gateway can read, and the content types each one takes."""
    rows = [
        {"name": system.name, "describes": system.describes, "content_types": list(system.content_types)}
        for system in systems()
    ]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    for system in systems():
        click.echo(f"{system.name}  {system.describes}\n    {', '.join(system.content_types)}")
