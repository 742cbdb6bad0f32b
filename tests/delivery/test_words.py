"""Every field that a message may lack has a name in letters."""

from gateway.delivery.words import FIELDS, field_name
from gateway.intake.checklist import NATIONAL
from gateway.transfers.regime import regimes


def test_every_field_of_the_checklist_and_of_the_regimes_has_a_name() -> None:
    asked = {field for regime in regimes().values() for fields in regime.asks.values() for field in fields}
    assert {*NATIONAL, *asked} <= FIELDS.keys()


def test_a_field_without_a_name_is_shown_in_words() -> None:
    assert field_name("shoe_size") == "shoe size"
