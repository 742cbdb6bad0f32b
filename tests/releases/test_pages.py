"""What a release becomes, on its pages: what a prison writes into the licence, and where somebody moves on to."""

from datetime import UTC, datetime

from tests.api.serving import serving, until_open
from tests.pages.visitor import text_of, visiting
from tests.releases.making import AP2, Board


async def test_sys_16_a_prison_reads_on_its_page_address_hour_and_contact_and_the_nsi_by_reference_alone(
    board: Board, database: str
) -> None:
    done = await board.bedded("AP2")
    async with serving(database, board.at) as served:
        await until_open(served)
        async with visiting(served, "prison_staff") as visitor:
            page = await visitor.get(f"/releases/{done.id}")
            for part in ("Example House AP2, LS1 4AP", "Arrive by 17:00", "01632 960000", "NSI-000001", "Raised"):
                assert part in text_of(page)
            assert f"/nsis/{done.nsi}" not in page.text
        async with visiting(served, "practitioner") as visitor:
            assert f"/nsis/{done.nsi}" in (await visitor.get(f"/releases/{done.id}")).text


async def test_where_somebody_moves_on_to_is_asked_on_the_page_and_a_case_transfer_only_where_people_say_so(
    board: Board, database: str
) -> None:
    done = await board.bedded("AP2")
    assert done.placement is not None
    board.at = datetime(2027, 1, 5, 15, tzinfo=UTC)
    await board.do("arrive", done.placement, AP2)
    board.at = datetime(2027, 3, 1, 11, tzinfo=UTC)
    await board.do("depart", done.placement, AP2, reason="moved_on")
    async with serving(database, board.at) as served:
        await until_open(served)
        async with visiting(served, "practitioner") as visitor:
            asked = text_of(await visitor.get(f"/releases/{done.id}"))
            assert "Where has the person moved on to?" in asked
            assert "Say where the person moves on to" in asked
            path = f"/releases/{done.id}/move-on"
            unsaid = await visitor.post(path, {"near": "BD1 1HY"})
            assert unsaid.status_code == 422
            assert "in Bradford" in text_of(unsaid)
            stays = await visitor.post(path, {"near": "BD1 1HY", "case_transfer": "false"})
            assert "Say why the case stays" in text_of(stays)
            raised = await visitor.post(path, {"near": "BD1 1HY", "case_transfer": "true"})
            assert "It is recorded where the person has moved on to" in text_of(raised)
            assert "NSI-000002 is raised" in text_of(raised)
    assert (await board.nsis())[0].type == "case_transfer"
