"""XML of the Strategic Partner Gateway, 0-9-13: `ProcessContact`, `RateCardIntervention`, `Contact`, and transfers."""

from collections.abc import Callable, Iterator

from lxml import etree

from adapters.formats.finding import MOST_DRAFTS
from adapters.formats.said import Said
from adapters.formats.xml_message import OfXml, xml_message
from adapters.systems.ndelius.case import INTERPRETED, Case, Drafts, Person
from adapters.systems.ndelius.contacts import contact_of
from adapters.systems.ndelius.spg_transfers import transfer_request, transfer_response
from schemas.drafts import DraftContact, DraftEnforcement, DraftNsi, Reading
from schemas.errors import Unreadable

NAMESPACE = "http://www.justice.gsi.gov.uk/SPG/"
VERSION = "0-9-13"
ROOT = "SPGInterchange"
FRAME = ("SPGMessageHeader", "SPGMessageTrailer")
ANSWERS = ("SPGInterchangeResponse", "InterchangeStatusNotification", "ConnectionNotification")


def read_spg(case: Case, raw: bytes) -> Reading:
    """Raises `Unreadable` for XML that is none of the gateway's."""
    root = _interchange(xml_message(raw))
    if root.element.get("SchemaVersion", VERSION) != VERSION:
        case.problem(root.source, f"says that it is of another version than {VERSION}: look at what was read of it.")
    drafts: Drafts = []
    answered = False
    for message in root.each("SPGMessage"):
        for entity in message.children():
            if entity.name in ANSWERS:
                answered = True
            elif read_one := READERS.get(entity.name):
                drafts += read_one(case, entity)
            elif entity.name and entity.name not in FRAME:
                case.problem(entity.source, "is a message of a kind that is not read here.")
        if len(drafts) > MOST_DRAFTS:
            raise Unreadable(f"The message has more than {MOST_DRAFTS} records. Send it in parts.")
    answered = answered or not root.each("SPGMessage")
    return case.reading(drafts, automatic="acknowledgement" if answered and not drafts else "")


def _interchange(root: OfXml) -> OfXml:
    """Also out of the SOAP envelope that it travels in."""
    for one in root.find(ROOT):
        if etree.QName(one.element).namespace == NAMESPACE:
            return one
    raise Unreadable(f"This is no message of the Strategic Partner Gateway ({ROOT}). Send it as nDelius made it.")


def _details(entity: OfXml) -> Iterator[tuple[OfXml, OfXml]]:
    """`<X><XDetails><X>`: each inner one with the details around it."""
    for details in entity.each(f"{entity.name}Details"):
        for one in details.each(entity.name):
            yield details, one


def _about(case: Case, details: OfXml) -> Person:
    return {"crn": case.text(details.inside("Offender").said("CaseReferenceNumber"))}


def _processes(case: Case, entity: OfXml) -> Drafts:
    return [_nsi(case, _about(case, details), one, _PROCESS) for details, one in _details(entity)]


def _interventions(case: Case, entity: OfXml) -> Drafts:
    return [_nsi(case, _about(case, details), one, _INTERVENTION) for details, one in _details(entity)]


_PROCESS = {
    "id": "ProcessID",
    "type": "ProcessType",
    "sub_type": "ProcessSubType",
    "referred": "ProcessRefDate",
    "expected": "",
    "start": "ProcessStartDate",
    "until": "ProcessExpEndDate",
    "end": "ProcessEndDate",
    "status": "ProcessStage",
    "status_at": "ProcessStageDateTime",
    "outcome": "ProcessOutcome",
    "note": "ProcessNotes",
    "provider": "ProcessManagerProvider",
    "team": "ProcessManagerTeam",
    "officer": "ProcessManagerOfficer",
}
_INTERVENTION = {
    "id": "InterventionID",
    "type": "InterventionTypeMainCategory",
    "sub_type": "InterventionTypeSubCategory",
    "referred": "ReferralDate",
    "expected": "ExpectedStartDate",
    "start": "ActualStartDate",
    "until": "ExpectedEndDate",
    "end": "ActualEndDate",
    "status": "InterventionStatus",
    "status_at": "InterventionStatusDateTime",
    "outcome": "InterventionOutCome",
    "note": "Notes",
    "provider": "InterventionProvider",
    "team": "InterventionResponsibleTeam",
    "officer": "InterventionResponsibleOfficer",
}


def _nsi(case: Case, about: Person, one: OfXml, names: dict[str, str]) -> DraftNsi | DraftEnforcement:
    said: dict[str, Said | None] = {key: one.said(name) if name else None for key, name in names.items()}
    type_code = said["type"]
    number = case.identifier("nsi", said["id"])
    if type_code and type_code.text in case.profile.enforcement_nsis:
        return DraftEnforcement(
            **about,
            external_reference=number,
            kind=case.word(DraftEnforcement, "kind", type_code, case.profile.enforcement_nsis),
            on_day=case.day(said["referred"] or said["start"]),
            pdu=case.office(said["team"], said["provider"]),
            note=case.text(said["note"]),
        )
    intended = one.said("IntendedProvider")
    type_ = case.word(DraftNsi, "type", type_code)
    temporary = type_ is not None and type_.value == "temporary_move"
    return DraftNsi(
        **about,
        external_reference=number,
        type=type_,
        move_on=case.day(said["expected"] or said["start"], INTERPRETED),
        until=case.day(said["until"], INTERPRETED) if temporary else None,
        destination=case.receiving(said["team"], said["provider"], intended),
        referred_on=case.day(said["referred"]),
        status=case.word(DraftNsi, "status", said["status"]),
        status_at=case.moment(said["status_at"]),
        started_on=case.day(said["start"]),
        ended_on=case.day(said["end"]),
        outcome=case.word(DraftNsi, "outcome", said["outcome"], case.profile.nsi_outcomes),
        sub_type=case.text(said["sub_type"]),
        requirement=case.text(one.said("RequirementID")),
        intended_provider=case.text(intended or said["provider"]),
        team=case.text(said["team"]),
        officer=case.text(said["officer"]),
        note=case.text(said["note"]),
    )


def _contacts(case: Case, entity: OfXml) -> Drafts:
    made: Drafts = []
    for details, one in _details(entity):
        day, hour = one.said("ContactDate"), one.said("ContactStartTime")
        at = day and Said(f"{day.text}T{hour.text}" if hour else day.text, day.source)
        sensitive = one.said("SensitiveContact")
        withheld = sensitive is not None and sensitive.text.casefold() in ("y", "yes", "true", "1")
        if withheld and one.said("Notes"):
            case.problem(sensitive, "says that the contact is sensitive: its notes were left out.")
        outcome = one.said("ContactOutcome")
        made += contact_of(
            case,
            _about(case, details),
            number=one.said("ContactID"),
            at=case.moment(at, 1.0 if hour else INTERPRETED),
            kind=one.said("ContactType"),
            outcome=case.word(DraftContact, "outcome", outcome, case.profile.contact_outcomes),
            offices=(one.said("Team"), one.said("Provider")),
            note=None if withheld else one.said("Notes"),
            action=one.said("EnforcementAction"),
        )
    return made


READERS: dict[str, Callable[[Case, OfXml], Drafts]] = {
    "ProcessContact": _processes,
    "RateCardIntervention": _interventions,
    "Contact": _contacts,
    "ConsolidatedTransferRequest": transfer_request,
    "ConsolidatedTransferResponse": transfer_response,
}
