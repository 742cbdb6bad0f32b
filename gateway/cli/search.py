"""`bedspace search`: a bed by availability and need."""

import asyncio
from datetime import datetime
from typing import Any, get_args

import msgspec
import rich_click as click

from bedspace.nights import spoken
from gateway.access.actors import OPERATOR
from gateway.people.searching import shortlist
from gateway.settings import read_settings
from gateway.wiring import open_works
from schemas.errors import Invalid
from schemas.premises import PremisesType
from schemas.search import Need, Shortlist
from schemas.words import Gender


@click.command()
@click.option("--near", required=True, metavar="POSTCODE", help="A postcode, or its first half, such as LS1.")
@click.option(
    "--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first night."
)
@click.option("--nights", type=int, help="How many nights, 1 to 730. Left out: the usual stay of the type, or 84.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of departure, not --nights.")
@click.option("--gender", required=True, type=click.Choice(get_args(Gender)), help="Of the estate.")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="Such as step_free; may be given several times.")
@click.option("--avoid-postcode", "avoid", multiple=True, metavar="POSTCODE", help="Nothing near this; several times.")
@click.option("--avoid-miles", "miles", multiple=True, type=float, help="How near, for each --avoid-postcode in turn.")
@click.option(
    "--avoid-area", "areas", multiple=True, metavar="POSTCODES", help="Nothing inside: three or more, with commas."
)
@click.option("--exclude-district", "districts", multiple=True, metavar="DISTRICT", help="Nothing in it, such as LS6.")
@click.option("--exclude-premises", multiple=True, metavar="CODE", help="Not these; several times.")
@click.option("--prefer-premises", multiple=True, metavar="CODE", help="The most preferred first; up to five.")
@click.option("--prefer", multiple=True, metavar="CODE", help="Raises the rank, and leaves nothing out; several times.")
@click.option("--offence", "offences", multiple=True, metavar="CODE", help="Only where it is accepted; such as arson.")
@click.option("--type", "type_", type=click.Choice(get_args(PremisesType)), help="Of premises.")
@click.option("--earlier", type=int, default=0, metavar="DAYS", help="The first night may be so much earlier.")
@click.option("--later", type=int, default=0, metavar="DAYS", help="Or so much later; 28 at most.")
@click.option("--person", metavar="CRN", help="For whom: nothing where somebody is whom they must not meet.")
@click.option("--placement", metavar="REFERENCE", help="Or for which placement; its zones are obeyed as well.")
@click.option("--limit", type=int, default=10, show_default=True, help="At most so many of each kind.")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
def search(
    near: str,
    first: datetime,
    gender: Gender,
    needs: tuple[str, ...],
    avoid: tuple[str, ...],
    miles: tuple[float, ...],
    areas: tuple[str, ...],
    districts: tuple[str, ...],
    earlier: int,
    later: int,
    type_: str | None,
    until: datetime | None,
    *,
    as_json: bool,
    **plain: Any,
) -> None:
    """Search a bed that has everything needed and is free every night, best first; and why the others do not fit.

    Best is: preferred premises in their order, then preferences met, then the nearest. A record that the premises
    have not confirmed lately counts as some miles farther: one for each week, five at most.

    \b
    bedspace search --near "LS1 4AP" --from 2027-01-11 --nights 84 --gender male \\
        --need step_free --need en_suite --avoid-postcode "BD1 1HX" --avoid-miles 10

    \b
    bedspace search --near LS1 --from 2027-01-11 --later 7 --gender male --type pipe --offence arson \\
        --prefer single_room --exclude-district LS6 --person X123456

    Hold a bed it finds with `POST /api/v1/holds`, or on the page "Find a bed".
    """
    if len(avoid) != len(miles):
        raise Invalid.because("avoid", "give one --avoid-miles for each --avoid-postcode")
    zones = [{"postcode": postcode, "miles": reach} for postcode, reach in zip(avoid, miles, strict=True)]
    given = {"near": near, "from": first.date(), "gender": gender, "needs": list(needs), "avoid": zones, "type": type_}
    given |= {"avoid_areas": [{"corners": [one.strip() for one in area.split(",")]} for area in areas]}
    given |= {"exclude_districts": list(districts), "until": until.date() if until else None}
    given |= {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}
    if earlier or later:
        given["flexible_days"] = {"earlier": earlier, "later": later}
    need = _need(given)
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
    async with open_works(read_settings()) as works:
        return await shortlist(works.register, works.house, OPERATOR, need)


def _written(found: Shortlist, need: Need) -> list[str]:
    until = f"{need.stay} nights from {spoken(need.from_)}"
    lines = [f"{len(found.hits)} premises with a bed that fits, {until}, as of {found.as_of:%H:%M:%S} UTC."]
    if need.person or need.placement:
        lines.append(_checked(found))
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


def _checked(found: Shortlist) -> str:
    if found.association.checked_at is None:
        return "Nobody has checked who must not meet this person: not checked does not mean that there is nobody."
    return f"Who must not meet this person was last checked on {found.association.checked_at:%-d %B %Y}."
