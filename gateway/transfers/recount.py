"""Counts the clocks of an NSI anew, with its action list and documents, after what they hang on has changed."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from msgspec import Struct, convert, field

from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.transfers.applies import Case, Sentence, Way, highest, read_mappa
from gateway.transfers.clocks import Due, Pause, Starts, ToDo, actions_of, clocks_of, paused
from gateway.transfers.kinds import action_kinds
from gateway.transfers.regime import Regime, Rule, regimes
from schemas.words import NsiStatus, NsiType, Rosh

sql = queries(__file__)

GONE = "No longer asked for: the risk, the order or the way of the move has changed."


class Facts(Struct, frozen=True, kw_only=True):
    """What is on record, of which rules ask."""

    type: NsiType
    status: NsiStatus
    regime: str
    way: Way
    rosh: Rosh | None
    mappa: str | None
    move_on: date
    referred_on: date
    moved_on: date
    arrival: date | None
    back: date | None
    notified_on: date
    receipt: date | None
    passed: date | None
    challenge: date | None
    disputed: bool
    decided: date | None
    quiet: bool
    sentences: list[Sentence]
    codes: list[str]
    registered_rosh: list[Rosh]
    high_risk_register: bool
    mappa_level: int | None
    mappa_category: int | None
    contacts: list[tuple[str, date]]
    statuses: dict[str, date] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """At the highest risk that anybody has on record."""
        category, level = read_mappa(self.mappa)
        return Case(
            type=self.type,
            way=self.way,
            rosh=highest(self.rosh, *self.registered_rosh, "high" if self.high_risk_register else None),
            mappa_level=max(filter(None, (level, self.mappa_level)), default=None),
            mappa_category=category or self.mappa_category,
            sentences=frozenset(self.sentences),
            codes=frozenset(self.codes),
            disputed=self.disputed,
        )

    @property
    def starts(self) -> Starts:
        return Starts(
            notification=self.notified_on,
            referral=self.referred_on,
            move=self.moved_on,
            receipt=self.receipt,
            passed=self.passed,
            arrival=self.arrival,
            challenge=self.challenge,
            back=self.back,
        )


class Kept(Struct, frozen=True, kw_only=True):
    """Clocks of one NSI as they are on record."""

    clocks: dict[str, Any]
    pauses: dict[str, list[Pause]]
    rounds: dict[str, list[date]]
    actions: list[Any]
    documents: list[Any]


async def facts_of(tx: Tx, nsi: UUID, today: date) -> Facts:
    """Also where the person is masked from whoever asks."""
    return convert(await sql.facts(tx, nsi=nsi, today=today), Facts)


async def recount(tx: Tx, nsi: UUID, now: datetime) -> None:
    """Call it, with the NSI locked, after a change of dates, risk, order, status, evidence or contacts.

    What was met stays met on its day; open clocks move; rules that no longer apply are laid aside, with what was told
    of them; lines of the action list and documents come and go likewise. What is history has none of these.
    """
    today = london_today(now)
    facts = await facts_of(tx, nsi, today)
    if facts.quiet:
        return
    regime = regimes()[facts.regime]
    documents = await _keep_documents(tx, nsi, regime, facts.case)
    kept = await _kept(tx, nsi, documents)
    dues: dict[str, date] = {}
    counting = Counting(regime, facts, kept, today)
    clocks = [(due, *counting.count(due)) for due in clocks_of(regime, facts.case, facts.starts)]
    over = [due.rule.id for due, *_ in clocks if counting.passed_over(due.rule)]
    clocks = [clock for clock in clocks if not counting.laid_aside(clock[0].rule)]
    for due, day, _met, rounds in clocks:
        dues[due.rule.id] = day
        if rounds and due.rule.id in kept.clocks:
            await _keep_rounds(tx, nsi, due.rule, rounds)
    await sql.keep_clocks(
        tx,
        nsi=nsi,
        rules=[due.rule.id for due, *_ in clocks],
        titles=[due.rule.title for due, *_ in clocks],
        dues=[day for _, day, _, _ in clocks],
        mets=[met for _, _, met, _ in clocks],
        phases=[due.rule.phase for due, *_ in clocks],
        owners=[due.rule.owner for due, *_ in clocks],
    )
    await sql.drop_clocks(tx, nsi=nsi, rules=list(dues))
    await sql.pass_over(tx, nsi=nsi, rules=over, today=today)
    for due, _day, _met, rounds in clocks:
        if rounds and due.rule.id not in kept.clocks:
            await _keep_rounds(tx, nsi, due.rule, rounds)
    await _keep_actions(tx, nsi, actions_of(regime, facts.case, dues), kept.actions, now)


async def _kept(tx: Tx, nsi: UUID, documents: list[Any]) -> Kept:
    pauses = sorted(await sql.pauses(tx, nsi=nsi), key=lambda row: row["rule"])
    rounds = await sql.rounds(tx, nsi=nsi)
    return Kept(
        clocks={row["rule"]: row for row in await sql.clocks(tx, nsi=nsi)},
        pauses={
            rule: [Pause(row["begins"], row["ends"]) for row in rows]
            for rule, rows in groupby(pauses, key=lambda row: row["rule"])
        },
        rounds={rule: [row["due"] for row in rows] for rule, rows in groupby(rounds, key=lambda row: row["rule"])},
        actions=await sql.actions(tx, nsi=nsi),
        documents=documents,
    )


class Counting(Struct, frozen=True):
    """When each clock is due, and whether what is on record meets it."""

    regime: Regime
    facts: Facts
    kept: Kept
    today: date

    def count(self, clock: Due) -> tuple[date, date | None, list[tuple[date, date]]]:
        """The day it is due, the day it was met, and further rounds of one that is due again and again."""
        rule = clock.rule
        due = paused(clock.due, self.kept.pauses.get(rule.id, []))
        if rule.every is None:
            return due, self._met_on(rule), []
        due += timedelta(days=rule.every * len(self.kept.rounds.get(rule.id, [])))
        rounds: list[tuple[date, date]] = []
        while (day := self._seen_after(rule, due - timedelta(days=rule.every))) is not None:
            rounds.append((due, day))
            due += timedelta(days=rule.every)
        return due, self._ended(rule), rounds

    def laid_aside(self, rule: Rule) -> bool:
        """Whether the one action that would be its evidence is not applicable."""
        return bool(self._skipped(rule))

    def passed_over(self, rule: Rule) -> bool:
        """Whether that action was mandatory: then the rule is not met, though nobody is chased for it any more."""
        return any(row["mandatory"] for row in self._skipped(rule))

    def _skipped(self, rule: Rule) -> list[Any]:
        return [
            row
            for row in self.kept.actions
            if row["kind"] == rule.met_by.action and row["not_applicable"] and row["done_by"] != "gateway"
        ]

    def _ended(self, rule: Rule) -> date | None:
        other = self.kept.clocks.get(rule.until or "")
        ends = self.regime.named(rule.until) if rule.until else None
        return (other and other["met_on"]) or (self._met_on(ends) if ends else None)

    def _met_on(self, rule: Rule) -> date | None:
        """The first day on which anything that counts as its evidence was there."""
        by, facts = rule.met_by, self.facts
        days = [
            facts.statuses.get(by.status) if by.status else None,
            facts.notified_on if by.notice else None,
            self._action_day(by.action) if by.action else None,
            self._documents_day() if by.documents else None,
            facts.decided if by.decision and not facts.disputed else None,
            self._seen_after(rule, facts.notified_on - timedelta(days=1)) if by.contact else None,
        ]
        return min(filter(None, days), default=None)

    def _action_day(self, kind: str) -> date | None:
        for row in self.kept.actions:
            if row["kind"] == kind and row["done_at"] and not row["not_applicable"]:
                return action_kinds()[kind].day_of(row["evidence"]) or london_today(row["done_at"])
        return None

    def _documents_day(self) -> date | None:
        required = [row["received_on"] for row in self.kept.documents if row["need"] == "required"]
        return max(required) if required and all(required) else None

    def _seen_after(self, rule: Rule, day: date) -> date | None:
        days = (on for kind, on in self.facts.contacts if kind in rule.met_by.contact and day < on <= self.today)
        return min(days, default=None)


async def _keep_rounds(tx: Tx, nsi: UUID, rule: Rule, rounds: list[tuple[date, date]]) -> None:
    await sql.keep_rounds(tx, nsi=nsi, rule=rule.id, dues=[due for due, _ in rounds], mets=[met for _, met in rounds])


async def _keep_actions(tx: Tx, nsi: UUID, wanted: list[ToDo], kept: list[Any], now: datetime) -> None:
    have = {row["kind"] for row in kept}
    new = [one for one in wanted if one.kind not in have]
    await sql.add_actions(tx, nsi=nsi, titles=[one.title for one in new], owners=[one.owner for one in new], **_as(new))
    await sql.keep_actions(tx, nsi=nsi, **_as([one for one in wanted if one.kind in have]))
    gone = have - {one.kind for one in wanted} - {"other"}
    if gone:
        await sql.drop_actions(tx, nsi=nsi, kinds=sorted(gone), why=GONE, now=now)


def _as(lines: list[ToDo]) -> dict[str, list[Any]]:
    return {
        "kinds": [one.kind for one in lines],
        "rules": [one.rule for one in lines],
        "dues_with": [one.due_with for one in lines],
        "dues": [one.due for one in lines],
        "mandatory": [one.mandatory for one in lines],
    }


async def _keep_documents(tx: Tx, nsi: UUID, regime: Regime, case: Case) -> list[Any]:
    wanted = [paper for paper in regime.document if paper.applies(case)]
    kinds = [paper.kind for paper in wanted]
    await sql.keep_documents(
        tx,
        nsi=nsi,
        kinds=kinds,
        needs=[paper.need for paper in wanted],
        whys=[paper.why for paper in wanted],
        gone=GONE,
    )
    await sql.drop_documents(tx, nsi=nsi, kinds=kinds, gone=GONE)
    found: list[Any] = await sql.documents(tx, nsi=nsi)
    return found
