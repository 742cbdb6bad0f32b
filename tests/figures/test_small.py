"""Small numbers are not said, and cannot be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.figures.small import LEAST, beside_total, share, told


def test_a_count_below_five_is_not_said_and_none_is() -> None:
    assert [told(n) for n in (0, 1, 4, 5, 1200)] == [0, None, None, 5, 1200]


def test_one_small_count_beside_its_total_takes_the_next_smallest_with_it() -> None:
    assert beside_total([3, 40, 9, 0]) == ([None, 40, None, 0], 52)
    assert beside_total([3, 0, 0]) == ([None, 0, 0], None)
    assert beside_total([1, 1, 30]) == ([None, None, None], 32)
    assert beside_total([4, 4, 0]) == ([None, None, 0], 8)
    assert beside_total([7, 8]) == ([7, 8], 15)
    assert beside_total([]) == ([], 0)


def test_a_share_is_not_said_where_either_side_of_it_is_small() -> None:
    assert share(10, 23) == (10, 43.5)
    assert share(21, 23) == (None, None)
    assert share(2, 23) == (None, None)
    assert share(0, 3) == (None, None)
    assert share(0, 0) == (0, None)
    assert share(23, 23) == (23, 100.0)


@given(st.lists(st.integers(0, 60), max_size=14))
def test_what_is_left_out_is_never_one_alone_nor_small_together(counts: list[int]) -> None:
    shown, total = beside_total(counts)
    assert all(one is None or one == 0 or one >= LEAST for one in [*shown, total])
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    hidden = [count for one, count in zip(shown, counts, strict=True) if one is None]
    if hidden and total is not None:
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
