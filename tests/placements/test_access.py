"""Who sees which placements: every role at its own and at other premises, and people whose access is limited."""

from datetime import date
from typing import get_args
from uuid import UUID

import pytest

from gateway.access.accounts import demo_actor
from gateway.access.act import act
from gateway.access.actors import OPERATOR, Actor
from gateway.access.permissions import table
from gateway.people.keep import limit_access
from gateway.placements.read import list_placements, read_day, read_placement
from schemas.errors import NotAllowed, NotThere
from schemas.people import LimitAccess
from schemas.placements import ListPlacements, ReadDay, ReadPlacement
from schemas.words import Role
from tests.placements.placing import AP1, AP2, LEEDS, UNIT, Clock, somebody, staff

YORK = Actor(id="york", name="Yu Invented", role="practitioner", regions=("N55",), pdus=("N55YRK",))
ROLES: list[Role] = [role for role in get_args(Role) if role in table()["placement.list"]]


async def ids(clock: Clock, who: Actor, **asked: object) -> set[UUID]:
    page = await act(clock.house, who, list_placements, ListPlacements(**asked))  # type: ignore[arg-type]  # given by the test
    return {row.id for row in page.items}


async def test_premises_see_who_is_referred_to_them_and_who_lives_there_and_nobody_else(clock: Clock) -> None:
    here = await clock.arrived("AP1-1", somebody(1))
    there = await clock.arrived("AP2-1", somebody(2))
    asked = await clock.referred(somebody(3), ask=["AP1"])
    nobody_asked = await clock.referred(somebody(4))
    assert await ids(clock, AP1) == {here, asked}
    assert await ids(clock, AP2) == {there}
    assert await ids(clock, staff("AP1", "AP2", role="premises_staff")) == {here, there, asked}
    assert await ids(clock, LEEDS) == {here, there, asked, nobody_asked}
    assert await ids(clock, YORK) == set()


async def test_premises_that_said_no_see_it_until_somebody_else_says_yes(clock: Clock) -> None:
    placement = await clock.referred(ask=["AP1", "AP2"])
    await clock.do("decline", placement, AP2, reason="full")
    assert await ids(clock, AP2) == {placement}
    await clock.do("accept", placement, AP1)
    assert await ids(clock, AP2) == set()
    with pytest.raises(NotThere):
        await clock.read(placement, AP2)


async def test_a_day_at_other_premises_is_empty_and_counts_nobody(clock: Clock) -> None:
    await clock.arrived("AP1-1", somebody(1))
    await clock.booked("AP1-2", somebody(2), arrives_on=clock.at.date())
    mine = await act(clock.house, AP1, read_day, ReadDay(premises="AP1"))
    assert (len(mine.arriving), mine.residents) == (2, 1)
    others = await act(clock.house, AP2, read_day, ReadDay(premises="AP1"))
    assert (others.arriving, others.departing, others.away, others.residents) == ([], [], [], 0)


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reads_as_far_as_the_table_says(clock: Clock, role: Role) -> None:
    """Of a placement that Leeds referred and one of London; both ask AP1, where no demo account works."""
    who = demo_actor(role) if role not in ("operator", "gateway") else OPERATOR
    leeds = await clock.referred(somebody(1), pdu="N55LEE", by=OPERATOR, ask=["AP1"])
    london = await clock.referred(somebody(2), pdu="LDNBBG", by=OPERATOR, ask=["AP1"])
    reach = table()["placement.list"][role]
    sees = {"nation": {leeds, london}, "region": {leeds}, "pdu": {leeds}, "premises": set(), "own": set()}[reach]
    assert await ids(clock, who) == sees
    for placement in (leeds, london):
        if placement in sees:
            assert (await clock.read(placement, who)).id == placement
        else:
            with pytest.raises((NotThere, NotAllowed)):
                await clock.read(placement, who)


async def test_prison_staff_see_what_they_referred_themselves(clock: Clock) -> None:
    prison = demo_actor("prison_staff")
    await clock.decided(somebody(1))
    mine = await clock.referred(somebody(1), decide=False, by=prison)
    await clock.referred(somebody(2))
    assert await ids(clock, prison) == {mine}
    assert (await clock.do("withdraw", mine, prison, reason="circumstances")).state == "withdrawn"


@pytest.mark.parametrize("allowed", [(), (AP1.id,)])
async def test_a_limited_access_person_is_masked_for_all_but_those_named(
    clock: Clock, allowed: tuple[str, ...]
) -> None:
    placement = await clock.arrived("AP1-1", somebody(1), risk_note="canary risk", risk_to_staff="very_high")
    await clock.do("extend", placement, until=date(2027, 3, 1), note="canary note")
    person = (await clock.read(placement)).person.id
    await act(clock.house, OPERATOR, limit_access, LimitAccess(id=person, allowed=allowed))
    for who in (AP1, LEEDS, UNIT, demo_actor("inspector")):
        read = await clock.read(placement, who)
        page = await act(clock.house, who, list_placements, ListPlacements())
        day = await act(clock.house, who, read_day, ReadDay(premises="AP1"))
        shown = who.id in allowed
        assert (read.person.name is not None) is shown
        assert ("canary" in str(read)) is shown
        assert {row.name is not None for row in (*page.items, *day.arriving)} == {shown}
        assert read.risk.to_staff == "very_high"


async def test_every_read_names_in_the_audit_whose_record_was_opened(clock: Clock) -> None:
    placement = await clock.arrived("AP1-1")
    person = (await clock.read(placement)).person.id
    await act(clock.house, AP1, list_placements, ListPlacements())
    await act(clock.house, AP1, read_day, ReadDay(premises="AP1"))
    await act(clock.house, AP1, read_placement, ReadPlacement(id=placement))
    rows = await clock.pool.fetch("select action, persons from audit where actor = $1", AP1.id)
    assert {(row["action"], tuple(row["persons"])) for row in rows} == {
        ("placement.list", (person,)),
        ("placement.read", (person,)),
    }


async def test_what_waits_for_an_answer_is_shown_to_those_who_decide_the_one_due_next_first(clock: Clock) -> None:
    late = await clock.referred(somebody(1), ask=["AP1", "AP3"])
    soon = await clock.referred(somebody(2), ask=["AP1"], arrives_on=date(2026, 11, 26))
    page = await act(clock.house, AP1, list_placements, ListPlacements(to_decide=True, limit=1))
    assert [row.id for row in page.items] == [soon]
    rest = await act(clock.house, AP1, list_placements, ListPlacements(to_decide=True, cursor=page.next))
    assert [(row.id, row.asked) for row in rest.items] == [(late, "AP1")]
    assert rest.next is None
    page = await act(clock.house, UNIT, list_placements, ListPlacements(to_decide=True))
    assert [(row.id, row.asked) for row in page.items] == [(late, "AP3")]
