"""What the pages call the parts of an NSI: who owns a step, whom it was told to, and how long there is."""

from datetime import date

from gateway.pages.words import N_, _, ngettext
from schemas.chasing import Grade
from schemas.files import Need
from schemas.words import NsiWay

OWNERS = {
    "sending practitioner": N_("Sending practitioner"),
    "receiving practitioner": N_("Receiving practitioner"),
    "sending SPO": N_("Sending SPO"),
    "receiving SPO": N_("Receiving SPO"),
    "national lead": N_("National lead"),
    "MAPPA co-ordinator": N_("MAPPA co-ordinator"),
    "VLO": N_("Victim liaison officer"),
    "case administrator": N_("Case administrator"),
}
"""Of rules and actions, as their data has them."""

GRADES: dict[Grade, str] = {
    "practitioner": N_("Practitioner"),
    "spo": N_("SPO"),
    "aco": N_("Assistant chief officer"),
    "mappa_coordinator": N_("MAPPA co-ordinator"),
    "national_lead": N_("National lead"),
}

WAYS: dict[NsiWay, str] = {
    "planned": N_("Planned"),
    "short_notice": N_("Short notice"),
    "unannounced": N_("Arrived without warning"),
    "rotl": N_("Temporary licence"),
    "return": N_("Return"),
    "retrospective": N_("In flight when NSIs began"),
}

NEEDS: dict[Need, str] = {
    "required": N_("Required"),
    "conditional": N_("Only where it applies"),
    "not_applicable": N_("Not applicable"),
}

GROUPS = {
    "overdue": N_("Overdue"),
    "due": N_("Due today"),
    "due_soon": N_("Due soon"),
    "later": N_("Later"),
    "no_clock": N_("Nothing is due"),
}
"""Of a queue, in its order."""


ROLES_WHO_SKIP = {
    "aco": N_("an assistant chief officer"),
    "mappa_coordinator": N_("the MAPPA co-ordinator"),
    "national_lead": N_("the national lead"),
}

DONE = {
    "action-done": N_("The line is closed by its evidence."),
    "action-kept": N_("It is kept. The line is still open."),
    "action-skipped": N_("The line is closed with your reason."),
    "action-open": N_("The line is open again."),
    "action-assigned": N_("It is kept who does it."),
    "clock-met": N_("The rule is met."),
    "clock-paused": N_("The clock stands still, and goes on by itself."),
    "clock-resumed": N_("The clock goes on."),
    "document": N_("What is known of the document is kept."),
    "answered": N_("The question is answered."),
    "escalation-answered": N_("Your answer is on the NSI."),
    "component-added": N_("The component is named, and to be decided."),
    "component-decided": N_("The decision is kept."),
    "component-applied": N_("It is kept that the court was applied to."),
    "component-started": N_("It is kept that it goes on in the receiving area."),
    "component-open": N_("It is left open, with your reason."),
    "reviewed": N_("Your answers are kept. Answering again corrects them."),
    "raised": N_("The NSI is raised. Whoever receives it is told."),
    "arrived": N_("It is kept, and whose case it is is asked to confirm it."),
}
"""What an NSI says after something was done with a part of it."""


def owner(code: str) -> str:
    """One that somebody wrote is shown as it is."""
    return _(OWNERS[code]) if code in OWNERS else code[:1].upper() + code[1:]


def days_left(due: date, today: date) -> str:
    """`today`, `tomorrow`, `in 3 days`, `2 days overdue`."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
