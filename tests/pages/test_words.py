"""Dates, distances and codes, as a person reads them."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from gateway.pages import words
from gateway.pages.mail import pieces
from gateway.pages.sign_in import safe_next
from schemas.drafts import DraftNsi
from schemas.words import ClockState, InboxState, NsiStatus, NsiType, Purpose, Role, Rosh


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (words.ROLES, Role),
        (words.NSI_TYPES, NsiType),
        (words.NSI_STATUSES, NsiStatus),
        (words.CLOCK_STATES, ClockState),
        (words.INBOX_STATES, InboxState),
        (words.ROSH, Rosh),
        (words.PURPOSES, Purpose),
    ],
)
def test_every_code_has_a_name(table: dict[str, object], kind: object) -> None:
    assert set(table) == set(get_args(kind))


def test_every_field_of_a_draft_has_a_name() -> None:
    assert set(DraftNsi.__struct_fields__) <= set(words.FIELDS)
    assert words.field_name("something_new") == "Something new"


def test_fields_are_read_in_the_order_of_the_checklist() -> None:
    assert [code for code, _ in words.in_order({"zz": 1, "rosh": 1, "crn": 1, "name": 1})] == [
        "name",
        "crn",
        "rosh",
        "zz",
    ]


def test_times_are_of_london() -> None:
    summer_night = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    assert words.written_time(summer_night) == "00:30 on 1 August 2026"
    assert words.written_date(summer_night) == "1 August 2026"
    assert words.short_date(date(2026, 12, 3)) == "3 Dec 2026"
    assert words.written_date(None) == ""


def test_one_mile_is_one_mile() -> None:
    assert [words.written_miles(n) for n in (0.0, 1.0, 31.34)] == ["0.0 miles", "1.0 mile", "31.3 miles"]


def test_how_sure_a_reading_is_is_said_in_words() -> None:
    said = [words.sureness(n) for n in (1.0, 0.8, 0.6, 0.5, 0.2)]
    assert said == ["Certain", "Clear", "Likely, please check", "A guess, please check", "A guess, please check"]


def test_who_did_it_is_a_name_where_there_is_one() -> None:
    assert words.who("demo-practitioner") == "Robin Invented"
    assert words.who("gateway") == "The gateway"
    assert words.who("somebody-else") == "somebody-else"


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\r\nSet-Cookie: x=1", "/\t/evil"],
)
def test_signing_in_leads_nowhere_but_here(path: str) -> None:
    assert safe_next(path) == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for() -> None:
    assert safe_next("/nsis?overdue=1") == "/nsis?overdue=1"


def test_links_to_this_service_are_alive_in_captured_mail_and_others_are_text() -> None:
    base = "http://127.0.0.1:8000"
    text = f"Confirm: {base}/confirm/Ab-_c=.\nElsewhere: http://evil.example/nsis/1 {base}.evil.example/nsis/1\n"
    assert [one for one in pieces(text, base) if one["href"]] == [
        {"text": f"{base}/confirm/Ab-_c=", "href": "/confirm/Ab-_c="}
    ]
    assert "".join(one["text"] for one in pieces(text, base)) == text
