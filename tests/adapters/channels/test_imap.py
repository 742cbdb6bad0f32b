"""A mailbox over a real IMAP server: every mail once, whoever reads it, whatever breaks in the middle."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.channels import imap
from adapters.channels.imap import CHANNEL, ImapIn, ImapSettings
from adapters.contract import Arrived
from schemas.errors import Refused, Unavailable
from tests.adapters.channels.mailbox import PASSWORD, USER, Mailbox, running_mailbox

MAILS = [b"Subject: %d\r\nMessage-ID: <%d@example.invalid>\r\n\r\nInvented.\r\n" % (n, n) for n in range(3)]


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with running_mailbox() as running:
        yield running


def inlet_of(mailbox: Mailbox, password: str | None = PASSWORD) -> ImapIn:
    settings = ImapSettings(
        host="127.0.0.1", port=mailbox.port, user=USER, password_variable="IMAP_PASSWORD", tls=False
    )
    return ImapIn(settings, {"IMAP_PASSWORD": password}.get)


@asynccontextmanager
async def entered(mailbox: Mailbox, password: str | None = PASSWORD) -> AsyncIterator[ImapIn]:
    inlet = inlet_of(mailbox, password)
    try:
        yield inlet
    finally:
        await inlet.close()


async def look_once(mailbox: Mailbox, *, store: bool = True) -> list[Arrived]:
    async with entered(mailbox) as inlet:
        return await look(inlet, store=store)


async def look(inlet: ImapIn, *, store: bool = True) -> list[Arrived]:
    found = []
    async for arrived in inlet.look():
        found.append(arrived)
        if store:
            await inlet.acknowledge(arrived)
    return found


async def test_a_mail_is_found_as_it_is_and_moves_away_when_it_is_stored(mailbox: Mailbox) -> None:
    for mail in MAILS:
        await mailbox.put(mail)
    async with entered(mailbox) as inlet:
        assert [one.raw for one in await look(inlet)] == MAILS
        assert await look(inlet) == []
    assert (await mailbox.count("INBOX"), await mailbox.count("Bedspace taken")) == (0, 3)


async def test_what_is_not_stored_is_found_again_under_the_same_key_though_a_person_has_read_it(
    mailbox: Mailbox,
) -> None:
    await mailbox.put(MAILS[0])
    first = await look_once(mailbox, store=False)
    await mailbox.read_all()
    again = await look_once(mailbox, store=False)
    assert [one.source_key for one in again] == [one.source_key for one in first]
    assert len(again) == 1


async def test_a_conversation_that_is_cut_off_in_a_mail_loses_nothing(mailbox: Mailbox) -> None:
    big = MAILS[0] + b"x" * 20_000
    await mailbox.put(big)
    async with entered(mailbox) as inlet:
        assert len(await look(inlet, store=False)) == 1
        mailbox.cut_after = 5_000
        with pytest.raises(Unavailable, match="does not answer"):
            await look(inlet)
        assert [one.raw for one in await look(inlet)] == [big]
    assert await mailbox.count("Bedspace taken") == 1


async def test_an_acknowledgement_twice_or_of_a_renumbered_mailbox_moves_nothing_else() -> None:
    async with running_mailbox() as before:
        await before.put(MAILS[0])
        inlet = inlet_of(before)
        (first,) = await look(inlet)
        await inlet.acknowledge(first)
    async with running_mailbox(before.port) as after:
        await after.put(MAILS[1])
        with pytest.raises(Unavailable):
            await inlet.acknowledge(first)
        await inlet.acknowledge(first)
        assert await after.count("INBOX") == 1
        assert [one.raw for one in await look(inlet)] == [MAILS[1]]
        await inlet.close()


async def test_two_that_look_at_once_find_the_same_keys_and_move_each_mail_once(mailbox: Mailbox) -> None:
    for mail in MAILS:
        await mailbox.put(mail)
    one, other = await asyncio.gather(look_once(mailbox), look_once(mailbox))
    assert {arrived.source_key for arrived in (*one, *other)} == {arrived.source_key for arrived in one} | {
        arrived.source_key for arrived in other
    }
    assert {arrived.raw for arrived in (*one, *other)} == set(MAILS)
    assert await mailbox.count("INBOX") == 0


async def test_what_is_too_large_waits_for_a_person(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "MOST_BYTES", 50)
    await mailbox.put(MAILS[0])
    assert await look_once(mailbox) == []
    assert await mailbox.count("Bedspace too large") == 1


async def test_a_wrong_password_is_refused_and_a_missing_one_named(mailbox: Mailbox) -> None:
    with pytest.raises(Refused, match="Check user, password"):
        await look(inlet_of(mailbox, "wrong"))
    with pytest.raises(Unavailable, match="IMAP_PASSWORD"):
        await look(inlet_of(mailbox, None))


async def test_a_server_that_is_not_there_is_waited_for() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        await look_once(Mailbox(port=9))
    assert CHANNEL.inlet is not None
