"""“This is not for us” on the pages."""

from typing import Any
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.transfers.confirm import confirm_nsi
from schemas.nsis import ConfirmNsi
from tests.api.serving import Served
from tests.messages import draft, reading, settled
from tests.pages.visitor import Visitor, hidden, text_of, visiting


@pytest.fixture
async def nsi(served: Served, house: House) -> UUID:
    """Open, and with Leeds."""
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft()))
    await act(house, OPERATOR, confirm_nsi, ConfirmNsi(id=item.nsi_ids[0]))
    return item.nsi_ids[0]


async def send_on(visitor: Visitor, path: str, fields: dict[str, str]) -> Any:
    form = await visitor.get(path)
    given = {name: values[0] for name, values in hidden(form, path).items()}
    return await visitor.post(path, {**given, **fields})


async def test_the_receiving_side_sends_it_on_and_no_longer_sees_it(served: Served, nsi: UUID) -> None:
    path = f"/nsis/{nsi}/reroute"
    async with visiting(served, "spoc") as visitor:
        assert "This is not for us" in text_of(await visitor.get(f"/nsis/{nsi}"))
        gone = await send_on(visitor, path, {"to": "YO1 9TL", "reason": "other_area"})
        assert gone.status_code == 200, text_of(gone)
        assert "Sent on to York" in text_of(gone)
        assert "Your PDU no longer sees it" in text_of(gone)
        assert (await visitor.get(f"/nsis/{nsi}")).status_code == 404
        assert "Routes that were wrong" in text_of(await visitor.get("/locate/coverage"))


async def test_what_is_wrong_is_told_and_nothing_is_sent(served: Served, nsi: UUID) -> None:
    path = f"/nsis/{nsi}/reroute"
    async with visiting(served, "spoc") as visitor:
        for fields, words in (
            ({}, "Give this: Where it belongs"),
            ({"to": "YO1 9TL"}, "Give this: Reason"),
            ({"to": "LS1 4AP", "reason": "other_area"}, "That is where it is"),
            ({"to": "Birmingham", "reason": "other_area"}, "more than one PDU"),
            ({"to": "Leeeds", "reason": "other_area"}, "Did you mean Leeds"),
            ({"to": "YO1 9TL", "reason": "other"}, "note"),
        ):
            answer = await send_on(visitor, path, fields)
            assert answer.status_code == 422, fields
            assert words in text_of(answer)
        assert (await visitor.get(f"/nsis/{nsi}")).status_code == 200


async def test_who_does_not_receive_it_is_shown_no_way(served: Served, nsi: UUID) -> None:
    async with visiting(served, "administrator") as visitor:
        assert (await visitor.get(f"/nsis/{nsi}/reroute")).status_code in {403, 404}
