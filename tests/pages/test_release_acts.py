"""What is done with a release on its pages: by a prison, by whoever supervises, and by nobody else."""

from typing import Any

import asyncpg
import pytest

from tests.api.serving import Served
from tests.pages.test_release_pages import NOTICE, noticed
from tests.pages.visitor import Visitor, heading, hidden, text_of, visiting
from tests.releases.conftest import SPOCS

TYPED = {
    "name": "Zebedee Example",
    "crn": "Z990007",
    "gender": "male",
    "prison": "Leeds",
    "kind": "release",
    "release_on-day": "5",
    "release_on-month": "1",
    "release_on-year": "2027",
    "near": "LS1 4AP",
    "rosh": "high",
    "nights": "84",
}


def day(name: str, text: str) -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


async def named(database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute(SPOCS)
    await owner.close()


async def kept(database: str, query: str) -> list[Any]:
    """One column, whoever may see it."""
    owner = await asyncpg.connect(database)
    await owner.execute("select set_config('bedspace.nation', 'on', false)")
    rows = await owner.fetch(query)
    await owner.close()
    return [row[0] for row in rows]


async def done(visitor: Visitor, release: str, act: str, **fields: Any) -> str:
    answer = await visitor.post(f"/releases/{release}/{act}", fields)
    assert answer.status_code == 200, text_of(answer)
    assert heading(answer) == "Zebedee Example", text_of(answer)
    return text_of(answer)


async def refused(visitor: Visitor, release: str, act: str, **fields: Any) -> str:
    """The form again, with what was typed."""
    answer = await visitor.post(f"/releases/{release}/{act}", fields)
    assert answer.status_code == 422, answer.text
    return text_of(answer)


async def test_sys_16_a_prison_gives_notice_on_a_page_and_sees_who_receives_before_it_is_given(
    served: Served, database: str
) -> None:
    await named(database)
    async with visiting(served, "prison_staff") as visitor:
        begun = await visitor.get("/releases/new")
        assert 'value="LEI"' in begun.text
        wrong = await visitor.post("/releases/new", {**TYPED, "name": "", "release_on-year": "2025"})
        assert wrong.status_code == 422
        assert 'value="Z990007"' in wrong.text
        late = await visitor.post("/releases/new", {**TYPED, "release_on-year": "2025", "prison": "Leads"})
        assert "is in the past" in text_of(late)
        unknown = await visitor.post("/releases/new", {**TYPED, "prison": "Leads"})
        assert "Did you mean Leeds" in text_of(unknown)
        seen = await visitor.post("/releases/new", TYPED)
        for word in ("Leeds PDU receives", "Pat Example-Leeds", "Zebedee Example", "a bed is looked for"):
            assert word in text_of(seen)
        assert "There is no release within your reach" in text_of(await visitor.get("/releases"))
        carried = hidden(seen, "/releases/new")
        changed = await visitor.post("/releases/new", {**carried, "change": "1"})
        assert 'value="Zebedee Example"' in changed.text
        given = await visitor.post("/releases/new", {**carried, "seen": "1"})
        assert "The notice is given" in text_of(given)
        assert heading(given) == "Zebedee Example"
        again = await visitor.post("/releases/new", {**carried, "seen": "1"})
        assert again.url == given.url.copy_with()
    assert await kept(database, "select contact_email from release") == ["prison.staff@demo.invalid"]


async def test_a_place_in_several_pdus_is_chosen_on_the_page_and_never_guessed(served: Served, database: str) -> None:
    await named(database)
    async with visiting(served, "prison_staff") as visitor:
        asked = await visitor.post("/releases/new", {**TYPED, "near": "Birmingham"})
        assert asked.status_code == 422
        assert "Which of these is it?" in text_of(asked)
        chosen = {**TYPED, "near": "Birmingham", "among": "Birmingham Central and South PDU"}
        assert "Birmingham Central and South PDU receives" in text_of(await visitor.post("/releases/new", chosen))
        nowhere = await visitor.post("/releases/new", {**TYPED, "near": "Atlantis-on-Sea"})
        assert "Nothing is known here by that name" in text_of(nowhere)


async def test_c_03_at_short_notice_the_page_lists_what_must_exist_before_the_release(
    served: Served, database: str
) -> None:
    await named(database)
    tomorrow = {**TYPED, **day("release_on", "2026-11-24")}
    async with visiting(served, "prison_staff") as visitor:
        seen = await visitor.post("/releases/new", tomorrow)
        assert "this must exist today" in text_of(seen)
        assert "An address found suitable, or a bed" in text_of(seen)
        given = await visitor.post("/releases/new", {**hidden(seen, "/releases/new"), "seen": "1"})
        assert "things lack that are due" in text_of(given)
        board = text_of(await visitor.get("/releases"))
        assert "things lack: " in board
        assert "An address found suitable, or a bed" in board


async def test_c_05_an_address_approved_that_is_not_the_one_notified_is_asked_about_on_the_page(
    served: Served, database: str
) -> None:
    release = await noticed(served, database, address="1 Invented Street, Leeds LS1 4AP", reside_where_approved=True)
    async with visiting(served, "practitioner") as visitor:
        assert "reside where approved" in text_of(await visitor.get(f"/releases/{release}"))
        assert "Checked: suitable" in await done(visitor, release, "address", outcome="suitable")
        form = await visitor.get(f"/releases/{release}/approve")
        assert 'value="1 Invented Street, Leeds LS1 4AP"' in form.text
        assert "Give this: Address" in await refused(visitor, release, "approve", address="")
        shown = await done(visitor, release, "approve", address="9 Other Road, Leeds LS2 7EW")
        assert "is not the one that was notified" in shown
        same = await done(visitor, release, "approve", address="1 Invented Street, Leeds LS1 4AP")
        assert "is not the one that was notified" not in same


async def test_sys_19_accommodation_that_a_provider_arranged_is_told_on_the_page_and_the_case_manager_is_told(
    served: Served, database: str
) -> None:
    release = await noticed(served, database, officer_email="officer@probation.invalid")
    async with visiting(served, "prison_staff") as visitor:
        shown = await done(
            visitor, release, "arrange", provider="Example Homes", address="2 Pretend Road, Leeds LS1 4AP"
        )
        assert "Arranged by Example Homes: 2 Pretend Road" in shown
    letters = await kept(database, "select purpose from outbox where purpose like '%arranged%'")
    assert set(letters) == {"release_arranged_to_spoc", "release_arranged_to_officer"}


async def test_c_02_a_change_of_day_or_of_mind_on_the_page_moves_what_hangs_on_it(
    served: Served, database: str
) -> None:
    release = await noticed(served, database, release_on="2027-01-08")
    async with visiting(served, "prison_staff") as visitor:
        assert "Which day is meant?" in text_of(await visitor.get("/releases"))
        assert "Which day is meant?" in (await visitor.get(f"/releases/{release}/confirm-date")).text
        moved = await done(visitor, release, "confirm-date", **day("release_on", "2027-01-07"))
        assert "The day is confirmed" in moved
        assert "7 January 2027" in moved
        gone = await visitor.get(f"/releases/{release}/confirm-date")
        assert gone.status_code == 409
        past = await refused(visitor, release, "change", **day("release_on", "2020-01-07"))
        assert "7 January 2020" in past
        unreal = await refused(visitor, release, "change", **day("release_on", "2027-02-30"))
        assert "Give a real date" in unreal
        assert "7 January 2027" in text_of(await visitor.get(f"/releases/{release}"))
        many = await refused(visitor, release, "change-of-mind", near="Birmingham", address="")
        assert "Which of these is it?" in many
        elsewhere = await done(
            visitor, release, "change-of-mind", near="Birmingham", among="Birmingham Central and South PDU", address=""
        )
        assert "Leeds to Birmingham Central and South" in elsewhere
        assert "Give this: Reason" in await refused(visitor, release, "cancel", reason="", note="")
        over = await done(visitor, release, "cancel", reason="recalled", note="")
        assert "The release is cancelled" in over
        assert "What you can do now" not in over


async def test_c_04_a_temporary_licence_is_released_and_returned_on_its_pages(served: Served, database: str) -> None:
    await named(database)
    licence = {**TYPED, "kind": "rotl", **day("release_on", "2026-11-23"), **day("until", "2026-11-27")}
    async with visiting(served, "practitioner") as visitor:
        seen = await visitor.post("/releases/new", {**licence, "near": "", "prison": "Wakefield"})
        assert "Wakefield" in text_of(seen)
        given = await visitor.post("/releases/new", {**hidden(seen, "/releases/new"), "seen": "1"})
        release = given.url.path.rpartition("/")[2]
        out = await done(visitor, release, "released")
        assert "The release is recorded" in out
        assert "Record the return" in out
        assert "The return is recorded" in await done(visitor, release, "returned")


async def test_sys_16_the_need_is_decided_searched_and_referred_from_the_page_of_the_release(
    served: Served, database: str
) -> None:
    release = await noticed(served, database)
    async with visiting(served, "prison_staff") as prison:
        shown = text_of(await prison.get(f"/releases/{release}"))
        assert "The practitioner or their SPO decides" in shown
        assert "Make the AP referral" not in shown
    async with visiting(served, "practitioner") as visitor:
        begun = await visitor.get(f"/releases/{release}")
        assert "Nobody has decided yet" in text_of(begun)
        assert "Select yes or no" in await refused(visitor, release, "suitability", suitable="", reason="risk_of_harm")
        decided = await done(visitor, release, "suitability", suitable="yes", reason="risk_of_harm")
        assert "It is decided that approved premises suit" in decided
        search = hidden(await visitor.get(f"/releases/{release}"), "/find-a-bed")
        found = await visitor.post("/find-a-bed", search)
        assert f"/releases/{release}/refer?ask=AP1&amp;bed=AP1-2" in found.text
        assert "Zebedee" not in found.text
        form = await visitor.get(f"/releases/{release}/refer?ask=AP1&bed=AP1-2")
        assert 'value="AP1-2"' in form.text
        wrong = await refused(visitor, release, "refer", nights="many", ask="AP1", bed="")
        assert "Enter a whole number of nights" in wrong
        await done(visitor, release, "change", **day("release_on", "2026-12-08"))
        why = await refused(visitor, release, "refer", nights="84", ask="AP1", bed="AP1-2")
        assert "Choose why it is at short notice" in why
        assert "`" not in why
        await done(visitor, release, "change", **day("release_on", "2027-01-05"))
        referred = await done(visitor, release, "refer", nights="84", ask="AP1", bed="AP1-2")
        assert "The AP referral is made" in referred
        assert "PL-000001" in referred


async def test_what_exists_is_said_on_the_page_once_and_the_rest_is_still_asked(served: Served, database: str) -> None:
    release = await noticed(served, database)
    async with visiting(served, "prison_staff") as visitor:
        form = await visitor.get(f"/releases/{release}/need?need=travel")
        assert '<option value="travel" selected>' in form.text
        shown = await done(visitor, release, "need", need="travel", not_applicable="")
        assert "There 22 Nov 2026" in shown
        none = await done(visitor, release, "need", need="medicine", not_applicable="None is taken")
        assert "None is taken" in none
        assert "Give this" in await refused(visitor, release, "need", need="", not_applicable="")


@pytest.mark.parametrize("role", ["inspector", "aco", "connection_officer"])
async def test_acts_on_a_release_are_offered_to_and_done_by_only_those_who_may(
    served: Served, database: str, role: str
) -> None:
    release = await noticed(served, database)
    async with visiting(served, role) as visitor:
        shown = text_of(await visitor.get(f"/releases/{release}"))
        assert "What you can do now" not in shown
        assert (await visitor.get(f"/releases/{release}/cancel")).status_code == 403
        answer = await visitor.post(f"/releases/{release}/cancel", {"reason": "recalled"})
        assert answer.status_code == 403
        assert (await visitor.get("/releases/new")).status_code == 403


async def test_the_board_is_filtered_by_prison_week_and_state_and_shows_what_lacks_first(
    served: Served, database: str
) -> None:
    await noticed(served, database, release_on="2026-11-24")
    later = {**NOTICE, "person": {**NOTICE["person"], "name": "Later Example", "crn": "Z990008"}}  # type: ignore[dict-item]  # a mapping
    async with served.caller("prison_staff") as prison:
        for n, on in enumerate(("2026-11-23", "2027-01-05")):
            person = {**later["person"], "crn": f"Z99001{n}", "name": f"Person{n} Example"}  # type: ignore[dict-item]  # as above
            body = {**later, "person": person, "release_on": on, "rosh": "low"}
            assert (await prison.post("/api/v1/releases", json=body)).status_code == 201
    async with visiting(served, "prison_staff") as visitor:
        all_of_them = text_of(await visitor.get("/releases?prison=HMP+Leeds"))
        assert all_of_them.index("Person0") < all_of_them.index("Zebedee") < all_of_them.index("Person1")
        this_week = text_of(await visitor.get("/releases?week=2026-11-23"))
        assert "Zebedee" in this_week
        assert "Person1" not in this_week
        assert "Person1" not in text_of(await visitor.get("/releases?lacking=1"))
        none = text_of(await visitor.get("/releases?state=cancelled"))
        assert "There is no such release within your reach" in none
        wrong = await visitor.get("/releases?prison=Leads")
        assert wrong.status_code == 422
        assert "Did you mean Leeds" in text_of(wrong)
