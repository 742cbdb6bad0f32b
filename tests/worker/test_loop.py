"""Where the worker's mail goes, and what it says when it can go nowhere."""

from pathlib import Path
from typing import Any

import pytest

from gateway.access.act import House
from gateway.delivery.captured import Capture
from gateway.delivery.smtp import Smtp
from gateway.settings import Settings
from gateway.store.database import Pool
from gateway.wiring import Works
from gateway.worker.loop import outbox, transport_of
from schemas.errors import Invalid
from schemas.words import Stamp

OWED = """
with happened as (insert into event (at, kind, subject) values (now(), 'nsi_routed', 'nsi:x') returning id)
insert into outbox (event_id, channel, purpose, subject, lane)
select id, 'mail', 'nsi_to_spoc', 'nsi:x', 'l' from happened
"""


def works_of(house: House, stamp: Stamp, **settings: Any) -> Works:
    nothing: Any = None
    given = Settings(data=Path(), **settings)
    return Works(settings=given, house=house, register=nothing, postcodes=nothing, secret=b"s" * 32, stamp=stamp)


async def test_a_demo_captures_its_mail(house: House) -> None:
    assert isinstance(transport_of(works_of(house, "demo")), Capture)


@pytest.mark.parametrize("stamp", ["demo", "real"])
async def test_mail_goes_where_it_is_set_to_go(house: House, stamp: Stamp) -> None:
    transport = transport_of(works_of(house, stamp, smtp_url="smtp://mail.invalid:2525"))
    assert isinstance(transport, Smtp)
    assert (transport.host, transport.port) == ("mail.invalid", 2525)


async def test_a_mail_server_that_is_written_wrong_is_said_at_once(house: House) -> None:
    with pytest.raises(Invalid, match="SMTP_URL"):
        transport_of(works_of(house, "real", smtp_url="mail.invalid"))


async def test_mail_of_a_real_database_without_a_mail_server_waits_and_says_why(house: House, pool: Pool) -> None:
    await pool.execute(OWED)
    seconds = await outbox(works_of(house, "real"))()
    assert seconds == 60
    row = await pool.fetchrow("select state, attempts, reason from outbox")
    assert row is not None
    assert tuple(row) == ("queued", 0, "Mail waits: SMTP_URL is not set.")
