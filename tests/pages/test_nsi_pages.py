"""An NSI, from the message to the confirmed record, as its readers see it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from gateway.access.act import House
from gateway.access.links import LASTS, confirm_token
from gateway.intake.settle import Settler
from tests.api.serving import Served
from tests.messages import draft, reading, settled
from tests.pages.visitor import heading, text_of, visiting


@pytest.fixture
async def nsi(served: Served, house: House) -> UUID:
    """Prepared, for Leeds; not yet confirmed."""
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft(mappa=None)))
    return item.nsi_ids[0]


@pytest.fixture
async def link(served: Served, nsi: UUID, now: datetime) -> str:
    return f"/confirm/{confirm_token(served.opening.works.secret, nsi, now + LASTS)}"


async def test_the_spoc_sees_who_where_what_is_missing_and_whom_to_telephone(served: Served, nsi: UUID) -> None:
    async with visiting(served, "spoc") as visitor:
        queue = await visitor.get("/nsis")
        assert f"/nsis/{nsi}" in queue.text
        page = await visitor.get(f"/nsis/{nsi}")
        said = text_of(page)
        assert heading(page) == "Robin Invented"
        for words in (
            "X123456",
            "Leeds PDU",
            "01632 960000",
            "Still missing MAPPA",
            "T-14",
            "“it says high”",
            "Certain",
        ):
            assert words in said
        assert "Confirm this NSI" not in said


async def test_who_sends_confirms_in_one_step_and_the_timeline_tells(served: Served, house: House) -> None:
    outward = draft(destination="YO1 9TL", address=None, sending="Leeds PDU")
    item = await settled(house, Settler(served.opening.works.postcodes), reading(outward))
    async with visiting(served, "practitioner") as visitor:
        path = f"/nsis/{item.nsi_ids[0]}"
        assert "Confirm this NSI" in (await visitor.get(path)).text
        after = await visitor.post(f"{path}/confirm")
        assert "The NSI is confirmed" in text_of(after)
        assert "Confirmed by the sender" in text_of(after)
        assert "Confirm this NSI" not in after.text


async def test_who_receives_is_shown_no_button_and_told_who_confirms(served: Served, nsi: UUID) -> None:
    async with visiting(served, "practitioner") as visitor:
        assert "Confirm this NSI" not in (await visitor.get(f"/nsis/{nsi}")).text
        answer = await visitor.post(f"/nsis/{nsi}/confirm")
        assert answer.status_code == 403
        assert "confirmed by those who send it" in text_of(answer)


async def test_the_holder_of_the_link_looks_and_confirms_without_signing_in(
    served: Served, nsi: UUID, link: str
) -> None:
    async with visiting(served) as sender, visiting(served, "spoc") as spoc:
        page = await sender.get(link)
        assert heading(page) == "Is this what you sent?"
        assert "“it says Robin Invented”" in text_of(page)
        assert "Unconfirmed" in text_of(await spoc.get(f"/nsis/{nsi}"))
        assert heading(await sender.post(link)) == "Confirmed"
        assert "Unconfirmed" not in text_of(await spoc.get(f"/nsis/{nsi}")).partition("Timeline")[0]
        assert "is already confirmed" in heading(await sender.get(link))
        assert (await sender.post(link)).status_code == 200
        assert text_of(await spoc.get(f"/nsis/{nsi}")).count("Confirmed by the sender") == 1


async def test_the_link_opens_one_nsi_and_nothing_else(served: Served, nsi: UUID, link: str) -> None:
    async with visiting(served) as sender:
        await sender.get(link)
        assert (await sender.get(f"/nsis/{nsi}")).url.path == "/sign-in"


async def test_a_link_that_is_forged_damaged_or_old_opens_nothing_and_says_what_to_do(
    served: Served, nsi: UUID, now: datetime, link: str
) -> None:
    secret = served.opening.works.secret
    token = link.removeprefix("/confirm/")
    for bad, said in (
        (confirm_token(b"another secret", nsi, now + LASTS), "Copy the whole link"),
        (token[:-4], "Copy the whole link"),
        ("x", "Copy the whole link"),
        (confirm_token(secret, nsi, now - timedelta(seconds=1)), "has expired"),
        (confirm_token(secret, UUID(int=1), now + LASTS), "no such NSI"),
    ):
        async with visiting(served) as sender:
            for answer in (await sender.get(f"/confirm/{bad}"), await sender.post(f"/confirm/{bad}")):
                assert answer.status_code == 404
                assert said in text_of(answer)
                assert "Robin Invented" not in answer.text


async def test_somebody_else_s_nsi_is_not_there(served: Served, house: House) -> None:
    elsewhere = await settled(
        house,
        Settler(served.opening.works.postcodes),
        reading(draft(destination="NR1 3QU", sending="Norfolk", address=None, crn="X765432", noms=None)),
    )
    async with visiting(served, "spoc") as visitor:
        answer = await visitor.get(f"/nsis/{elsewhere.nsi_ids[0]}")
        assert answer.status_code == 404
        assert "Robin Invented" not in answer.text
        assert str(elsewhere.nsi_ids[0]) not in (await visitor.get("/nsis")).text


async def test_a_message_that_names_nobody_waits_in_the_inbox_and_says_why(served: Served, house: House) -> None:
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft(name=None)))
    async with visiting(served, "connection_officer") as visitor:
        assert f"/inbox/{item.inbox_id}" in (await visitor.get("/inbox?state=review")).text
        said = text_of(await visitor.get(f"/inbox/{item.inbox_id}"))
        assert "In review" in said
        assert "Name" in said.partition("Missing")[2]


async def test_a_place_leads_to_its_spoc_and_a_split_one_to_all_candidates(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        assert "Leeds PDU receives" in text_of(await visitor.get("/locate?near=LS1+4AP"))
        assert "More than one PDU" in text_of(await visitor.get("/locate?near=Birmingham"))
        assert (await visitor.get("/locate?near=")).status_code == 422
        assert (await visitor.get("/locate?near=Xyzzyzzy&purpose=nonsense")).status_code == 422
