"""What the pages of releases call things."""

from typing import Literal

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

ASKS = {
    "which_date": N_("Which day is meant?"),
    "bed_not_free": N_("The bed is not free on the new nights"),
    "bed_lost": N_("There is no bed any more"),
    "address_differs": N_("Which address is approved?"),
    "move_on": N_("Where has the person moved on to?"),
    "was_released": N_("Was the person released?"),
}
"""What a question is, in a line of the board."""

ADDRESS = {"suitable": N_("Checked: suitable"), "not_suitable": N_("Checked: not suitable")}

OUTCOMES = {"suitable": N_("Suitable"), "not_suitable": N_("Not suitable: a bed is wanted")}

ReleaseAct = Literal[
    "confirm-date",
    "address",
    "approve",
    "arrange",
    "suitability",
    "refer",
    "need",
    "change",
    "change-of-mind",
    "released",
    "returned",
    "move-on",
    "cancel",
]

ACTS: dict[ReleaseAct, tuple[str, str, str]] = {
    "confirm-date": (
        N_("Confirm the day"),
        N_("Which day is meant?"),
        N_("The day is confirmed, in your name."),
    ),
    "address": (
        N_("Check the address"),
        N_("Is the address suitable?"),
        N_("The check of the address is recorded."),
    ),
    "approve": (
        N_("Approve an address"),
        N_("Which address is approved for the licence?"),
        N_("The address is approved for the licence."),
    ),
    "arrange": (
        N_("Accommodation is arranged"),
        N_("Who has arranged what?"),
        N_("It is recorded, and the case manager is told. The address is still to be checked."),
    ),
    "suitability": (
        N_("Decide whether approved premises suit"),
        N_("Do approved premises suit this person?"),
        N_("Your decision is recorded, with your name."),
    ),
    "refer": (
        N_("Refer to approved premises"),
        N_("What must the bed have, and who is asked?"),
        N_("The AP referral is made."),
    ),
    "need": (
        N_("Record it"),
        N_("What exists now?"),
        N_("It is recorded."),
    ),
    "change": (
        N_("Change the day"),
        N_("On which day is the release now?"),
        N_("The release has moved, and what hangs on it with it."),
    ),
    "change-of-mind": (
        N_("Change of mind"),
        N_("Where does the person want to go now?"),
        N_("It is recorded. What was referred or booked has ended, and people are told."),
    ),
    "released": (
        N_("Record the release"),
        N_("When was the person released?"),
        N_("The release is recorded."),
    ),
    "returned": (
        N_("Record the return"),
        N_("When did the person come back?"),
        N_("The return is recorded, and the temporary move is over."),
    ),
    "move-on": (
        N_("Say where the person moves on to"),
        N_("Where has the person moved on to?"),
        N_("It is recorded where the person has moved on to."),
    ),
    "cancel": (
        N_("Cancel the release"),
        N_("Why is the release cancelled?"),
        N_("The release is cancelled. Referral or booking and NSI have ended with it."),
    ),
}
"""The button, the question of its page, and what is said when it is done."""

WARN: dict[ReleaseAct, str] = {
    "cancel": N_("An AP referral or a booking, and the NSI that was raised for it, end with the release."),
    "change-of-mind": N_("What was referred or booked ends at once, and the premises are told."),
    "change": N_("Bed, NSI and clocks follow. A bed that is not free on the new nights is left, and you are asked."),
    "suitability": N_("Approved premises are for the risk of harm, not for want of an address."),
    "move-on": N_("In another PDU than home a case transfer is raised only where you say so."),
}
"""What somebody should know before they answer."""

GRAVE: frozenset[ReleaseAct] = frozenset({"cancel", "change-of-mind"})
"""Shown as a warning: they end something."""

MISTYPED: dict[str, str] = {
    "address": N_("Enter an address of at most 500 letters"),
    "provider": N_("Enter a provider of at most 200 letters"),
    "near": N_("Enter a postcode, place, authority or PDU of at most 200 letters"),
    "nights": N_("Enter a whole number of nights, from 1 to 730"),
    "note": N_("Enter at most 2,000 letters"),
    "risk_note": N_("Enter at most 2,000 letters"),
    "not_applicable": N_("Enter at most 500 letters"),
    "officer_email": N_("Enter an e-mail address, such as leeds@example.org"),
    "contact_email": N_("Enter an e-mail address, such as leeds@example.org"),
}
"""Of a field whose shape is wrong."""
