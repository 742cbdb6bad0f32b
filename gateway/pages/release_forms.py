"""The form of each act on a release: its fields as data."""

from gateway.pages.placement_forms import NOTE, Field, reason
from gateway.pages.release_words import ReleaseAct
from gateway.pages.words import N_

ADDRESS = Field(
    name="address",
    label=N_("Address"),
    kind="text",
    hint=N_("With its postcode at the end. It is shown to those who may see the person only"),
)
NEAR = Field(
    name="near",
    label=N_("Where to resettle"),
    kind="text",
    hint=N_("A postcode, a place, a local authority or a PDU. Left empty: the postcode of the address"),
    optional=True,
)
AMONG = Field(
    name="among", label=N_("Which of these is it?"), kind="choice", hint=N_("The place lies in more than one PDU")
)
"""Asked only where a place was answered by several PDUs."""
ON = Field(name="on", label=N_("On"), kind="date", hint=N_("Left empty: today"), optional=True)
UNTIL = Field(
    name="until",
    label=N_("Day of return"),
    kind="date",
    hint=N_("Of a temporary licence. Left empty: as long as before"),
    optional=True,
)
RELEASE_ON = Field(name="release_on", label=N_("Day of release"), kind="date")
RISK = tuple(
    Field(name=name, label=label, kind="choices", optional=True)
    for name, label in (("risk_to_staff", N_("Risk to staff")), ("risk_to_residents", N_("Risk to residents")))
)
SHORT = (
    Field(
        name="short_notice_reason",
        label=N_("Why it is at short notice"),
        kind="list",
        list="short_notice",
        hint=N_("Needed where the release is 28 days away or less"),
        optional=True,
    ),
    Field(name="short_notice_note", label=N_("More about that"), kind="note", optional=True),
)

FORMS: dict[ReleaseAct, tuple[Field, ...]] = {
    "confirm-date": (
        Field(
            name="release_on",
            label=N_("Day of release"),
            kind="date",
            hint=N_("Leave it as it is, or give the day that is meant: then everything follows"),
        ),
    ),
    "address": (
        Field(name="outcome", label=N_("The address is"), kind="choice"),
        Field(
            name="address",
            label=N_("Address that was checked"),
            kind="text",
            hint=N_("Left empty: the address as it was notified"),
            optional=True,
        ),
    ),
    "approve": (ADDRESS,),
    "arrange": (
        Field(
            name="provider",
            label=N_("Housing provider"),
            kind="text",
            hint=N_("Who has arranged it, such as the housing desk of the prison"),
        ),
        ADDRESS,
    ),
    "suitability": (
        Field(name="suitable", label=N_("Approved premises suit"), kind="choice"),
        Field(name="reason", label=N_("Because"), kind="list", list="suitability"),
        NOTE,
        Field(
            name="pointed_to",
            label=N_("Where the person is pointed instead"),
            kind="text",
            hint=N_("Needed where approved premises do not suit"),
            optional=True,
        ),
    ),
    "refer": (
        Field(name="needs", label=N_("One bed must have"), kind="needs", optional=True),
        Field(name="nights", label=N_("How many nights"), kind="text"),
        Field(
            name="ask",
            label=N_("Premises to ask"),
            kind="codes",
            hint=N_("Their codes, as the search shows them, such as P034 P037. More may be asked later"),
            optional=True,
        ),
        Field(
            name="bed",
            label=N_("Bed to offer at once"),
            kind="text",
            hint=N_("As the search shows it, such as P034-02"),
            optional=True,
        ),
        *RISK,
        Field(
            name="risk_note",
            label=N_("What staff must know of the risk"),
            kind="note",
            hint=N_("Whoever decides reads this first. Do not say where a victim lives"),
            optional=True,
        ),
        *SHORT,
    ),
    "need": (
        Field(name="need", label=N_("What"), kind="choices"),
        Field(
            name="not_applicable",
            label=N_("It does not apply, because"),
            kind="note",
            hint=N_("Leave it empty where it exists. In words, with nothing that names the person"),
            optional=True,
        ),
    ),
    "change": (RELEASE_ON,),
    "change-of-mind": (
        NEAR,
        Field(
            name="address", label=N_("Address"), kind="text", hint=N_("Left empty: there is none yet"), optional=True
        ),
    ),
    "released": (ON,),
    "returned": (ON,),
    "move-on": (
        Field(
            name="near",
            label=N_("Where to"),
            kind="text",
            hint=N_("A postcode, a place, a local authority or a PDU"),
        ),
        Field(name="address", label=N_("Address"), kind="text", optional=True),
        Field(
            name="case_transfer",
            label=N_("If that is another PDU than home"),
            kind="choice",
            hint=N_("Nothing is raised unless you say so"),
            optional=True,
        ),
        Field(
            name="note",
            label=N_("Why the case stays"),
            kind="note",
            hint=N_("Needed where it stays with the home PDU. With nothing that names the person"),
            optional=True,
        ),
    ),
    "cancel": (reason("release_cancelled"), NOTE),
}
