"""What the pages call premises, their contacts and their history."""

from collections.abc import Mapping

from gateway.pages.words import N_, _
from schemas.outages import OutageState
from schemas.premises import Change, ContactPurpose

CONTACTS: dict[ContactPurpose, str] = {
    "general": N_("General"),
    "referral": N_("AP referrals"),
    "out_of_hours": N_("Out of hours"),
}

OUTAGES: dict[OutageState, tuple[str, str]] = {
    "planned": (N_("Planned"), "blue"),
    "current": (N_("Out of service now"), "red"),
    "over": (N_("Over"), "grey"),
    "cancelled": (N_("Cancelled"), "grey"),
}

ACTS = {
    "before_history": N_("As it was before changes were kept"),
    "kept": N_("Kept as a whole"),
    "details_changed": N_("Details changed"),
    "room_changed": N_("Room changed"),
    "bed_added": N_("Bed added"),
    "bed_moved": N_("Bed moved or renamed"),
    "bed_closed": N_("Bed closed"),
    "bed_opened": N_("Bed opened"),
    "contact_kept": N_("Contact changed"),
    "restricted": N_("Restricted"),
    "restriction_ended": N_("Restriction ended"),
    "premises_closed": N_("Closed, with the director's approval"),
    "closure_withdrawn": N_("Closure withdrawn"),
    "imported": N_("Imported from a file"),
}

FIELDS = {
    "name": N_("name"),
    "postcode": N_("postcode"),
    "pdu": N_("PDU"),
    "gender": N_("estate"),
    "type": N_("type"),
    "decides": N_("who decides"),
    "arrive_by": N_("arrive by"),
    "depart_by": N_("leave by"),
    "turnaround_nights": N_("turnaround nights"),
    "closed_from": N_("closed from"),
    "characteristics": N_("offers"),
    "room": N_("room"),
    "opens": N_("opens"),
    "closes": N_("closes"),
    "phone": N_("telephone"),
    "email": N_("e-mail"),
    "hours": N_("hours"),
}

PLACES = {
    "premises": N_("The premises"),
    "room": N_("Room: %(which)s"),
    "bed": N_("Bed %(which)s"),
    "contact": N_("Contact: %(which)s"),
    "restriction": N_("Restriction %(which)s"),
}


def where(change: Change) -> str:
    """`Bed P034-01`."""
    kind, _space, which = change.where.partition(" ")
    known: Mapping[str, str] = CONTACTS if kind == "contact" else {}  # type: ignore[assignment]  # keys are literals
    return _(PLACES.get(kind, "%(which)s")) % {"which": _(known.get(which, which))}


def what(change: Change, names: Mapping[str, str]) -> str:
    return _(FIELDS[change.what]) if change.what in FIELDS else names.get(change.what, change.what)


def said(text: str | None, change: Change, names: Mapping[str, str]) -> str:
    """A value of a change: codes of characteristics by their names."""
    if text is None:
        return ""
    return ", ".join(names.get(code, code) for code in text.split()) if change.what == "characteristics" else text
