"""`bedspace adapters`: what this gateway can read, and the beginning of what it shall read next."""

import msgspec
import rich_click as click

from gateway.cli.skeleton import new_system
from gateway.settings import read_settings
from gateway.wiring import profiles_of, systems


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_context
def adapters(context: click.Context, *, as_json: bool) -> None:
    """The far systems this gateway can read, the content types each one takes, and its profiles.

    A profile says how one area uses a system: its field names and code tables. Put your own into the folder that
    PROFILES names, as SYSTEM/NAME.toml. What does not fit is named with its file, key and line.
    """
    if context.invoked_subcommand:
        return
    read_settings()
    rows = [
        {
            "name": system.name,
            "describes": system.describes,
            "content_types": list(system.content_types),
            "writes": [str(kind.__struct_config__.tag) for kind in system.writes],
            "profiles": [
                {"name": one.name, "title": one.title, "layout": one.layout, "source": one.source, "on": one.on}
                for one in profiles_of(system.name).values()
            ],
        }
        for system in systems()
    ]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    for system in systems():
        click.echo(f"{system.name}  {system.describes}\n    {', '.join(system.content_types)}")
        for one in profiles_of(system.name).values():
            if one.name != "plain":
                whose = "our own layout" if one.layout == "ours" else "published layout"
                click.echo(
                    f"    {one.name:<14} {one.title} ({whose}{'' if one.on else '; off until a connection names it'})"
                )


@adapters.command()
@click.argument("name")
@click.option("--title", default="", help="What its messages are, in a line.")
@click.option("--content-type", default="text/plain", show_default=True, help="What its messages come as.")
def new(name: str, title: str, content_type: str) -> None:
    """Begin a new far system: its folder, its line in the registry, and fixtures that pass the suite.

    \b
    bedspace adapters new probis --title "Cases of PROBIS" --content-type text/csv
    python -m pytest tests/adapters/probis
    """
    for path in new_system(name, title or f"Messages of {name}", content_type):
        click.echo(path)
    click.echo(f"Next: adapters/README.md says what is to be done. Run: python -m pytest tests/adapters/{name}")
