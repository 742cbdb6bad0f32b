"""Days and times as far systems write them."""

from datetime import UTC, date, datetime

import pytest

from adapters.formats.days import NoTime, day_of, moment_of

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2026-11-20T09:30:00", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        ("2026-07-20T09:30:00", datetime(2026, 7, 20, 8, 30, tzinfo=UTC)),
        ("2026-07-20T09:30:00Z", datetime(2026, 7, 20, 9, 30, tzinfo=UTC)),
        ("2026-07-20T09:30:00+01:00[Europe/London]", datetime(2026, 7, 20, 8, 30, tzinfo=UTC)),
        ("2026-07-20T09:30:00.000[Europe/London]", datetime(2026, 7, 20, 8, 30, tzinfo=UTC)),
        ("2026-07-20T09:30:00.123456789Z[Europe/London]", datetime(2026, 7, 20, 9, 30, 0, 123456, tzinfo=UTC)),
        ("2026-07-20T09:30:00[Mars/Olympus]", datetime(2026, 7, 20, 8, 30, tzinfo=UTC)),
        ("2026-07-20 09:30", datetime(2026, 7, 20, 8, 30, tzinfo=UTC)),
        ("Mon Jun 19 00:00:00 BST 2023", datetime(2023, 6, 18, 23, 0, tzinfo=UTC)),
        ("Thu Jan 9 12:00:00 GMT 2025", datetime(2025, 1, 9, 12, 0, tzinfo=UTC)),
        ("2026-10-25T01:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_with_its_own_zone_or_with_that_of_the_profile(words: str, instant: datetime) -> None:
    assert moment_of(words, LONDON) == instant
    assert "ZoneInfo" not in repr(moment_of(words, LONDON))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "31 October", "Mon Jun 19 00:00:00 CST 2023", "Mon Jun 31 00:00:00 BST 2023", "0001-01-01T00:00:00Z",
     "9999-12-31T23:59:59Z", "2026-02-30T00:00:00", "2026-13-01", "1" * 5_000, "2026-07-20T09:30:00+99:99"],
)  # fmt: skip
def test_what_is_no_time_is_told(words: str) -> None:
    with pytest.raises(NoTime):
        moment_of(words, LONDON)
    with pytest.raises(NoTime):
        day_of(words, LONDON)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-18", date(2026, 12, 18)),
        ("18/12/2026", date(2026, 12, 18)),
        ("2026-06-18T23:30:00Z", date(2026, 6, 19)),
        ("2026-06-18T23:30:00", date(2026, 6, 18)),
        ("Mon Jun 19 00:00:00 BST 2023", date(2023, 6, 19)),
    ],
)
def test_of_a_time_the_day_is_that_of_the_zone(words: str, day: date) -> None:
    assert day_of(words, LONDON, ("%Y-%m-%d", "%d/%m/%Y")) == day
