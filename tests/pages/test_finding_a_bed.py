"""Find a bed, hold it, end the hold."""

from datetime import datetime

import pytest

from tests.api.serving import Served
from tests.pages.visitor import Fields, heading, hidden, text_of, visiting

NEED: Fields = {
    "near": "LS1 4AP",
    "from-day": "11",
    "from-month": "1",
    "from-year": "2027",
    "nights": "84",
    "gender": "male",
    "needs": ["step_free", "en_suite"],
}


async def test_one_bed_has_everything_and_the_near_miss_says_what_would_make_it_fit(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post("/find-a-bed", NEED)
        assert answer.status_code == 200
        assert heading(answer) == "1 bed fits near LS1 4AP"
        said = text_of(answer)
        assert "11 January 2027 to 5 April 2027 (84 nights), men’s estate, en-suite, step-free" in said.replace(
            "step-free, en-suite", "en-suite, step-free"
        )
        assert "Nearly fit" in said
        assert "Would fit" in said
        assert str(answer.url).endswith("/find-a-bed")


async def test_an_area_to_keep_away_from_is_obeyed_and_stands_in_no_address(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post(
            "/find-a-bed", {**NEED, "avoid-postcode": ["LS1 4AP", ""], "avoid-miles": ["3", ""]}
        )
        assert heading(answer) == "No bed fits near LS1 4AP"
        assert "1 place is kept away from" in text_of(answer)
        assert "avoid" not in str(answer.url)
        assert hidden(answer, "/find-a-bed") == {"_csrf_token": [visitor.client.cookies["bedspace_csrf"]]}


async def test_a_link_to_a_search_finds_the_same(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        address = "/find-a-bed?near=LS1+4AP&from=2027-01-11&nights=84&gender=male&needs=step_free&needs=en_suite"
        assert heading(await visitor.get(address)) == "1 bed fits near LS1 4AP"


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({"near": ""}, "near", "Enter a postcode"),
        ({"near": "ZZ9 9ZZ"}, "near", "ZZ9 9ZZ"),
        ({"nights": "100000"}, "nights", "1 to 730"),
        ({"needs": ["hot_tub"]}, "needs", "hot_tub"),
        ({"from-day": "32"}, "from-day", "real date"),
        ({"avoid-postcode": ["", "nowhere"], "avoid-miles": ["", "5"]}, "avoid-postcode-1", "full postcode"),
    ],
)
async def test_what_is_wrong_is_said_at_the_top_and_leads_to_its_field(
    served: Served, wrong: Fields, at: str, said: str
) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post("/find-a-bed", {**NEED, **wrong})
        assert answer.status_code == 422
        assert "<title>Error: Find a bed" in answer.text
        assert f'<a href="#{at}">' in answer.text
        assert f'id="{at}"' in answer.text
        assert said in text_of(answer)


async def test_a_bed_is_held_once_however_often_the_page_is_sent_and_ends(served: Served, now: datetime) -> None:
    async with visiting(served, "practitioner") as visitor:
        form = hidden(await visitor.post("/find-a-bed", NEED), "/holds")
        first = await visitor.post("/holds", form)
        assert heading(first) == "Bed AP1-1 is held"
        assert "until 14:00 on 22 November 2026" in text_of(first)
        assert text_of(await visitor.post("/holds", form)) == text_of(first)
        assert heading(await visitor.post("/find-a-bed", NEED)) == "No bed fits near LS1 4AP"
        ending = hidden(first, "/holds/")
        number = first.text.split('action="/holds/')[1].split("/")[0]
        assert heading(await visitor.post(f"/holds/{number}/end", ending)) == "The hold on bed AP1-1 has ended"
        assert heading(await visitor.post("/find-a-bed", ending)) == "1 bed fits near LS1 4AP"


async def test_who_is_second_is_told_which_nights_are_claimed_and_can_search_again(served: Served) -> None:
    async with visiting(served, "practitioner") as quick, visiting(served, "prison_staff") as slow:
        theirs = hidden(await slow.post("/find-a-bed", NEED), "/holds")
        await quick.post("/holds", hidden(await quick.post("/find-a-bed", NEED), "/holds"))
        answer = await slow.post("/holds", theirs)
        assert answer.status_code == 409
        assert "11 January 2027 to 4 April 2027" in text_of(answer)
        assert hidden(answer, "/find-a-bed")["near"] == ["LS1 4AP"]


async def test_who_may_look_and_not_hold_is_shown_no_button(served: Served) -> None:
    async with visiting(served, "inspector") as visitor:
        answer = await visitor.post("/find-a-bed", NEED)
        assert "Hold this bed" not in answer.text
        assert (await visitor.post("/holds", {"hold-bed": "AP1-1"})).status_code == 422
        form = {"hold-bed": "AP1-1", "hold-from": "2027-01-11", "hold-nights": "84"}
        assert (await visitor.post("/holds", form)).status_code == 403


async def test_a_role_without_beds_is_told_so(served: Served) -> None:
    async with visiting(served, "auditor") as visitor:
        answer = await visitor.get("/find-a-bed")
        assert answer.status_code == 403
        assert heading(answer) == "You cannot do this"
