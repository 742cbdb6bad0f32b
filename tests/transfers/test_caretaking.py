"""C-06, M-04: caretaking, temporary move and formal transfer are three different states."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.transfers.caretaking import finish_caretaking, list_caretaking, record_caretaking
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.hand_over import read_responsibility
from gateway.transfers.status import record_status
from schemas.custody import (
    Caretaking,
    CaretakingPage,
    EndCaretaking,
    ListCaretaking,
    ReadResponsibility,
    RecordCaretaking,
)
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import ConfirmNsi, Nsi, RecordStatus
from schemas.people import LimitAccess
from tests.messages import FACTS, HULL, LEEDS, YORK, prepared
from tests.transfers.test_responsible import later

CRN = FACTS["crn"]
TODAY = date(2026, 11, 22)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    return made


async def hold(house: House, actor: Actor = LEEDS, **more: Any) -> Caretaking:
    return await act(house, actor, record_caretaking, RecordCaretaking(**({"person": CRN, "by_pdu": "N55LEE"} | more)))


async def listed(house: House, actor: Actor = OPERATOR, **asked: Any) -> CaretakingPage:
    return await act(house, actor, list_caretaking, ListCaretaking(**asked))


async def test_caretaking_is_recorded_for_whoever_is_responsible_and_is_seen_with_them(house: House, nsi: Nsi) -> None:
    kept = await hold(house, from_=date(2026, 11, 2), nsi=nsi.reference.lower(), reason="Until the NSI is complete.")
    assert (kept.by_pdu, kept.for_pdu, kept.from_, kept.until, kept.nsi) == (
        "N55LEE", "N55YRK", date(2026, 11, 2), None, nsi.reference,
    )  # fmt: skip
    seen = await act(house, YORK, read_responsibility, ReadResponsibility(person=CRN))
    assert (seen.items[0].pdu, seen.caretaking) == ("York", kept)


async def test_caretaking_is_counted_by_and_for_as_of_a_day(house: House, nsi: Nsi) -> None:
    await hold(house, from_=date(2026, 11, 2))
    page = await listed(house, LEEDS, pdu="N55LEE")
    assert [(one.code, one.by_us, one.for_us) for one in page.counts] == [("N55LEE", 1, 0)]
    assert (page.items[0].name, page.items[0].crn) == (FACTS["name"], CRN)
    assert [(one.code, one.by_us, one.for_us) for one in (await listed(house)).counts] == [
        ("N55LEE", 1, 0),
        ("N55YRK", 0, 1),
    ]
    assert (await listed(house, on=date(2026, 11, 1))).items == []
    assert (await listed(house, HULL)).items == []


async def test_a_limited_access_person_is_counted_and_masked(house: House, nsi: Nsi) -> None:
    await hold(house)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    page = await listed(house, LEEDS, pdu="N55LEE")
    assert (page.counts[0].by_us, page.items[0].name, page.items[0].crn) == (1, None, None)


async def test_a_person_is_held_by_one_at_a_time_and_the_error_says_by_whom(house: House, nsi: Nsi) -> None:
    await hold(house, from_=date(2026, 11, 2))
    with pytest.raises(Conflict, match="Leeds has held this person for York since 2 November 2026"):
        await hold(house, OPERATOR, by_pdu="N55HER")


async def test_of_two_who_record_that_they_hold_somebody_at_once_one_wins(house: House, nsi: Nsi) -> None:
    answers = await asyncio.gather(
        *(hold(house, OPERATOR, by_pdu=pdu) for pdu in ("N55LEE", "N55HER")), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["Caretaking", "Conflict"]


async def test_caretaking_ends_by_itself_when_a_case_transfer_completes(house: House, nsi: Nsi) -> None:
    await hold(house, from_=date(2026, 11, 2))
    at = later(house, days=1)
    await act(at, LEEDS, record_status, RecordStatus(id=nsi.id, status="allocated"))
    assert len((await listed(at)).items) == 1
    await act(at, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))
    assert (await listed(at)).items == []
    assert (await listed(at, on=TODAY)).items[0].until == TODAY + timedelta(days=1)


async def test_either_end_ends_it_and_again_is_harmless(house: House, nsi: Nsi) -> None:
    kept = await hold(house, from_=date(2026, 11, 2))
    for _ in range(2):
        ended = await act(house, YORK, finish_caretaking, EndCaretaking(id=kept.id))
        assert ended.until == TODAY
    assert (await listed(house)).items == []
    with pytest.raises(NotThere):
        await act(house, HULL, finish_caretaking, EndCaretaking(id=kept.id))
    for wrong in (date(2026, 11, 2), date(2026, 11, 23)):
        with pytest.raises(Invalid, match="on: Give a day after 2 November 2026"):
            await act(house, YORK, finish_caretaking, EndCaretaking(id=kept.id, on=wrong))


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"from_": date(2026, 11, 23)}, Invalid, "from: Give today"),
        ({"until": date(2026, 11, 22)}, Invalid, "until: Give a day after"),
        ({"by_pdu": "N55YRK"}, Invalid, "nobody is held for oneself"),
        ({"by_pdu": "N55XXX"}, Invalid, "no such PDU"),
        ({"for_pdu": "N55HER"}, Invalid, "York is responsible"),
        ({"nsi": "NSI-999999"}, Invalid, "no such NSI"),
        ({"by_pdu": "N55HER", "person": "X000000"}, NotThere, "Nobody with this CRN"),
    ],
)
async def test_what_caretaking_cannot_be_is_said(
    house: House, nsi: Nsi, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await hold(house, **more)


async def test_caretaking_is_recorded_by_one_of_its_ends(house: House, nsi: Nsi) -> None:
    with pytest.raises(NotAllowed, match="by the PDU that supervises"):
        await hold(house, LEEDS, by_pdu="N55HER")


async def test_caretaking_is_paged_the_longest_first(house: House, settler: Settler, nsi: Nsi) -> None:
    await hold(house, from_=date(2026, 11, 2))
    await prepared(house, settler, crn="X765432", noms="A7654BC", name="Ash Imaginary", birth_date=date(1970, 1, 2))
    await hold(house, OPERATOR, person="X765432", from_=date(2026, 10, 1))
    first = await listed(house, limit=1)
    second = await listed(house, limit=1, cursor=first.next)
    assert [first.items[0].crn, second.items[0].crn, second.next] == ["X765432", CRN, None]
    for wrong in ("x", "2026-99-99." + "0" * 36):
        with pytest.raises(Invalid, match="cursor"):
            await listed(house, cursor=wrong)
