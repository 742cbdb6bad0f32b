"""What the pages call components, ends of moves, searches of the nation and decisions on challenges."""

from gateway.pages.words import N_, _
from schemas.challenges import Decision
from schemas.components import Component, ComponentKind, Decides, Holder
from schemas.ends import EndsState, Which
from schemas.move_review import MoveDecision
from schemas.national import SoughtStep

COMPONENTS: dict[ComponentKind, str] = {
    "order": N_("Order"),
    "supervision": N_("Supervision on licence"),
    "requirement": N_("Requirement of an order"),
    "licence_condition": N_("Condition of a licence"),
    "programme": N_("Programme"),
    "unpaid_work": N_("Unpaid work"),
    "nsi": N_("Another NSI"),
}
DECIDES: dict[Decides, str] = {
    "court": N_("A court"),
    "receiving": N_("The receiving area"),
    "sending": N_("The sending area"),
}
HELD_BY: dict[Holder, str] = {
    "originating_court": N_("The originating court"),
    "receiving_court": N_("The receiving court"),
    "sending": N_("The sending area"),
    "receiving": N_("The receiving area"),
}
PARTS: dict[str, tuple[str, str]] = {
    "pending": (N_("Not decided"), "yellow"),
    "transferred": (N_("Transferred"), "green"),
    "stays": (N_("Stays"), "blue"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}
"""What was decided about a component."""
ENDS: dict[EndsState, tuple[str, str]] = {
    "both": (N_("Both ends"), "green"),
    "in_missing": (N_("Went, and nobody said came"), "red"),
    "out_missing": (N_("Came, and nobody said went"), "red"),
    "in_not_reporting": (N_("Went; the other area does not report"), "grey"),
    "out_not_reporting": (N_("Came; the other area does not report"), "grey"),
    "neither": (N_("Neither end yet"), "yellow"),
    "neither_reporting": (N_("Neither area reports"), "grey"),
}
WHICH: dict[Which, str] = {"out": N_("That people went"), "in": N_("That people came")}
REVIEWS: dict[MoveDecision, str] = {
    "returned": N_("Back"),
    "extended": N_("Extended"),
    "case_transfer": N_("Made a case transfer"),
}
DECISIONS: dict[Decision, str] = {
    "goes_on": N_("It goes on"),
    "goes_on_with_conditions": N_("It goes on, with conditions"),
    "withdrawn": N_("It is withdrawn"),
    "returned_to_sender": N_("It goes back to its sender"),
}
STEPS: dict[SoughtStep, str] = {
    "sought": N_("Put in the queue"),
    "led": N_("Led by"),
    "noted": N_("Note"),
    "placed": N_("Placed"),
    "withdrawn": N_("Withdrawn"),
}


def held(part: Component) -> str:
    """With the name of the court, where a court holds it."""
    court = {"originating_court": part.from_court, "receiving_court": part.court}.get(part.held_by, "")
    return f"{_(HELD_BY[part.held_by])}{f', {court}' if court else ''}"
