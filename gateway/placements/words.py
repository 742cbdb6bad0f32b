"""What each kind of line in the history of a placement says to a reader."""

WHAT = {
    "referred": "AP referral made",
    "imported": "Kept from an import",
    "asked": "Premises asked",
    "offered": "Bed offered, and kept until the answer is due",
    "offer_changed": "Another bed offered",
    "accepted": "Accepted",
    "declined": "Declined",
    "lapsed": "Nobody answered in time",
    "approach_withdrawn": "No longer asked",
    "booked": "Bed booked",
    "unchecked": "Booked although who must not meet whom was not checked",
    "displaced": "The booking lost its bed to a stay that goes on",
    "arrived": "Arrived",
    "not_arrived": "Did not arrive",
    "alerted": "Not arrived by the agreed hour: premises, responsible officer and out-of-hours duty told",
    "departed": "Departed",
    "extended": "Extended",
    "shortened": "Shortened",
    "overdue": "Past the expected departure: the bed is kept",
    "needs_changed": "Needs changed",
    "needs_not_met": "The bed does not meet the needs",
    "bed_changed": "Another bed",
    "cancelled": "Booking cancelled",
    "withdrawn": "Referral withdrawn",
    "away": "Away, the bed is kept",
    "back": "Back",
    "move_asked": "Move between premises asked for",
    "move_agreed": "Move between premises agreed",
    "move_declined": "Move between premises declined",
    "move_lapsed": "Nobody answered the move between premises in time",
    "move_undone": "Move between premises undone",
    "moved": "Moved between premises",
    "mail_queued": "Mail queued",
    "mail_sent": "Mail sent",
    "mail_dead": "Mail could not be delivered",
}


def what(kind: str) -> str:
    """A kind without a sentence of its own is shown in words."""
    return WHAT.get(kind, kind.replace("_", " ").capitalize())
