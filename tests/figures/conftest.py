"""Seven moves of York to Leeds, made through the verbs once: six people at high risk and one at medium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bedspace.geography.postcodes import open_postcodes
from gateway.access.act import House, act
from gateway.intake.settle import Settler
from gateway.store.database import open_pool
from gateway.transfers.confirm import confirm_nsi
from schemas.nsis import ConfirmNsi
from tests.conftest import NOW
from tests.messages import YORK, prepared
from tests.organisation import with_more


@pytest.fixture(scope="session")
def template(server: str, furnished: str) -> Iterator[str]:
    yield from with_more(server, furnished, seven)


async def seven(database: str) -> None:
    pool = await open_pool(database, size=1)
    house, settler = House(pool=pool, now=lambda: NOW), Settler(open_postcodes(Path(".bedspace")))
    for n in range(7):
        who = {"crn": f"Z99{n:04}", "noms": None, "name": f"Robin Secretname{chr(97 + n)}", "birth_date": None}
        nsi = await prepared(house, settler, **who, rosh="high" if n < 6 else "medium")
        await act(house, YORK, confirm_nsi, ConfirmNsi(id=nsi.id))
    await pool.close()
