"""The next thing to do with an NSI, and whose it is: what is overdue, then its next status, then its next clock."""

from datetime import date

from msgspec import Struct

from gateway.pages.nsi_words import owner
from gateway.pages.words import N_, _
from schemas.nsis import Action, Clock, Nsi
from schemas.words import NsiStatus

STEPS: dict[NsiStatus, tuple[str, str]] = {
    "prepared": (N_("Confirm it"), "sending practitioner"),
    "raised": (N_("Receive it"), "receiving practitioner"),
    "received": (N_("Allocate it to a team and an officer"), "receiving practitioner"),
    "returned": (N_("Raise it again, or withdraw it"), "sending practitioner"),
}
"""What a status waits for, and whose it is."""
SHOWN = ("overdue", "due")


class Step(Struct, frozen=True, kw_only=True):
    what: str
    whose: str
    """In words, with the name where the record has one."""
    due: date | None = None
    href: str = ""
    """Where it is done, if that is a line of the action list."""


def next_steps(nsi: Nsi) -> list[Step]:
    """One, or two where the status waits for something and a clock runs beside it. None when all is over."""
    if nsi.merged_into or nsi.status == "withdrawn":
        return []
    open_ones = sorted((one for one in nsi.clocks if one.met_on is None), key=lambda one: (one.due, one.rule))
    clock = open_ones[0] if open_ones else None
    found = [_of_clock(nsi, clock)] if clock else []
    if nsi.status in STEPS:
        what, whose = STEPS[nsi.status]
        step = Step(what=_(what), whose=whose_name(nsi, whose))
        found = [*found, step] if clock and clock.state in SHOWN else [step, *found]
    return found


def _of_clock(nsi: Nsi, clock: Clock) -> Step:
    line: Action | None = next((one for one in nsi.actions if one.rule == clock.rule and one.done_at is None), None)
    return Step(
        what=line.title if line else f"{clock.rule} {clock.title}",
        whose=(line and line.assigned_to) or whose_name(nsi, clock.owner),
        due=clock.due,
        href=f"/nsis/{nsi.id}/actions/{line.n}" if line else "",
    )


def whose_name(nsi: Nsi, code: str) -> str:
    """`Receiving practitioner, Sam Example-Contact`."""
    spoc = nsi.receiving.spoc.name if nsi.receiving.spoc else None
    known = {"sending practitioner": nsi.sending.name, "receiving practitioner": nsi.officer or spoc}
    return ", ".join(part for part in (owner(code), known.get(code)) if part)
