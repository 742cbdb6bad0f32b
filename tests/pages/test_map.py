"""The map: true directions and distances, pins that can be told apart."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.geography.distance import miles
from gateway.pages.map import PIN, SIZE, Marked, draw
from gateway.pages.surroundings import label

LEEDS = (53.7965, -1.5478)
YORK = (53.9583, -1.0803)
LIVERPOOL = (53.4084, -2.9916)


def test_north_is_up_and_east_is_right() -> None:
    pin = draw(LEEDS, [Marked("1", "hit", YORK)], [], []).pins[0]
    assert pin.at_x > SIZE / 2
    assert pin.at_y < SIZE / 2


def test_a_ring_stands_for_its_miles() -> None:
    drawn = draw(LEEDS, [Marked("1", "hit", LIVERPOOL)], [], [])
    pin, ring = drawn.pins[0], drawn.rings[0]
    shown = hypot(pin.at_x - SIZE / 2, pin.at_y - SIZE / 2) * ring.miles / ring.radius
    assert shown == pytest.approx(miles(*LEEDS, *LIVERPOOL), rel=0.01)
    assert [ring.miles for ring in drawn.rings] == [20, 40, 60]


def test_premises_in_one_street_have_pins_apart_and_lines_to_where_they_are() -> None:
    drawn = draw(LEEDS, [Marked(str(n), "hit", YORK) for n in range(12)], [], [])
    for one, other in combinations(drawn.pins, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= PIN - 0.2
    assert sum(pin.moved for pin in drawn.pins) == 11


def test_the_name_of_a_town_lies_under_no_pin() -> None:
    assert draw(LEEDS, [Marked("1", "hit", YORK)], [("York", YORK)], []).towns == []
    assert [town.name for town in draw(LEEDS, [Marked("1", "hit", LIVERPOOL)], [("York", YORK)], []).towns] == ["York"]


def test_without_results_the_map_is_of_five_miles_around() -> None:
    assert [ring.miles for ring in draw(LEEDS, [], [], []).rings] == [2, 4]


def test_districts_out_of_view_are_not_drawn() -> None:
    assert draw(LEEDS, [], [], [LEEDS, LIVERPOOL]).land == "M200 200h0"


@given(st.lists(st.tuples(st.floats(50, 55.8), st.floats(-5.7, 1.7)), max_size=40))
def test_every_pin_is_in_the_picture_wherever_premises_are(places: list[tuple[float, float]]) -> None:
    drawn = draw(LEEDS, [Marked("x", "miss", place) for place in places], [], places)
    assert all(0 <= pin.x <= SIZE and 0 <= pin.y <= SIZE for pin in drawn.pins)
    assert 1 <= len(drawn.rings) <= 4


def test_hits_are_numbers_and_near_misses_are_letters() -> None:
    assert [label("hit", 1), label("hit", 12), label("miss", 1), label("miss", 27)] == ["1", "12", "A", "·"]
