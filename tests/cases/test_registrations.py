"""SYS-22, C-18, SYS-05: registrations by area, mismatches, ViSOR."""

import asyncio
from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.followed import follow_registrations
from gateway.cases.mismatch import Differ, Entry, differing
from gateway.cases.read_registrations import list_mismatches, read_registrations
from gateway.cases.registrations import end_registration, register_person
from gateway.cases.visor import switch_visor
from gateway.demo.closing import close_mandatory
from gateway.people.keep import limit_access
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.nsis import Nsi, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from schemas.registrations import (
    EndRegistration,
    ListMismatches,
    Mismatch,
    ReadRegistrations,
    Registered,
    RegisterPerson,
    Registrations,
    SwitchVisor,
)
from tests.cases.recording import CRN, ago, at
from tests.messages import HULL, LEEDS, YORK

ACO = Actor(id="aco-n55", name="Lee Example", role="aco", regions=("N55",))


@pytest.fixture
def house(house: House) -> House:
    """With what follows from a status."""
    return House(pool=house.pool, now=house.now, follow=follow_registrations)


async def registered(house: House, actor: Actor, kind: Any, **more: Any) -> Registered:
    return await act(house, actor, register_person, RegisterPerson(person=CRN, kind=kind, **more))


async def seen(house: House, actor: Actor = OPERATOR) -> Registrations:
    return await act(house, actor, read_registrations, ReadRegistrations(person=CRN))


async def whole(house: House, nsi: Nsi) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


def asked(nsi: Nsi) -> list[tuple[str, bool]]:
    return [(one.said, one.answered_at is None) for one in nsi.questions if one.kind == "register_mismatch"]


async def letters(house: House) -> list[str]:
    rows = await house.pool.fetch("select purpose from outbox where purpose like 'registrations%' order by 1")
    return [row["purpose"] for row in rows]


async def test_c_18_high_on_one_register_and_not_on_the_other_alerts_both_ends(house: House, nsi: Nsi) -> None:
    await registered(house, YORK, "high_risk_register")
    assert (await seen(house)).mismatches == []
    told = await registered(house, LEEDS, "rosh", level="high")
    assert (told.mismatches, told.asked) == (1, [nsi.reference])
    there = await seen(house, YORK)
    assert there.mismatches == [
        Mismatch(kind="high_risk_register", one="N55LEE", one_name="Leeds", other="N55YRK", other_name="York")
    ]
    assert asked(await whole(house, nsi)) == [("N55LEE and N55YRK register the high risk register differently.", True)]
    assert await letters(house) == ["registrations_to_receiving", "registrations_to_sending"]


async def test_sys_22_a_level_that_differs_is_asked_about_once_and_answered_when_the_areas_agree(
    house: House, nsi: Nsi
) -> None:
    await registered(house, YORK, "rosh", level="very_high")
    await registered(house, LEEDS, "rosh", level="medium")
    assert (await registered(house, LEEDS, "mappa", level="2", category="1")).asked == []
    question = "N55LEE and N55YRK register the risk of serious harm differently."
    assert asked(await whole(house, nsi)) == [(question, True)]
    agreed = await registered(house, LEEDS, "rosh", level="very_high")
    assert (agreed.mismatches, asked(await whole(house, nsi))) == (0, [(question, False)])
    again = at(house, house.now() + timedelta(days=1))
    assert (await registered(again, YORK, "rosh", level="high")).asked == [nsi.reference]


async def test_sys_22_what_was_not_carried_over_is_asked_when_responsibility_passes(house: House, nsi: Nsi) -> None:
    await registered(house, YORK, "high_risk_register")
    assert asked(await whole(house, nsi)) == []
    await close_mandatory(house, nsi.id)
    later = at(house, house.now() + timedelta(days=1))
    await moved(later, nsi)
    seen_then = await whole(later, nsi)
    assert seen_then.responsible is not None
    assert seen_then.responsible.pdu == "Leeds"
    assert asked(seen_then) == [("N55LEE and N55YRK register the high risk register differently.", True)]


async def test_sys_22_mismatches_are_listed_as_data_and_a_masked_person_is_counted_without_a_name(
    house: House, nsi: Nsi
) -> None:
    await registered(house, YORK, "rosh", level="low")
    await registered(house, LEEDS, "rosh", level="high")
    found = await act(house, ACO, list_mismatches, ListMismatches(pdu="N55LEE"))
    assert (found.people, [(one.kind, one.crn, one.nsi) for one in found.items]) == (1, [("rosh", CRN, nsi.reference)])
    assert (await act(house, ACO, list_mismatches, ListMismatches(pdu="N55HER"))).items == []
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    assert (await act(house, ACO, list_mismatches, ListMismatches())).items == []


async def test_a_registration_that_raises_the_risk_brings_its_clocks_and_actions_in_the_same_act(
    house: House, nsi: Nsi
) -> None:
    before = {one.kind for one in (await whole(house, nsi)).actions}
    await registered(house, YORK, "mappa", level="3", category="2")
    after = {one.kind for one in (await whole(house, nsi)).actions if one.not_applicable is None}
    assert {"mappa_point"} <= after - before


