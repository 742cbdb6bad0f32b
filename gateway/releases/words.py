"""What each kind of line in the history of a release says to a reader."""

WHAT = {
    "noticed": "Notice received",
    "changed": "A further notice changed it",
    "moved": "The release moved",
    "date_asked": "Before a non-working day: asked which date is meant",
    "date_confirmed": "The date was confirmed",
    "address_suitable": "The address was found suitable",
    "address_not_suitable": "The address was found not suitable",
    "address_approved": "An address was approved for the licence",
    "address_differs": "The address approved is not the one notified: the officer is told",
    "arranged": "Accommodation was arranged by a housing provider: the case manager is told",
    "need_met": "This exists now",
    "need_not_applicable": "This is not applicable",
    "lacking_told": "This lacks, and people are told",
    "referred": "AP referral made",
    "bed_booked": "Bed booked",
    "bed_lost": "No bed any more",
    "bed_not_free": "The bed is not free on the new nights",
    "nsi_raised": "NSI raised",
    "nsi_linked": "NSI linked",
    "nsi_withdrawn": "NSI withdrawn",
    "nsi_completed": "NSI completed",
    "became_noticed": "An address is to be checked",
    "became_needs_bed": "A bed is needed",
    "became_referred": "An AP referral is open",
    "became_ready": "There is somewhere to live",
    "released": "Released",
    "returned": "Back from temporary licence",
    "was_released_asked": "The day is past: asked whether the person was released",
    "changed_mind": "The person changed their mind",
    "moved_on": "Moved on from the premises",
    "cancelled": "Release cancelled",
    "mail_sent": "Mail sent",
}


def what(kind: str) -> str:
    """A kind without a sentence of its own is shown in words."""
    return WHAT.get(kind, kind.replace("_", " ").capitalize())
