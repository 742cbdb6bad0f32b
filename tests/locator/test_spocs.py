"""Who receives, for what and when."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

import msgspec
import pytest

from bedspace.locator.invented import demo_spocs
from bedspace.locator.spocs import keep_spocs
from bedspace.reference.load import load_reference
from bedspace.store import Tx
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import transaction
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.locate import Located, Spoc
from schemas.locator import KeepSpocs, SpocOf
from schemas.words import Purpose

Ask = Callable[..., Awaitable[Located]]


def spoc(located: Located) -> Spoc:
    assert located.spoc is not None
    return located.spoc


def spoc_of(pdu: str = "N55LEE", *purposes: Purpose, name: str = "Kit Invented-New") -> SpocOf:
    return SpocOf(
        pdu=pdu,
        purposes=list(purposes) or ["transfer"],
        name=name,
        email="kit@pdu.invalid",
        phone="01632 960999",
        hours="Monday to Friday",
        team="Leeds case transfers",
    )


async def keep(tx: Tx, from_: date, *spocs: SpocOf, now: datetime) -> int:
    return (await keep_spocs(tx, KeepSpocs(spocs=list(spocs), from_=from_), now)).result.kept


async def test_every_pdu_in_force_has_an_invented_spoc_for_every_purpose(tx: Tx) -> None:
    missing = await tx.fetch(
        "select code, purpose from pdu, unnest(array['transfer','temporary_move','release','ap_referral','victim',"
        "'mappa']) as purpose where valid @> date '2026-11-22' and not exists (select from spoc "
        "where pdu_code = code and spoc.purpose = purpose.purpose and spoc.valid @> date '2026-11-22')"
    )
    assert missing == []


def test_invented_spocs_look_invented() -> None:
    for one in demo_spocs().spocs:
        assert "Invented-" in one.name
        assert one.email.endswith("@pdu.invalid")
        assert one.phone.startswith("01632 960")
        msgspec.convert(msgspec.to_builtins(one), SpocOf)


async def test_the_spoc_is_the_one_for_the_purpose(ask: Ask) -> None:
    transfer, victim = await ask("Leeds"), await ask("Leeds", "victim")
    assert spoc(transfer).email == "spoc.n55lee@pdu.invalid"
    assert spoc(victim).email == "victim.n55lee@pdu.invalid"
    assert victim.team == spoc(victim).team == "Leeds victim liaison"


async def test_where_nobody_receives_for_a_purpose_the_transfer_spoc_does(ask: Ask, tx: Tx) -> None:
    await tx.execute("delete from spoc where pdu_code = 'N55LEE' and purpose = 'mappa'")
    assert spoc(await ask("Leeds", "mappa")).email == "spoc.n55lee@pdu.invalid"


async def test_where_nobody_receives_at_all_the_pdu_answers_without_spoc(ask: Ask, tx: Tx) -> None:
    await tx.execute("delete from spoc where pdu_code = 'N55LEE'")
    located = await ask("Leeds")
    assert located.pdu is not None
    assert (located.pdu.code, located.spoc, located.team) == ("N55LEE", None, None)


async def test_a_new_spoc_receives_from_the_day_and_the_old_one_until_then(ask: Ask, tx: Tx, now: datetime) -> None:
    assert await keep(tx, date(2026, 12, 1), spoc_of("N55LEE", "transfer", "release"), now=now) == 2
    assert spoc(await ask("Leeds", on=date(2026, 11, 30))).email == "spoc.n55lee@pdu.invalid"
    assert spoc(await ask("Leeds", on=date(2026, 12, 1))).name == "Kit Invented-New"
    assert spoc(await ask("Leeds", "victim", on=date(2026, 12, 1))).email == "victim.n55lee@pdu.invalid"


async def test_keeping_the_same_spocs_again_keeps_their_numbers(tx: Tx, now: datetime) -> None:
    before = await tx.fetch("select id, pdu_code, purpose, name, valid from spoc order by id")
    await keep_spocs(tx, demo_spocs(), now)
    assert await tx.fetch("select id, pdu_code, purpose, name, valid from spoc order by id") == before


async def test_a_planned_spoc_is_withdrawn_by_one_who_comes_first(ask: Ask, tx: Tx, now: datetime) -> None:
    await keep(tx, date(2027, 1, 1), spoc_of(name="Robin Invented-Later"), now=now)
    await keep(tx, date(2026, 12, 1), spoc_of(name="Sam Invented-Sooner"), now=now)
    assert spoc(await ask("Leeds", on=date(2027, 2, 1))).name == "Sam Invented-Sooner"
    assert await tx.fetchval("select count(*) from spoc where name = 'Robin Invented-Later'") == 1


async def test_unknown_pdus_are_named_and_nothing_is_kept(tx: Tx, now: datetime) -> None:
    with pytest.raises(NotThere, match="N99XXX"):
        await keep(tx, date(2026, 12, 1), spoc_of(), spoc_of("N99XXX"), now=now)
    assert await tx.fetchval("select count(*) from spoc where name = 'Kit Invented-New'") == 0


async def test_two_spocs_for_one_pdu_and_purpose_are_refused(tx: Tx, now: datetime) -> None:
    with pytest.raises(Invalid, match="two are given"):
        await keep(tx, date(2026, 12, 1), spoc_of(), spoc_of(), now=now)


async def test_only_the_operator_keeps_spocs_and_each_pdu_is_told_in_the_feed(house: House) -> None:
    async with transaction(house.pool) as tx:
        await load_reference(tx)
    command = KeepSpocs(spocs=[spoc_of()], from_=date(2026, 12, 1))
    with pytest.raises(NotAllowed):
        await act(house, Actor(id="spoc-1", name="Pat Invented", role="spoc"), keep_spocs, command)
    assert (await act(house, OPERATOR, keep_spocs, command)).kept == 1
    event = await house.pool.fetchrow("select kind, subject, body from event")
    assert event is not None
    assert tuple(event) == ("spoc_kept", "pdu:N55LEE", {"purposes": ["transfer"]})
