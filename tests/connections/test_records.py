"""What comes by a trusted connection is raised as it is, row by row; the same again changes nothing."""

import hashlib
from datetime import datetime
from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.connections.pause import pause_connection, resume_connection
from gateway.intake.read import list_records, read_inbox
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.take import take_messages
from gateway.intake.work import read_waiting
from gateway.store.database import Pool, transaction
from gateway.transfers.in_flight import keep_in_flight
from gateway.transfers.read import read_nsi
from gateway.wiring import open_readers
from schemas.connections import PauseConnection, ResumeConnection
from schemas.errors import Invalid, KeyReused, NotThere
from schemas.inbox import InboxItem, ListRecords, ReadInbox, StoreMessage, TakeMessages, TakeRecords
from schemas.nsi_life import KeepInFlight
from schemas.nsis import ReadNsi
from tests.connections.keeping import LEEDS_SYSTEM, OFFICER, SYSTEM, keep, shown

AREAFILE = ("areafile",)
HEAD = "TRANSFER_ID,CRN,FORENAMES,SURNAME,DOB,TRANSFER_DATE,TO_POSTCODE,STATUS,STATUS_DATE,RISK_OF_HARM\n"
ROBIN = "NT/1,X123456,Robin,Invented,03/02/1990,18/12/2026,LS1 4AP,R,20/11/2026,H\n"
FFION = "NT/2,X234567,Ffion,Invented,04/02/1980,19/12/2026,HU1 3DL,A,21/11/2026,M\n"


async def sent(house: House, settler: Settler, text: str, actor: Any = SYSTEM, **more: Any) -> InboxItem:
    key = hashlib.sha256(text.encode()).hexdigest()
    message = StoreMessage(
        raw=text.encode(), content_type="text/csv", source_key=key, channel="http", systems=AREAFILE, **more
    )
    item = await act(house, actor, store_message, message)
    async with open_readers() as readers:
        await read_waiting(house, readers, settler, only=(item.inbox_id,))
    return await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))


async def records(pool: Pool) -> list[tuple[Any, ...]]:
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        rows = await tx.fetch("select n, state, line, reason, missing from inbox_record order by inbox_id, n")
    return [tuple(row) for row in rows]


async def count(pool: Pool, table: str) -> int:
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        return int(await tx.fetchval(f"select count(*) from {table}"))


async def test_sys_02_each_row_of_a_crams_extract_is_raised_as_it_is_with_its_status_and_its_evidence(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    item = await sent(house, settler, HEAD + ROBIN + FFION)
    assert (item.state, len(item.nsi_ids)) == ("raised", 2)
    assert item.reason == "Of 2 records: 2 raised."
    robin, ffion = [await act(house, GATEWAY, read_nsi, ReadNsi(id=nsi)) for nsi in item.nsi_ids]
    assert (robin.status, robin.type, robin.receiving.pdu.code) == ("raised", "case_transfer", "N55LEE")
    assert robin.sending.pdu is not None
    assert robin.sending.pdu.code == "N55YRK"
    assert (ffion.status, ffion.rosh) == ("allocated", "medium")
    assert robin.evidence["crn"].source == "line 2, column CRN"
    assert robin.evidence["type"].source == "profile crams"
    assert await count(pool, "nsi where inbox_id is not null") == 2
    one = await shown(house)
    assert (one.last_good_at is not None, one.failures) == (True, 0)


async def test_the_same_rows_again_change_nothing_and_a_changed_one_is_a_new_version(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    await sent(house, settler, HEAD + ROBIN + FFION)
    before = [await count(pool, table) for table in ("nsi", "nsi_history", "nsi_report")]
    again = await sent(house, settler, HEAD + FFION + ROBIN)
    assert (again.state, again.reason) == ("duplicate", "Of 2 records: 2 known already.")
    assert [await count(pool, table) for table in ("nsi", "nsi_history", "nsi_report")] == before
    changed = await sent(house, settler, HEAD + ROBIN.replace(",R,20/11/2026", ",I,22/11/2026") + FFION)
    assert changed.reason == "Of 2 records: 1 raised, 1 known already."
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=changed.nsi_ids[0]))
    assert (nsi.status, await count(pool, "nsi")) == ("in_progress", 2)


