"""A profile that does not fit is named with its file, key and line, before anything is read with it."""

from pathlib import Path

import pytest

from adapters.profile import KINDS, Profile, read_profile, words_of
from gateway.wiring import profiles_of, systems
from schemas.drafts import DraftContact, DraftNsi
from schemas.errors import Invalid, Refused

GOOD = """\
title = "What York sends"
layout = "ours"
source = "Agreed with York in 2026"
records_temporary_moves = false

[fields]
crn = "CRN"
name = ["Forenames", "Surname"]

[codes.type]
CT = "case_transfer"
"Case Transfer" = "case_transfer"
"""


def profile(tmp_path: Path, text: str = GOOD, name: str = "york.toml") -> Profile:
    path = tmp_path / name
    path.write_text(text)
    return read_profile(path, Profile)


def test_a_profile_is_called_as_its_file_is(tmp_path: Path) -> None:
    read = profile(tmp_path)
    assert (read.name, read.records_temporary_moves, read.on, read.zone) == ("york", False, True, "Europe/London")
    assert read.fields["name"] == ("Forenames", "Surname")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('layout = "ours"', 'layout = "stolen"', "york.toml: line 2: layout: Invalid enum value 'stolen'."),
        ('source = "Agreed with York in 2026"\n', "", "york.toml: `source` is missing."),
        ("crn =", "colour =", "york.toml: line 7: fields.colour: no draft has such a field."),
        ("records_temporary_moves", "record_moves", "york.toml: line 4: record_moves: there is no such key."),
        ('CT = "case_transfer"', 'CT = "transfer"', "york.toml: line 11: codes.type.CT: “transfer” is none of"),
        ("[codes.type]", 'zone = "Mars/North"\n[codes.type]', "no draft has such a field"),
        ("[fields]", 'zone = "Mars/North"\n[fields]', "york.toml: line 6: zone: there is no zone Mars/North."),
        ("[fields]", "[fields", "york.toml"),
    ],
)
def test_what_does_not_fit_is_named_with_file_key_and_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(Invalid) as raised:
        profile(tmp_path, GOOD.replace(was, becomes))
    assert says in str(raised.value)


def test_codes_are_looked_up_in_any_case_of_letters_and_never_guessed(tmp_path: Path) -> None:
    read = profile(tmp_path)
    assert [read.word("type", code) for code in ("CT", "ct", " case  transfer ", "XX")] == [
        "case_transfer",
        "case_transfer",
        "case_transfer",
        None,
    ]
    assert read.word("rosh", "high") == "high"
    assert read.code("type", "case_transfer") == "CT"
    with pytest.raises(Refused, match="no code for type “temporary_move”"):
        read.code("type", "temporary_move")


def test_a_connection_adds_to_the_tables(tmp_path: Path) -> None:
    read = profile(tmp_path).with_codes({"type": {"XX": "temporary_move"}, "rosh": {"4": "very_high"}})
    assert (read.word("type", "XX"), read.word("type", "CT")) == ("temporary_move", "case_transfer")
    assert read.word("rosh", "4") == "very_high"


def test_closed_words_of_a_field_are_those_of_its_kind() -> None:
    assert words_of(DraftNsi, "type") == ("case_transfer", "temporary_move")
    assert words_of(DraftNsi, "name") == ()
    assert "attended" in words_of(DraftContact, "outcome")
    assert set(KINDS) == {"nsi", "status", "contact", "enforcement", "registration", "assessment", "release", "event"}


def test_profiles_of_an_area_are_found_in_the_folder_that_the_setting_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "email_notice").mkdir()
    profile(tmp_path / "email_notice")
    monkeypatch.setenv("PROFILES", str(tmp_path))
    profiles_of.cache_clear()
    try:
        assert list(profiles_of("email_notice")) == ["york"]
    finally:
        profiles_of.cache_clear()


def test_every_system_that_is_registered_has_its_tests_in_the_suite() -> None:
    here = Path(__file__).parent
    for system in systems():
        assert "SystemContract" in (here / system.name / "test_contract.py").read_text(), system.name
