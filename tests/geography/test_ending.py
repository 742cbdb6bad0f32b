"""The postcode that an address ends with."""

import pytest

from bedspace.geography.shape import at_the_end


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("12 Example Street, Leeds LS1 4AP", "LS1 4AP"),
        ("12 Example Street, Leeds, ls14ap.", "LS1 4AP"),
        ("Flat 2 E1 6AN", "E1 6AN"),
        ("ls1 4ap", "LS1 4AP"),
        ("LS1 4AP Leeds", None),
        ("Leeds", None),
        ("LEEDSLS1 4AP", None),
    ],
)
def test_an_address_is_read_by_the_postcode_it_ends_with(text: str, postcode: str | None) -> None:
    assert at_the_end(text) == postcode
