"""Every field that a message may lack has a name in letters."""

from gateway.delivery.letters import OWED
from gateway.delivery.settle import NOTES
from gateway.delivery.words import FIELDS, field_name
from gateway.intake.checklist import NATIONAL
from gateway.transfers.regime import regimes


def test_every_field_of_the_checklist_and_of_the_regimes_has_a_name() -> None:
    asked = {field for regime in regimes().values() for fields in regime.asks.values() for field in fields}
    assert {*NATIONAL, *asked} <= FIELDS.keys()


def test_a_field_without_a_name_is_shown_in_words() -> None:
    assert field_name("shoe_size") == "shoe size"


def test_every_letter_that_a_history_tells_of_has_its_line_there() -> None:
    """Of those that are owed: the digest and the pattern of police checks are about nothing that has a history."""
    owed = {purpose for purposes in OWED.values() for purpose in purposes}
    assert owed - set(NOTES) == {"digest_to_person", "police_checks_to_region"}
