"""Policy regimes, read from `regimes/*.toml`: which rules apply, their clocks, their ladder, and the action list."""

import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from gateway.transfers.applies import EVERY_TYPE, Applies
from gateway.transfers.kinds import action_kinds, document_kinds
from schemas.toml import bad, decoded
from schemas.words import NsiStatus, NsiType

FOLDER = Path(__file__).with_name("regimes")

Text = Annotated[str, Meta(min_length=1)]
RuleId = Annotated[str, Meta(pattern=r"^T-\d\d$")]

Asked = Literal["crn", "birth_date", "gender", "address", "until", "rosh", "mappa", "reason", "sending"]
"""What a regime can ask for beyond the national checklist."""

Phase = Literal["notification", "move"]
"""Both clocks are kept: of what is told, and of what is done."""

Start = Literal[
    "notification",  # the day the message, or the NSI, came in
    "referral",  # the day the NSI was confirmed or raised; until then the day it came in
    "receipt",  # the day the receiving side had it
    "move",  # the day of the move; until it is reported, the planned day
    "transfer",  # the day the case passes, or caretaking begins; until then the day of the move
    "arrival",  # the day the receiving side reports that the person has come
    "challenge",  # the day the receiving side challenged on risk
    "return",  # the day a temporary move ends
]
PLANNED: frozenset[Start] = frozenset({"move", "transfer"})
"""Starts that are a planned day until they have happened."""

Owner = Literal[
    "sending practitioner",
    "receiving practitioner",
    "sending SPO",
    "receiving SPO",
    "national lead",
    "MAPPA co-ordinator",
]

Grade = Literal["practitioner", "spo", "aco", "mappa_coordinator", "national_lead"]


class MetBy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What counts as evidence that a rule was met: any one of these. Without, it is met by hand."""

    status: NsiStatus | None = None
    notice: bool = False
    """The message or the NSI itself."""
    action: str | None = None
    """Kind of an action."""
    documents: Literal["required"] | None = None
    """Every required document is received."""
    contact: tuple[str, ...] = ()
    """Kinds of contact, attended after the clock began."""
    decision: bool = False
    """The challenge is decided."""


class Rule(Applies, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: RuleId
    title: Text
    source: Text
    phase: Phase = "move"
    days: Annotated[int, Meta(ge=-30, le=400)] | None = None
    """From the day that starts the clock, which does not count. A rule without holds throughout, and has no clock."""
    kind: Literal["working", "calendar", "months"] = "calendar"
    starts: Start | None = None
    every: Annotated[int, Meta(ge=1, le=31)] | None = None
    """Days after which it is due again, each time it was met."""
    until: RuleId | None = None
    """The rule with which it ends, where it is due again and again."""
    owner: Owner
    met_by: MetBy = MetBy()
    pause_days: Annotated[int, Meta(ge=0, le=60)] = 0
    """Working days for which its clock may be paused in all."""


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rung of the ladder. Add new ones at the end: what was told is remembered by its number."""

    grade: Grade
    after: Annotated[int, Meta(ge=1, le=60)]
    """Working days after the day it was due."""
    rosh: tuple[str, ...] = ()
    mappa_level: tuple[int, ...] = ()
    disputed: bool = False
    """Only during a challenge."""


