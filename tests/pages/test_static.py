"""The files that pages are made with: ours to give away, complete, and without what belongs to GOV.UK."""

import re
from importlib.metadata import version

import pytest

from gateway.pages.templates import STATIC, asset

SHEETS = sorted(path.name for path in STATIC.glob("*.css"))


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_asks_for_no_file(name: str) -> None:
    assert re.findall(r"url\(|@import|@font-face", (STATIC / name).read_text()) == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_is_without_the_font_and_the_crest_of_gov_uk(name: str) -> None:
    sheet = (STATIC / name).read_text().lower()
    assert "gds transport" not in sheet
    assert "crest.svg" not in sheet


def test_the_licence_of_what_is_not_ours_lies_beside_it() -> None:
    text = (STATIC / "LICENCES.txt").read_text()
    assert "govuk-frontend 6.3.0" in text
    assert "Permission is hereby granted" in text


def test_the_script_is_of_the_version_that_the_macros_are_made_for() -> None:
    assert 'version="6.3.0"' in (STATIC / "govuk-frontend-6.3.0.min.js").read_text()
    assert version("govuk-frontend-jinja").startswith("4.1."), "4.1 is made for 6.3.0: take the files of its version"


def test_an_address_changes_with_the_content() -> None:
    assert re.fullmatch(r"/static/bedspace\.css\?v=[0-9a-f]{10}", asset("bedspace.css"))


def test_a_file_that_is_not_there_fails_when_it_is_asked_for() -> None:
    with pytest.raises(FileNotFoundError):
        asset("missing.css")
