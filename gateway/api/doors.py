"""Every door of the API."""

from litestar.handlers import HTTPRouteHandler

from gateway.api import holds, inbox, intake, locate, nsis, outages, premises, search

doors: list[HTTPRouteHandler] = [
    search.search,
    holds.place,
    holds.end,
    premises.index,
    premises.show,
    premises.characteristics,
    outages.take,
    outages.revise,
    outages.cancel,
    outages.show,
    outages.index,
    locate.locate,
    intake.take_in,
    inbox.index,
    inbox.show,
    nsis.index,
    nsis.show,
    nsis.create,
    nsis.confirm,
    nsis.status,
    nsis.complete,
]
