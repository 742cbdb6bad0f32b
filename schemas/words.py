"""One word per thing: the closed sets of words that records, tables and pages share."""

from typing import Literal

Gender = Literal["male", "female"]
"""Of an estate: approved premises are for men or for women."""

NsiType = Literal["case_transfer", "temporary_move"]

NsiStatus = Literal[
    "prepared",  # read from a message, routed, not yet confirmed by its sender
    "raised",  # confirmed, or raised by a person or a trusted system
    "received",  # the SPOC has seen it
    "allocated",
    "in_progress",
    "completed",
    "withdrawn",
    "returned",
]

Rosh = Literal["low", "medium", "high", "very_high"]
"""Risk of serious harm, as assessed in OASys."""

InboxState = Literal["stored", "reading", "prepared", "raised", "review", "ignored", "refused", "duplicate"]

ClaimKind = Literal["hold", "booking", "stay", "turnaround", "out_of_service"]

Purpose = Literal["transfer", "temporary_move", "release", "ap_referral", "victim", "mappa"]
"""What a SPOC receives."""

ClockState = Literal["running", "due_soon", "due", "overdue", "met", "met_late"]

Stamp = Literal["demo", "real"]

Role = Literal[
    "practitioner",
    "spo",
    "case_administrator",
    "spoc",
    "premises_staff",
    "premises_manager",
    "central_referral_unit",
    "prison_staff",
    "mappa_coordinator",
    "vlo",
    "aco",
    "national_lead",
    "inspector",
    "auditor",
    "connection_officer",
    "area_system",
    "administrator",
    # not given to people: the command line, our own worker, and the holder of a confirm link
    "operator",
    "gateway",
    "sender_link",
]
