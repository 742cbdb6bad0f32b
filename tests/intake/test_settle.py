"""What a message comes to: never silence, never a guess."""

import asyncio
from datetime import date, datetime

import pytest

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.intake.read import read_inbox
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.store.database import Pool, transaction
from gateway.transfers.read import read_nsi
from schemas.drafts import Part
from schemas.inbox import ReadInbox, SettleMessage
from schemas.nsis import ReadNsi
from tests.messages import FACTS, SENDER, draft, found, message, prepared, reading, settled, stored


async def answers(pool: Pool) -> list[bool]:
    rows = await pool.fetch("select body from event where kind = 'message_settled' order by id")
    return [row["body"]["answer"] for row in rows]


async def letters(pool: Pool) -> list[str]:
    return [row["purpose"] for row in await pool.fetch("select purpose from outbox order by id")]


async def count(pool: Pool, table: str) -> int:
    async with transaction(pool) as tx:
        await tx.execute(
            "select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true)"
        )
        return int(await tx.fetchval(f"select count(*) from {table}"))


async def test_a_whole_message_is_prepared_and_routed_to_the_spoc(
    house: House, pool: Pool, settler: Settler, now: datetime
) -> None:
    item = await settled(house, settler, reading(draft()))
    assert (item.state, item.missing, item.reason, len(item.nsi_ids)) == ("prepared", [], None, 1)
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    assert (nsi.status, nsi.receiving.pdu.code, nsi.receiving.region.code) == ("prepared", "N55LEE", "N55")
    assert nsi.receiving.spoc is not None
    assert nsi.receiving.spoc.email == "n55lee@spoc.invalid"
    assert nsi.sending.pdu is not None
    assert (nsi.sending.pdu.code, nsi.sending.said) == ("N55YRK", "York PDU")
    assert nsi.responsible is not None
    assert (nsi.responsible.pdu, nsi.responsible.since) == ("York", now)
    assert await letters(pool) == ["nsi_to_spoc", "reply_to_sender"]


async def test_every_field_keeps_its_evidence(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler)
    assert set(nsi.evidence) == set(FACTS)
    assert nsi.evidence["crn"].text == "it says X123456"
    assert (nsi.evidence["crn"].source, nsi.evidence["crn"].confidence) == ("body line 4", 1.0)


async def test_what_else_the_regime_asks_for_is_missing_and_prepared_all_the_same(
    house: House, settler: Settler
) -> None:
    item = await settled(house, settler, reading(draft(gender=None, mappa=None)))
    assert (item.state, item.missing) == ("prepared", ["gender", "mappa"])


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        (("name",), "name"),
        (("crn", "noms", "birth_date"), "identifier"),
        (("type",), "type"),
        (("move_on",), "move_on"),
        (("destination",), "destination"),
        (("sender_email",), "sender_email"),
    ],
)
async def test_less_than_the_national_checklist_is_for_review(
    house: House, pool: Pool, settler: Settler, without: tuple[str, ...], missing: str
) -> None:
    item = await settled(house, settler, reading(draft(**dict.fromkeys(without))))
    assert (item.state, item.missing[0], item.nsi_ids) == ("review", missing, [])
    assert item.reason
    assert await count(pool, "person") == 0
    assert await answers(pool) == [missing != "sender_email"]


async def test_a_birth_date_is_enough_of_an_identifier(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft(crn=None, noms=None)))
    assert (item.state, item.missing) == ("prepared", ["crn"])


async def test_a_guess_counts_as_missing(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft(move_on=found(date(2026, 12, 18), 0.49))))
    assert (item.state, item.missing) == ("review", ["move_on"])


async def test_half_sure_is_enough(house: House, settler: Settler) -> None:
    assert (await prepared(house, settler, move_on=found(date(2026, 12, 18), 0.5))).move_on == date(2026, 12, 18)


async def test_an_identifier_that_cannot_be_right_is_missing(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft(crn="X12", pnc="2003/0011985Y")))
    assert (item.state, item.missing) == ("prepared", ["crn", "pnc"])


async def test_a_destination_in_two_pdus_is_for_review_and_names_both(
    house: House, pool: Pool, settler: Settler
) -> None:
    item = await settled(house, settler, reading(draft(destination="Birmingham")))
    assert (item.state, item.missing) == ("review", ["destination"])
    assert "N52BIRM" in (item.reason or "")
    assert "N52BNES" in (item.reason or "")
    assert await answers(pool) == [True]


@pytest.mark.parametrize("destination", ["ZZ99 9ZZ", "Nowhere-at-all"])
async def test_a_destination_nobody_knows_is_for_review_and_not_repeated(
    house: House, settler: Settler, destination: str
) -> None:
    item = await settled(house, settler, reading(draft(destination=destination)))
    assert (item.state, item.missing) == ("review", ["destination"])
    assert destination not in (item.reason or "")


async def test_a_pdu_without_a_spoc_is_for_review(house: House, pool: Pool, settler: Settler) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select set_config('bedspace.nation', 'on', true)")
        await connection.execute("delete from spoc where pdu_code = 'N55LEE'")
    item = await settled(house, settler, reading(draft()))
    assert (item.state, "No SPOC is live for Leeds" in (item.reason or "")) == ("review", True)