async def test_a_newer_level_ends_the_older_and_on_the_same_day_puts_it_right(house: House, nsi: Nsi) -> None:
    first = await registered(house, YORK, "rosh", level="high", since=ago(30).date())
    assert (await registered(house, YORK, "rosh", level="high")).id == first.id
    second = await registered(house, YORK, "rosh", level="medium")
    assert (await registered(house, YORK, "rosh", level="low")).id == second.id
    assert [(one.level, one.in_force) for one in (await seen(house)).items] == [("low", True), ("high", False)]
    for _ in range(2):
        await act(house, YORK, end_registration, EndRegistration(person=CRN, registration=first.id))


async def test_an_area_registers_a_person_once_of_two_at_once(house: House, nsi: Nsi) -> None:
    await asyncio.gather(*(registered(house, YORK, "rosh", level="high") for _ in range(3)))
    assert len((await seen(house)).items) == 1


@pytest.mark.parametrize(
    ("kind", "more", "error", "said"),
    [
        ("rosh", {}, Invalid, "level: Give one of: low, medium, high, very_high"),
        ("rosh", {"level": "2"}, Invalid, "level: Give one of"),
        ("high_risk_register", {"level": "high"}, Invalid, "Leave the level out"),
        ("rosh", {"level": "high", "category": "1"}, Invalid, "Only MAPPA has a category"),
        ("rosh", {"level": "high", "since": date(2026, 11, 23)}, Invalid, "since: Give today"),
        ("visor", {}, Invalid, "ViSOR is off for that region"),
        ("rosh", {"level": "high", "pdu": "N55LEE"}, NotAllowed, "a PDU that you work for"),
    ],
)
async def test_a_registration_that_cannot_be_is_refused(
    house: House, nsi: Nsi, kind: Any, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await registered(house, YORK, kind, **more)
    assert (await seen(house)).items == []


async def test_a_registration_is_ended_by_the_area_whose_it_is(house: House, nsi: Nsi) -> None:
    made = await registered(house, YORK, "rosh", level="high", since=ago(3).date())
    with pytest.raises(NotAllowed, match="by the area whose it is"):
        await act(house, LEEDS, end_registration, EndRegistration(person=CRN, registration=made.id))
    with pytest.raises(NotThere):
        await act(house, HULL, end_registration, EndRegistration(person=CRN, registration=made.id))
    for wrong in (ago(3).date(), ago(-1).date()):
        with pytest.raises(Invalid, match="on: Give a day after"):
            await act(house, YORK, end_registration, EndRegistration(person=CRN, registration=made.id, on=wrong))


async def switched(house: House, region: str, *, on: bool = True, actor: Actor = OPERATOR) -> bool:
    return (await act(house, actor, switch_visor, SwitchVisor(region=region, on=on))).on


async def moved(house: House, nsi: Nsi) -> None:
    for status in ("received", "allocated", "in_progress", "completed"):
        if (await whole(house, nsi)).responsible.pdu == "Leeds":  # type: ignore[union-attr]  # somebody is
            return
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))


async def test_sys_05_the_visor_record_passes_wholly_when_supervision_does(house: House, nsi: Nsi) -> None:
    assert await switched(house, "N55", actor=ACO)
    await registered(house, YORK, "visor", since=ago(90).date())
    later = at(house, house.now() + timedelta(days=1))
    await moved(later, nsi)
    found = [one for one in (await seen(later)).items if one.kind == "visor"]
    assert [(one.pdu, one.in_force) for one in found] == [("N55LEE", True), ("N55YRK", False)]
    assert (await seen(later)).mismatches == []


async def test_sys_05_visor_is_off_until_a_region_turns_it_on_and_then_stays_where_it_was(
    house: House, nsi: Nsi
) -> None:
    await switched(house, "N55")
    await registered(house, YORK, "visor", since=ago(90).date())
    await switched(house, "N55", on=False)
    await moved(house, nsi)
    assert [one.pdu for one in (await seen(house)).items if one.in_force] == ["N55YRK"]
    assert [one.kind for one in (await whole(house, nsi)).questions] == ["visor_stays"]
    with pytest.raises(NotAllowed, match="by the region itself"):
        await switched(house, "N51", actor=ACO)
    with pytest.raises(NotThere):
        await switched(house, "XXX")


KINDS: tuple[Any, ...] = ("rosh", "mappa", "visor", "high_risk_register")


def test_sys_22_who_has_said_nothing_and_is_not_responsible_does_not_differ() -> None:
    entries = [Entry("high_risk_register", "A"), Entry("rosh", "A", "high")]
    assert differing(entries, "A", []) == []
    assert differing(entries, "B", []) == [Differ("high_risk_register", "A", "B")]
    assert differing([*entries, Entry("rosh", "B", "high")], "A", []) == [Differ("high_risk_register", "A", "B")]
    assert differing([Entry("visor", "A"), Entry("rosh", "B", "low")], None, ["A"]) == []
    assert differing([Entry("visor", "A"), Entry("rosh", "B", "low")], None, ["A", "B"]) == [Differ("visor", "A", "B")]


def test_sys_22_a_mismatch_is_the_same_whatever_the_order_of_entries() -> None:
    draw = Random(22)
    for _ in range(100):
        entries = [
            Entry(kind, area, draw.choice(("low", "high")) if kind == "rosh" else draw.choice(("", "1", "2")))
            for area in "ABC"
            for kind in KINDS
            if draw.random() < 0.4
        ][:5]
        first = differing(entries, "A", "ABC")
        assert all(differing(one, "A", "ABC") == first for one in permutations(entries))
