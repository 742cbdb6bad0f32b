"""Postcode sectors of split authorities on the pages: read by all, decided by those who may."""

from typing import Any

from tests.api.serving import Served
from tests.pages.visitor import Visitor, hidden, text_of, visiting

BIRMINGHAM = "/locate/sectors/E08000025"


async def decide(visitor: Visitor, fields: dict[str, Any]) -> Any:
    form = await visitor.get(f"{BIRMINGHAM}/decide")
    given = {name: values[0] for name, values in hidden(form, f"{BIRMINGHAM}/decide").items()}
    return await visitor.post(f"{BIRMINGHAM}/decide", {**given, **fields})


async def test_sectors_are_decided_and_their_postcodes_have_one_answer(served: Served) -> None:
    async with visiting(served, "administrator") as visitor:
        listed = await visitor.get("/locate/sectors")
        assert BIRMINGHAM in listed.text
        before = await visitor.get(BIRMINGHAM)
        assert "Nobody has decided" in text_of(before)
        form = await visitor.get(f"{BIRMINGHAM}/decide?sector=B1+1")
        pdu = form.text.partition('name="pdu" type="radio" value="')[2].partition('"')[0]
        assert 'value="B1 1"' in form.text
        after = await decide(visitor, {"sector": "B1 1, b1 2", "pdu": pdu, "said_by": "The map of the region"})
        said = text_of(after)
        assert "The sectors are kept." in said
        assert "2 of" in said
        assert "The map of the region" in said
        assert "More than one PDU" not in text_of(await visitor.get("/locate?near=B1+1"))
        undone = await decide(visitor, {"sector": "B1 1, B1 2", "pdu": "unknown"})
        assert "On 22 November 2026, 0 of" in text_of(undone)


async def test_faults_of_sectors_are_told_at_their_field(served: Served) -> None:
    async with visiting(served, "administrator") as visitor:
        for fields, field in (
            ({}, "sector"),
            ({"sector": "nonsense", "pdu": "unknown"}, "sector"),
            ({"sector": "LS1 4", "pdu": "unknown"}, "sector"),
            ({"sector": "B1 1" * 9, "pdu": "unknown"}, "sector"),
            ({"sector": "B1 1", "pdu": "N55LEE", "said_by": "x"}, "pdu"),
            ({"sector": "B1 1", "pdu": "unknown", "from-day": "40"}, "from-day"),
        ):
            answer = await decide(visitor, fields)
            assert answer.status_code == 422
            assert f'href="#{field}"' in answer.text


async def test_who_may_not_decide_reads_them_page_by_page(served: Served) -> None:
    async with visiting(served, "practitioner") as visitor:
        there = await visitor.get(BIRMINGHAM)
        assert "/decide" not in there.text
        assert "cursor=" in there.text
        assert (await visitor.get(f"{BIRMINGHAM}?cursor=nonsense")).status_code == 200
        assert (await visitor.get(f"{BIRMINGHAM}/decide")).status_code == 403
        assert (await visitor.post(f"{BIRMINGHAM}/decide")).status_code == 403
        assert (await visitor.get("/locate/sectors/E1")).status_code == 404
    async with visiting(served, "aco") as visitor:
        assert (await visitor.get(f"{BIRMINGHAM}/decide")).status_code == 403
