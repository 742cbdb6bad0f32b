"""The release board and one release, as people see them."""

from datetime import date

import asyncpg

from tests.api.serving import Served
from tests.pages.visitor import Visitor, text_of, visiting
from tests.releases.conftest import SPOCS

NOTICE = {
    "person": {"name": "Zebedee Example", "crn": "Z990007", "birth_date": "1980-05-06", "gender": "male"},
    "prison": "Leeds",
    "release_on": "2027-01-05",
    "near": "LS1 4AP",
    "rosh": "high",
}


async def noticed(served: Served, database: str, **more: object) -> str:
    owner = await asyncpg.connect(database)
    await owner.execute(SPOCS)
    await owner.close()
    async with served.caller("prison_staff") as prison:
        answer = await prison.post("/api/v1/releases", json={**NOTICE, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


async def shown(visitor: Visitor, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200
    return text_of(answer)


async def test_an_empty_board_says_so(served: Served) -> None:
    async with visiting(served, "prison_staff") as visitor:
        assert "There is no release within your reach" in await shown(visitor, "/releases")


async def test_the_board_tells_who_leaves_when_and_what_lacks(served: Served, database: str) -> None:
    release = await noticed(served, database)
    async with visiting(served, "prison_staff") as visitor:
        said = await shown(visitor, "/releases")
        for word in ("Zebedee Example", "Z990007", "5 Jan 2027", "to Leeds", "Needs a bed"):
            assert word in said
        assert "Zebedee" not in await shown(visitor, "/releases?state=cancelled")
        assert "Zebedee" in await shown(visitor, "/releases?state=nonsense&prison=lei")
        one = await shown(visitor, f"/releases/{release}")
        for word in ("REL-000001", "What must exist before", "Who receives there today", "Pat Example-Leeds", "Notice"):
            assert word in one


async def test_a_day_before_a_non_working_one_is_asked_about_on_the_page(served: Served, database: str) -> None:
    friday = date(2027, 1, 8)
    release = await noticed(served, database, release_on=friday.isoformat())
    async with visiting(served, "prison_staff") as visitor:
        assert "Before a non-working day, and not confirmed yet" in await shown(visitor, f"/releases/{release}")


async def test_who_has_nothing_to_do_with_releases_sees_none(served: Served, database: str) -> None:
    release = await noticed(served, database)
    async with visiting(served, "connection_officer") as visitor:
        assert (await visitor.get(f"/releases/{release}")).status_code == 403
