"""The XML in which the data hub passed assessments between OASys and nDelius, in the names of either side."""

import re
from collections.abc import Iterator

from lxml import etree

from adapters.formats.said import Said
from adapters.formats.xml_message import OfXml
from adapters.systems.oasys.assessing import CONCERNS, RISKS, Assessing, Part
from schemas.drafts import DraftAssessment
from schemas.errors import Unreadable

OF_DELIUS = "http://www.bconline.co.uk/oasys/"
OF_OASYS = "http://www.hp.com/NDH_Web_Service/"
MESSAGES = ("SubmitAssessmentSummaryRequest", "SubmitRiskDataRequest", "CMSUpdate", "RiskUpdateRequest")
PARTS = ("OASYSAssessmentSummary", "RiskType")
"""That also come by themselves."""
_SECTION = re.compile(r"(?:OASYS)?Section([0-9]{1,2})(Scores?|CrimScore)", re.IGNORECASE)
"""`Scores` is the raw score of a section; `Score` and `CrimScore` the weighted one. Their capitals vary."""
SCORES = {
    "OASYSTotalScore": "total",
    "TotalScore": "total",
    "OGRSScore1": "ogrs_1_year",
    "OGRSScore2": "ogrs_2_years",
    "OGPScore1": "ogp_1_year",
    "OGPScore2": "ogp_2_years",
    "OVPScore1": "ovp_1_year",
    "OVPScore2": "ovp_2_years",
}


def read_hub(reading: Assessing, root: OfXml) -> list[DraftAssessment]:
    """Raises `Unreadable`."""
    whole = [one for one in root.find(*MESSAGES) if _is_ours(one)]
    made = [draft for one in whole for draft in _assessment(reading, one)]
    if not whole:
        alone = [one for one in root.find(*PARTS) if _is_ours(one)]
        made = [draft for one in alone for draft in _assessment(reading, one)]
    if not made and not whole:
        raise Unreadable(
            "It holds no assessment and no risk of OASys, but a search, an answer or a fault. Send the former."
        )
    return made


def _is_ours(one: OfXml) -> bool:
    namespace = etree.QName(one.element).namespace or ""
    return namespace.startswith((OF_DELIUS, OF_OASYS))


def _assessment(reading: Assessing, message: OfXml) -> Iterator[DraftAssessment]:
    summary = _first(message, "OASYSAssessmentSummary", "Assessment")
    risk = _first(message, "RiskType", "RiskUpdateRequest")
    plans = [*message.each("OASYSSupervisionPlan"), *message.each("Objective")]
    deleted = summary.said("DeletedIndicator")
    if deleted is not None and deleted.text in ("1", "Y", "true"):
        reading.problem(deleted, "says that the assessment was deleted: it is passed over.")
        return
    crn = summary.said("CaseReferenceNumber", "CMSProbNumber") or risk.said("CaseReferenceNumber", "CMSProbNumber")
    number = summary.said("OASYS_ID", "AssessmentGUID")
    if crn is None and number is None:
        reading.problem(message.source, "holds no assessment of anybody.")
        return
    letters = risk.said("RiskOfHarm", "RiskFlags") or summary.said("RiskFlags")
    risks, all_known = reading.risks(reading.listed(letters, RISKS), letters)
    level = risk.inside("Risk").said("RiskofHarm", "RiskOfHarm") or summary.inside("Risk").said(
        "RiskofHarm", "RiskOfHarm"
    )
    flags = summary.said("ConcernFlags") or risk.said("ConcernFlags")
    yield DraftAssessment(
        crn=reading.text(crn),
        external_reference=reading.text(number),
        begun_on=reading.date(summary.said("DateCreated")),
        completed_on=reading.date(summary.said("DateAssessmentCompleted")),
        purpose=reading.text(summary.said("PurposeOfAssessmentDescription", "PurposeOfAssessmentCode")),
        layer=reading.text(summary.said("LayerType")),
        rosh=reading.overall(level, risks if all_known else None),
        risks=risks,
        concerns=reading.concerns(reading.listed(flags, CONCERNS), flags),
        scores=reading.scores(_scores(summary)),
        objectives=reading.objectives(list(_objectives(plans))),
        review_on=reading.date(summary.said("SentencePlanReviewDate")),
        assessor=reading.text(summary.said("AssessedBy")),
        event_number=reading.whole(summary.said("EventNumber")),
    )


def _first(message: OfXml, *names: str) -> OfXml:
    """That part of a message, or the message where it is that part itself."""
    if message.name in names:
        return message
    return next((one for name in names for one in message.each(name)), OfXml(None, names[0], message))


def _scores(summary: OfXml) -> Iterator[Part]:
    for one in summary.children():
        section = _SECTION.fullmatch(one.name)
        raw = section is not None and section[2].casefold() == "scores"
        name = f"{'section' if raw else 'weighted'}_{int(section[1])}" if section else SCORES.get(one.name)
        if name and (said := summary.said(one.name)):
            yield name, said


def _objectives(plans: list[OfXml]) -> Iterator[Said]:
    for plan in plans:
        if said := plan.said("Objective", "ObjectiveDescription"):
            yield said
