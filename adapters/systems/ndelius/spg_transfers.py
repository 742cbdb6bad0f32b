"""Consolidated transfers: one request or response, and a component for each thing that passes over."""

from collections.abc import Iterator

from msgspec import Struct

from adapters.formats.finding import found
from adapters.formats.said import Said
from adapters.formats.xml_message import OfXml
from adapters.systems.ndelius.case import INTERPRETED, Case, Drafts
from schemas.drafts import DraftNsi, DraftStatus, Found
from schemas.words import NsiType

COMPONENTS = {
    "OM": "offender manager",
    "OS": "order supervisor",
    "RQ": "requirement",
    "LC": "licence condition",
    "PSS": "post-sentence requirement",
    "NSI": "NSI",
    "CR": "court report",
    "IR": "institutional report",
}


class Component(Struct, frozen=True):
    prefix: str
    place: OfXml

    def said(self, name: str) -> Said | None:
        """`NSITransferRequest` calls its status `TransferStatus`, without the prefix of all others."""
        return self.place.said(f"{self.prefix}Transfer{name}", f"Transfer{name}")


def transfer_request(case: Case, entity: OfXml) -> Drafts:
    """A case transfer where the offender manager passes over; of any other components a person decides what it is."""
    master, about = _master(case, entity, "Request")
    components = list(_components(entity, "Request"))
    if master is None and not components:
        return _nothing(case, entity)
    first = components[0] if components else None
    manager = next((one for one in components if one.prefix == "OM"), None)
    used = manager or first
    number = (master or (used.place if used else entity)).said("TransferID")
    team, provider = (used.said("ToResponsibleTeam"), used.said("ToProvider")) if used else (None, None)
    _tell_of(case, components, manager)
    return [
        DraftNsi(
            crn=about,
            external_reference=case.identifier("transfer", number),
            type=_type(manager),
            move_on=case.day(master.said("TransferDate") if master else None, INTERPRETED),
            destination=case.destination(team, provider),
            status=case.word(DraftNsi, "status", used.said("Status")) if used else None,
            reason=case.text(used.said("Reason")) if used else None,
            sending=case.office(used.said("FromResponsibleTeam"), used.said("FromProvider")) if used else None,
            requirement=case.text(next((one.place.said("RequirementID") for one in components), None)),
            intended_provider=case.text(provider),
            team=case.text(team),
            officer=case.text(used.said("ToResponsibleOfficer")) if used else None,
        )
    ]


def transfer_response(case: Case, entity: OfXml) -> Drafts:
    """How the transfer stands, where every component is decided alike."""
    master, about = _master(case, entity, "Response")
    components = list(_components(entity, "Response"))
    if master is None and not components:
        return _nothing(case, entity)
    said = [one.said("Status") for one in components]
    decided = {one.text for one in said if one}
    if len(decided) > 1:
        case.problem(entity.source, "decides its components differently: a person says how the transfer stands.")
    status = next((one for one in said if one), None) if len(decided) == 1 else None
    place = master or components[0].place
    rejected = next((why for one in components if (why := one.said("RejectedReason"))), None)
    return [
        DraftStatus(
            crn=about,
            external_reference=case.identifier("transfer", place.said("TransferID")),
            status=case.word(DraftStatus, "status", status),
            note=found(f"Rejected: {rejected.text}", rejected) if rejected else None,
        )
    ]


def _master(case: Case, entity: OfXml, kind: str) -> tuple[OfXml | None, Found[str] | None]:
    """The transfer as a whole, and the CRN: its own, or that of the first component that has one."""
    name = f"Transfer{kind}"
    details = entity.inside(name).inside(f"{name}Details")
    master = next(iter(details.each(name)), None)
    crn = details.inside("Offender").said("CaseReferenceNumber")
    for prefix in COMPONENTS if crn is None else ():
        around = entity.inside(f"{prefix}{name}").inside(f"{prefix}{name}Details")
        crn = crn or around.inside("Offender").said("CaseReferenceNumber")
    return master, case.text(crn)


def _components(entity: OfXml, kind: str) -> Iterator[Component]:
    for prefix in COMPONENTS:
        name = f"{prefix}Transfer{kind}"
        for outer in entity.each(name):
            for details in outer.each(f"{name}Details"):
                yield from (Component(prefix, one) for one in details.each(name))


def _type(manager: Component | None) -> Found[NsiType] | None:
    """What is asked for is in the name of the message, not in a code."""
    if manager is None:
        return None
    return Found(value="case_transfer", text=manager.place.name, source=manager.place.source, confidence=0.9)


def _tell_of(case: Case, components: list[Component], manager: Component | None) -> None:
    if manager is None:
        case.problem("The transfer", "is not of the offender manager: a person says whether it is a case transfer.")
    for one in components:
        if one is not manager:
            case.problem(
                one.place.source, f"is of a component ({COMPONENTS[one.prefix]}) to be looked at beside the case."
            )


def _nothing(case: Case, entity: OfXml) -> Drafts:
    case.problem(entity.source, "holds no transfer.")
    return []
