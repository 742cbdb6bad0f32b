"""Working days of England and Wales, from bundled bank holidays (2012 to 2028; outside, only weekends are known)."""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@cache
def bank_holidays() -> frozenset[date]:
    from govuk_bank_holidays.bank_holidays import BankHolidays  # noqa: PLC0415  # it brings an HTTP client: late, so that doors open early

    bundled = BankHolidays(use_cached_holidays=True)
    return frozenset(day["date"] for day in bundled.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def is_working(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays()


def working_days_after(day: date, days: int) -> date:
    """The last of so many working days after a day, which does not count itself."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day)
    return day
