"""Paper files of the demo: some on their way, and one that came incomplete."""

from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.transfers.paper import dispatch_paper, receive_paper
from gateway.transfers.read import list_nsis
from gateway.wiring import Works
from schemas.nsis import ListNsis
from schemas.paper import DispatchPaper, ReceivePaper

EVERY = 2


async def send_papers(works: Works) -> None:
    """Of every second case transfer in flight a file was sent; the first of them was received, and lacked something."""
    found = (await act(works.house, OPERATOR, list_nsis, ListNsis(limit=200))).items
    running = [row for row in found if row.status in ("received", "allocated", "in_progress")]
    sent = [row for row in running if row.type == "case_transfer"][::EVERY]
    for number, row in enumerate(sent):
        by = DispatchPaper(
            id=row.id,
            carrier="Internal courier",
            reference=f"IC-{1000 + number}",
            from_place=row.sending_pdu_name and f"{row.sending_pdu_name} office",
            to_place=f"{row.receiving_pdu_name} office",
        )
        await act(works.house, OPERATOR, dispatch_paper, by)
    for row in sent[:1]:
        came = ReceivePaper(id=row.id, received_by="Casey Invented", missing=["contact_log"])
        await act(works.house, OPERATOR, receive_paper, came)
