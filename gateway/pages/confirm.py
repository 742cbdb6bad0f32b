"""The link in a sender's mail: look at what was read, and confirm it in one step, without signing in."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from gateway.access.act import act
from gateway.access.actors import Actor
from gateway.access.links import nsi_of_token
from gateway.given import GivenWorks
from gateway.pages.page import Ask, HtmlPage, page
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from schemas.nsis import ConfirmNsi, ReadNsi


def holder(nsi_id: UUID) -> Actor:
    """Whoever holds the link: the sender, who may open and confirm this one NSI."""
    return Actor(id="sender_link", name="Sender, by link", role="sender_link", nsi=str(nsi_id))


@get("/confirm/{token:str}")
async def look(request: Ask, works: GivenWorks, token: FromPath[str]) -> HtmlPage:
    """Looking confirms nothing: mail filters open links too."""
    nsi_id = nsi_of_token(works.secret, token, works.house.now())
    nsi = await act(works.house, holder(nsi_id), read_nsi, ReadNsi(id=nsi_id))
    return page(request, "confirm.html", nsi=nsi, token=token)


@post("/confirm/{token:str}", status_code=200)
async def confirm(request: Ask, works: GivenWorks, token: FromPath[str]) -> HtmlPage:
    nsi_id = nsi_of_token(works.secret, token, works.house.now())
    actor = holder(nsi_id)
    await act(works.house, actor, confirm_nsi, ConfirmNsi(id=nsi_id))
    nsi = await act(works.house, actor, read_nsi, ReadNsi(id=nsi_id))
    return page(request, "confirmed.html", nsi=nsi)
