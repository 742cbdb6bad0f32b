"""What the pages call a placement, its states and what is done with it."""

from gateway.pages.words import N_
from schemas.placements import ApproachOutcome, Away, PlacementAct
from schemas.premises import PremisesType
from schemas.words import Decider, PlacementState, Timeliness

STATES: dict[PlacementState, tuple[str, str]] = {
    "referred": (N_("Referred"), "blue"),
    "offered": (N_("Bed offered"), "teal"),
    "booked": (N_("Booked"), "purple"),
    "displaced": (N_("Displaced"), "red"),
    "arrived": (N_("Staying"), "green"),
    "departed": (N_("Departed"), "grey"),
    "not_arrived": (N_("Did not arrive"), "orange"),
    "declined": (N_("Declined"), "grey"),
    "lapsed": (N_("Not answered in time"), "orange"),
    "cancelled": (N_("Cancelled"), "grey"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}

TIMELINESS: dict[Timeliness, tuple[str, str]] = {
    "emergency": (N_("Emergency"), "red"),
    "short_notice": (N_("Short notice"), "orange"),
    "standard": (N_("Standard"), "blue"),
}

TYPES: dict[PremisesType, str] = {
    "standard": N_("Standard"),
    "pipe": N_("PIPE"),
    "esap": N_("Enhanced security"),
    "rfap": N_("Recovery focused"),
    "mental_health": N_("Mental health"),
    "independent": N_("Independent"),
}

DECIDERS: dict[Decider, str] = {
    "premises": N_("the premises"),
    "central_referral_unit": N_("the central referral unit"),
}

OUTCOMES: dict[ApproachOutcome, tuple[str, str]] = {
    "accepted": (N_("Accepted"), "green"),
    "declined": (N_("Declined"), "orange"),
    "lapsed": (N_("Not answered in time"), "grey"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}

AWAY: dict[Away, str] = {"hospital": N_("In hospital"), "police": N_("With the police")}

RELOCATIONS: dict[str, str] = {
    "asked": N_("Asked for: the other premises have not answered yet"),
    "agreed": N_("Agreed: waiting for the arrival"),
    "declined": N_("Declined by the other premises"),
    "lapsed": N_("Not answered in time"),
    "undone": N_("Undone"),
    "moved": N_("Moved"),
}

ACTS: dict[PlacementAct, tuple[str, str]] = {
    "ask": (N_("Ask premises"), N_("Which premises are asked?")),
    "offer": (N_("Offer a bed"), N_("Which bed is offered?")),
    "accept": (N_("Accept"), N_("Accept this referral")),
    "decline": (N_("Decline"), N_("Why is it declined?")),
    "withdraw": (N_("Withdraw the referral"), N_("Why is the referral withdrawn?")),
    "arrive": (N_("Record the arrival"), N_("When did the person arrive?")),
    "not_arrived": (N_("Record that nobody arrived"), N_("Why did the person not arrive?")),
    "depart": (N_("Record the departure"), N_("When and why did the person leave?")),
    "extend": (N_("Extend"), N_("Until when is it extended?")),
    "shorten": (N_("Shorten"), N_("When does it end now?")),
    "needs": (N_("Change the needs"), N_("What must the bed have?")),
    "away": (N_("Record an absence"), N_("Where is the person? The bed is kept")),
    "back": (N_("Record the return"), N_("Is the person back?")),
    "cancel": (N_("Cancel the booking"), N_("Why is the booking cancelled?")),
    "relocate": (N_("Move between premises"), N_("Where does the person move to?")),
    "relocation_accept": (N_("Accept the move"), N_("Accept this move between premises")),
    "relocation_decline": (N_("Decline the move"), N_("Why is the move declined?")),
    "relocation_undo": (N_("Undo the move"), N_("Undo this move between premises")),
}
"""The button, and the question of its page."""

GRAVE: frozenset[PlacementAct] = frozenset({"decline", "withdraw", "cancel", "not_arrived", "relocation_decline"})
"""Shown as a warning: they end something."""
