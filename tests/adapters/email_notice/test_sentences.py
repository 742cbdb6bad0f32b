"""Wordings of practitioners, each with what it is to be read as."""

from datetime import date
from typing import Any

import pytest

from adapters.contract import plain
from adapters.systems.email_notice import SYSTEM
from schemas.drafts import DraftNsi, Reading

ENOUGH = 0.5
"""Below it a value waits for a person."""


def reading(body: str, subject: str = "", sent: str = "Sun, 22 Nov 2026 09:30:00 +0000") -> Reading:
    return SYSTEM.read(
        f"From: Pat <pat@example.invalid>\nDate: {sent}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n"
        f"\n{body}\n".encode(),
        plain(SYSTEM),
    )


def draft(body: str, subject: str = "", **rest: str) -> DraftNsi:
    drafts = reading(body, subject, **rest).nsis
    assert len(drafts) == 1
    return drafts[0]


def believed(draft: DraftNsi) -> dict[str, Any]:
    found = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return {name: value.value for name, value in found.items() if value is not None and value.confidence >= ENOUGH}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Mr John Invented, CRN X123456, date of birth 14 March 1985, will be released from HMP Leeds on 27 "
            "December 2026 to 14 Example Street, Leeds, LS1 4AP. RoSH is High. MAPPA category 2 level 2.",
            {
                "name": "John Invented",
                "crn": "X123456",
                "birth_date": date(1985, 3, 14),
                "type": "case_transfer",
                "move_on": date(2026, 12, 27),
                "destination": "LS1 4AP",
                "address": "14 Example Street, Leeds, LS1 4AP",
                "prison": "HMP Leeds",
                "rosh": "high",
                "mappa": "Category 2, Level 2",
            },
        ),
        (
            "My PoP, Sarah Made-Up (DOB: 3/4/91, CRN: S765432), would like to move permanently to Bristol to be "
            "near her family. Her new address will be 3 Sample Court, Bristol, BS1 4DJ and she hopes to move on "
            "the 12th of January. She is currently living at 9 Other Lane, Hull HU1 1AA.",
            {
                "name": "Sarah Made-Up",
                "type": "case_transfer",
                "birth_date": date(1991, 4, 3),
                "move_on": date(2027, 1, 12),
                "destination": "BS1 4DJ",
                "gender": "female",
            },
        ),
        (
            "Tariq Example, X222333, will be staying at 5 Sample Road, London E1 6AN for three weeks from 4/1/27.",
            {"name": "Tariq Example", "type": "temporary_move", "move_on": date(2027, 1, 4), "destination": "E1 6AN"},
        ),
        (
            "Jane Example J123456 is moving from 5 Old Road, Bradford BD1 1HX to 3 New Road, York YO1 9TL on 5 "
            "Jan 2027",
            {"destination": "YO1 9TL", "address": "3 New Road, York YO1 9TL", "move_on": date(2027, 1, 5)},
        ),
        (
            "Jane Example (CRN J123456) will stay with her aunt in York from 4th to 18th January 2027.",
            {"type": "temporary_move", "move_on": date(2027, 1, 4), "until": date(2027, 1, 18), "destination": "York"},
        ),
        (
            "The release of John Invented (X123456) has been brought forward from 27 December to 20 December 2026.",
            {"move_on": date(2026, 12, 20), "type": "case_transfer"},
        ),
        (
            "I would like to transfer the case of Mary Example (CRN M111111) to Birmingham.",
            {"type": "case_transfer", "destination": "Birmingham", "name": "Mary Example"},
        ),
        (
            "Mr Ken Example (A1234BC) at HMP Hatfield will be on ROTL at 3 Sample Row, Hull HU1 2AA, between 5 and 9 "
            "January 2027.",
            {"noms": "A1234BC", "type": "temporary_move", "move_on": date(2027, 1, 5), "until": date(2027, 1, 9)},
        ),
        (
            "X123456 INVENTED, John (14/03/1985) has resettled in Leeds at 14 Example Street LS1 4AP.",
            {"name": "John Invented", "birth_date": date(1985, 3, 14), "destination": "LS1 4AP"},
        ),
        (
            "Prisoner: A1234BC EXAMPLE, KEN\nCRD: 15/01/2027\nEstablishment: Hull (HMP)\nDischarge address: 3 Sample "
            "Row\nHull\nHU1 2AA\nOverall RoSH: High\nMAPPA Level: 2",
            {
                "name": "Ken Example",
                "noms": "A1234BC",
                "move_on": date(2027, 1, 15),
                "address": "3 Sample Row, Hull, HU1 2AA",
                "mappa": "Level 2",
            },
        ),
        (
            "Name: John Invented\nCRN: X123456\nFrom: 3 January 2027\nTo: 17 January 2027\nMoving to: York",
            {"move_on": date(2027, 1, 3), "until": date(2027, 1, 17), "type": "temporary_move"},
        ),
        (
            "Name: John Invented\nCRN: X123456\nFrom: Hull PDU\nTo: Leeds PDU\nThis is a permanent move.",
            {"sending": "Hull PDU", "destination": "Leeds", "type": "case_transfer"},
        ),
        (
            "| Name | John Invented |\n|---|---|\n| CRN | X123456 |\n| Release date | 27/12/2026 |",
            {"name": "John Invented", "crn": "X123456", "move_on": date(2026, 12, 27)},
        ),
    ],
)
def test_a_wording_is_read_as_it_is_meant(body: str, expected: dict[str, Any]) -> None:
    found = believed(draft(body))
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("words", "rosh"),
    [
        ("He is assessed as high risk of serious harm", "high"),
        ("He poses a very high risk of serious harm", "very_high"),
        ("RoSH: Medium", "medium"),
        ("RoSH - low", "low"),
        ("Risk of serious harm is currently assessed as medium", "medium"),
        ("He is high RoSH", "high"),
    ],
)
def test_risk_of_serious_harm_in_many_words(words: str, rosh: str) -> None:
    body = f"Name: John Invented\nCRN: X123456\n{words}" if ":" in words else f"John Invented (X123456).\n\n{words}."
    assert believed(draft(body)).get("rosh") == rosh


