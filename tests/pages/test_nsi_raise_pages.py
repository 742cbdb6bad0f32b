"""Raising an NSI from its page: the person in forms only, who receives before it is raised, and what will be asked."""

from typing import Any

import httpx

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.transfers.read import read_nsi
from schemas.nsis import ReadNsi
from tests.api.serving import Served
from tests.messages import draft, reading, settled
from tests.pages.visitor import Visitor, heading, hidden, text_of, visiting

GIVEN = {
    "how": "planned",
    "name": "Callum Imaginary",
    "crn": "x990001",
    "birth_date-day": "4",
    "birth_date-month": "3",
    "birth_date-year": "1988",
    "gender": "male",
    "type": "case_transfer",
    "move_on-day": "18",
    "move_on-month": "12",
    "move_on-year": "2026",
    "destination": "YO1 9TL",
    "address": "3 Example Street",
    "rosh": "very_high",
    "category": "2",
    "level": "3",
    "reason": "To a sister",
}


async def send(visitor: Visitor, then: str = "", **changed: str) -> httpx.Response:
    return await visitor.post("/nsis/new", GIVEN | changed | ({"then": then} if then else {}))


async def raised(visitor: Visitor, check: httpx.Response) -> httpx.Response:
    fields: dict[str, Any] = hidden(check, "/nsis/new") | {"then": "raise"}
    fields.pop("_csrf_token")
    return await visitor.post("/nsis/new", fields)


async def test_c_01_an_nsi_is_checked_with_who_receives_and_what_will_be_asked_and_then_raised_once(
    served: Served,
) -> None:
    async with visiting(served, "practitioner") as visitor:
        assert "/nsis/new" in (await visitor.get("/nsis")).text
        page = await visitor.get("/nsis/new")
        assert 'value="Robin Invented"' in page.text
        check = await send(visitor)
        assert heading(check) == "Check before you raise it"
        said = text_of(check)
        for words in ("York PDU", "T-20", "Broker the move through the MAPPA co-ordination point Mandatory", "T-14"):
            assert words in said
        assert "Short notice" not in said
        assert "Callum" not in str(check.url)
        back = await visitor.post("/nsis/new", hidden(check, "/nsis/new") | {"then": "change"})
        assert 'value="Callum Imaginary"' in back.text
        done = await raised(visitor, check)
        assert "The NSI is raised." in text_of(done)
        assert heading(done) == "Callum Imaginary"
        assert "Category 2 Level 3" in text_of(done)
        again = await raised(visitor, check)
        assert again.url.path == done.url.path
        twice = await raised(visitor, await send(visitor))
        assert twice.status_code == 422
        assert "is open already" in text_of(twice)


async def test_c_01_errors_stand_at_their_fields_in_words_with_what_was_typed(served: Served) -> None:
    async with visiting(served, "spoc") as visitor:
        bare = await visitor.post("/nsis/new", {"how": "planned"})
        assert bare.status_code == 422
        for words in ("Give this: Name", "Give this: What kind of move is it?", "Give this: Day of the move"):
            assert words in text_of(bare)
        letter = await send(visitor, pnc="2003/0011985A")
        assert "The check letter does not fit" in text_of(letter)
        assert 'href="#pnc"' in letter.text
        assert 'value="x990001"' in letter.text
        number = await send(visitor, crn="12")
        assert "This is no CRN" in text_of(number)
        early = await send(visitor, **{"until-day": "1", "until-month": "1", "until-year": "2026"})
        assert 'href="#until-day"' in early.text
        nowhere = await send(visitor, destination="ZZ99 9ZZ")
        assert 'href="#destination"' in nowhere.text
        event = await send(visitor, event_number="two")
        assert "in another shape" in text_of(event)
        near = await send(visitor, **{"move_on-day": "24", "move_on-month": "11"})
        assert "Short notice: the move is in 2 days." in text_of(near)


async def test_c_01_a_place_in_several_pdus_is_chosen_and_never_guessed(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        many = await send(visitor, destination="Birmingham")
        assert many.status_code == 422
        assert "Which of these is it?" in text_of(many)
        chosen = many.text.partition('name="among" type="radio" value="')[2].partition('"')[0]
        assert chosen.endswith(" PDU")
        assert chosen in text_of(await send(visitor, destination="Birmingham", among=chosen))
        like = await send(visitor, destination="Wakefeild")
        assert 'value="Wakefield"' in like.text


async def test_c_01_who_is_on_record_is_found_by_a_number_and_filled_in(served: Served, house: House) -> None:
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft()))
    known = await act(house, OPERATOR, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    async with visiting(served, "spoc") as visitor:
        found = await send(visitor, "find", number=known.person.crn or "", name="", crn="")
        assert 'value="Robin Invented"' in found.text
        assert "Found, and filled in below" in text_of(found)
        assert "mistyped" in text_of(await send(visitor, "find", number="2003/0011985A"))
        assert "Nobody within your reach" in text_of(await send(visitor, "find", number="Y111111"))
        assert "This is no CRN" in text_of(await send(visitor, "find", number="Robin"))
    async with visiting(served, "inspector") as visitor:
        assert (await visitor.get("/nsis/new")).status_code == 403
        assert (await send(visitor, "find", number="X123456")).status_code == 403


async def test_c_01_who_arrived_without_warning_is_raised_by_the_receiver_and_the_origin_is_asked(
    served: Served,
) -> None:
    came = {"how": "unannounced", "type": "temporary_move", "destination": "LS1 4AP", "sending_pdu": "N55YRK"}
    came |= {"arrived_on-day": "21", "arrived_on-month": "11", "arrived_on-year": "2026"}
    async with visiting(served, "spoc") as visitor:
        page = await visitor.get("/nsis/new?how=unannounced")
        assert heading(page) == "Raise who arrived without warning"
        ahead = await send(visitor, **(came | {"arrived_on-day": "23"}))
        assert "Give today or an earlier day." in text_of(ahead)
        elsewhere = await send(visitor, **(came | {"destination": "YO1 9TL"}))
        assert elsewhere.status_code == 403
        done = await raised(visitor, await send(visitor, **came))
        assert "Arrived without warning" in text_of(done)
        assert "The origin confirms and completes it." in text_of(done)


async def test_c_02_a_case_in_flight_counts_its_clocks_from_its_referral(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        flying = {"how": "in-flight", "referred_on-day": "2", "referred_on-month": "11", "referred_on-year": "2026"}
        check = await send(visitor, **flying)
        assert "30 Nov 2026" in text_of(check)  # 20 working days from the referral
        assert "In flight when NSIs began" in text_of(await raised(visitor, check))
        assert "Give this: Day of the referral" in text_of(await send(visitor, how="in-flight"))
