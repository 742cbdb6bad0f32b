"""What must exist before a release, from `release.toml`: data, counted from the day of release."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from bedspace.store import Tx, queries
from schemas.errors import Invalid
from schemas.releases import ReleaseKind
from schemas.words import Rosh

FILE = Path(__file__).with_name("release.toml")

sql = queries(__file__)


class Need(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: Annotated[str, Meta(pattern=r"^[a-z_]+$")]
    title: Annotated[str, Meta(min_length=1)]
    owner: Annotated[str, Meta(min_length=1)]
    days: Annotated[int, Meta(ge=0, le=365)]
    kinds: tuple[ReleaseKind, ...]
    today: bool = False
    rosh: tuple[Rosh, ...] = ()
    met: Literal["place", "nsi"] | None = None


class Before(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the file."""

    short_notice_days: Annotated[int, Meta(ge=0, le=60)]
    need: tuple[Need, ...]


class Asked(Struct, frozen=True):
    """What is asked of one release, and the day it is due."""

    kind: str
    due: date


@cache
def before_release(path: Path = FILE) -> Before:
    """Raises `Invalid` naming the file and the key that does not fit."""
    try:
        read = msgspec.toml.decode(path.read_bytes(), type=Before)
    except (msgspec.DecodeError, ValueError) as error:
        raise Invalid.because(path.name, str(error)) from error
    kinds = [need.kind for need in read.need]
    for twin in {kind for kind in kinds if kinds.count(kind) > 1}:
        raise Invalid.because(path.name, f"need {twin} is there twice")
    return read


def need_called(kind: str) -> Need | None:
    return next((need for need in before_release().need if need.kind == kind), None)


def title_of(kind: str) -> str:
    """A kind that the file has no longer is shown in words."""
    need = need_called(kind)
    return need.title if need else kind.replace("_", " ").capitalize()


def place_of(kind: str) -> int:
    """In the order of the file, which is that of weight; what it has no longer comes last."""
    kinds = [need.kind for need in before_release().need]
    return kinds.index(kind) if kind in kinds else len(kinds)


def is_short(release_on: date, today: date) -> bool:
    return (release_on - today).days <= before_release().short_notice_days


def asked_of(kind: ReleaseKind, rosh: Rosh | None, release_on: date, today: date) -> list[Asked]:
    """A risk that nobody has given asks for nothing that only a high one asks for."""
    short = is_short(release_on, today)
    return [
        Asked(need.kind, today if short and need.today else max(today, release_on - timedelta(days=need.days)))
        for need in before_release().need
        if kind in need.kinds and (not need.rosh or rosh in need.rosh)
    ]


async def recount(tx: Tx, release: object, asked: list[Asked]) -> None:
    """Lay or move what is asked. What is settled stays settled; people are told again of what is due on another day."""
    await sql.recount(tx, release=release, kinds=[one.kind for one in asked], dues=[one.due for one in asked])
