"""`bedspace schemas`: the published records as JSON Schema."""

import msgspec
import rich_click as click

from schemas.published import PUBLISHED, published, schema_of


@click.command()
@click.argument("name", required=False)
def schemas(name: str | None) -> None:
    """List the published records; with a NAME, write its JSON Schema.

    \b
    bedspace schemas
    bedspace schemas nsi-report > nsi-report.schema.json
    """
    if name is None:
        for one in published():
            click.echo(f"{one.name:<18}{one.says.split('. ')[0].rstrip('.') or one.title}")
        return
    if name not in PUBLISHED:
        raise click.BadParameter(f"No record is called {name}. One of: {', '.join(sorted(PUBLISHED))}.")
    click.echo(msgspec.json.format(msgspec.json.encode(schema_of(name)), indent=2).decode())
