"""C-24, T-28: components of a case transfer are decided one by one, by a court or by an area."""

from datetime import date
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.store.database import Pool
from gateway.transfers.components import (
    add_components,
    apply_to_court,
    decide_component,
    leave_component_open,
    start_component,
)
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from gateway.transfers.status import record_status
from schemas.components import (
    AddComponents,
    ApplyToCourt,
    Component,
    DecideComponent,
    LeaveComponentOpen,
    NewComponent,
    StartComponent,
)
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import ConfirmNsi, Nsi, ReadNsi, RecordStatus
from tests.messages import LEEDS, YORK, prepared
from tests.transfers.test_responsible import later

ORDER = NewComponent(kind="order", title="Community order", from_court="York Magistrates' Court")
PROGRAMME = NewComponent(kind="programme", title="Thinking skills")
COURT = "Leeds Magistrates' Court"
TODAY = date(2026, 11, 22)


@pytest.fixture
async def nsi(house: House, settler: Settler) -> Nsi:
    made = await prepared(house, settler, rosh="low")
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=made.id))
    await act(house, YORK, add_components, AddComponents(id=made.id, items=[ORDER, PROGRAMME]))
    await act(house, LEEDS, record_status, RecordStatus(id=made.id, status="allocated"))
    return made


async def parts(house: House, nsi: Nsi) -> list[Component]:
    return (await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))).components


async def decided(house: House, nsi: Nsi, n: int, decision: Any = "transferred", **more: Any) -> list[Component]:
    command = DecideComponent(id=nsi.id, n=n, decision=decision, **more)
    return (await act(house, LEEDS, decide_component, command)).components


async def completed(house: House, nsi: Nsi) -> None:
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="completed"))


async def test_c_24_until_the_court_sanctions_it_the_originating_court_holds_the_order(house: House, nsi: Nsi) -> None:
    order, programme = await parts(house, nsi)
    assert (order.decides, order.held_by, order.from_court) == ("court", "originating_court", ORDER.from_court)
    assert (programme.decides, programme.held_by) == ("receiving", "sending")
    applied = ApplyToCourt(id=nsi.id, n=1, court=COURT, on=date(2026, 11, 20))
    await act(house, LEEDS, apply_to_court, applied)
    assert (await parts(house, nsi))[0].held_by == "originating_court"
    order = (await decided(later(house, days=5), nsi, 1, how="At a hearing"))[0]
    assert (order.held_by, order.court, order.how, order.decided_on) == (
        "receiving_court",
        COURT,
        "At a hearing",
        date(2026, 11, 27),
    )


async def test_c_24_a_court_that_sanctions_has_a_name_and_decides_after_it_was_applied_to(
    house: House, nsi: Nsi
) -> None:
    with pytest.raises(Invalid, match="court: Name the court that sanctions it"):
        await decided(house, nsi, 1)
    await act(house, LEEDS, apply_to_court, ApplyToCourt(id=nsi.id, n=1, court=COURT))
    with pytest.raises(Invalid, match="on: The court was applied to on 22 November 2026"):
        await decided(house, nsi, 1, on=date(2026, 11, 20))


async def test_a_case_transfer_completes_when_its_components_are_decided(house: House, nsi: Nsi) -> None:
    with pytest.raises(Conflict, match="not decided: Community order; Thinking skills"):
        await completed(house, nsi)
    await decided(house, nsi, 1, court=COURT)
    await decided(house, nsi, 2, "stays", reason="There is none in the receiving area.")
    await completed(house, nsi)
    order, programme = await parts(house, nsi)
    assert (order.held_by, programme.held_by, programme.decision) == ("receiving_court", "sending", "stays")
    with pytest.raises(Conflict, match="is completed, and “Thinking skills” was decided before"):
        await decided(house, nsi, 2)


async def test_a_case_transfer_completes_before_a_component_is_decided_with_a_recorded_reason(
    house: House, nsi: Nsi
) -> None:
    for n, why in ((1, "The court sits in January."), (2, "The list is full until March.")):
        await act(house, YORK, leave_component_open, LeaveComponentOpen(id=nsi.id, n=n, why=why))
    await completed(house, nsi)
    seen = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert (seen.status, seen.components[0].held_by) == ("completed", "originating_court")
    assert "The court sits in January." in str(seen.history)
    assert (await decided(later(house, days=50), nsi, 1, court=COURT))[0].held_by == "receiving_court"


async def test_t_28_a_programme_condition_starts_before_the_formal_transfer_and_an_order_does_not(
    house: House, nsi: Nsi
) -> None:
    start = StartComponent(id=nsi.id, n=2, on=date(2026, 11, 20))
    for _ in range(2):
        programme = (await act(house, LEEDS, start_component, start)).components[1]
    assert (programme.started_on, programme.decision, programme.held_by) == (date(2026, 11, 20), "pending", "sending")
    seen = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))
    assert (seen.status, seen.responsible and seen.responsible.pdu) == ("allocated", "York")
    with pytest.raises(Conflict, match="when it is transferred, and not before"):
        await act(house, LEEDS, start_component, StartComponent(id=nsi.id, n=1))


async def test_each_component_is_decided_by_whoever_decides_it(house: House, nsi: Nsi) -> None:
    with pytest.raises(NotAllowed, match="“Thinking skills” is decided by the receiving area"):
        await act(house, YORK, decide_component, DecideComponent(id=nsi.id, n=2, decision="transferred"))
    wrong = NewComponent(kind="order", title="Another", decides="receiving")
    with pytest.raises(Invalid, match=r"items\[0\]\.decides: A court decides about an order"):
        await act(house, YORK, add_components, AddComponents(id=nsi.id, items=[wrong]))


@pytest.mark.parametrize(
    ("n", "more", "error", "said"),
    [
        (2, {"decision": "stays"}, Invalid, "reason: Say why"),
        (2, {"decision": "transferred", "on": date(2026, 11, 23)}, Invalid, "on: Give today"),
        (9, {"decision": "transferred"}, NotThere, "has no component 9"),
    ],
)
async def test_what_is_wrong_with_a_decision_is_said_and_nothing_is_changed(
    house: House, nsi: Nsi, n: int, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await act(house, LEEDS, decide_component, DecideComponent(id=nsi.id, n=n, **more))
    assert {part.decision for part in await parts(house, nsi)} == {"pending"}


async def test_components_are_taken_from_what_is_on_record_once(house: House, pool: Pool, nsi: Nsi) -> None:
    async with pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute(
            "with s as (insert into sentence (id, person_id, kind, code, court, starts_on, recorded_at) "
            "values (gen_random_uuid(), $1, 'licence', 'licence', '', '2026-01-01', now()) returning id) "
            "insert into requirement (sentence_id, n, kind, title) "
            "select id, n, kind, title from s, (values (1, 'residence', 'Reside where approved'), "
            "(2, 'programme', 'Building choices')) r (n, kind, title)",
            nsi.person.id,
        )
    for _ in range(2):
        taken = AddComponents(id=nsi.id, from_record=True)
        kept = (await act(house, YORK, add_components, taken)).components[2:]
    assert [(part.kind, part.title) for part in kept][1:] == [
        ("licence_condition", "Reside where approved"),
        ("programme", "Building choices"),
    ]
    assert kept[0].kind == "supervision"


async def test_a_temporary_move_has_no_components(house: House, settler: Settler) -> None:
    move = await prepared(house, settler, type="temporary_move", until=date(2027, 1, 8))
    with pytest.raises(Conflict, match="nothing of the case passes by it"):
        await act(house, YORK, add_components, AddComponents(id=move.id, items=[PROGRAMME]))