class Task(Applies, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the action list, of a kind of `actions.toml`."""

    kind: Text
    due_with: RuleId | None = None
    """The rule whose day is its day. One that is evidence of a rule is due with that."""
    mandatory: bool = False
    """The NSI is not completed while it is open."""


class Paper(Applies, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that travels with the person, of a kind of `documents.toml`."""

    kind: Text
    need: Literal["required", "conditional"] = "required"
    why: str = ""
    """The condition, in words."""


class Pattern(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many overdue of one kind at one place are one alert."""

    action: Text
    overdue: Annotated[int, Meta(ge=1, le=1000)]
    working_days: Annotated[int, Meta(ge=0, le=60)]
    """After which one that was asked for, and has not come back, is overdue."""


class Regime(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    id: Text
    title: Text
    source: Text
    from_: date
    regions: tuple[str, ...] = ()
    """Whose own it is; empty: of the nation."""
    due_soon_working_days: Annotated[int, Meta(ge=0, le=20)]
    at_once: tuple[str, ...] = ("high", "very_high")
    """At these risks an escalation is told at once, else in the digest of the day."""
    short_notice_days: Annotated[int, Meta(ge=0, le=60)] = 7
    """A move no further off than that is of short notice."""
    asks: dict[NsiType, tuple[Asked, ...]]
    responsibility: dict[NsiType, NsiStatus | Literal["never"]]
    pause_reasons: tuple[str, ...] = ()
    """Codes of the list `clock_pause`."""
    step: tuple[Step, ...] = field(default=())
    pattern: tuple[Pattern, ...] = field(default=())
    rule: tuple[Rule, ...]
    action: tuple[Task, ...] = field(default=())
    document: tuple[Paper, ...] = field(default=())

    def named(self, rule: str) -> Rule | None:
        return next((one for one in self.rule if one.id == rule), None)

    def met_by_action(self, kind: str) -> Rule | None:
        """The first of the rules that an action of this kind is evidence for."""
        return next((rule for rule in self.rule if rule.met_by.action == kind), None)


def folders() -> tuple[Path, ...]:
    """Ours, and the one that the setting `REGIMES` names, where a region puts its own."""
    own = os.environ.get("REGIMES")
    return (FOLDER, Path(own)) if own else (FOLDER,)


def regimes() -> dict[str, Regime]:
    """By id, the oldest first. Raises `Invalid` naming file, key and line of what does not fit."""
    return read_regimes(*folders())


@cache
def read_regimes(*where: Path) -> dict[str, Regime]:
    found: dict[str, Regime] = {}
    for path in (path for folder in where for path in sorted(folder.glob("*.toml"))):
        regime = read_regime(path)
        if regime.id in found:
            raise bad(path, "id", f"there is a regime {regime.id} already")
        found[regime.id] = regime
    return dict(sorted(found.items(), key=lambda one: one[1].from_))


def regime_on(day: date, region: str | None = None) -> Regime:
    """The regime in force for a region: its own where it runs one, else the nation's; before the first, the first."""
    own = [regime for regime in regimes().values() if region in regime.regions and regime.from_ <= day]
    nation = [regime for regime in regimes().values() if not regime.regions]
    return next(iter(own[::-1]), None) or next((one for one in reversed(nation) if one.from_ <= day), nation[0])


def read_regime(path: Path) -> Regime:
    """Raises `Invalid`."""
    regime = decoded(path, Regime)
    ids = [rule.id for rule in regime.rule]
    for twin in {one for one in ids if ids.count(one) > 1}:
        raise bad(path, f"rule[{_last(ids, twin)}].id", f"rule {twin} is there twice")
    for n, rule in enumerate(regime.rule):
        _check_rule(path, f"rule[{n}]", rule, ids)
    for n, task in enumerate(regime.action):
        if task.due_with not in (None, *ids):
            raise bad(path, f"action[{n}].due_with", f"there is no rule {task.due_with}")
        if task.kind not in action_kinds():
            raise bad(path, f"action[{n}].kind", f"there is no kind of action {task.kind} in actions.toml")
    for n, paper in enumerate(regime.document):
        if paper.kind not in document_kinds():
            raise bad(path, f"document[{n}].kind", f"there is no kind of document {paper.kind} in documents.toml")
    for key in ("asks", "responsibility"):
        for type_ in set(EVERY_TYPE) - set(getattr(regime, key)):
            raise bad(path, f"{key}.{type_}", "it is not there")
    return regime


def _check_rule(path: Path, at: str, rule: Rule, ids: list[str]) -> None:
    if (rule.days is None) != (rule.starts is None):
        raise bad(path, f"{at}.days", "a clock has both `days` and `starts`; a rule that holds throughout has neither")
    if rule.until not in (None, *ids):
        raise bad(path, f"{at}.until", f"there is no rule {rule.until}")
    if rule.until and not rule.every:
        raise bad(path, f"{at}.until", "only a rule with `every` ends with another")
    if rule.met_by.action not in (None, *action_kinds()):
        raise bad(path, f"{at}.met_by", f"there is no kind of action {rule.met_by.action} in actions.toml")


def _last(ids: list[str], one: str) -> int:
    return len(ids) - 1 - ids[::-1].index(one)
