"""Policy regimes, read from `regimes/*.toml`: which rules apply, their clocks, and the action list."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta, Struct, field

from schemas.errors import Invalid
from schemas.words import NsiStatus, NsiType, Rosh

FOLDER = Path(__file__).with_name("regimes")

Text = Annotated[str, Meta(min_length=1)]
EVERY_TYPE: tuple[NsiType, ...] = get_args(NsiType)


Asked = Literal["crn", "birth_date", "gender", "address", "until", "rosh", "mappa", "reason", "sending"]
"""What a regime can ask for beyond the national checklist."""


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"^T-\d\d$")]
    title: Text
    source: Text
    days: Annotated[int, Meta(ge=-30, le=400)]
    """From the day that starts the clock, which does not count."""
    kind: Literal["working", "calendar"]
    starts: Literal["notification", "referral", "move", "transfer"]
    owner: Text
    types: tuple[NsiType, ...] = EVERY_TYPE
    rosh: tuple[Rosh, ...] = ()
    """Only at these risks; empty: at every one."""
    met_by: NsiStatus | Literal["notice"] | None = None

    def applies(self, type_: NsiType, rosh: Rosh | None) -> bool:
        return type_ in self.types and (not self.rosh or rosh in self.rosh)


class Task(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the action list. It is there where its rule is, or without one."""

    title: Text
    owner: Text
    types: tuple[NsiType, ...] = EVERY_TYPE
    meets: str | None = None
    due_with: str | None = None


class Regime(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    id: Text
    title: Text
    source: Text
    from_: date
    due_soon_working_days: Annotated[int, Meta(ge=0, le=20)]
    asks: dict[NsiType, tuple[Asked, ...]]
    responsibility: dict[NsiType, NsiStatus | Literal["never"]]
    rule: tuple[Rule, ...]
    action: tuple[Task, ...] = field(default=())


@cache
def regimes(folder: Path = FOLDER) -> dict[str, Regime]:
    """By id. Raises `Invalid` naming the file and the key that does not fit."""
    found = [read_regime(path) for path in sorted(folder.glob("*.toml"))]
    return {regime.id: regime for regime in sorted(found, key=lambda regime: regime.from_)}


def regime_on(day: date) -> Regime:
    """The regime in force; before the first of them, the first."""
    every = list(regimes().values())
    return next((regime for regime in reversed(every) if regime.from_ <= day), every[0])


def read_regime(path: Path) -> Regime:
    try:
        regime = msgspec.toml.decode(path.read_bytes(), type=Regime)
    except (msgspec.DecodeError, ValueError) as error:
        raise Invalid.because(path.name, str(error)) from error
    ids = [rule.id for rule in regime.rule]
    for twin in {one for one in ids if ids.count(one) > 1}:
        raise Invalid.because(path.name, f"rule {twin} is there twice")
    for n, task in enumerate(regime.action):
        for key in ("meets", "due_with"):
            if getattr(task, key) not in (None, *ids):
                raise Invalid.because(path.name, f"action[{n}].{key}: there is no rule {getattr(task, key)}")
    for key in ("asks", "responsibility"):
        for type_ in set(EVERY_TYPE) - set(getattr(regime, key)):
            raise Invalid.because(path.name, f"{key}.{type_} is not there")
    return regime