def test_a_risk_of_reoffending_is_not_a_risk_of_serious_harm() -> None:
    assert draft("John Invented (X123456) is a high risk of reoffending.").rosh is None


@pytest.mark.parametrize(
    "foot",
    [
        "Kind regards\n\nPat\n1 Office Road, Hull HU1 1AA\n07700 900001",
        "-- \nPat, Hull Probation Office, 1 Office Road, Hull HU1 1AA",
        "Pat\nProbation Officer\n1 Office Road, Hull HU1 1AA",
        "This e-mail is confidential. Write to 2 Privacy Road, London SW1A 1AA.",
        "Probation Officer\n1 Office Road\nHull HU1 1AA",
    ],
)
def test_the_foot_of_a_letter_is_nobodys_destination(foot: str) -> None:
    found = believed(draft(f"Please transfer John Invented (CRN X123456) on 5 January 2027.\n\n{foot}"))
    assert "destination" not in found
    assert "phone" not in found


def test_nothing_of_a_victim_is_read() -> None:
    found = draft(
        "Name: John Invented\nCRN: X123456\nRelease date: 27 December 2026\nVictim: Jane Nobody, 9 Other Road, "
        "Leeds LS2 8AA\n\nVictim details\nMary Nobody\n10 Other Road\nLeeds LS2 9AA\n\n"
        "The victim will be moving to 11 Other Road, York YO1 9TL. She will then live at 12 Other Road, York YO1 9TL."
    )
    words = " ".join(getattr(found, name).text for name in found.__struct_fields__ if getattr(found, name))
    assert "Nobody" not in words
    assert "Other Road" not in words
    assert found.destination is None


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("w/c 4 January 2027", "is a week, not a day"),
        ("Monday 27 December 2026", "does not fall on the weekday"),
        ("12/27/2026", "month first"),
        ("early January", "not exact"),
        ("27 or 28 December", "one of two"),
        ("31 February 2027", "not a date of the calendar"),
    ],
)
def test_a_doubtful_date_is_said_to_be_doubtful_and_not_believed(when: str, problem: str) -> None:
    read = reading(f"Name: John Invented\nCRN: X123456\nRelease date: {when}\nRelease address: Leeds LS1 4AP")
    assert any(problem in said for said in read.problems)
    assert "move_on" not in believed(read.nsis[0])


def test_a_relative_date_counts_from_the_message_and_only_from_it() -> None:
    body = "John Invented (X123456) is to be released in five weeks to 1 Example Street, Leeds LS1 4AP."
    assert believed(draft(body))["move_on"] == date(2026, 12, 27)
    undated = draft(body, sent="no date at all")
    assert undated.move_on is None


def test_a_date_just_before_midnight_in_london_is_of_that_day() -> None:
    body = "John Invented (X123456) is to be released tomorrow to 1 Example Street, Leeds LS1 4AP."
    assert believed(draft(body, sent="Mon, 29 Jun 2026 23:30:00 +0000"))["move_on"] == date(2026, 7, 1)


def test_two_different_destinations_are_named_and_not_believed() -> None:
    read = reading(
        "Name: John Invented\nCRN: X123456\nRelease address: 1 Example Street, Leeds LS1 4AP\n"
        "Release address: 2 Example Street, York YO1 9TL\nRelease date: 27/12/2026"
    )
    assert any("destination is given twice" in problem for problem in read.problems)
    assert "destination" not in believed(read.nsis[0])


def test_an_email_about_nobody_has_no_draft() -> None:
    assert not reading("Dear all, the office is closed on 25 December. Please call 01632 960001.").drafts
    assert not reading("Can we meet on 3 December at 10:00 in London to discuss case transfers?").drafts


def test_the_sender_is_never_the_person_written_about() -> None:
    found = draft("I am Ms Pat Example. My case John Invented (X123456) is moving to York on 5 January 2027.")
    assert found.name is not None
    assert found.name.value == "John Invented"


def test_the_words_of_a_value_stand_in_the_message_as_they_are_quoted() -> None:
    body = "Name: John Invented\nCRN: X123456\nRelease address: 14 Example Street,\nLeeds LS1 4AP\nRoSH: High"
    found = draft(body)
    for name in ("name", "crn", "address", "destination", "rosh"):
        assert getattr(found, name).text in body


def test_problems_name_no_value() -> None:
    read = reading(
        "Name: John Invented\nCRN: X12345\nPNC: 1985/0123456A\nRelease date: 31 February 2027\nDOB: 1/1/1990"
    )
    assert len(read.problems) == 3
    assert not any(
        value in problem for problem in read.problems for value in ("X12345", "1985", "February", "Invented")
    )
