"""Whom a person must not meet, on the pages: recorded, ended and checked; and "not checked" is never "none"."""

import re

import pytest

from gateway.store.database import Pool
from tests.api.serving import Served
from tests.pages.test_placement_pages import here, referred
from tests.pages.visitor import Visitor, text_of, visiting

__all__ = ["here"]  # the fixture that puts P034 there

PAIR = {"other": "Z990002", "kind": "non_associate", "source": "prison", "note": "Both wings know"}
FOUND: dict[str, str | list[str]] = {"against": ["prison", "police"], "outcome": "recorded"}


async def record(visitor: Visitor, path: str, **more: str) -> str:
    return text_of(await visitor.post(f"{path}/meetings/record", PAIR | more))


async def end_of(visitor: Visitor, path: str) -> str:
    found = re.search(r'href="([^"]*/meetings/end\?of=\d+)"', (await visitor.get(f"{path}/meetings")).text)
    assert found
    return found[1]


async def test_a_pair_is_recorded_checked_and_ended(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
        placement = await visitor.get(path)
        assert "Not checked" in text_of(placement)
        assert f'href="{path}/meetings"' in placement.text
        empty = text_of(await visitor.get(f"{path}/meetings"))
        assert "Nobody has checked" in empty
        assert "Nobody is recorded so far" in empty
        said = await record(visitor, path)
        assert "It is recorded that they must not meet" in said
        assert "Z990002 not on record here yet A non-associate · according to: The prison" in said
        assert "Both wings know" in said
        assert "Nobody has checked" in said, "to record somebody is not to look who there is"
        said = text_of(await visitor.post(f"{path}/meetings/check", FOUND))
        assert "Last checked" in said
        assert "The prison , The police" in said.replace("prison,", "prison ,")
        assert "Checked: whoever there is, is recorded" in said
        assert "Last checked" in text_of(await visitor.get(path))
        assert "/meetings/end" not in (await visitor.get(f"{path}/meetings")).text, "an SPO ends it"
    async with visiting(served, "spo") as visitor:
        way = await end_of(visitor, path)
        form = await visitor.get(way)
        assert "Z990002" in text_of(form)
        pair = way.rpartition("=")[2]
        unsaid = await visitor.post(f"{path}/meetings/end", {"of": pair, "note": " "})
        assert unsaid.status_code == 422
        assert 'href="#note"' in unsaid.text
        said = text_of(await visitor.post(f"{path}/meetings/end", {"of": pair, "note": "Reconciled"}))
        assert "What counts no more (1)" in said
        assert "Reconciled" in said
        assert (await visitor.get(f"{path}/meetings/end?of=999")).status_code == 404


@pytest.mark.parametrize(
    ("change", "fields", "at", "said"),
    [
        ("record", PAIR | {"other": ""}, "other", "Give this: CRN of the other person"),
        ("record", PAIR | {"other": "Z990001"}, "other", "This is the same person"),
        ("record", PAIR | {"other": "somebody"}, "other", "a CRN looks like A123456"),
        ("record", PAIR | {"kind": "other", "note": ""}, "note", "Say more"),
        ("record", PAIR | {"since-day": "31", "since-month": "2", "since-year": "2027"}, "since-day", "real date"),
        ("record", PAIR | {"until-day": "1", "until-month": "2", "until-year": "2020"}, "until-day", "later date"),
        ("check", {"outcome": "none_known"}, "against", "Say whose records were looked at"),
        ("check", {"against": ["prison"]}, "outcome", "Give this: What came of it"),
        ("check", {"outcome": "not_possible"}, "note", "Say why it was not possible"),
        ("check", FOUND, "outcome", "Record the pair first"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    served: Served, change: str, fields: dict[str, str | list[str]], at: str, said: str
) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
        answer = await visitor.post(f"{path}/meetings/{change}", fields)
        assert answer.status_code == 422
        assert f'href="#{at}"' in answer.text
        assert f'id="{at}"' in answer.text
        assert said in text_of(answer)
        if note := fields.get("note"):
            assert f">{note}</textarea>" in answer.text


async def test_the_same_pair_twice_is_said_and_a_form_sent_again_is_not_done_twice(served: Served, pool: Pool) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
        for _ in range(2):
            assert "It is recorded" in await record(visitor, path, key="one")
        assert "recorded already, for the same reason" in await record(visitor, path, key="two")
        assert (await visitor.get(f"{path}/meetings/fly")).status_code == 404
    assert await pool.fetchval("select count(*) from must_not_meet") == 0, "nobody's session sees a pair by itself"


async def test_who_accepts_is_told_that_nobody_checked_and_led_to_the_check(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
    async with visiting(served, "premises_manager") as visitor:
        accept = await visitor.get(f"{path}/accept")
        assert "Who they must not meet: Not checked" in text_of(accept)
        assert f'href="{path}/meetings"' in accept.text
        assert "Nobody has checked" in text_of(await visitor.get(f"{path}/meetings"))
        await visitor.post(f"{path}/meetings/check", {"against": ["prison"], "outcome": "none_known"})
        assert "Checked at" in text_of(await visitor.get(f"{path}/meetings"))
        assert "Booked" in text_of(await visitor.post(f"{path}/accept", {"bed": "AP1-1"})), "no reason is asked now"


async def test_another_one_out_of_sight_is_not_named_nor_is_what_was_said_of_both(served: Served, pool: Pool) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
        other = await referred(visitor, name="Jo Pretend", crn="Z990002")
        await record(visitor, path)
        assert "Jo Pretend" not in text_of(await visitor.get(f"{other}/meetings")).partition("Who they must")[2]
    async with pool.acquire() as connection, connection.transaction():
        for setting in ("bedspace.nation", "bedspace.everyone"):
            await connection.execute("select set_config($1, 'on', true)", setting)
        await connection.execute("update person set limited_access = true where crn = 'Z990002'")
    async with visiting(served, "practitioner") as visitor:
        said = text_of(await visitor.get(f"{path}/meetings"))
        assert "Somebody whom you may not see A non-associate" in said
        for secret in ("Pretend", "Z990002", "Both wings"):
            assert secret not in said
        assert (await visitor.get(f"{other}/meetings")).status_code == 404
        assert f"{other}/meetings" not in (await visitor.get(other)).text


async def test_only_those_who_may_read_it_see_the_way_and_the_page(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        path = await referred(visitor)
    async with visiting(served, "premises_staff") as visitor:
        placement = await visitor.get(path)
        if placement.status_code == 200:
            assert "Not checked" in text_of(placement)
            assert f"{path}/meetings" not in placement.text
        assert (await visitor.get(f"{path}/meetings")).status_code == 403
