"""The contacts of a PDU on the pages: read by all, kept and recorded as absent by those who may."""

import re
from typing import Any

import pytest

from gateway.store.database import Pool
from tests.api.serving import Served
from tests.pages.visitor import Visitor, hidden, text_of, visiting

LEEDS = "/locate/contacts/N55LEE"
NEW = {
    "purposes": ["transfer", "mappa"],
    "name": "Nia Invented",
    "team": "Transfers",
    "phone": "0113 496 0007",
    "email": "nia@pdu.invalid",
    "hours": "9 to 5",
    "out_of_hours": "The duty desk",
}
COVER = {
    "covered_by": "deputy",
    "name": "Dep Invented",
    "team": "Transfers",
    "phone": "0113 496 0008",
    "email": "dep@pdu.invalid",
    "hours": "9 to 5",
}


async def change(visitor: Visitor, path: str, fields: dict[str, Any], seen: dict[str, str] | None = None) -> Any:
    """Open the form, fill it in, send it."""
    form = await visitor.get(path)
    given = seen or {name: values[0] for name, values in hidden(form, path.partition("?")[0]).items()}
    return await visitor.post(path.partition("?")[0], {**given, **fields})


@pytest.fixture
async def spoc(pool: Pool) -> int:
    found: int = await pool.fetchval("select id from spoc where pdu_code = 'N55LEE' and purpose = 'transfer'")
    return found


async def test_a_contact_is_kept_for_several_purposes_at_once(served: Served) -> None:
    async with visiting(served, "spoc") as visitor:
        after = await change(visitor, f"{LEEDS}/keep?of=mappa", NEW)
        said = text_of(after)
        assert "The contact is kept." in said
        assert said.count("Nia Invented , Transfers") >= 2
        assert "At other hours: The duty desk" in said
        assert "Nia Invented" in text_of(await visitor.get("/locate?near=LS1+4AP&purpose=mappa"))


async def test_a_contact_that_another_has_kept_meanwhile_is_not_replaced_unseen(served: Served) -> None:
    async with visiting(served, "spoc") as visitor:
        form = await visitor.get(f"{LEEDS}/keep?of=transfer")
        before = {name: values[0] for name, values in hidden(form, f"{LEEDS}/keep").items()}
        await change(visitor, f"{LEEDS}/keep?of=transfer", {**NEW, "purposes": ["transfer"]})
        later = await change(visitor, f"{LEEDS}/keep", {**NEW, "purposes": ["transfer"], "name": "Late"}, before)
    assert later.status_code == 422
    assert "Somebody else has kept this contact meanwhile" in text_of(later)
    assert 'value="Late"' in later.text


async def test_every_fault_is_told_at_its_field(served: Served, spoc: int) -> None:
    async with visiting(served, "spoc") as visitor:
        kept = await change(visitor, f"{LEEDS}/keep", {"name": "Nia", "email": "nonsense", "from-day": "31"})
        assert kept.status_code == 422
        assert 'value="Nia"' in kept.text
        wrong = await change(visitor, f"{LEEDS}/keep", {**NEW, "email": "nonsense"})
        assert "Enter an e-mail address" in text_of(wrong)
        none = await change(visitor, f"{LEEDS}/keep", {**NEW, "purposes": []})
        assert "Choose at least one purpose" in text_of(none)
        away = await change(visitor, f"{LEEDS}/absence?of={spoc}", {"covered_by": "team", "until-day": "x"})
        assert away.status_code == 422
        for field in ("until-day", "name", "email"):
            assert f'href="#{field}"' in away.text
        assert (await change(visitor, f"{LEEDS}/absence?of={spoc}", {})).status_code == 422


async def test_an_absence_is_recorded_with_cover_and_ended(served: Served, spoc: int) -> None:
    async with visiting(served, "case_administrator") as visitor:
        until = {"until-day": "9", "until-month": "12", "until-year": "2026"}
        after = await change(visitor, f"{LEEDS}/absence?of={spoc}", COVER | until)
        assert "The absence is recorded." in text_of(after)
        assert "Covered by Dep Invented, 0113 496 0008." in text_of(after)
        assert "The deputy answers." in text_of(after)
        twice = await change(visitor, f"{LEEDS}/absence?of={spoc}", {"covered_by": "nobody"})
        assert "absent from 22 November 2026 already" in text_of(twice)
        of = re.findall(r"/back\?of=(\d+)", after.text)[0]
        back = await change(visitor, f"{LEEDS}/back?of={of}", {})
        assert "The absence is ended." in text_of(back)
        assert "Covered by" not in text_of(back)
        assert (await visitor.get(f"{LEEDS}/back?of={of}")).status_code == 404


async def test_a_contact_is_ended_and_the_gap_told(served: Served, spoc: int) -> None:
    async with visiting(served, "spoc") as visitor:
        after = await change(visitor, f"{LEEDS}/end?of={spoc}", {})
        assert "The contact is ended." in text_of(after)
        assert "Nobody answers" in text_of(after)


async def test_who_may_not_keep_contacts_reads_them_and_is_shown_no_way(served: Served, spoc: int, pool: Pool) -> None:
    other = await pool.fetchval("select min(code) from pdu where code <> 'N55LEE' and valid @> date '2026-11-22'")
    async with visiting(served, "premises_staff") as visitor:
        there = await visitor.get(LEEDS)
        assert there.status_code == 200
        assert f"{LEEDS}/" not in there.text
        assert (await visitor.get(f"{LEEDS}/keep")).status_code == 403
        assert (await visitor.post(f"{LEEDS}/end", {"of": str(spoc)})).status_code == 403
    async with visiting(served, "spoc") as visitor:
        assert "/keep" not in (await visitor.get(f"/locate/contacts/{other}")).text
        assert (await visitor.get(f"/locate/contacts/{other}/keep")).status_code == 403
        for path in ("/locate/contacts/NOWHERE", f"{LEEDS}/nonsense", f"{LEEDS}/end?of=1x", f"{LEEDS}/back?of={spoc}"):
            assert (await visitor.get(path)).status_code == 404
