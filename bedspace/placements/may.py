"""What may be done with a placement by its state, and if not, why not: one table for verbs and for pages."""

from collections.abc import Callable
from datetime import date
from typing import get_args

from msgspec import Struct

from bedspace.nights import spoken
from schemas.errors import Conflict
from schemas.placements import May, PlacementAct
from schemas.words import PlacementState

BEFORE: frozenset[PlacementState] = frozenset({"referred", "offered", "declined", "lapsed", "displaced"})
"""States from which premises may be asked."""
OVER: frozenset[PlacementState] = frozenset({"departed", "not_arrived", "cancelled", "withdrawn"})

ARRIVED = "The person has arrived already."
UNBOOKED = "No bed is booked yet. A bed is booked when whoever decides accepts."


class Standing(Struct, frozen=True, kw_only=True):
    """All that decides what may be done."""

    state: PlacementState
    arrives_on: date
    today: date
    open_approaches: int = 0
    """Those of a move between premises are not counted."""
    away: bool = False
    move: str | None = None
    """`asked` or `agreed`, where one is open."""


def may_all(standing: Standing) -> list[May]:
    found = {act: why_not(act, standing) for act in get_args(PlacementAct)}
    return [May(act=act, allowed=not why, why_not=why) for act, why in found.items()]


def refuse_unless(act: PlacementAct, standing: Standing) -> None:
    """Raises `Conflict` with the reason."""
    why = why_not(act, standing)
    if why:
        raise Conflict(why)


def why_not(act: PlacementAct, standing: Standing) -> str:
    """Empty where it may be done."""
    if standing.state in OVER:
        over = standing.state.replace("_", " ")
        return f"This placement is over: it is {over}. Make a new AP referral if a bed is still needed."
    return RULES[act](standing)


def _ask(standing: Standing) -> str:
    if standing.state in BEFORE:
        return ""
    return ARRIVED if standing.state == "arrived" else "A bed is booked already. Cancel that booking first."


def _answer(standing: Standing) -> str:
    if standing.state not in BEFORE:
        return _ask(standing)
    return "" if standing.open_approaches else "Nobody is being asked just now. Ask premises, or offer a bed, first."


def _withdraw(standing: Standing) -> str:
    return {
        "booked": "A bed is booked. Cancel the booking, with its reason, instead of withdrawing the referral.",
        "displaced": "The booking lost its bed. Find another bed, or cancel the booking.",
        "arrived": "The person has arrived. Record the departure instead of withdrawing the referral.",
    }.get(standing.state, "")


def _cancel(standing: Standing) -> str:
    if standing.state in ("booked", "displaced"):
        return ""
    if standing.state == "arrived":
        return "The person has arrived. Record the departure instead."
    return "No bed is booked yet, so there is no booking to cancel. Withdraw the referral instead."


def _nights(standing: Standing) -> str:
    if standing.state not in ("booked", "arrived"):
        return "No bed is booked yet, so there are no nights to change."
    return _no_move(standing)


def _arrive(standing: Standing) -> str:
    if standing.state == "arrived":
        return "" if standing.move == "agreed" else ARRIVED
    return "" if standing.state == "booked" else UNBOOKED


def _not_arrived(standing: Standing) -> str:
    if standing.state != "booked":
        return ARRIVED if standing.state == "arrived" else UNBOOKED
    if standing.today < standing.arrives_on:
        return f"They are expected on {spoken(standing.arrives_on)}. Until then, cancel the booking instead."
    return ""


def _depart(standing: Standing) -> str:
    return "" if standing.state == "arrived" else "The person has not arrived yet. Record the arrival first."


def _away(standing: Standing) -> str:
    return _depart(standing) or ("They are away already. Record first that they are back." if standing.away else "")


def _back(standing: Standing) -> str:
    return _depart(standing) or ("" if standing.away else "They are not away.")


def _relocate(standing: Standing) -> str:
    return _depart(standing) or _no_move(standing)


def _move_asked(standing: Standing) -> str:
    asked = standing.move == "asked"
    return _depart(standing) or ("" if asked else "No move between premises waits for an answer.")


def _move_undo(standing: Standing) -> str:
    return _depart(standing) or ("" if standing.move else "There is no move between premises to undo.")


def _no_move(standing: Standing) -> str:
    return "A move between premises is open. Finish or undo it first." if standing.move else ""


RULES: dict[PlacementAct, Callable[[Standing], str]] = {
    "ask": _ask,
    "offer": _ask,
    "accept": _answer,
    "decline": _answer,
    "withdraw": _withdraw,
    "arrive": _arrive,
    "not_arrived": _not_arrived,
    "depart": _depart,
    "extend": _nights,
    "shorten": _nights,
    "needs": lambda _: "",
    "away": _away,
    "back": _back,
    "cancel": _cancel,
    "relocate": _relocate,
    "relocation_accept": _move_asked,
    "relocation_decline": _move_asked,
    "relocation_undo": _move_undo,
}
