"""C-15, C-16, C-17, C-24: orders and licences, outstanding hours, and what binds through a move."""

import asyncio
from datetime import date
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.read_sentences import read_sentences
from gateway.cases.sentences import add_requirement, change_sentence, end_requirement
from gateway.people.keep import limit_access
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.errors import Conflict, Invalid, NotThere
from schemas.nsis import Nsi, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from schemas.sentences import (
    AddRequirement,
    ChangeSentence,
    EndRequirement,
    NewRequirement,
    ReadSentences,
    Sentence,
    SentenceRecorded,
)
from tests.cases.recording import CRN, ago, sentenced
from tests.messages import HULL, LEEDS, YORK

CURFEW = NewRequirement(kind="curfew", title="7 pm to 7 am")
PROGRAMME = NewRequirement(kind="programme", title="Thinking skills")


async def seen(house: House, actor: Actor = OPERATOR) -> list[Sentence]:
    return (await act(house, actor, read_sentences, ReadSentences(person=CRN))).items


async def changed(house: House, of: SentenceRecorded, actor: Actor = YORK, **more: Any) -> SentenceRecorded:
    return await act(house, actor, change_sentence, ChangeSentence(person=CRN, sentence=of.id, **more))


async def test_c_15_outstanding_hours_go_with_the_person_and_either_area_counts_them_down(
    house: House, nsi: Nsi
) -> None:
    made = await sentenced(house, code="cpo", court="York", event_number=1, hours_ordered=120, hours_done=36)
    assert made.hours_outstanding == 84
    for _ in range(2):
        assert (await changed(house, made, LEEDS, hours_done=60)).hours_outstanding == 60
    found = (await seen(house, LEEDS))[0]
    assert (found.hours_ordered, found.hours_done, found.hours_outstanding, found.court) == (120, 60, 60, "York")


async def test_c_16_a_dtto_and_an_iccp_are_recorded_as_what_they_are(house: House, nsi: Nsi) -> None:
    for n, code in enumerate(("dtto", "iccp"), 1):
        await sentenced(house, code=code, event_number=n)
    assert {one.code for one in await seen(house)} == {"dtto", "iccp"}
    whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    wanted = {one.kind for one in whole.actions if one.not_applicable is None}
    assert {"court_application", "programme", "outstanding_hours"} <= wanted, "they are orders, with their courts"


async def test_c_17_restrictive_conditions_are_in_force_at_every_status_of_the_move(house: House, nsi: Nsi) -> None:
    made = await sentenced(house, kind="licence", code="licence", requirements=[CURFEW, PROGRAMME])
    binding = [("curfew", True, True), ("programme", False, True)]
    for status in ("received", "allocated", "in_progress"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
        for actor in (YORK, LEEDS):
            found = (await seen(house, actor))[0].requirements
            assert [(one.kind, one.restrictive, one.in_force) for one in found] == binding
    ended = EndRequirement(person=CRN, sentence=made.id, n=1)
    for _ in range(2):
        await act(house, LEEDS, end_requirement, ended)
    assert [one.in_force for one in (await seen(house))[0].requirements] == [False, True]


async def test_c_17_a_condition_is_restrictive_as_its_kind_is_unless_somebody_says_otherwise(
    house: House, nsi: Nsi
) -> None:
    made = await sentenced(house, kind="licence", code="licence")
    for restrictive in (None, False):
        more = AddRequirement(
            person=CRN, sentence=made.id, kind="exclusion", title="Invented Street", restrictive=restrictive
        )
        await act(house, YORK, add_requirement, more)
    assert [(one.n, one.restrictive) for one in (await seen(house))[0].requirements] == [(1, True), (2, False)]


async def test_c_24_the_originating_court_holds_an_order_until_a_court_sanctions_its_transfer(
    house: House, nsi: Nsi
) -> None:
    made = await sentenced(house, court="York")
    whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert "court_application" in {one.kind for one in whole.actions}
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="received"))
    assert (await seen(house))[0].court == "York"
    await changed(house, made, LEEDS, court="Leeds")
    assert (await seen(house))[0].court == "Leeds"


async def test_a_licence_needs_no_court_and_the_action_list_follows(house: House, nsi: Nsi) -> None:
    await sentenced(house, kind="licence", code="licence")
    whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    open_ones = {one.kind for one in whole.actions if one.not_applicable is None}
    assert "court_application" not in open_ones


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"code": "hanging"}, Invalid, "code: There is no code"),
        ({"ends_on": ago(200).date()}, Invalid, "ends_on: Give a day after 6 May 2026"),
        ({"hours_done": 3}, Invalid, "hours_ordered: Give the hours"),
        ({"hours_done": 30, "hours_ordered": 20}, Invalid, "hours_done: Of 20 hours ordered"),
        ({"kind": "licence", "court": "York"}, Invalid, "court: A licence is of no court"),
        ({"requirements": [NewRequirement(kind="x", title="x")]}, Invalid, "requirements.0.kind: There is no"),
        (
            {
                "requirements": [
                    NewRequirement(kind="curfew", title="x", starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 2))
                ]
            },
            Invalid,
            "requirements.0.ends_on",
        ),
    ],
)
async def test_a_sentence_that_cannot_be_is_refused_and_nothing_is_kept(
    house: House, nsi: Nsi, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await sentenced(house, **more)
    assert await seen(house) == []


async def test_an_event_is_one_sentence_of_two_recorded_at_once(house: House, nsi: Nsi) -> None:
    both = await asyncio.gather(
        *(sentenced(house, actor, event_number=1) for actor in (YORK, LEEDS)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["Conflict", "SentenceRecorded"]
    other = await sentenced(house, event_number=2)
    with pytest.raises(Conflict, match="event number already"):
        await changed(house, other, event_number=1)


async def test_a_sentence_is_masked_with_the_person(house: House, nsi: Nsi) -> None:
    made = await sentenced(house)
    with pytest.raises(NotThere):
        await seen(house, HULL)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    for attempt in (seen(house, YORK), changed(house, made, court="Leeds")):
        with pytest.raises(NotThere):
            await attempt
