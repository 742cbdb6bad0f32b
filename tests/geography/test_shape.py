"""What is taken for a postcode."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.geography.shape import halves, outward_code, written

areas = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=2)
digits = st.sampled_from("0123456789")
inward = st.tuples(digits, st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2)).map("".join)
postcodes = st.builds("{}{}{} {}".format, areas, digits, st.one_of(st.just(""), digits, st.just("A")), inward)
between = st.text(" \t\u00a0-.\u200b", max_size=3)


@given(postcode=postcodes, gap=between, case=st.sampled_from([str.lower, str.upper]))
def test_spacing_and_case_do_not_matter(postcode: str, gap: str, case: Callable[[str], str]) -> None:
    typed = gap.join(postcode.replace(" ", ""))
    assert written(case(typed)) == postcode


@given(st.text(max_size=30))
def test_no_text_is_too_strange_to_be_asked_and_a_postcode_is_read_once_and_for_all(text: str) -> None:
    postcode = written(text)
    assert postcode is None or (written(postcode) == postcode and outward_code(text) is None)


@pytest.mark.parametrize(
    "text", ["", "LS", "LS1 4A", "LS1 4AC", "LS1 44P", "4AP LS1", "LS1 4AP Leeds", "LS1_4AP", "GIR", "é1 1AA"]
)
def test_other_shapes_are_not_full_postcodes(text: str) -> None:
    assert halves(text) is None


def test_full_width_letters_of_a_pasted_text_are_read() -> None:
    assert written("ＬＳ１ ４ＡＰ") == "LS1 4AP"


@pytest.mark.parametrize(
    ("text", "code"), [(" ls1 ", "LS1"), ("sw1a", "SW1A"), ("M1", "M1"), ("npt", "NPT"), ("LS", None), ("E20W1", None)]
)
def test_an_outward_code_is_told_from_anything_else(text: str, code: str | None) -> None:
    assert outward_code(text) == code
