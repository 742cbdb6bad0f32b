"""C-14, M-13, M-15: diversity needs asked on every move; ethnicity said, never inferred."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.needs import ask_needs, read_needs, record_ethnicity
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.transfers.read import read_nsi
from schemas.errors import Invalid, NotThere
from schemas.needs import AskNeeds, Needs, NeedsAsked, NewNeed, ReadNeeds, RecordEthnicity
from schemas.nsis import Action, Nsi, ReadNsi
from schemas.people import LimitAccess
from tests.cases.recording import CRN
from tests.messages import HULL, LEEDS, YORK, prepared

TODAY = date(2026, 11, 22)


async def said(house: House, *needs: tuple[str, str], actor: Actor = YORK, **more: Any) -> NeedsAsked:
    asked = AskNeeds(person=CRN, needs=[NewNeed(kind=kind, note=note) for kind, note in needs], **more)
    return await act(house, actor, ask_needs, asked)


async def seen(house: House, actor: Actor = OPERATOR) -> Needs:
    return await act(house, actor, read_needs, ReadNeeds(person=CRN))


async def line(house: House, nsi: Nsi, kind: str = "diversity_needs") -> Action:
    whole = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    return next(one for one in whole.actions if one.kind == kind)


async def test_c_14_diversity_needs_are_asked_again_on_every_move(house: House, settler: Settler, nsi: Nsi) -> None:
    answered = await said(house, ("mobility", "Uses a stick."), ("isolation", ""))
    assert (answered.in_force, answered.moves) == (2, [nsi.reference])
    assert (await line(house, nsi)).evidence == {"asked_on": "2026-11-22", "needs": True}
    second = await prepared(house, settler, type="temporary_move", destination="HU1 2AA", until=date(2027, 2, 1))
    assert (await line(house, second)).done_at is None
    assert [(one.nsi, one.asked_on) for one in (await seen(house)).moves] == [
        (second.reference, None),
        (nsi.reference, TODAY),
    ]
    again = await said(house, ("mobility", "Uses a stick."), nsi=second.reference)
    assert (again.in_force, again.moves) == (1, [second.reference])
    assert [(one.kind, one.in_force) for one in (await seen(house)).items] == [("mobility", True), ("isolation", False)]


async def test_c_14_asked_and_there_are_none_is_an_answer(house: House, nsi: Nsi) -> None:
    assert (await said(house, ("none", ""), actor=LEEDS)).in_force == 0
    assert (await line(house, nsi)).evidence["needs"] is False
    assert (await said(house, ("none", ""))).moves == []


async def test_c_14_of_two_answers_at_once_one_whole_answer_stands(house: House, nsi: Nsi) -> None:
    await asyncio.gather(said(house, ("mobility", "")), said(house, ("diet", "Halal"), actor=LEEDS))
    assert len([one for one in (await seen(house)).items if one.in_force]) == 1


@pytest.mark.parametrize(
    ("needs", "more", "why"),
    [
        ([("none", ""), ("diet", "")], {}, "There are none, or there are these"),
        ([("diet", ""), ("diet", "x")], {}, "needs.0.kind: It is given twice"),
        ([("telepathy", "")], {}, "needs.0.kind: There is no kind “telepathy”"),
        ([("other", "")], {}, "needs.0.note: Say more"),
        ([("diet", "")], {"nsi": "NSI-999999"}, "nsi: This person has no such NSI"),
    ],
)
async def test_c_14_an_answer_that_cannot_be_is_refused(
    house: House, nsi: Nsi, needs: list[tuple[str, str]], more: dict[str, Any], why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        await said(house, *needs, **more)
    assert (await seen(house)).items == []


async def test_m_15_ethnicity_is_not_recorded_until_the_person_says_it_or_will_not(house: House, nsi: Nsi) -> None:
    assert (await seen(house)).ethnicity is None
    await act(house, YORK, record_ethnicity, RecordEthnicity(person=CRN, ethnicity="not_stated"))
    assert ((await seen(house)).ethnicity, (await seen(house)).ethnicity_said_at) == ("not_stated", house.now())
    with pytest.raises(Invalid, match="ethnicity: There is no ethnicity"):
        await act(house, YORK, record_ethnicity, RecordEthnicity(person=CRN, ethnicity="guess"))


def test_m_15_nothing_but_the_answer_writes_ethnicity() -> None:
    root = Path(__file__).parents[2]
    files = [path for folder in ("gateway", "bedspace") for path in (root / folder).rglob("*.sql")]
    writes = [path.name for path in files if "set ethnicity" in path.read_text()]
    assert writes == ["needs.sql"]


async def test_m_13_reassessment_is_asked_for_by_the_very_fact_of_moving(house: House, nsi: Nsi) -> None:
    asked = await line(house, nsi, "oasys_reassessment")
    assert (asked.rule, asked.done_at) == ("T-07", None)


async def test_needs_are_masked_with_the_person(house: House, nsi: Nsi) -> None:
    with pytest.raises(NotThere):
        await seen(house, HULL)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    with pytest.raises(NotThere):
        await said(house, ("diet", ""))
