"""What an assessment says, whoever's names it comes in."""

import json
from typing import Any

import pytest

from adapters.systems import oasys
from adapters.systems.oasys.read import read
from schemas.drafts import found_in, values_of
from schemas.errors import Unreadable

PROFILE: Any = oasys.SYSTEM.profiles()["oasys"]
DELIUS = 'xmlns="http://www.bconline.co.uk/oasys/risk"'
CRN = "<CaseReferenceNumber>X1</CaseReferenceNumber>"
CRN_THERE = "<CMSProbNumber>X1</CMSProbNumber>"
HUB = 'xmlns="http://www.hp.com/NDH_Web_Service/riskupdaterequest"'


def values(message: str | dict[str, Any]) -> dict[str, Any]:
    raw = message if isinstance(message, str) else json.dumps(message)
    (draft,) = read(raw.encode(), PROFILE).drafts
    return values_of(draft)


def risks(letters: str) -> dict[str, Any]:
    return values(f"<RiskType {DELIUS}>{CRN}<RiskOfHarm>{letters}</RiskOfHarm></RiskType>")


def test_sys_04_the_same_risks_come_out_of_both_sets_of_names() -> None:
    theirs = f"<RiskUpdateRequest {HUB}>{CRN_THERE}<RiskFlags>L,N,M,,H,,,,V</RiskFlags></RiskUpdateRequest>"
    assert values(theirs) == risks("L,N,M,,H,,,,V")
    assert risks("L,N,M,,H,,,,V")["risks"] == {
        "children_community": "low",
        "public_community": "medium",
        "known_adult_community": "high",
        "prisoners_custody": "very_high",
    }


@pytest.mark.parametrize(
    ("letters", "overall"),
    [
        ("L,L,M,L,H,L,M,M,L", "high"),
        ("N,N,N,N,N,N,N,N,N", None),
        (",,,,,,,,", None),
        ("L,L,X,L,L,L,L,L,L", None),
        ("L,L", None),
    ],
)
def test_sys_04_the_overall_risk_is_the_highest_of_its_parts_and_never_of_some_of_them(
    letters: str, overall: str | None
) -> None:
    assert risks(letters).get("rosh") == overall


@pytest.mark.parametrize("written", ["2026-11-19", "19/11/2026", "2026-11-19T00:30:00", "2026-11-18T23:30:00-01:00"])
def test_sys_04_a_date_is_read_in_both_styles(written: str) -> None:
    found = values({"crn": "X1", "assessmentPk": 1, "assessmentStatus": "COMPLETE", "dateCompleted": written})
    assert str(found["completed_on"]) == "2026-11-19"


@pytest.mark.parametrize("status", ["LOCKED_INCOMPLETE", "OPEN", "SIGNED"])
def test_sys_04_an_assessment_that_is_not_complete_has_no_date_of_completion(status: str) -> None:
    raw = json.dumps({"crn": "X1", "assessmentPk": 1, "assessmentStatus": status, "dateCompleted": "2026-11-19"})
    reading = read(raw.encode(), PROFILE)
    assert "completed_on" not in values_of(reading.drafts[0])
    assert len(reading.problems) == 1


def test_all_the_letters_are_the_evidence_of_a_risk() -> None:
    raw = f"<RiskType {DELIUS}>\n{CRN}\n<RiskOfHarm>L,N,M,,H,,,,V</RiskOfHarm></RiskType>"
    (draft,) = read(raw.encode(), PROFILE).drafts
    found = found_in(draft)["risks"]
    assert (found.text, found.source) == ("L,N,M,,H,,,,V", "/RiskType/RiskOfHarm, line 3")


@pytest.mark.parametrize(
    "raw",
    [
        "<RiskType><CaseReferenceNumber>X1</CaseReferenceNumber></RiskType>",
        '<RiskType xmlns="urn:other"><CaseReferenceNumber>X1</CaseReferenceNumber></RiskType>',
        '<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body><Fault><Code>OASYSERR003</Code></Fault></Body></Envelope>',
        '<InitialSearchRequest xmlns="http://www.bconline.co.uk/oasys/messages"/>',
        '{"assessments": []}',
        '{"assessmentPk": 1}',
    ],
)
def test_what_is_no_assessment_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        read(raw.encode(), PROFILE)
