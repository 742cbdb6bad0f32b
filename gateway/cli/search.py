"""`bedspace search`: a bed by availability and need."""

import asyncio
from datetime import datetime
from typing import get_args

import msgspec
import rich_click as click

from bedspace.nights import spoken
from gateway.access.actors import OPERATOR
from gateway.access.permissions import permit
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.errors import Invalid
from schemas.search import Need, Shortlist
from schemas.words import Gender


@click.command()
@click.option("--near", required=True, metavar="POSTCODE", help="A postcode, or its first half, such as LS1.")
@click.option(
    "--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first night."
)
@click.option("--nights", required=True, type=int, help="How many nights, 1 to 730; 84 is twelve weeks.")
@click.option("--gender", required=True, type=click.Choice(get_args(Gender)), help="Of the estate.")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="Such as step_free; may be given several times.")
@click.option("--avoid-postcode", "avoid", multiple=True, metavar="POSTCODE", help="Nothing near this; several times.")
@click.option("--avoid-miles", "miles", multiple=True, type=float, help="How near, for each --avoid-postcode in turn.")
@click.option("--limit", type=int, default=10, show_default=True, help="At most so many of each kind.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def search(
    near: str,
    first: datetime,
    nights: int,
    gender: Gender,
    needs: tuple[str, ...],
    avoid: tuple[str, ...],
    miles: tuple[float, ...],
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Search a bed that has everything needed and is free every night, nearest first; and why the others do not fit.

    \b
    bedspace search --near "LS1 4AP" --from 2027-01-11 --nights 84 --gender male \\
        --need step_free --need en_suite --avoid-postcode "BD1 1HX" --avoid-miles 10

    Hold a bed it finds with `POST /api/v1/holds`, or on the page "Find a bed".
    """
    if len(avoid) != len(miles):
        raise Invalid.because("avoid", "give one --avoid-miles for each --avoid-postcode")
    zones = [{"postcode": postcode, "miles": reach} for postcode, reach in zip(avoid, miles, strict=True)]
    need = _need(
        {"near": near, "from": first.date(), "nights": nights, "gender": gender, "needs": list(needs), "limit": limit}
        | {"avoid": zones}
    )
    found = asyncio.run(_ask(need))
    click.echo(
        msgspec.json.format(msgspec.json.encode(found)).decode() if as_json else "\n".join(_written(found, need))
    )


def _need(given: dict[str, object]) -> Need:
    try:
        return msgspec.convert(given, Need)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        raise Invalid.because(where.strip("`$.") or "search", what) from error


async def _ask(need: Need) -> Shortlist:
    permit(OPERATOR, "bedspace.search")
    async with open_works(read_settings()) as works:
        return await works.register.shortlist(need)


def _written(found: Shortlist, need: Need) -> list[str]:
    until = f"{need.nights} nights from {spoken(need.from_)}"
    lines = [f"{len(found.hits)} premises with a bed that fits, {until}, as of {found.as_of:%H:%M:%S} UTC."]
    for hit in found.hits:
        lines += ["", f"{hit.miles:5.1f} miles  {hit.premises.name}, {hit.premises.postcode}  bed {hit.bed}"]
        lines += [f"             {reason}" for reason in hit.reasons]
    if found.near_misses:
        lines += ["", "These do not fit:"]
    for miss in found.near_misses:
        lines += ["", f"{miss.miles:5.1f} miles  {miss.premises.name}, {miss.premises.postcode}"]
        lines += [f"             {why}" for why in miss.why]
        lines += [f"             fits: {change}" for change in miss.fits_if]
    if found.invented:
        lines += ["", "Invented: rooms, gender and characteristics of these premises are not public."]
    return lines
