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

NsiWay = Literal[
    "planned",
    "short_notice",  # by the days to the move, which the regime says
    "unannounced",  # the person came without warning: the receiver raised it, and the origin is asked
    "rotl",
    "return",
    "retrospective",  # in flight when NSIs began: its clocks count from the referral as it was
]
"""How an NSI came about."""

InFlight = Literal["retrospective", "tracker"]
"""What a region does with cases that are in flight at cut-over: an NSI each, or the tracker until they are done."""

Rosh = Literal["low", "medium", "high", "very_high"]
"""Risk of serious harm, as assessed in OASys."""

InboxState = Literal["stored", "reading", "prepared", "raised", "review", "ignored", "refused", "duplicate"]

RecordState = Literal["raised", "unchanged", "review", "refused", "ignored"]
"""What one record of a trusted connection's message came to. `ignored`: its region keeps such cases on its tracker."""

ClaimKind = Literal["hold", "booking", "stay", "turnaround", "out_of_service"]

PlacementState = Literal[
    "referred",  # an AP referral is with whoever decides
    "offered",  # a bed is kept for it while they decide
    "booked",
    "displaced",  # was booked, and lost its bed to a stay that went on
    "arrived",  # the stay
    "departed",
    "not_arrived",
    "declined",
    "lapsed",  # nobody answered in time
    "cancelled",  # after it was booked
    "withdrawn",  # before it was booked
]

Timeliness = Literal["emergency", "short_notice", "standard"]
"""How soon a bed is wanted: within 7 days of the referral, within 28, or later."""

Decider = Literal["premises", "central_referral_unit"]
"""Who answers an AP referral."""

Purpose = Literal["transfer", "temporary_move", "release", "ap_referral", "victim", "mappa"]
"""What a SPOC receives."""

AnsweredBy = Literal["spoc", "deputy", "team", "region"]
"""Who answers for a PDU: its SPOC, whoever covers an absence of the SPOC, or the SPO or team that the region names."""

ContactKind = Literal["spoc", "deputy", "team", "region_spo", "region_team"]

ClockState = Literal["running", "due_soon", "due", "overdue", "met", "met_late", "not_met"]

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
