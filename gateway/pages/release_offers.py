"""What may be done with a release now, by how it stands and by who looks: the buttons there are."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from gateway.access.actors import Actor
from gateway.pages.page import may
from gateway.pages.release_words import ACTS, GRAVE, ReleaseAct
from gateway.pages.words import _
from gateway.releases.record import ASKS, HAS_BED, OVER
from schemas.releases import Release

ACTIONS: dict[ReleaseAct, str] = {
    "confirm-date": "release.confirm_date",
    "address": "release.address",
    "approve": "release.approve",
    "arrange": "release.arrange",
    "suitability": "suitability.decide",
    "refer": "release.refer",
    "need": "release.need",
    "change": "release.change",
    "change-of-mind": "release.change",
    "released": "release.released",
    "returned": "release.returned",
    "move-on": "release.move_on",
    "cancel": "release.cancel",
}
"""The row of the table of permissions."""

OF_A_BED: frozenset[ReleaseAct] = frozenset({"suitability", "refer"})
"""Shown where the release says that a bed is wanted, and not among the other buttons."""


def _open(release: Release, _today: date) -> bool:
    return release.state not in OVER


def _asked(kind: str) -> Callable[[Release, date], bool]:
    def asked(release: Release, _today: date) -> bool:
        return any(one.kind == kind and one.answered_at is None for one in release.questions)

    return asked


def wants_a_bed(release: Release, today: date) -> bool:
    """A bed is looked for, nobody is asked yet, and the release has not gone by."""
    return (
        release.search is not None
        and release.state in ("noticed", "needs_bed")
        and (release.placement is None or release.placement.state not in (*ASKS, *HAS_BED))
        and release.release_on >= today
    )


def _there(release: Release, _today: date) -> bool:
    return release.placement is not None and release.placement.state == "arrived"


def _to_live(release: Release, today: date) -> bool:
    return _open(release, today) and release.kind == "release"


SOON = timedelta(days=1)

POSSIBLE: dict[ReleaseAct, Callable[[Release, date], bool]] = {
    "confirm-date": lambda release, today: _open(release, today) and _asked("which_date")(release, today),
    "address": _to_live,
    "approve": _open,
    "arrange": _to_live,
    "suitability": lambda release, today: wants_a_bed(release, today) and release.person.name is not None,
    "refer": lambda release, today: wants_a_bed(release, today) and release.suits is True,
    "need": lambda release, today: _open(release, today) and any(one.met_at is None for one in release.must_exist),
    "change": _open,
    "change-of-mind": lambda release, today: _open(release, today) and not _there(release, today),
    "released": lambda release, today: _open(release, today) and release.release_on <= today + SOON,
    "returned": lambda release, _today: release.kind == "rotl" and release.state == "released",
    "move-on": _asked("move_on"),
    "cancel": lambda release, today: _open(release, today) and not _there(release, today),
}


ANSWERS: dict[str, ReleaseAct] = {
    "which_date": "confirm-date",
    "was_released": "released",
    "move_on": "move-on",
    "address_differs": "approve",
}
"""Question → the act that answers it."""


def possible(act: ReleaseAct, release: Release, today: date) -> bool:
    return POSSIBLE[act](release, today)


def answers(release: Release, offered: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Open question → the offer of the act that answers it, to be shown beneath."""
    by_act = {one["act"]: one for one in offered}
    asked = [one.kind for one in release.questions if one.answered_at is None]
    return {kind: by_act[ANSWERS[kind]] for kind in asked if ANSWERS.get(kind) in by_act}


def offers(actor: Actor, release: Release, today: date) -> list[dict[str, Any]]:
    """In the order in which they are mostly wanted; who may not is offered nothing."""
    return [
        {"act": act, "text": _(ACTS[act][0]), "grave": act in GRAVE, "bed": act in OF_A_BED}
        for act in ACTS
        if may(actor, ACTIONS[act]) and possible(act, release, today)
    ]
