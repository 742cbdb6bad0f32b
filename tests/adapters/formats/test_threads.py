"""Who wrote which lines of a body."""

import pytest

from adapters.formats.signatures import without_signature
from adapters.formats.threads import passages


def kinds(text: str, *, is_reply: bool = True) -> list[tuple[str, str]]:
    return [
        (passage.kind, " ".join(line.strip() for _, line in passage.lines if line.strip()))
        for passage in passages(text, is_reply=is_reply)
    ]


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 30 Nov 2026 at 09:00, Pat Example <pat@example.invalid> wrote:",
        "On Mon, 30 Nov 2026 at 09:00, Pat Example\n<pat@example.invalid> wrote:",
        "Pat Example <pat@example.invalid> wrote:",
        "Ar Llun, 30 Tach 2026, ysgrifennodd:",
        "-----Original Message-----\nFrom: Pat\nSent: 30 November 2026\nTo: You\nSubject: x",
        "From: Pat\nSent: 30 November 2026 09:00\nTo: You\nSubject: x\n",
        "*From:* Pat\n*Date:* 30 November 2026 09:00\n*To:* You\n",
    ],
)
def test_what_a_reply_quotes_is_told_from_what_it_says(attribution: str) -> None:
    assert kinds(f"New words\n\n{attribution}\nOld words") == [("new", "New words"), ("quoted", "Old words")]


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------\nFrom: Pat\nDate: 30 November 2026\nSubject: x\nTo: You",
        "Begin forwarded message:\n\n> From: Pat\n> Date: 30 November 2026\n> Subject: x\n",
        "________________________________\nFrom: Pat\nSent: 30 November 2026\nTo: You\nSubject: x",
    ],
)
def test_what_is_passed_on_is_read_as_content(marker: str) -> None:
    found = kinds(f"Please see below\n\n{marker}\n\nPassed on", is_reply=False)
    assert found[-1] == ("forwarded", "Passed on")
    assert found[0][1].startswith("Please see below")


def test_answers_between_quoted_lines_are_new() -> None:
    assert kinds("> When?\nOn Friday\n> Where?\nIn York") == [
        ("quoted", "When?"),
        ("new", "On Friday"),
        ("quoted", "Where?"),
        ("new", "In York"),
    ]


def test_a_passage_knows_when_it_was_sent_and_where_its_lines_stand() -> None:
    passed_on = passages("x\n\nFrom: Pat\nSent: 30 November 2026\nTo: You\n\nOld", is_reply=False)[-1]
    assert passed_on.sent == "30 November 2026"
    assert passed_on.lines[-1] == (7, "Old")


def test_a_label_from_is_no_header_of_a_message() -> None:
    assert kinds("Name: John\nFrom: 3 January\nTo: 17 January\nReason: visit") == [
        ("new", "Name: John From: 3 January To: 17 January Reason: visit")
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Words\n\nKind regards\nPat\n01632 960001", ["Words", ""]),
        ("Words\n-- \nPat", ["Words"]),
        ("Words\nPat Example\nProbation Officer", ["Words"]),
        ("CAUTION: this came from outside\n\nWords", ["", "Words"]),
        ("Words\nMore\nThis e-mail is confidential.", ["Words", "More"]),
        ("Thanks\n\nCRN: X123456", ["", "CRN: X123456"]),
    ],
)
def test_a_signature_ends_the_words_unless_more_is_said_of_the_person(text: str, kept: list[str]) -> None:
    lines = list(enumerate(text.split("\n"), 1))
    assert [line for _, line in without_signature(lines, "Pat Example")] == kept
