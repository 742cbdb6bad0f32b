"""T-10, T-11, T-12, T-23, SYS-21, C-15: the contact log of both areas."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.cases.import_log import import_contacts
from gateway.people.keep import limit_access
from gateway.transfers.challenge import raise_challenge
from gateway.transfers.read import read_nsi
from gateway.transfers.review import asked
from gateway.transfers.status import record_status
from schemas.challenges import RaiseChallenge
from schemas.contacts import ContactsImported, ImportContacts, NewContact
from schemas.errors import Conflict, Invalid, NotAllowed, NotThere
from schemas.nsis import Nsi, ReadNsi, RecordStatus
from schemas.people import LimitAccess
from tests.cases.recording import ABSENT, CRN, ago, at, contact, log, outcome
from tests.conftest import NOW
from tests.messages import HULL, LEEDS, YORK

ADMIN = Actor(id="admin-leeds", name="Kit Example", role="case_administrator", pdus=("N55LEE",))
MOVE = datetime(2026, 12, 18, 14, tzinfo=UTC)


async def imported(house: House, *contacts: NewContact, actor: Actor = ADMIN, **more: Any) -> ContactsImported:
    given = {"person": CRN, "source": "crams", "pdu": "N55YRK", "contacts": list(contacts)} | more
    return await act(house, actor, import_contacts, ImportContacts(**given))


def line(days: float, said: Any, reference: str | None, kind: str = "appointment") -> NewContact:
    return NewContact(at=ago(days), kind=kind, outcome=said, external_reference=reference)


async def test_t_23_absences_of_both_areas_count_in_one_sequence(house: House, nsi: Nsi) -> None:
    await contact(house, YORK, at=ago(9), outcome=ABSENT)
    await contact(house, YORK, at=ago(8))
    await contact(house, LEEDS, at=ago(2), outcome=ABSENT)
    last = await contact(house, LEEDS, at=ago(1), outcome=ABSENT)
    found = await log(house, YORK)
    assert last.absences == 3
    assert [(one.pdu, one.absence, one.in_a_row) for one in found.items] == [
        ("N55LEE", 3, 2),
        ("N55LEE", 2, 1),
        ("N55YRK", None, None),
        ("N55YRK", 1, 1),
    ]
    assert (found.absences.unacceptable, found.absences.in_a_row) == (3, 2)
    assert [(one.pdu_name, one.absences) for one in found.absences.by_area] == [("Leeds", 2), ("York", 1)]
    assert await log(house, LEEDS) == found


async def test_t_23_an_absence_found_to_be_acceptable_is_taken_out_and_the_rest_moves_up(
    house: House, nsi: Nsi
) -> None:
    first = await contact(house, YORK, at=ago(9), outcome=ABSENT)
    await contact(house, LEEDS, at=ago(2), outcome=ABSENT)
    for _ in range(2):
        said = await outcome(house, YORK, first, "acceptable_absence", note="A medical certificate came.")
        assert said.absences == 1
    found = await log(house)
    assert [(one.absence, one.note) for one in found.items] == [(1, ""), (None, "A medical certificate came.")]
    assert await history(house) == ["unacceptable_absence", "acceptable_absence"]


async def history(house: House) -> list[str]:
    """Of the first contact."""
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        rows = await tx.fetch(
            "select o.outcome from contact_outcome o join contact c on c.id = o.contact_id "
            "where c.at = (select min(at) from contact) order by o.n"
        )
    return [row["outcome"] for row in rows]


async def test_t_23_absences_recorded_at_once_by_both_areas_all_count(house: House, nsi: Nsi) -> None:
    both = [contact(house, actor, at=ago(n + 1), outcome=ABSENT) for n in range(3) for actor in (YORK, LEEDS)]
    await asyncio.gather(*both)
    assert (await log(house)).absences.unacceptable == 6


async def test_sys_21_a_log_is_imported_with_the_case_and_again_changes_nothing(house: House, nsi: Nsi) -> None:
    await contact(house, LEEDS, at=ago(1), outcome=ABSENT)
    lines = [line(30, ABSENT, "1"), line(20, "attended", "2"), line(10, ABSENT, "3")]
    assert await imported(house, *lines) == ContactsImported(new=3, changed=0, same=0, absences=3)
    assert await imported(house, *lines) == ContactsImported(new=0, changed=0, same=3, absences=3)
    newer = line(10, "acceptable_absence", "3")
    assert await imported(house, newer) == ContactsImported(new=0, changed=1, same=0, absences=2)
    assert [(one.source, one.pdu, one.absence) for one in (await log(house)).items] == [
        ("bedspace", "N55LEE", 2),
        ("crams", "N55YRK", None),
        ("crams", "N55YRK", None),
        ("crams", "N55YRK", 1),
    ]


@pytest.mark.parametrize(
    ("lines", "more", "said"),
    [
        ([line(1, "attended", None)], {}, "contacts.0.external_reference: Give what the source calls it"),
        ([line(1, "attended", "1"), line(2, "attended", "1")], {}, "contacts.1.external_reference: It is in the log"),
        ([line(1, "attended", "1", "seance")], {}, "contacts.0.kind: There is no kind “seance”"),
        ([line(-1, "attended", "1")], {}, "contacts.0.at: That is still to come"),
        ([line(1, "attended", "1")], {"pdu": "N55HER"}, "pdu: That PDU does not hold or supervise"),
    ],
)
async def test_sys_21_a_log_with_a_fault_is_not_imported_and_the_line_is_named(
    house: House, nsi: Nsi, lines: list[NewContact], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        await imported(house, *lines, **more)
    assert (await log(house)).items == []


async def test_sys_21_two_imports_of_one_log_at_once_keep_each_contact_once(house: House, nsi: Nsi) -> None:
    lines = [line(n + 1, ABSENT, str(n)) for n in range(5)]
    both = await asyncio.gather(imported(house, *lines), imported(house, *lines))
    assert sorted((one.new, one.same) for one in both) == [(0, 5), (5, 0)]
    assert len((await log(house)).items) == 5


async def test_t_10_the_first_appointment_is_made_by_the_sender_told_to_the_receiver_and_kept(
    house: House, nsi: Nsi
) -> None:
    made = await contact(house, YORK, at=MOVE, outcome="planned")
    assert made.told == [nsi.reference]
    whole = await act(house, LEEDS, read_nsi, ReadNsi(id=nsi.id))
    line = next(one for one in whole.actions if one.kind == "first_appointment")
    assert (line.done_by, line.evidence) == (YORK.id, {"on": "2026-12-18", "told": True})
    assert next(one.met_on for one in whole.clocks if one.rule == "T-10") == NOW.date()
    first = (await log(house, LEEDS)).first_appointments[0]
    assert (first.nsi, first.at, first.made_by_sender, first.told, first.kept) == (
        nsi.reference, MOVE, True, True, None,
    )  # fmt: skip
    then = at(house, MOVE + timedelta(hours=2))
    await outcome(then, LEEDS, made, "attended")
    assert (await log(then)).first_appointments[0].kept is True
    assert (await contact(then, YORK, at=MOVE + timedelta(days=7), outcome="planned")).told == []
    letters = await house.pool.fetch("select purpose from outbox where purpose like 'first%'")
    assert [row["purpose"] for row in letters] == ["first_appointment_to_receiving"]


async def test_t_10_an_appointment_that_the_receiver_makes_is_not_the_senders(house: House, nsi: Nsi) -> None:
    assert (await contact(house, LEEDS, at=MOVE, outcome="planned")).told == []
    first = (await log(house)).first_appointments[0]
    assert (first.made_by_sender, first.told) == (False, False)


async def test_t_12_after_the_arrival_somebody_is_seen_every_week_and_the_log_says_by_when(
    house: House, nsi: Nsi
) -> None:
    then = at(house, MOVE + timedelta(days=3))
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        await tx.execute("insert into nsi_end values ($1, 'in', $2, $3, 'x')", nsi.id, MOVE.date(), MOVE)
    await contact(then, YORK, kind="telephone")
    before = (await log(then, LEEDS)).reporting[0]
    assert (before.nsi, before.due, before.overdue) == (nsi.reference, MOVE.date() + timedelta(days=7), False)
    await contact(then, LEEDS, at=MOVE + timedelta(days=2), kind="office_visit")
    assert (await log(then, LEEDS)).reporting[0].due == before.due + timedelta(days=7)
    for status in ("received", "allocated", "completed"):
        await act(then, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
    assert [one.nsi for one in (await log(then)).first_appointments] == [nsi.reference]
    late = at(house, MOVE + timedelta(days=30))
    assert (await log(late)).reporting[0].overdue
    for week in (9, 16, 23, 29):
        await contact(late, LEEDS, at=MOVE + timedelta(days=week))
    assert not (await log(late)).reporting[0].overdue, "who has moved is seen every week after it is completed too"


async def test_t_11_appointments_go_on_at_every_status_and_in_a_challenge(house: House, nsi: Nsi) -> None:
    for status in ("received", "allocated", "in_progress"):
        await act(house, LEEDS, record_status, RecordStatus(id=nsi.id, status=status))
        await contact(house, YORK)
        await contact(house, LEEDS)
    await act(house, LEEDS, raise_challenge, RaiseChallenge(id=nsi.id, reason="victim", said="Close by."))
    await contact(house, YORK, at=MOVE, outcome="planned")
    await contact(house, LEEDS, kind="home_visit")
    assert len((await log(house)).items) == 8
    assert "appointments_to_standard" in asked(), "whether they were as often as they should be, a named reader says"


@pytest.mark.parametrize(
    ("actor", "more", "error", "said"),
    [
        (YORK, {"kind": "seance"}, Invalid, "There is no kind"),
        (YORK, {"at": NOW + timedelta(days=1)}, Invalid, "still to come: record it as planned"),
        (YORK, {"at": datetime(2026, 11, 1)}, Invalid, "with its zone"),  # noqa: DTZ001  # what is refused
        (YORK, {"pdu": "N55HER"}, Invalid, "Those that do: N55YRK, N55LEE"),
        (YORK, {"pdu": "N55LEE"}, NotAllowed, "a PDU that you work for"),
        (OPERATOR, {"kind": "other", "note": "x", "person": "X999999"}, NotThere, "Nobody with this CRN"),
        (HULL, {}, NotThere, "Nobody with this CRN"),
    ],
)
async def test_a_contact_that_cannot_be_is_refused_and_nothing_is_kept(
    house: House, nsi: Nsi, actor: Actor, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await contact(house, actor, **more)
    assert (await log(house)).items == []


async def test_a_reference_is_of_one_contact(house: House, nsi: Nsi) -> None:
    await contact(house, external_reference="7")
    with pytest.raises(Conflict, match="of another contact"):
        await contact(house, external_reference="7")


async def test_the_log_of_a_masked_person_is_nobodys_to_read_or_to_write(house: House, nsi: Nsi) -> None:
    made = await contact(house)
    await act(house, OPERATOR, limit_access, LimitAccess(id=nsi.person.id))
    for attempt in (log(house, YORK), contact(house, YORK), outcome(house, YORK, made, ABSENT)):
        with pytest.raises(NotThere):
            await attempt


async def test_the_log_is_paged_and_the_numbers_go_on(house: House, nsi: Nsi) -> None:
    for n in range(5):
        await contact(house, at=ago(n + 1), outcome=ABSENT)
    first = await log(house, limit=3)
    second = await log(house, limit=3, cursor=first.next)
    assert [one.absence for one in (*first.items, *second.items)] == [5, 4, 3, 2, 1]
    assert second.next is None
    for wrong in ("x", "2026-11-22T10:00:00~x", f"2026-11-22T10:00:00~{nsi.id}"):
        with pytest.raises(Invalid, match="cursor"):
            await log(house, cursor=wrong)
