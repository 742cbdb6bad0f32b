"""What the page of a case calls things."""

from gateway.pages.words import N_
from schemas.contacts import EnforcementKind, Outcome
from schemas.identity import IdentifierKind
from schemas.registrations import RegistrationKind
from schemas.sentences import SentenceKind

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "planned": (N_("Planned"), "blue"),
    "attended": (N_("Attended"), "green"),
    "acceptable_absence": (N_("Acceptable absence"), "grey"),
    "unacceptable_absence": (N_("Unacceptable absence"), "red"),
    "cancelled": (N_("Cancelled"), "grey"),
}

ENFORCEMENT: dict[EnforcementKind, str] = {
    "warning": N_("Warning"),
    "breach": N_("Breach"),
    "recall": N_("Recall"),
}

SENTENCES: dict[SentenceKind, str] = {"order": N_("Order"), "licence": N_("Licence")}

REGISTRATIONS: dict[RegistrationKind, str] = {
    "rosh": N_("Risk of serious harm (RoSH)"),
    "mappa": N_("MAPPA"),
    "high_risk_register": N_("High risk register"),
    "visor": N_("ViSOR"),
    "other": N_("Another register"),
}

LEVELS: dict[str, str] = {
    "low": N_("Low"),
    "medium": N_("Medium"),
    "high": N_("High"),
    "very_high": N_("Very high"),
    "1": N_("Level 1"),
    "2": N_("Level 2"),
    "3": N_("Level 3"),
}

IDENTIFIERS: dict[IdentifierKind, str] = {
    "crn": N_("CRN"),
    "noms": N_("Prison number"),
    "pnc": N_("PNC number"),
    "cro": N_("CRO number"),
}
