"""The `bedspace` command. Each subcommand is a file of its own, imported only when it is called."""

import importlib
import sys
from typing import Any

import rich_click as click

from schemas.errors import Ambiguous, BedspaceError

COMMANDS: dict[str, str] = {
    "up": "Start everything on this machine: PostgreSQL, Valkey, web, worker.",
    "web": "Serve the pages and the API.",
    "worker": "Read messages, deliver, and tick the clocks.",
    "migrate": "Bring the database to the newest schema and load the reference data.",
    "search": "Search a bed by availability and need.",
    "locate": "Who receives: from a postcode, place, authority or prison to PDU and SPOC.",
    "locator": "Who receives everywhere: coverage, and files of contacts and postcode sectors.",
    "intake": "Read e-mails and other messages, and prepare NSIs.",
    "nsi": "NSIs: show, list, add a note, record a status, and what asks for somebody.",
    "paper": "The paper file of an NSI: sent, where it is, received.",
    "national": "Who is hard to place, who leads, and challenges that wait for a decision.",
    "case": "The record of a person: show it, import contacts, make two records one.",
    "placements": "AP referrals, bookings and stays: list, and show one.",
    "components": "What a case transfer is made of, and what was decided about each.",
    "ends": "Both ends of every move: who went and came, what is missing, who does not report.",
    "regimes": "The policy regimes, checked.",
    "releases": "Releases: who leaves prison when, and what must exist before.",
    "waiting": "The waiting list: who waits for a bed, in order.",
    "premises": "Premises, rooms and beds: list, show, import, export, and what is unconfirmed.",
    "calendar": "Premises day by day: every bed and night.",
    "occupancy": "Free beds of all premises, nights lost by reason, and the weeks to come.",
    "briefing": "Figures for those who decide: moves, rules in time, beds; nobody is named.",
    "lists": "Reasons, outcomes and the like: show and edit them.",
    "connections": "Which area sends or is sent what, by which road, and how that goes.",
    "replay": "Deliveries that failed: list them, say what would be sent, and send them again.",
    "adapters": "The far systems this gateway can read.",
    "schemas": "The published records as JSON Schema.",
    "token": "A bearer token of the local issuer, for trying the API.",
    "verify": "Check every invariant; exit 1 and say which is broken.",
    "backup": "Write a consistent copy of the database to a file.",
    "restore": "Bring a backup into an empty database.",
}


class Deferred(click.RichCommand):
    """Stands for a subcommand in the list of commands; imports it when it is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        module = importlib.import_module(f"gateway.cli.{self.name}")
        command: click.Command = getattr(module, str(self.name))
        return command.make_context(*args, **kwargs)


class Commands(click.RichGroup):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        return Deferred(name=cmd_name, short_help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bedspace")
def bedspace() -> None:
    """A national register of bedspaces, a locator of who receives whom, and a gateway for case transfers.

    Commands that read talk to the database in DATABASE_URL, or to the `bedspace up` that runs in DATA (.bedspace).
    Exit status: 0 done · 1 something is wrong, and the message says what · 2 the command was called wrongly ·
    3 more than one answer, and the candidates are listed.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command. An error that a user can put right is one line, never a traceback."""
    try:
        return bedspace.main(args=arguments, prog_name="bedspace")
    except BedspaceError as error:
        click.echo(f"{error.title}: {error}", err=True)
        sys.exit(3 if isinstance(error, Ambiguous) else 1)