async def test_someone_on_record_with_another_birth_date_is_for_review(
    house: House, pool: Pool, settler: Settler
) -> None:
    await prepared(house, settler)
    item = await settled(house, settler, reading(draft(birth_date=date(1971, 1, 1))))
    assert (item.state, "birth date" in (item.reason or "")) == ("review", True)
    assert await count(pool, "person") == 1
    assert await count(pool, "nsi") == 1


async def test_the_same_name_and_birth_date_under_another_crn_is_someone_else_and_the_timeline_says_so(
    house: House, pool: Pool, settler: Settler
) -> None:
    first = await prepared(house, settler, noms=None)
    second = await prepared(house, settler, noms=None, crn="X777777")
    assert second.person.id != first.person.id
    assert any(line.what.startswith("Someone else on record") for line in second.history)


async def test_someone_on_record_is_met_again_and_what_was_not_known_is_filled(house: House, settler: Settler) -> None:
    first = await prepared(house, settler, noms=None, gender=None)
    second = await prepared(house, settler, type="temporary_move", until=date(2027, 1, 8))
    assert second.person.id == first.person.id
    assert (second.person.noms, second.person.gender) == ("A1234BC", "male")


async def test_an_nsi_that_is_open_already_is_named_for_review(house: House, settler: Settler) -> None:
    first = await prepared(house, settler)
    item = await settled(house, settler, reading(draft()))
    assert (item.state, item.nsi_ids) == ("review", [first.id])
    assert first.reference in (item.reason or "")


async def test_a_move_that_ends_before_it_begins_is_for_review(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft(type="temporary_move", until=date(2026, 12, 1))))
    assert (item.state, item.missing) == ("review", ["until"])


async def test_two_requests_in_one_message_are_two_nsis(house: House, pool: Pool, settler: Settler) -> None:
    other = draft(name="Kit Example-Other", crn="X654321", noms=None, birth_date=None, destination="YO1 7HH")
    item = await settled(house, settler, reading(draft(), other))
    assert (item.state, len(item.nsi_ids), item.missing) == ("prepared", 2, ["birth_date"])
    assert await letters(pool) == ["nsi_to_spoc", "nsi_to_spoc", "reply_to_sender"]


async def test_two_requests_of_which_one_fails_are_for_review_as_a_whole(
    house: House, pool: Pool, settler: Settler
) -> None:
    other = draft(name="Kit Example-Other", crn="X654321", noms=None, birth_date=None, destination="Birmingham")
    item = await settled(house, settler, reading(draft(), other))
    assert (item.state, item.nsi_ids) == ("review", [])
    assert (item.reason or "").startswith("Request 2 of 2 in this message:")
    assert await count(pool, "nsi") == 0
    assert await count(pool, "person") == 0
    assert await letters(pool) == ["reply_to_sender"]


async def test_automatic_mail_is_ignored_and_never_answered(house: House, pool: Pool, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft(), automatic="bounce"))
    assert (item.state, "bounce" in (item.reason or "")) == ("ignored", True)
    assert await answers(pool) == [False]
    assert await letters(pool) == []


async def test_a_message_about_nobody_is_for_review_and_answered(house: House, pool: Pool, settler: Settler) -> None:
    item = await settled(house, settler, reading(sender_email="jo.example@sender.invalid"))
    assert (item.state, item.missing) == ("review", ["name", "identifier", "type", "move_on", "destination"])
    assert await letters(pool) == ["reply_to_sender"]


async def test_a_message_of_nobody_about_nobody_is_for_review_and_has_no_answer(
    house: House, pool: Pool, settler: Settler
) -> None:
    item = await settled(house, settler, reading())
    assert (item.state, item.missing[-1]) == ("review", "sender_email")
    assert await letters(pool) == []


async def test_what_cannot_be_read_is_refused_with_its_reason_and_kept(
    house: House, pool: Pool, settler: Settler
) -> None:
    inbox = await stored(house, message(b"\xff\xff"))
    item = await act(house, GATEWAY, settler.settle, SettleMessage(inbox_id=inbox, fault="These bytes are no e-mail."))
    assert (item.state, item.reason) == ("refused", "These bytes are no e-mail.")
    assert await answers(pool) == [False]
    async with transaction(pool) as tx:
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        assert await tx.fetchval("select raw from inbox") == b"\xff\xff"


async def test_the_same_message_by_another_road_is_a_duplicate(house: House, pool: Pool, settler: Settler) -> None:
    first = await settled(house, settler, reading(draft(), message_id="<1@sender.invalid>", body_hash="h"))
    again = await settled(house, settler, reading(draft(), message_id="<1@sender.invalid>", body_hash="h"))
    assert (again.state, again.nsi_ids) == ("duplicate", first.nsi_ids)
    assert await letters(pool) == ["nsi_to_spoc", "reply_to_sender"]


