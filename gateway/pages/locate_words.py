"""What the pages of the locator call things."""

from gateway.pages.words import N_
from schemas.locator import GapKind
from schemas.words import AnsweredBy, ContactKind

ANSWERED_BY: dict[AnsweredBy, str] = {
    "spoc": N_("The SPOC"),
    "deputy": N_("A deputy, for the SPOC who is absent"),
    "team": N_("A team, for the SPOC who is absent"),
    "region": N_("Whom the region names"),
}

CONTACTS: dict[ContactKind, str] = {
    "spoc": N_("SPOC"),
    "deputy": N_("Deputy"),
    "team": N_("Team"),
    "region_spo": N_("SPO of the region"),
    "region_team": N_("Team of the region"),
}

GAPS: dict[GapKind, tuple[str, str, str]] = {
    # a tag, its colour, and what it means
    "nobody": (N_("Nobody"), "red", N_("Nobody answers at all: not in the PDU, and not for the region.")),
    "absent": (N_("Absent"), "orange", N_("The SPOC is away, and nobody covers.")),
    "stands_in": (
        N_("Standing in"),
        "yellow",
        N_("No SPOC is named: the region, or the contact for transfers, answers."),
    ),
    "ending": (N_("Ending"), "blue", N_("The SPOC ends within four weeks, and nobody follows.")),
}
