"""The JSON in which the reporting service of OASys gives summaries of assessments."""

import re
from collections.abc import Iterator

from adapters.formats.said import OfJson, Said
from adapters.systems.oasys.assessing import RISKS, Assessing, Part
from schemas.drafts import DraftAssessment

COMPLETE = "COMPLETE"
CONCERNS = {
    "suicide": ("concernsRiskOfSuicide", "currentConcernsRiskOfSuicide"),
    "self_harm": ("concernsRiskOfSelfHarm", "currentConcernsRiskOfSelfHarm"),
    "coping_in_custody": ("concernsCopingInCustody", "currentConcernsCustody"),
    "coping_in_hostel": ("currentConcernsHostel",),
    "vulnerability": ("concernsVulnerability", "currentConcernsVulnerability", "currentConcernsVulnerablity"),
    "escape_or_abscond": ("concernsEscapeAbscond", "currentConcernsEscape"),
    "disruptive_behaviour": ("currentConcernsDisruptive", "currentControlBehaveTrust"),
    "breach_of_trust": ("currentConcernsBreachOfTrust", "currentControlBehaveTrust"),
}
"""As they are called there now, and before."""
FURTHER = {"totWeightedScore": "total", "ogrs1Year": "ogrs_1_year", "ogrs2Year": "ogrs_2_years"}
PREDICTED = {
    "ogp1Year": "ogp_1_year",
    "ogp2Year": "ogp_2_years",
    "ovp1Year": "ovp_1_year",
    "ovp2Year": "ovp_2_years",
}
WEIGHTED = ("accommodation", "ete", "relationships", "lifestyle", "drug", "alcohol", "thinking", "attitudes")
_WORD = re.compile(r"_([a-z])")


def is_summary(place: OfJson) -> bool:
    return place.has("assessmentPk") and (place.has("assessmentStatus") or place.has("initiationDate"))


def summary(reading: Assessing, place: OfJson, around: OfJson) -> DraftAssessment:
    """`around` says who it is about."""
    further = place.inside("furtherInformation")
    status = place.said("assessmentStatus")
    completed = place.said("dateCompleted")
    if completed is not None and status is not None and status.text != COMPLETE:
        reading.problem(status, "says that the assessment is not complete: its date of completion was left out.")
        completed = None
    risks, all_known = reading.risks(_risks(place))
    level = place.said("overallRiskLevel", "riskOfSeriousHarm")
    return DraftAssessment(
        crn=reading.text(around.said("probNumber", "crn")),
        noms=reading.text(around.said("prisNumber", "nomsId")),
        external_reference=reading.text(place.said("assessmentPk")),
        begun_on=reading.date(place.said("initiationDate")),
        completed_on=reading.date(completed),
        purpose=reading.text(further.said("pOAssessmentDesc", "pOAssessment")),
        layer=reading.text(place.said("assessmentType")),
        rosh=reading.overall(level, risks if all_known else None),
        risks=risks,
        concerns=reading.concerns(_concerns(place)),
        scores=reading.scores(_scores(place, further)),
        objectives=reading.objectives(list(_objectives(place))),
        review_on=reading.date(place.said("reviewSpDate")),
        assessor=reading.text(further.said("assessorName")),
        event_number=reading.whole(further.said("cmsEventNumber")),
    )


def _risks(place: OfJson) -> Iterator[Part]:
    """`children_community` is called `riskChildrenCommunity` there."""
    for name in RISKS:
        if said := place.said(_WORD.sub(lambda letter: letter[1].upper(), f"risk_{name}")):
            yield name, said


def _concerns(place: OfJson) -> Iterator[Part]:
    for name, called in CONCERNS.items():
        if said := place.said(*called):
            yield name, said


def _scores(place: OfJson, further: OfJson) -> Iterator[Part]:
    weighted, predicted = place.inside("weightedScores"), place.inside("ogpOvp")
    for name in WEIGHTED:
        if said := weighted.said(f"{name}WeightedScore"):
            yield f"weighted_{name}", said
    for under, names in ((further, FURTHER), (predicted, PREDICTED)):
        for called, name in names.items():
            if said := under.said(called):
                yield name, said


def _objectives(place: OfJson) -> Iterator[Said]:
    for objective in place.inside("sentencePlan").each("objectives"):
        if said := objective.said("objectiveCodeDesc"):
            yield said
