"""NSIs in JSON: as community-api gives them out, and as hmpps-delius-api takes them."""

from adapters.formats.said import OfJson, Said
from adapters.systems.ndelius.case import INTERPRETED, Case, Drafts, Person, without_nothing
from schemas.drafts import DraftEnforcement, DraftNsi


def is_nsi(place: OfJson) -> bool:
    return place.has("nsiType") or (place.has("offenderCrn", "type") and not place.has("contactId"))


def nsi(case: Case, place: OfJson, person: Person) -> Drafts:
    """A transfer or temporary move, an enforcement, or nothing of ours."""
    if _is_true(place.said("softDeleted")):
        case.problem(place.pointer or "The NSI", "was deleted there and is passed over.")
        return []
    code = place.inside("nsiType").said("code") or place.said("type")
    if code and code.text in case.profile.other_nsis:
        case.problem(code, "is an NSI of another type and is passed over.")
        return []
    about = {**person, **without_nothing({"crn": case.text(place.said("offenderCrn", "crn"))})}
    if code and code.text in case.profile.enforcement_nsis:
        return [_enforcement(case, place, code, about)]
    return [_transfer(case, place, code, about)]


def _transfer(case: Case, place: OfJson, code: Said | None, about: Person) -> DraftNsi:
    managers = place.each("nsiManagers")
    manager = next((one for one in managers if one.said("endDate") is None), place.inside("manager"))
    team = _code(manager, "team")
    provider = _code(manager, "probationArea", "provider")
    intended = _code(place, "intendedProvider")
    type_ = case.described("type", place.inside("nsiType"), code)
    temporary = type_ is not None and type_.value == "temporary_move"
    return DraftNsi(
        **about,
        external_reference=case.identifier("nsi", place.said("nsiId")),
        version=case.whole(place.said("rowVersion")),
        type=type_,
        move_on=case.day(place.said("expectedStartDate", "actualStartDate", "startDate"), INTERPRETED),
        until=case.day(place.said("expectedEndDate"), INTERPRETED) if temporary else None,
        destination=case.receiving(team, provider, intended),
        reference=case.reference(place.said("externalReference")),
        referred_on=case.day(place.said("referralDate")),
        status=case.described("status", place.inside("nsiStatus"), place.said("status")),
        status_at=case.moment(place.said("statusDateTime", "statusDate")),
        started_on=case.day(place.said("actualStartDate", "startDate")),
        ended_on=case.day(place.said("actualEndDate", "endDate")),
        outcome=case.word(DraftNsi, "outcome", _code(place, "nsiOutcome", "outcome"), case.profile.nsi_outcomes),
        sub_type=case.text(_code(place, "nsiSubType", "subType")),
        event_number=case.whole(place.said("eventNumber")),
        requirement=case.text(place.inside("requirement").said("requirementId") or place.said("requirementId")),
        intended_provider=case.text(intended or provider),
        team=case.text(team),
        officer=case.text(_code(manager, "staff")),
        note=case.text(place.said("notes")),
    )


def _enforcement(case: Case, place: OfJson, code: Said, about: Person) -> DraftEnforcement:
    manager = next(iter(place.each("nsiManagers")), place.inside("manager"))
    return DraftEnforcement(
        **about,
        external_reference=case.identifier("nsi", place.said("nsiId")),
        version=case.whole(place.said("rowVersion")),
        kind=case.word(DraftEnforcement, "kind", code, case.profile.enforcement_nsis),
        on_day=case.day(place.said("referralDate", "actualStartDate", "startDate")),
        pdu=case.office(_code(manager, "team"), _code(manager, "probationArea", "provider")),
        note=case.text(place.said("notes")),
    )


def _code(place: OfJson, *names: str) -> Said | None:
    """Of a pair of code and description, of a person on the staff, or plain."""
    for name in names:
        under = place.inside(name)
        if found := under.said("code") or under.said("staffCode") or place.said(name):
            return found
    return None


def _is_true(said: Said | None) -> bool:
    return said is not None and said.text == "true"
