"""`bedspace regimes`: the policy regimes there are, checked."""

from pathlib import Path

import msgspec
import rich_click as click

from gateway.transfers.kinds import action_kinds, document_kinds
from gateway.transfers.regime import Regime, read_regime
from gateway.transfers.regime import regimes as every_regime
from gateway.transfers.review import asked


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rules", is_flag=True, help="With the rules of each.")
@click.option("--json", "as_json", is_flag=True, help="All of it, as JSON.")
def regimes(files: tuple[Path, ...], *, rules: bool, as_json: bool) -> None:
    """List the policy regimes, and check them with the kinds of action and document and the questions of a review.

    With FILES, those are checked instead, before they are put into the folder that REGIMES names. What does not fit is
    named with its file, key and line.
    """
    action_kinds(), document_kinds(), asked()
    found = [read_regime(path) for path in files] if files else list(every_regime().values())
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    for regime in found:
        click.echo(_line(regime))
        for rule in regime.rule if rules else ():
            days = f"{rule.days} {rule.kind} from {rule.starts}" if rule.days is not None else "throughout"
            click.echo(f"  {rule.id}  {days:<32} {rule.owner:<24} {rule.title}")


def _line(regime: Regime) -> str:
    whose = ", ".join(regime.regions) or "the nation"
    counts = f"{len(regime.rule)} rules, {len(regime.action)} actions, {len(regime.document)} documents"
    return f"{regime.id}  from {regime.from_}, of {whose}: {counts}. {regime.title}"
