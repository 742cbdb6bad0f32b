"""The pages of occupancy over a database."""

import pytest

from gateway.access.act import House
from tests.api.serving import Served
from tests.claims.placing import claimed, day
from tests.pages.visitor import heading, text_of, visiting


async def test_the_calendar_tells_every_bed_and_night_as_picture_and_as_table(served: Served, house: House) -> None:
    await claimed(house, "stay", -3, 2)
    await claimed(house, "booking", 2, 5)
    async with visiting(served, "premises_staff") as visitor:
        page = await visitor.get("/premises/AP1/calendar")
    assert heading(page) == "Calendar of Example House AP1"
    said = text_of(page)
    assert "1 bed is free on the first night" in said
    assert "Stay: 19 Nov 2026 to 24 Nov 2026" in said
    assert "Booking: 24 Nov 2026 to 27 Nov 2026" in said
    assert page.text.count('class="bs-cal__bar bs-cal__stay"') == 2  # one of them is in the key
    assert "/premises/AP1/calendar?from=2026-12-20&amp;nights=28" in page.text


async def test_a_resident_who_is_overdue_is_said_to_be(served: Served, house: House) -> None:
    await claimed(house, "stay", -9, -4)
    async with visiting(served, "premises_staff") as visitor:
        assert "Overdue" in text_of(await visitor.get("/premises/AP1/calendar"))


async def test_the_calendar_counts_beds_that_have_all_that_is_needed(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        page = await visitor.get("/premises/AP2/calendar?needs=step_free&needs=en_suite&from=2026-12-01&nights=1")
    assert "1 Dec 2026 2 0 2" in text_of(page)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from-day=31&from-month=2&from-year=2027", "Enter a date that exists"),
        ("from=soon", "Enter a date that exists"),
        ("from=1999-12-31", "Enter a date from the year 2000 on"),
        ("from=9999-12-31", "Enter a date from the year 2000 on"),
        ("nights=0", "Enter a number of nights from 1 to 730"),
        ("nights=100000", "Enter a number of nights from 1 to 730"),
        ("nights=²", "Enter a number of nights from 1 to 730"),
        ("needs=stepfree", "Did you mean step_free?"),
    ],
)
@pytest.mark.parametrize("path", ["/premises/AP1/calendar", "/occupancy"])
async def test_what_cannot_be_is_said_at_the_top_of_the_page(served: Served, path: str, query: str, said: str) -> None:
    async with visiting(served, "practitioner") as visitor:
        page = await visitor.get(f"{path}?{query}")
    assert page.status_code == 422
    assert said in text_of(page)


async def test_unknown_premises_are_a_page_that_names_the_nearest(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        page = await visitor.get("/premises/AP9/calendar")
    assert page.status_code == 404
    assert "Did you mean AP" in text_of(page)


async def test_the_grid_leads_to_the_calendars_and_is_filtered(served: Served) -> None:
    async with visiting(served, "central_referral_unit") as visitor:
        page = await visitor.get("/occupancy?needs=step_free&needs=en_suite")
        nobody = await visitor.get("/occupancy?gender=female")
        elsewhere = await visitor.get("/occupancy?region=N99")
    assert "Example House AP1" in text_of(page)
    assert "Example House AP2" not in text_of(page)
    assert "/premises/AP1/calendar?from=2026-11-22" in page.text
    assert "No premises like this have a bed" in text_of(nobody)
    assert elsewhere.status_code == 422
    assert "There is no region N99" in text_of(elsewhere)


async def test_nights_lost_and_the_weeks_to_come_have_pages(served: Served, house: House) -> None:
    await claimed(house, "out_of_service", 0, 3)
    await claimed(house, "stay", 0, 21, bed="AP1-2")
    async with visiting(served, "aco") as visitor:
        lost = text_of(await visitor.get(f"/occupancy/lost?from={day(0)}&nights=7&by=premises"))
        weeks = text_of(await visitor.get("/occupancy/forecast?by=premises"))
    assert "21 of 28 bed nights were lost (75.0%)" in lost
    assert "Example House AP1 14 7 50.0%" in lost
    assert "22 Nov 2026 1.0 1.0 and 1.0" in weeks


async def test_who_may_not_look_is_told_so(served: Served) -> None:
    async with visiting(served, "auditor") as visitor:
        assert (await visitor.get("/occupancy")).status_code == 403
        assert (await visitor.get("/premises/AP1/calendar")).status_code == 403
