"""C-08, SYS-18: who is hard to place stands in a queue of the nation, with who leads and how it ended."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.delivery.compose import WriteLetter, Writer
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.people.merge import merge_people, unmerge_people
from gateway.store.database import Pool
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.holders import keep_holder
from gateway.transfers.merge import merge_nsi
from gateway.transfers.national import close_search, lead_search, note_search, seek_for_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.searches import list_searches, read_search
from gateway.transfers.status import record_status
from schemas.chasing import KeepHolder
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.identity import MergePeople, UnmergePeople
from schemas.national import (
    CloseSearch,
    LeadSearch,
    ListSearches,
    NoteSearch,
    ReadSearch,
    Search,
    SearchPage,
    SeekForNsi,
    Sought,
)
from schemas.nsi_life import MergeNsi
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from tests.messages import HULL, LEEDS, YORK, prepared

LEAD = demo_actor("national_lead")
WRITER = Writer(secret=b"s" * 32, link_base="http://127.0.0.1:8000", invented=True)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


def asks(nsi: Nsi, **more: Any) -> SeekForNsi:
    given = {"reason": "victims", "tried": "Three PDUs said no.", "needed": "No victim within ten miles."}
    return SeekForNsi(id=nsi.id, **(given | more))


async def sought(house: House, nsi: Nsi, **more: Any) -> Sought:
    return await act(house, YORK, seek_for_nsi, asks(nsi, **more))


async def queue(house: House, actor: Any = LEAD, **asked: Any) -> SearchPage:
    return await act(house, actor, list_searches, ListSearches(**asked))


async def shown(house: House, search: Sought, actor: Any = LEAD) -> Search:
    return await act(house, actor, read_search, ReadSearch(id=search.id))


async def written(house: House, purpose: str, nsi: Nsi) -> str:
    letter = await act(house, GATEWAY, WRITER.write, WriteLetter(purpose=purpose, subject=f"nsi:{nsi.id}"))
    assert "Robin" not in str(letter)
    return f"{letter.to}: {letter.subject}"


async def test_c_08_whoever_seeks_puts_somebody_hard_to_place_in_the_queue_and_the_national_lead_is_told(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    lead = KeepHolder(grade="national_lead", place="nation", name="Nat Example", email="nat@nation.invalid")
    await act(house, OPERATOR, keep_holder, lead)
    done = await sought(house, nsi)
    (row,) = (await queue(house)).items
    assert (row.about, row.pdu, row.rosh, row.reason, row.leads) == (nsi.reference, "N55YRK", "low", "victims", None)
    found = await shown(house, done)
    assert (found.tried, found.needed) == ("Three PDUs said no.", "No victim within ten miles.")
    assert await pool.fetchval("select count(*) from outbox where purpose = 'seeking_to_lead'") == 1
    letter = await written(house, "seeking_to_lead", nsi)
    assert letter == f"nat@nation.invalid: [invented] {nsi.reference}: hard to place"
    seen = await act(house, YORK, read_nsi, ReadNsi(id=nsi.id))
    assert done.reference in str(seen.history)
    assert "victim" not in str(seen.history)


async def test_sys_18_the_national_lead_sees_the_queue_by_risk_and_then_by_date(house: House, settler: Settler) -> None:
    people = [("X765432", "low", "N55"), ("X765433", "very_high", ""), ("X765434", "high", ""), ("X765435", "low", "")]
    made = {}
    for n, (crn, rosh, _) in enumerate(people):
        one = await prepared(house, settler, crn=crn, noms=None, name=f"Ash Imaginary {n}", rosh=rosh)
        made[crn] = await act(house, OPERATOR, seek_for_nsi, asks(one))
    by_risk = ["X765433", "X765434", "X765432", "X765435"]
    assert [row.crn for row in (await queue(house)).items] == by_risk
    first = await queue(house, limit=3)
    assert [row.crn for row in (await queue(house, limit=3, cursor=first.next)).items] == ["X765435"]
    for crn in by_risk[:2]:
        await act(house, LEAD, close_search, CloseSearch(id=made[crn].id, outcome="placed", said="Somewhere."))
    assert [row.crn for row in (await queue(house, open=False)).items] == ["X765434", "X765433"]
    with pytest.raises(Invalid, match="cursor"):
        await queue(house, cursor="x")


async def test_sys_18_who_leads_and_what_was_done_and_how_it_ended_is_told_to_whoever_seeks(
    house: House, pool: Pool, nsi: Nsi
) -> None:
    done = await sought(house, nsi)
    for _ in range(2):
        led = await act(house, LEAD, lead_search, LeadSearch(id=done.id, leads="Nat Example, national office"))
    assert led.leads == "Nat Example, national office"
    await act(house, YORK, note_search, NoteSearch(id=done.id, said="Also asked Hull."))
    closed = CloseSearch(id=done.id, outcome="placed", said="Hull takes him.")
    for _ in range(2):
        await act(house, LEAD, close_search, closed)
    found = await shown(house, done, YORK)
    assert [(step.kind, step.by) for step in found.steps] == [
        ("sought", YORK.id),
        ("led", LEAD.id),
        ("noted", YORK.id),
        ("placed", LEAD.id),
    ]
    assert (found.outcome, found.leads) == ("placed", "Nat Example, national office")
    assert (await queue(house)).items == []
    for side in ("sending", "receiving"):
        assert await pool.fetchval("select count(*) from outbox where purpose = $1", f"placing_to_{side}") == 1
        assert "decided by the national lead" in await written(house, f"placing_to_{side}", nsi)
    with pytest.raises(Conflict, match="was closed on 22 November 2026"):
        await act(house, LEAD, note_search, NoteSearch(id=done.id, said="Too late."))


async def test_c_08_an_nsi_that_is_over_seeks_no_place_any_more(house: House, nsi: Nsi) -> None:
    done = await sought(house, nsi)
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn"))
    assert (await shown(house, done)).outcome == "withdrawn"
    with pytest.raises(Conflict, match="is withdrawn: no place is sought"):
        await sought(house, nsi)


async def test_c_08_an_nsi_that_is_completed_has_found_its_place(house: House, nsi: Nsi) -> None:
    done = await sought(house, nsi)
    for status in ("allocated", "completed"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
    found = await shown(house, done)
    assert (found.outcome, found.steps[-1].kind) == ("placed", "placed")


async def test_c_08_what_is_sought_for_an_nsi_that_is_found_to_be_another_is_sought_for_that_one_once(
    house: House, settler: Settler, nsi: Nsi
) -> None:
    twin = await prepared(house, settler, rosh="low", destination="LS6 2AA", move_on=date(2026, 12, 19))
    done = await sought(house, nsi)
    await act(house, OPERATOR, merge_nsi, MergeNsi(id=nsi.id, into=twin.reference))
    assert ((await shown(house, done)).about, (await shown(house, done)).outcome) == (twin.reference, None)
    third = await prepared(house, settler, rosh="low", destination="LS8 5AJ", move_on=date(2026, 12, 20))
    second = await act(house, OPERATOR, seek_for_nsi, asks(third))
    await act(house, OPERATOR, merge_nsi, MergeNsi(id=third.id, into=twin.reference))
    assert [(await shown(house, one)).outcome for one in (done, second)] == [None, "withdrawn"]


@pytest.mark.parametrize(
    ("more", "said"),
    [({"reason": "because"}, "no reason"), ({"tried": " "}, "tried: Say it"), ({"needed": " "}, "needed: Say it")],
)
async def test_what_is_wrong_with_a_search_is_said_at_its_field_and_nothing_is_kept(
    house: House, nsi: Nsi, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        await sought(house, nsi, **more)
    assert (await queue(house)).items == []


async def test_c_08_who_stands_in_the_queue_stands_there_once_and_whoever_seeks_may_only_withdraw(
    house: House, nsi: Nsi
) -> None:
    done = await sought(house, nsi)
    with pytest.raises(Conflict, match=f"in the queue already, as {done.reference}"):
        await sought(house, nsi)
    with pytest.raises(NotAllowed, match="The national lead says that somebody is placed"):
        await act(house, YORK, close_search, CloseSearch(id=done.id, outcome="placed", said="With us."))
    with pytest.raises(NotAllowed):
        await act(house, YORK, lead_search, LeadSearch(id=done.id, leads="Me"))
    await act(house, YORK, close_search, CloseSearch(id=done.id, outcome="withdrawn", said="Found one ourselves."))
    assert (await sought(house, nsi)).reference != done.reference


async def test_whoever_is_at_neither_end_sees_no_search_and_a_limited_person_is_masked(house: House, nsi: Nsi) -> None:
    done = await sought(house, nsi)
    assert (await queue(house, HULL)).items == []
    for verb, command in (
        (read_search, ReadSearch(id=done.id)),
        (note_search, NoteSearch(id=done.id, said="x")),
        (read_search, ReadSearch(id=uuid4())),
    ):
        with pytest.raises(NotThere):
            await act(house, HULL, verb, command)  # type: ignore[arg-type]  # each with its own command
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    found = await shown(house, done)
    assert (found.name, found.crn, found.tried, found.needed) == (None, None, None, None)


async def test_c_08_a_search_is_about_whomever_its_nsi_is_about_when_people_are_merged_and_apart_again(
    house: House, settler: Settler, nsi: Nsi
) -> None:
    other = await prepared(house, settler, rosh="low", crn="X765432", noms=None, name="Ash Imaginary")
    same = MergePeople(person=str(other.person.id), merged=str(nsi.person.id), reason="One person.")
    merged = await act(house, OPERATOR, merge_people, same)
    done = await sought(house, nsi)
    assert (await shown(house, done)).name == "Ash Imaginary"
    apart = UnmergePeople(person=str(other.person.id), merge=merged.merge, reason="Two after all.")
    await act(house, OPERATOR, unmerge_people, apart)
    assert (await shown(house, done)).name == "Robin Invented"
