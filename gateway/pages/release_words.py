"""What the pages of releases call things."""

from gateway.pages.words import N_

STATES: dict[str, tuple[str, str]] = {
    "noticed": (N_("Address to be checked"), "yellow"),
    "needs_bed": (N_("Needs a bed"), "red"),
    "referred": (N_("Referred to approved premises"), "blue"),
    "ready": (N_("Somewhere to live"), "green"),
    "released": (N_("Released"), "grey"),
    "returned": (N_("Back from temporary licence"), "grey"),
    "cancelled": (N_("Cancelled"), "grey"),
}
"""State → its name and the colour of its tag."""

KINDS = {"release": N_("Release"), "rotl": N_("Temporary licence")}

NEEDS: dict[str, tuple[str, str]] = {
    "to_do": (N_("To do"), "blue"),
    "lacking": (N_("Lacking"), "red"),
    "met": (N_("There"), "green"),
    "not_applicable": (N_("Not applicable"), "grey"),
}

ADDRESS = {"suitable": N_("Checked: suitable"), "not_suitable": N_("Checked: not suitable")}
