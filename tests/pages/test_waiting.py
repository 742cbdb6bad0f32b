"""The waiting list as people see it, and what they do on it."""

import pytest

from bedspace.search.register import Register
from gateway.access.act import House
from gateway.access.actors import Actor
from gateway.store.database import Pool
from gateway.worker.waiting import WaitingTick
from tests.api.serving import Served
from tests.pages.visitor import text_of, visiting
from tests.waiting.conftest import Lobby

YORK = Actor(id="york", name="Yo Invented", role="practitioner", pdus=("N55YRK",))


@pytest.fixture
async def lobby(served: Served, house: House, pool: Pool) -> Lobby:
    made = Lobby(pool, at=house.now())
    made.postcodes = served.opening.works.postcodes
    made.register = served.opening.works.register
    return made


async def ticked(lobby: Lobby) -> None:
    register: Register = lobby.register
    while await WaitingTick(lobby.house, register, lobby.postcodes).tick():
        pass


async def test_an_empty_list_says_so_and_how_the_order_is_made(served: Served) -> None:
    async with visiting(served, "central_referral_unit") as visitor:
        said = text_of(await visitor.get("/waiting"))
        assert "Nobody waits for a bed" in said
        assert "Bookings that lost their bed come first" in said
        assert "Put a referral on the list" in said


async def test_the_list_tells_who_stands_where_why_and_what_is_proposed(served: Served, lobby: Lobby) -> None:
    needy = await lobby.waits(rosh="very_high", needs=["wheelchair"])
    one = await lobby.waits(rosh="high")
    await ticked(lobby)
    bed = (await lobby.proposal_of(one))["bed"]
    async with visiting(served, "central_referral_unit") as visitor:
        said = text_of(await visitor.get("/waiting"))
        for words in (
            "2 placements wait for a bed",
            "Risk of serious harm: very high",
            "No bed for men has this: wheelchair accessible",
            f"Proposed: bed {bed}",
            "1 stood ahead, and it did not fit",
            "It is not wheelchair accessible",
            "Offer this bed",
        ):
            assert words in said, words
        after = await visitor.post(f"/waiting/proposals/{(await lobby.proposal_of(one))['id']}/offer")
        assert "The bed is offered" in text_of(after)
        assert "A bed is offered" in text_of(after)
        left = await visitor.post(f"/waiting/{needy}/leave", {"reason": "other"})
        assert left.status_code == 422
        assert "wants a note" in text_of(left)
        assert "They are off" in text_of(await visitor.post(f"/waiting/{needy}/leave", {"reason": "not_wanted"}))


async def test_saying_why_not_is_shown_on_their_record_and_can_be_taken_back(served: Served, lobby: Lobby) -> None:
    one = await lobby.waits()
    await ticked(lobby)
    row = await lobby.proposal_of(one)
    async with visiting(served, "central_referral_unit") as visitor:
        wrong = await visitor.post(f"/waiting/proposals/{row['id']}/skip", {"reason": ""})
        assert wrong.status_code == 422
        assert "Nothing is chosen. Choose the reason from the list." in text_of(wrong)
        after = await visitor.post(f"/waiting/proposals/{row['id']}/skip", {"reason": "residents"})
        assert "1 bed was not given to them" in text_of(after)
        assert "Because of who lives there" in text_of(after)
        (skip,) = await lobby.rows("select id from proposal_skip")
        assert "Taken back." in text_of(await visitor.post(f"/waiting/skips/{skip['id']}/take-back"))
        again = await visitor.post(f"/waiting/proposals/{row['id']}/offer")
        assert again.status_code == 409


async def test_a_referral_is_put_on_the_list_by_its_reference(served: Served, lobby: Lobby) -> None:
    one = await lobby.referred()
    reference = (await lobby.read(one)).reference
    async with visiting(served, "practitioner") as visitor:
        for fields, words in (
            ({"reference": "PL-999999"}, "no such placement in your reach"),
            ({"reference": reference, "until": "soon"}, "Give the last day as"),
        ):
            wrong = await visitor.post("/waiting/join", fields)
            assert wrong.status_code == 422
            assert words in text_of(wrong)
        said = text_of(await visitor.post("/waiting/join", {"reference": reference.lower()}))
        assert "They are on the waiting list." in said
        assert "Offer this bed" not in said


async def test_others_see_their_own_entries_at_their_true_place_and_nobody_elses(served: Served, lobby: Lobby) -> None:
    await lobby.waits(rosh="very_high", by=YORK)
    mine = await lobby.waits()
    reference = (await lobby.read(mine)).reference
    async with served.caller("practitioner") as caller:
        page = (await caller.get("/api/v1/waiting")).json()
        assert page["of"] == 2
        assert [(item["reference"], item["place"]) for item in page["items"]] == [(reference, 2)]
    async with served.caller("central_referral_unit") as caller:
        first = (await caller.get("/api/v1/waiting?limit=1")).json()
        assert [item["place"] for item in first["items"]] == [1]
        second = (await caller.get(f"/api/v1/waiting?limit=1&cursor={first['next']}")).json()
        assert [item["reference"] for item in second["items"]] == [reference]
        assert second["next"] is None
        assert (await caller.get("/api/v1/waiting?estate=female")).json()["items"] == []
        assert (await caller.get("/api/v1/waiting?cursor=x")).status_code == 422
