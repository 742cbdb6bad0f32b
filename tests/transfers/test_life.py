"""What people do with an NSI in its life: allocate, note, merge, change before the move, raise on arrival."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import WriteLetter, Writer
from gateway.people.keep import limit_access
from gateway.store.database import Pool
from gateway.transfers.allocate import allocate_nsi, note_nsi
from gateway.transfers.changing import Changer
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.merge import merge_nsi, unmerge_nsi
from gateway.transfers.raising import Raiser
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.reporting import Reporter
from gateway.transfers.status import record_status
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsi_life import AllocateNsi, ChangeNsi, KeepInFlight, MergeNsi, NoteNsi, RaiseUnannounced, UnmergeNsi
from schemas.nsis import ConfirmNsi, ListNsis, NewPerson, Nsi, NsiState, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from tests.messages import HULL, LEEDS, YORK
from tests.transfers.test_raising import WHO, new
from tests.transfers.test_reporting import SYSTEM, folded, said

SPO = Actor(id="spo-york", name="An SPO", role="spo", pdus=("N55YRK", "N55LEE"))


@pytest.fixture
def raiser(postcodes: Postcodes) -> Raiser:
    return Raiser(postcodes)


@pytest.fixture
def changer(postcodes: Postcodes) -> Changer:
    return Changer(postcodes)


async def raised(house: House, raiser: Raiser, person: dict[str, Any] | None = None, **more: Any) -> Nsi:
    state = await act(house, YORK, raiser.raise_nsi, new(person, **more))
    return await read(house, state)


async def read(house: House, nsi: Nsi | NsiState) -> Nsi:
    return await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi.id))


async def letters(pool: Pool) -> list[str]:
    return [row[0] for row in await pool.fetch("select purpose from outbox order by id")]


async def test_sys_10_an_nsi_carries_the_fields_of_the_case_systems_record(house: House, raiser: Raiser) -> None:
    given: dict[str, Any] = {
        "sub_type": "family",
        "event_number": 2,
        "requirement": "Thinking Skills",
        "intended_provider": "N55",
        "team": "Leeds one",
        "officer": "Sam Invented",
        "officer_email": "sam@pdu.invalid",
    }
    nsi = await raised(house, raiser, **given, note="Wants to be near a sister.")
    assert {name: getattr(nsi, name) for name in given} == given
    assert (nsi.referred_on, nsi.started_on, nsi.ended_on, nsi.way) == (date(2026, 11, 22), None, None, "planned")
    assert [note.text for note in nsi.notes] == ["Wants to be near a sister."]
    assert [(one.source, one.version, one.status) for one in nsi.reports] == [("bedspace", 1, "raised")]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"requirement": "Programme"}, "requirement"),
        ({"officer": "Sam Invented"}, "officer"),
        ({"referred_on": date(2026, 11, 23)}, "referred_on"),
        ({"sub_type": "holiday"}, "sub_type"),
    ],
)
async def test_a_record_that_cannot_be_is_named_by_its_field(
    house: House, raiser: Raiser, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await act(house, YORK, raiser.raise_nsi, new(**more))
    assert [fault.field for fault in caught.value.faults] == [field]


async def test_allocating_an_nsi_is_a_status_and_allocating_anew_is_none(house: House, raiser: Raiser) -> None:
    nsi = await raised(house, raiser)
    for team in ("Leeds one", "Leeds one", "Leeds two"):
        await act(house, LEEDS, allocate_nsi, AllocateNsi(id=nsi.id, team=team, officer="Sam Invented"))
    shown = await read(house, nsi)
    assert (shown.status, shown.team, shown.officer) == ("allocated", "Leeds two", "Sam Invented")
    assert sum("Allocated" in line.what for line in shown.history) == 2
    await act(house, YORK, record_status, RecordStatus(id=nsi.id, status="withdrawn", outcome="changed_mind"))
    with pytest.raises(Conflict, match="Only an open NSI"):
        await act(house, LEEDS, allocate_nsi, AllocateNsi(id=nsi.id, team="Leeds one"))
    over = await read(house, nsi)
    assert (over.ended_on, over.outcome) == (date(2026, 11, 22), "changed_mind")


async def test_an_active_nsi_has_no_outcome_and_an_outcome_is_of_the_list(house: House, raiser: Raiser) -> None:
    nsi = await raised(house, raiser)
    with pytest.raises(Invalid, match="outcome: Only what is completed"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="received", outcome="transferred"))
    with pytest.raises(Invalid, match="There is no outcome"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="withdrawn", outcome="vanished"))
    assert (await read(house, nsi)).status == "raised"


async def test_notes_are_added_and_masked_with_the_person(house: House, raiser: Raiser) -> None:
    nsi = await raised(house, raiser)
    for text in ("First.", "Second."):
        await act(house, LEEDS, note_nsi, NoteNsi(id=nsi.id, text=text))
    assert [note.text for note in (await read(house, nsi)).notes] == ["First.", "Second."]
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    assert (await read(house, nsi)).notes == []
    with pytest.raises(NotThere, match="whom you may not see"):
        await act(house, LEEDS, note_nsi, NoteNsi(id=nsi.id, text="Third."))
    with pytest.raises(NotThere):
        await act(house, HULL, note_nsi, NoteNsi(id=nsi.id, text="Third."))


async def test_two_nsis_found_to_be_one_are_merged_quietly_and_reports_go_on_to_the_one_that_stays(
    house: House, pool: Pool, raiser: Raiser, postcodes: Postcodes
) -> None:
    stays = await raised(house, raiser, move_on=date(2026, 12, 19))
    gone = await act(house, SYSTEM, Reporter(postcodes).report_nsi, said(1, "raised", 3))
    await act(house, YORK, note_nsi, NoteNsi(id=gone.id, text="Kept."))
    sent = await letters(pool)
    for _ in range(2):
        await act(house, SPO, merge_nsi, MergeNsi(id=gone.id, into=stays.reference.lower()))
    merged = await act(house, OPERATOR, read_nsi, ReadNsi(id=gone.id))
    assert (merged.status, merged.merged_into, merged.ended_on) == ("withdrawn", stays.reference, date(2026, 11, 22))
    assert await letters(pool) == sent
    with pytest.raises(Conflict, match=f"merged into {stays.reference}"):
        await act(house, LEEDS, record_status, RecordStatus(id=gone.id, status="received"))
    later = House(pool=pool, now=lambda: house.now() + timedelta(days=2))
    further = await act(later, SYSTEM, Reporter(postcodes).report_nsi, said(2, "received", 23))
    assert (further.id, further.status) == (stays.id, "received")
    shown = await read(house, stays)
    assert (shown.merged, [note.text for note in shown.notes]) == ([gone.reference], ["Kept."])
    assert [row.reference for row in (await act(house, OPERATOR, list_nsis, ListNsis())).items] == [stays.reference]
    assert await folded(house) == []

    await act(later, SPO, unmerge_nsi, UnmergeNsi(id=gone.id))
    back = await act(house, OPERATOR, read_nsi, ReadNsi(id=gone.id))
    assert (back.status, back.merged_into, back.ended_on) == ("received", None, None)
    assert (await read(house, stays)).status == "raised"
    assert await folded(house) == []
    with pytest.raises(Conflict, match="not merged"):
        await act(later, SPO, unmerge_nsi, UnmergeNsi(id=gone.id))


async def test_what_is_not_one_is_not_merged(house: House, raiser: Raiser) -> None:
    one = await raised(house, raiser)
    temporary = await raised(house, raiser, type="temporary_move")
    another = await raised(house, raiser, {"crn": "X777777", "name": "Ash Invented", "birth_date": date(1980, 1, 1)})
    with pytest.raises(Conflict, match="these are two"):
        await act(house, SPO, merge_nsi, MergeNsi(id=one.id, into=temporary.reference))
    with pytest.raises(Conflict, match="two people on record"):
        await act(house, SPO, merge_nsi, MergeNsi(id=one.id, into=str(another.id)))
    with pytest.raises(Invalid, match="into itself"):
        await act(house, SPO, merge_nsi, MergeNsi(id=one.id, into=one.reference))
    with pytest.raises(Invalid, match="no such NSI"):
        await act(house, SPO, merge_nsi, MergeNsi(id=one.id, into="NSI-999999"))
    with pytest.raises(NotAllowed):
        await act(house, YORK, merge_nsi, MergeNsi(id=one.id, into=temporary.reference))


async def test_c_01_who_came_without_warning_is_raised_by_the_receiver_and_the_origin_is_asked_to_confirm(
    house: House, pool: Pool, raiser: Raiser
) -> None:
    state = await act(house, LEEDS, raiser.raise_unannounced, arrived(sending_pdu="N55YRK"))
    nsi = await read(house, state)
    assert (nsi.status, nsi.way, nsi.receiving.pdu.code) == ("prepared", "unannounced", "N55LEE")
    assert nsi.responsible is not None
    assert nsi.responsible.pdu == "York"
    assert "until" in nsi.missing
    assert sorted(await letters(pool)) == ["nsi_to_spoc", "nsi_unannounced_to_spoc"]
    writer = Writer(secret=b"x" * 32, link_base="https://bedspace.invalid", invented=False)
    command = WriteLetter(purpose="nsi_unannounced_to_spoc", subject=f"nsi:{nsi.id}")
    letter = await act(house, GATEWAY, writer.write, command)
    assert letter.to == "n55yrk@spoc.invalid"
    assert "arrived at Leeds without warning" in letter.subject
    assert "https://bedspace.invalid/confirm/" in letter.text
    assert "Robin" not in letter.text
    await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    assert (await read(house, nsi)).status == "raised"


async def test_c_10_an_arrival_on_the_coast_whose_case_is_nobodys_yet_is_raised_all_the_same(
    house: House, pool: Pool, raiser: Raiser
) -> None:
    august = House(pool=pool, now=lambda: house.now().replace(month=8))
    command = arrived(arrived_on=date(2026, 8, 20), sending_said="Somewhere inland")
    nsi = await read(house, await act(august, LEEDS, raiser.raise_unannounced, command))
    assert (nsi.sending.pdu, nsi.sending.said, "sending" in nsi.missing) == (None, "Somewhere inland", True)
    assert await letters(pool) == ["nsi_to_spoc"]


def arrived(**more: Any) -> RaiseUnannounced:
    facts: dict[str, Any] = {"arrived_on": date(2026, 11, 21), "destination": "LS1 4AP"} | more
    return RaiseUnannounced(person=NewPerson(**WHO), **facts)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (arrived(arrived_on=date(2026, 11, 23)), "arrived_on"),
        (arrived(until=date(2026, 11, 21)), "until"),
        (arrived(sending_pdu="N55LEE"), "sending_pdu"),
        (arrived(sending_pdu="N99"), "sending_pdu"),
    ],
)
async def test_an_arrival_that_does_not_fit_is_named(
    house: House, raiser: Raiser, command: RaiseUnannounced, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await act(house, LEEDS, raiser.raise_unannounced, command)
    assert [fault.field for fault in caught.value.faults] == [field]
    with pytest.raises(NotAllowed, match="by the PDU where they are"):
        await act(house, HULL, raiser.raise_unannounced, arrived())


async def test_c_02_another_day_before_the_release_keeps_what_was_and_counts_clocks_anew(
    house: House, pool: Pool, raiser: Raiser, changer: Changer
) -> None:
    nsi = await raised(house, raiser)
    command = ChangeNsi(id=nsi.id, reason="release_moved", move_on=date(2026, 11, 26))
    await act(house, YORK, changer.change_nsi, command)
    changed = await read(house, nsi)
    before, after = ({c.rule: c.due for c in one.clocks} for one in (nsi, changed))
    assert (changed.move_on, changed.way) == (date(2026, 11, 26), "short_notice")
    assert (before["T-07"], after["T-07"]) == (date(2027, 1, 15), date(2026, 12, 24))
    assert (after["T-14"], after["T-02"]) == (before["T-14"], before["T-02"])
    assert any("it was to be on" in line.what for line in changed.history)
    assert await pool.fetchval("select count(*) from nsi_change") == 0
    assert await letters(pool) == ["nsi_to_spoc", "nsi_changed_to_spoc"]


async def test_c_02_another_place_just_before_the_release_is_received_anew_there_and_both_spocs_are_told(
    house: House, pool: Pool, raiser: Raiser, changer: Changer
) -> None:
    nsi = await raised(house, raiser, address="1 Invented Street")
    await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status="received"))
    command = ChangeNsi(id=nsi.id, reason="address_fell_through", destination="Hull")
    await act(house, YORK, changer.change_nsi, command)
    moved = await read(house, nsi)
    assert (moved.receiving.pdu.code, moved.status, moved.address) == ("N55HER", "raised", None)
    assert sorted(await letters(pool)) == ["nsi_left_to_spoc", "nsi_to_spoc", "nsi_to_spoc"]
    writer = Writer(secret=b"x" * 32, link_base="https://bedspace.invalid", invented=False)
    command_ = WriteLetter(purpose="nsi_left_to_spoc", subject=f"nsi:{nsi.id}")
    letter = await act(house, GATEWAY, writer.write, command_)
    assert letter.to == "n55lee@spoc.invalid"
    assert "no longer comes to you" in letter.subject
    assert await folded(house) == []


async def test_c_02_no_move_at_all_is_withdrawn_with_its_outcome(
    house: House, raiser: Raiser, changer: Changer
) -> None:
    nsi = await raised(house, raiser)
    await act(house, YORK, changer.change_nsi, ChangeNsi(id=nsi.id, reason="changed_mind", withdraw=True))
    over = await read(house, nsi)
    assert (over.status, over.outcome, over.ended_on) == ("withdrawn", "changed_mind", date(2026, 11, 22))
    with pytest.raises(Conflict, match="Raise a new NSI"):
        await act(house, YORK, changer.change_nsi, ChangeNsi(id=nsi.id, reason="changed_mind", withdraw=True))


async def test_a_change_that_does_not_fit_is_refused_and_changes_nothing(
    house: House, raiser: Raiser, changer: Changer
) -> None:
    nsi = await raised(house, raiser)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"reason": "boredom"}, "There is no reason"),
        ({"reason": "other", "move_on": date(2026, 12, 20)}, "wants a note"),
        ({"reason": "changed_mind"}, "Say what is different"),
        ({"reason": "changed_mind", "withdraw": True, "destination": "Hull"}, "nothing else to change"),
        ({"reason": "move_earlier", "move_on": date(2026, 11, 20)}, "Give today or a day ahead"),
        ({"reason": "move_later", "until": date(2026, 12, 18)}, "Give a day after the start"),
    ]
    for given, why in wrong:
        with pytest.raises(Invalid, match=why):
            await act(house, YORK, changer.change_nsi, ChangeNsi(id=nsi.id, **given))
    with pytest.raises(NotAllowed, match="by those who send it"):
        await act(house, LEEDS, changer.change_nsi, ChangeNsi(id=nsi.id, reason="changed_mind", withdraw=True))
    past = House(pool=house.pool, now=lambda: house.now() + timedelta(days=40))
    with pytest.raises(Conflict, match="The move was on"):
        await act(past, YORK, changer.change_nsi, ChangeNsi(id=nsi.id, reason="changed_mind", withdraw=True))
    assert (await read(house, nsi)).move_on == nsi.move_on


async def test_c_20_several_moves_by_one_person_are_on_one_line(house: House, raiser: Raiser) -> None:
    first = await raised(house, raiser)
    second = await raised(house, raiser, type="temporary_move", move_on=date(2027, 2, 1), destination="Hull")
    await raised(house, raiser, {"crn": "X777777", "name": "Ash Invented", "birth_date": date(1980, 1, 1)})
    for person in ("x123456", str(first.person.id)):
        page = await act(house, OPERATOR, list_nsis, ListNsis(person=person))
        assert [row.reference for row in page.items] == [second.reference, first.reference]
    assert (await act(house, OPERATOR, list_nsis, ListNsis(person="nobody"))).items == []


async def test_c_23_a_move_between_two_pdus_of_one_region_counts_as_a_transfer(house: House, raiser: Raiser) -> None:
    nsi = await raised(house, raiser)
    page = await act(house, LEEDS, list_nsis, ListNsis(pdu="N55LEE"))
    assert [(row.sending_pdu, row.receiving_pdu) for row in page.items] == [("N55YRK", "N55LEE")]
    regions = await house.pool.fetch("select distinct region_code from pdu where code in ('N55YRK', 'N55LEE')")
    assert len(regions) == 1
    assert {"T-02", "T-14"} <= {clock.rule for clock in nsi.clocks}


@pytest.mark.parametrize(("days", "way"), [(0, "short_notice"), (7, "short_notice"), (8, "planned")])
async def test_c_03_a_move_within_seven_days_is_of_short_notice(
    house: House, raiser: Raiser, days: int, way: str
) -> None:
    nsi = await raised(house, raiser, move_on=date(2026, 11, 22) + timedelta(days=days))
    assert nsi.way == way


async def test_c_21_a_person_raises_a_row_of_a_tracker_with_the_day_of_its_referral_where_the_region_has_switched(
    house: House, raiser: Raiser
) -> None:
    aco = Actor(id="aco", name="An ACO", role="aco", regions=("N55",))
    await act(house, aco, keep_in_flight, KeepInFlight(region="N55", how="tracker"))
    with pytest.raises(Conflict, match="on its tracker until they are done"):
        await raised(house, raiser, referred_on=date(2026, 10, 19))
    assert (await act(house, OPERATOR, list_nsis, ListNsis())).items == []
    await act(house, aco, keep_in_flight, KeepInFlight(region="N55", how="retrospective"))
    nsi = await raised(house, raiser, referred_on=date(2026, 10, 19))
    clock = next(one for one in nsi.clocks if one.rule == "T-14")
    assert (nsi.way, nsi.referred_on, clock.due, clock.state) == (
        "retrospective", date(2026, 10, 19), date(2026, 11, 16), "overdue"
    )  # fmt: skip
