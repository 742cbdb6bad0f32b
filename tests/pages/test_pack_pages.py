"""SYS-07: the transfer pack is printed from a page, and the paper file is recorded beside it."""

from tests.api.serving import Served
from tests.pages.test_release_acts import kept
from tests.pages.visitor import Visitor, text_of, visiting

MOVE = {
    "type": "case_transfer",
    "person": {"name": "Paper Example", "crn": "Z990070", "birth_date": "1980-05-06"},
    "move_on": "2026-12-18",
    "destination": "BD1 1HY",
    "rosh": "medium",
}


async def raised(served: Served) -> str:
    async with served.caller("practitioner") as caller:
        made = await caller.post("/api/v1/nsis", json=MOVE)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])


async def refused(visitor: Visitor, path: str, **fields: str) -> str:
    answer = await visitor.post(path, fields)
    assert answer.status_code == 422, answer.text
    return text_of(answer)


async def test_sys_07_the_transfer_pack_is_printed_with_form_checklist_action_list_timeline_and_who_is_responsible(
    served: Served, database: str
) -> None:
    nsi = await raised(served)
    async with visiting(served, "practitioner") as visitor:
        assert f"/nsis/{nsi}/pack" in (await visitor.get(f"/nsis/{nsi}")).text
        pack = text_of(await visitor.get(f"/nsis/{nsi}/pack"))
        for part in (
            *("Transfer pack: Paper Example", "invented", "Responsible now", "Leeds", "Transfer form", "Documents"),
            *(
                "Assessment (full OASys)",
                "Action list",
                "Send the paper file",
                "Clocks",
                "T-14",
                "Timeline",
                "NSI raised",
            ),
        ):
            assert part in pack
    async with visiting(served, "prison_staff") as visitor:
        assert (await visitor.get(f"/nsis/{nsi}/pack")).status_code == 404
    audit = await kept(database, f"select action from audit where subject = 'nsi:{nsi}' and action = 'nsi.read'")
    assert len(audit) >= 2


async def test_sys_07_dispatch_carrier_place_receipt_and_what_was_missing_are_recorded_on_its_pages(
    served: Served,
) -> None:
    nsi = await raised(served)
    at = f"/nsis/{nsi}/paper"
    async with visiting(served, "practitioner") as visitor:
        assert "Give this: Carrier" in await refused(visitor, f"{at}/sent", carrier="")
        ahead = {"on-day": "24", "on-month": "12", "on-year": "2026"}
        assert "Give today, or an earlier day" in await refused(visitor, f"{at}/sent", carrier="Courier", **ahead)
        sent = text_of(await visitor.post(f"{at}/sent", {"carrier": "Courier", "to_place": "Bradford office"}))
        assert "It is recorded that the paper file was sent" in sent
        assert "With Courier" in sent
        assert "Record where it is" in sent
        assert "Record that it was received" not in sent
        placed = text_of(await visitor.post(f"{at}/place", {"place": "Sorting office"}))
        assert "Where it is now Sorting office" in placed
        other = await visitor.post(f"{at}/received", {"received_by": "Robin"})
        assert "who receives the paper file records it" in text_of(other)
        assert (await visitor.get(f"{at}/nonsense")).status_code == 404
    async with visiting(served, "inspector") as visitor:
        assert "Record" not in text_of(await visitor.get(f"/nsis/{nsi}/pack")).replace("recorded", "")
        assert (await visitor.get(f"{at}/sent")).status_code == 403
    async with served.caller("practitioner") as caller:
        shown = (await caller.get(f"/api/v1/nsis/{nsi}")).json()
    line = next(one for one in shown["actions"] if one["kind"] == "paper_file")
    assert line["evidence"]["place"] == "Sorting office"
