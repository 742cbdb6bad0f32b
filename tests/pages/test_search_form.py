"""From what was typed to a need, or to every fault at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict, MultiDict
from msgspec.structs import replace

from gateway.pages.search_form import AREAS, Area, Typed, empty, need_of, of_form, of_query
from schemas.errors import FieldFault, Invalid
from schemas.search import Avoid
from tests.pages.samples import NOW, TYPED


def faults(typed: Typed) -> list[str]:
    with pytest.raises(Invalid) as refused:
        need_of(typed)
    return [fault.field for fault in refused.value.faults]


def test_a_whole_form_becomes_a_need() -> None:
    need = need_of(TYPED)
    assert (need.near, need.from_, need.nights, need.gender) == ("LS1 4AP", date(2027, 1, 11), 84, "male")
    assert need.needs == ["step_free"]
    assert need.avoid == [Avoid("BD1 1HX", 10)]


def test_every_fault_is_said_at_once_under_the_name_of_its_field() -> None:
    assert faults(Typed(avoid=[Area("", "3"), Area("BD1 1HX", "far")])) == [
        "near",
        "from",
        "nights",
        "gender",
        "avoid-postcode-1",
        "avoid-miles-2",
    ]


@pytest.mark.parametrize("nights", ["0", "731", "100000", "-1", "1.5", "x", "²"])
def test_nights_are_a_whole_number_from_1_to_730(nights: str) -> None:
    assert faults(replace(TYPED, nights=nights)) == ["nights"]


@pytest.mark.parametrize(("day", "month", "year"), [("31", "2", "2027"), ("0", "1", "2027"), ("1", "1", "9" * 30)])
def test_a_first_night_is_a_real_date(day: str, month: str, year: str) -> None:
    assert faults(replace(TYPED, day=day, month=month, year=year)) == ["from"]


@pytest.mark.parametrize("miles", ["0", "-1", "201", "nan", "inf", ""])
def test_an_area_has_miles_that_mean_something(miles: str) -> None:
    assert faults(replace(TYPED, avoid=[Area("BD1 1HX", miles)])) == ["avoid-miles-1"]


def test_an_empty_row_is_no_area_and_there_is_always_room_for_another() -> None:
    form = FormMultiDict(
        [("avoid-postcode", "BD1 1HX"), ("avoid-miles", "5"), ("avoid-postcode", " "), ("avoid-miles", "")]
    )
    assert of_form(form).avoid == [Area("BD1 1HX", "5")]
    assert of_form(form).rows == [Area("BD1 1HX", "5"), Area()]
    assert len(replace(TYPED, avoid=[Area("BD1 1HX", "5")] * AREAS).rows) == AREAS


def test_the_form_opens_on_tonight_for_twelve_weeks() -> None:
    assert (empty(NOW).day, empty(NOW).month, empty(NOW).year, empty(NOW).nights) == ("22", "11", "2026", "84")


def test_a_link_brings_the_search_back_without_the_areas() -> None:
    query = MultiDict(
        [(name, one) for name, value in TYPED.query.items() for one in (value if isinstance(value, list) else [value])]
    )
    assert of_query(query) == replace(TYPED, avoid=[])
    assert "BD1" not in str(TYPED.query)


def test_an_area_in_an_address_is_not_read() -> None:
    assert of_query(MultiDict([("near", "LS1"), ("avoid-postcode", "BD1 1HX"), ("avoid-miles", "5")])).avoid == []


text = st.text(max_size=12)


@given(
    near=text,
    day=text,
    month=text,
    year=text,
    nights=text,
    gender=text,
    needs=st.lists(text, max_size=3),
    area=text,
    miles=text,
)
def test_whatever_is_typed_is_a_need_or_faults_with_reasons(
    near: str, day: str, month: str, year: str, nights: str, gender: str, needs: list[str], area: str, miles: str
) -> None:
    typed = Typed(
        near=near, day=day, month=month, year=year, nights=nights, gender=gender, needs=needs, avoid=[Area(area, miles)]
    )
    refused: tuple[FieldFault, ...] = ()
    try:
        need_of(typed)
    except Invalid as error:
        refused = error.faults
    assert all(fault.why for fault in refused)


@given(st.builds(Typed, near=text, day=text, nights=text, needs=st.lists(text, max_size=3)))
def test_a_search_that_is_carried_along_unseen_comes_back_as_it_was(typed: Typed) -> None:
    back = of_form(FormMultiDict(typed.pairs))
    assert back.near == typed.near.strip()
    assert back.needs == typed.needs