async def test_sys_03_what_a_person_must_see_says_its_line_and_what_is_missing_and_the_rest_is_raised(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    bad = (
        "NT/3,X345678,Sam,Invented,,soon,LS1 4AP,R,,\n"
        "NT/4,X45,Lee,Invented,05/02/1980,19/12/2026,LS1 4AP,R,,\n"
        "NT/5,X456789,Kit,Invented,06/02/1980,19/12/2026,Nowhere at all,R,,\n"
        "NT/6,X567890,Ann,Invented,07/02/1980,19/12/2026,LS1 4AP,Q,,\n"
    )
    item = await sent(house, settler, HEAD + ROBIN + bad)
    assert item.state == "review"
    assert item.reason is not None
    assert item.reason.startswith(
        "Of 5 records: 2 raised, 2 for a person, 1 not readable. First: line 4, An identifier"
    )
    assert [row[:3] for row in await records(pool)] == [
        (1, "raised", 2),
        (2, "review", 4),
        (3, "review", 5),
        (4, "raised", 6),
        (5, "refused", 3),
    ]
    assert [row[4] for row in await records(pool) if row[1] == "review"] == [["crn"], ["destination"]]
    one = await shown(house)
    assert [(code.field, code.code, code.times) for code in one.unmapped] == [("status", "Q", 1)]
    await keep(house, codes={"status": {"Q": "withdrawn"}})
    assert (await shown(house)).unmapped == []
    assert "Invented" not in item.reason


async def test_a_connection_that_is_not_trusted_raises_nothing(house: House, pool: Pool, settler: Settler) -> None:
    await keep(house, trusted=False)
    item = await sent(house, settler, HEAD + ROBIN)
    assert (item.state, item.nsi_ids, await count(pool, "inbox_record")) == ("review", [], 0)


async def test_sys_02_a_temporary_move_from_one_that_records_only_formal_transfers_is_for_a_person(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house, profile="tracker", records_temporary_moves=False)
    item = await sent(
        house,
        settler,
        "Ref,CRN,Name,DOB,Type,From,To,Move date,Return date\n"
        "1,X123456,Robin Invented,03/02/1990,Temporary,York,LS1 4AP,18/12/2026,02/01/2027\n",
    )
    assert item.state == "review"
    assert "records formal transfers only" in str(item.reason)


async def test_sys_12_rows_of_a_tracker_become_retrospective_nsis_or_stay_on_it_as_their_region_says(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house, profile="tracker")
    head = "Ref,CRN,Name,DOB,Type,From,To,Move date,Requested,Status\n"
    item = await sent(
        house, settler, head + "1,X123456,Robin Invented,03/02/1990,Transfer,York,LS1 4AP,18/12/2026,01/10/2026,Open\n"
    )
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    assert (item.state, nsi.way, str(nsi.referred_on)) == ("raised", "retrospective", "2026-10-01")
    await act(house, OPERATOR, keep_in_flight, KeepInFlight(region="N55", how="tracker"))
    item = await sent(
        house, settler, head + "2,X234567,Ffion Invented,04/02/1980,Transfer,York,LS1 4AP,18/12/2026,01/10/2026,Open\n"
    )
    assert (item.state, item.nsi_ids) == ("ignored", [])
    assert item.reason == "Of 1 record: 1 left on a tracker."


async def test_a_file_that_is_not_its_own_is_refused_and_said_of_the_connection(house: House, settler: Settler) -> None:
    await keep(house)
    item = await sent(house, settler, "Name,Town\nRobin,Leeds\n")
    assert item.state == "refused"
    assert str(item.reason).startswith("The headings of the profile crams")
    one = await shown(house)
    assert (one.last_error, one.breaker) == (item.reason, "closed")


async def test_an_extract_without_rows_is_no_question(house: House, settler: Settler) -> None:
    await keep(house)
    item = await sent(house, settler, HEAD)
    assert (item.state, item.reason) == ("ignored", "The file has its headings and no rows.")


async def test_what_comes_over_a_paused_connection_is_stored_and_read_when_it_goes_on(
    house: House, settler: Settler
) -> None:
    await keep(house)
    await act(house, OFFICER, pause_connection, PauseConnection(code="york-crams", why="They test."))
    item = await sent(house, settler, HEAD + ROBIN)
    assert (item.state, (await shown(house)).waiting) == ("stored", 1)
    await act(house, OFFICER, resume_connection, ResumeConnection(code="york-crams"))
    async with open_readers() as readers:
        assert await read_waiting(house, readers, settler) == 1
    assert (await act(house, OPERATOR, read_inbox, ReadInbox(id=item.inbox_id))).state == "raised"


async def test_records_that_were_taken_before_a_worker_died_are_not_taken_again(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    async with open_readers() as readers:
        reading = await readers.read("text/csv", (HEAD + ROBIN + FFION).encode())
    message = StoreMessage(raw=b"x", content_type="text/csv", source_key="1", channel="http", systems=AREAFILE)
    item = await act(house, SYSTEM, store_message, message)
    await act(house, GATEWAY, take_messages, TakeMessages(only=(item.inbox_id,)))
    take = settler.taker.take
    first = TakeRecords(inbox_id=item.inbox_id, first=1, drafts=reading.drafts[:1])
    assert (await act(house, GATEWAY, take, first)).counts == {"raised": 1}
    whole = TakeRecords(inbox_id=item.inbox_id, first=1, drafts=reading.drafts)
    assert (await act(house, GATEWAY, take, whole)).counts == {"raised": 1}
    assert (await act(house, GATEWAY, take, whole)).counts == {}
    assert [row[:2] for row in await records(pool)] == [(1, "raised"), (2, "raised")]


async def test_an_e_mail_of_an_account_that_sends_files_is_a_persons_message(house: House, pool: Pool) -> None:
    await keep(house)
    mail = StoreMessage(
        raw=b"x", content_type="message/rfc822", source_key="1", channel="http", systems=("email_notice",)
    )
    await act(house, SYSTEM, store_message, mail)
    assert await count(pool, "inbox where connection is null") == 1


async def test_a_source_key_is_of_one_connection(house: House, now: datetime) -> None:
    await keep(house)
    await keep(house, code="york-tracker", profile="tracker")

    def message(raw: bytes, connection: str = "") -> StoreMessage:
        facts: dict[str, Any] = {"content_type": "text/csv", "source_key": "1", "channel": "http", "systems": AREAFILE}
        return StoreMessage(raw=raw, connection=connection, **facts)

    first = await act(house, SYSTEM, store_message, message(b"one", "york-crams"))
    second = await act(house, SYSTEM, store_message, message(b"two", "york-tracker"))
    assert first.inbox_id != second.inbox_id
    assert await act(house, SYSTEM, store_message, message(b"one", "york-crams")) == first
    with pytest.raises(KeyReused):
        await act(house, SYSTEM, store_message, message(b"another", "york-crams"))
    with pytest.raises(Invalid, match=r"several.*york-crams, york-tracker"):
        await act(house, SYSTEM, store_message, message(b"x"))
    with pytest.raises(Invalid, match="not one that you send over"):
        await act(house, OFFICER, store_message, message(b"one", "york-crams"))


async def test_sys_21_absences_of_a_module_are_contacts_of_the_case_and_the_same_again_changes_nothing(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    await sent(house, settler, HEAD + ROBIN)
    await keep(house, profile="salsa")
    log = (
        "SESSION_REF,CRN,SESSION_DATE,SESSION_TIME,ATTENDANCE\n"
        "S-1,X123456,02/11/2026,14:00,UA\nS-2,X123456,09/11/2026,14:00,A\nS-3,X999999,09/11/2026,14:00,A\n"
    )
    item = await sent(house, settler, log)
    assert (item.state, str(item.reason).partition(" First")[0]) == (
        "review",
        "Of 3 records: 2 raised, 1 for a person.",
    )
    again = await sent(house, settler, log + "\n")
    assert str(again.reason).startswith("Of 3 records: 2 known already, 1 for a person.")
    absent = "select count(*) from contact where outcome = 'unacceptable_absence' and source = 'york-crams'"
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        assert await tx.fetchval(absent) == 1
    page = await act(house, SYSTEM, list_records, ListRecords(id=item.inbox_id, limit=2))
    assert (page.counts, page.next) == ({"raised": 2, "review": 1}, "2")
    rest = await act(house, SYSTEM, list_records, ListRecords(id=item.inbox_id, cursor=page.next))
    assert [(one.n, one.line, one.state) for one in rest.items] == [(3, 4, "review")]
    with pytest.raises(NotThere):
        await act(house, LEEDS_SYSTEM, list_records, ListRecords(id=item.inbox_id))


async def test_sys_05_a_visor_registration_is_taken_where_its_region_has_turned_it_on(
    house: House, pool: Pool, settler: Settler
) -> None:
    await keep(house)
    await sent(house, settler, HEAD + ROBIN)
    await keep(house, profile="visor")
    item = await sent(
        house,
        settler,
        "VISOR_REF,CRN,FORENAMES,SURNAME,REGISTERED_ON,LEVEL,CATEGORY\nV-1,X123456,Robin,Invented,04/05/2021,,\n",
    )
    assert item.state == "review"
    assert "ViSOR is off for that region" in str(item.reason)
