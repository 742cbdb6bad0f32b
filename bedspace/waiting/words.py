"""What the codes of the waiting list say to a reader."""

from collections.abc import Mapping

PASSED = {
    "nights": "Not free on all of the nights they want",
    "ruled_out": "Ruled out for them; the reason is not shown here",
    "skipped": "Somebody said before why this bed is not for them, or its premises declined them",
    "estate": "For the other estate",
    "limited": "Its premises do not offer or accept what is needed on some of those nights",
}


def passed_over(code: str, names: Mapping[str, str]) -> str:
    """Why a bed did not fit somebody who stood ahead. `names` are those of characteristics."""
    kind, _, need = code.partition(":")
    if kind == "needs":
        return f"It is not {names.get(need, need)}"
    return PASSED.get(kind, kind.replace("_", " ").capitalize())
