"""Is this someone we know? When it is not sure, nobody is taken for anybody."""

from datetime import date
from uuid import UUID

import pytest

from gateway.people.match import OTHER_NAME, SAME_NAME, Identity, Known, likeness, match

BORN = date(1990, 2, 3)
ONE = Known(id=UUID(int=1), name="Sam Invented", crn="X123456", noms="A1234BC", birth_date=BORN)
TWO = Known(id=UUID(int=2), name="Kit Example-Other", crn="X654321", birth_date=date(1971, 5, 6))


def test_an_identifier_with_the_same_name_is_the_person() -> None:
    assert match(Identity(name="INVENTED, Sam", crn="X123456"), [ONE, TWO]).person == ONE.id


def test_an_identifier_with_another_birth_date_is_unsure() -> None:
    found = match(Identity(name="Sam Invented", crn="X123456", birth_date=date(1990, 3, 2)), [ONE])
    assert found.person is None
    assert "birth date" in found.unsure


def test_an_identifier_with_another_name_is_unsure() -> None:
    assert "another name" in match(Identity(name="Kit Example-Other", crn="X123456"), [ONE]).unsure


def test_identifiers_of_two_people_are_unsure() -> None:
    assert "different people" in match(Identity(name="Sam Invented", crn="X654321", noms="A1234BC"), [ONE, TWO]).unsure


def test_an_identifier_beside_another_that_clashes_is_unsure() -> None:
    wanted = Identity(name="Sam Invented", crn="X999999", noms="A1234BC", birth_date=BORN)
    assert "another identifier" in match(wanted, [ONE]).unsure


def test_name_and_birth_date_without_identifier_are_the_person() -> None:
    assert match(Identity(name="Mr Sam INVENTED", birth_date=BORN), [ONE]).person == ONE.id


def test_the_same_name_and_birth_date_with_another_crn_are_two_people_who_are_alike() -> None:
    found = match(Identity(name="Sam Invented", crn="X777777", birth_date=BORN), [ONE])
    assert (found.person, found.unsure, found.alike) == (None, "", True)


def test_a_similar_name_on_the_same_day_is_unsure() -> None:
    found = match(Identity(name="Samuel Inventor", birth_date=BORN), [ONE])
    assert (found.person, "similar" in found.unsure) == (None, True)


def test_two_people_of_one_name_and_day_are_unsure() -> None:
    twin = Known(id=UUID(int=3), name="Sam Invented", birth_date=BORN)
    assert "More than one" in match(Identity(name="Sam Invented", birth_date=BORN), [ONE, twin]).unsure


def test_the_same_name_on_another_day_is_someone_new() -> None:
    found = match(Identity(name="Sam Invented", birth_date=date(1985, 1, 1)), [ONE])
    assert (found.person, found.unsure) == (None, "")


def test_another_name_on_the_same_day_is_someone_new() -> None:
    assert match(Identity(name="Robin Example-Third", birth_date=BORN), [ONE]).unsure == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Invented", "INVENTED Sam"),
        ("Zoë O'Invented", "Zoe OInvented"),
        ("Sam Alan Invented", "Sam Invented"),
        ("Mrs Jo Example-Hull", "Jo Example Hull"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert likeness(one, other) >= SAME_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Invented", "Kit Example-Other"),
        ("Sam", "Sam Invented Example"),
        ("Ann Example", "Bob Sample"),
        ("", "Sam"),
    ],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert likeness(one, other) < SAME_NAME
    assert likeness("Kit Example-Other", "Sam Invented") < OTHER_NAME
