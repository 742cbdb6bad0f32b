"""An answer is due before the arrival, whatever the working days say."""

from datetime import UTC, date, datetime, time

import pytest

from bedspace.placements.deadlines import answer_due
from tests.placements.placing import Clock

FIVE = time(17)


@pytest.mark.parametrize(
    ("arrives", "asked", "due"),
    [
        # on Monday at 15:00 for tonight: not tomorrow at 11:00
        (date(2026, 11, 23), datetime(2026, 11, 23, 15, 0, tzinfo=UTC), datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        (date(2026, 11, 23), datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
        (date(2026, 11, 24), datetime(2026, 11, 23, 15, 0, tzinfo=UTC), datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        # on Friday afternoon for Saturday: not on Monday
        (date(2026, 11, 28), datetime(2026, 11, 27, 15, 0, tzinfo=UTC), datetime(2026, 11, 28, 17, 0, tzinfo=UTC)),
        # the hour is over, or nearly: half an hour
        (date(2026, 11, 23), datetime(2026, 11, 23, 16, 50, tzinfo=UTC), datetime(2026, 11, 23, 17, 20, tzinfo=UTC)),
        (date(2026, 11, 23), datetime(2026, 11, 23, 22, 0, tzinfo=UTC), datetime(2026, 11, 23, 22, 30, tzinfo=UTC)),
        # the hour is London's
        (date(2026, 7, 1), datetime(2026, 7, 1, 13, 0, tzinfo=UTC), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        # ten working days, and an arrival before that cannot be: it is not cut short
        (date(2027, 1, 11), datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 12, 7, 10, 0, tzinfo=UTC)),
    ],
)
def test_an_answer_is_never_due_after_the_hour_of_arrival(arrives: date, asked: datetime, due: datetime) -> None:
    assert answer_due(arrives, FIVE, asked) == due


async def test_a_referral_in_the_afternoon_for_tonight_is_answered_before_tonight(clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    placement = await clock.referred(ask=["AP1"], arrives_on=date(2026, 11, 23))
    (approach,) = (await clock.read(placement)).approaches
    assert approach.answer_by == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
