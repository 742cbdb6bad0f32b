"""The paper file of an NSI: sent, where it is, received."""

from litestar.handlers import HTTPRouteHandler

from gateway.api.nsi_acts import on_nsi
from gateway.transfers.paper import dispatch_paper, place_paper, receive_paper
from schemas import paper

doors: list[HTTPRouteHandler] = [
    on_nsi(
        "paper/sent",
        dispatch_paper,
        paper.DispatchPaper,
        "Record that the paper file was sent",
        "By the PDU that sends: carrier, its reference, from where and to where.",
    ),
    on_nsi(
        "paper/place",
        place_paper,
        paper.PlacePaper,
        "Say where the paper file is",
        "By either end, on its way and afterwards.",
    ),
    on_nsi(
        "paper/received",
        receive_paper,
        paper.ReceivePaper,
        "Record that the paper file was received",
        "By the PDU that receives: by whom, and what was missing, which is asked of the sender.",
    ),
]