async def test_the_same_bytes_without_a_message_id_are_a_duplicate(house: House, settler: Settler) -> None:
    items = []
    for key in ("one", "two"):
        inbox = await stored(house, message(b"the same bytes", source_key=key))
        read = reading(draft(), message_id="")
        items.append(await act(house, GATEWAY, settler.settle, SettleMessage(inbox_id=inbox, reading=read)))
    assert [item.state for item in items] == ["prepared", "duplicate"]


async def test_the_same_message_id_with_another_text_is_another_message(house: House, settler: Settler) -> None:
    await settled(house, settler, reading(draft(), message_id="<1@sender.invalid>", body_hash="h"))
    other = draft(name="Kit Example-Other", crn="X654321", noms=None, birth_date=None)
    item = await settled(house, settler, reading(other, message_id="<1@sender.invalid>", body_hash="other"))
    assert item.state == "prepared"


async def test_messages_without_an_id_are_not_each_others_duplicates(house: House, settler: Settler) -> None:
    await settled(house, settler, reading(draft(), message_id="", body_hash=""))
    other = draft(name="Kit Example-Other", crn="X654321", noms=None, birth_date=None)
    assert (await settled(house, settler, reading(other, message_id="", body_hash=""))).state == "prepared"


async def test_settling_twice_changes_nothing(house: House, pool: Pool, settler: Settler) -> None:
    inbox = await stored(house)
    first = await act(house, GATEWAY, settler.settle, SettleMessage(inbox_id=inbox, reading=reading(draft())))
    again = await act(house, GATEWAY, settler.settle, SettleMessage(inbox_id=inbox, fault="too late"))
    assert again == first
    assert await count(pool, "nsi") == 1
    assert len(await answers(pool)) == 1


async def test_ten_messages_about_one_new_person_keep_them_once(house: House, pool: Pool, settler: Settler) -> None:
    days = [date(2027, 1, 1 + day) for day in range(10)]
    items = await asyncio.gather(*(settled(house, settler, reading(draft(move_on=day))) for day in days))
    assert {item.state for item in items} == {"prepared"}
    assert await count(pool, "person") == 1
    assert await count(pool, "nsi") == 10


async def test_ten_of_the_same_message_at_once_are_one_nsi(house: House, pool: Pool, settler: Settler) -> None:
    same = reading(draft(), message_id="<1@sender.invalid>", body_hash="h")
    items = await asyncio.gather(*(settled(house, settler, same) for _ in range(10)))
    assert sorted(item.state for item in items) == ["duplicate"] * 9 + ["prepared"]
    assert await count(pool, "nsi") == 1


async def test_the_sender_sees_what_became_of_it_without_seeing_the_nsi(house: House, settler: Settler) -> None:
    item = await settled(house, settler, reading(draft()))
    assert await act(house, SENDER, read_inbox, ReadInbox(id=item.inbox_id)) == item


async def test_the_area_that_hands_a_message_in_is_its_origin_where_it_does_not_say(
    house: House, settler: Settler
) -> None:
    item = await settled(house, settler, reading(draft(sending=None)), actor=OPERATOR, area="N55HER")
    nsi = await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
    assert nsi.sending.pdu is not None
    assert nsi.sending.pdu.code == "N55HER"


async def test_characters_no_table_holds_are_left_out(house: House, settler: Settler) -> None:
    nsi = await prepared(house, settler, reason="one\0two \ud800 three")
    assert nsi.reason == "onetwo ? three"


async def test_a_message_id_of_any_length_is_kept(house: House, settler: Settler) -> None:
    part = Part(name="x.pdf", content_type="application/pdf", content=b"\xff" * 10)
    item = await settled(house, settler, reading(draft(), message_id="<" + "x" * 9000, parts=[part]))
    assert item.state == "prepared"


async def test_nothing_about_a_person_is_in_events_deliveries_audit_or_answers(
    house: House, pool: Pool, settler: Settler
) -> None:
    canary = draft(
        name="Canary Invented",
        crn="C999999",
        noms="C4444CC",
        birth_date=date(1966, 6, 6),
        address="7 Canary Lane",
        reason="canary reason",
        sender_name="Jo Canary",
        sender_email="canary@sender.invalid",
    )
    for n, read in enumerate((canary, draft(name="Canary Two", destination="LS99 4QQ"), draft(name="Canary Three"))):
        inbox = await stored(house, message(b"Canary %d" % n, source_key=f"once-{n}"))
        command = SettleMessage(inbox_id=inbox, reading=reading(read))
        await act(house, GATEWAY, settler.settle, command, key=f"settle-{n}")
    await act(house, SENDER, store_message, message(b"Canary 1", source_key="once-1"), key="again")
    for table in ("event", "outbox", "audit", "idempotency"):
        said = " ".join(row["said"] for row in await pool.fetch(f"select t::text as said from {table} t")).lower()
        if table == "idempotency":
            said += " ".join(
                bytes(row["answer"]).decode() for row in await pool.fetch("select answer from idempotency")
            )
        assert said
        for word in ("canary", "c999999", "c4444cc", "1966", "ls99", "ls1 4ap"):
            assert word not in said.lower(), (table, word)
