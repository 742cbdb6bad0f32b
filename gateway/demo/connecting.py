"""Connections of the demo: the case system of Leeds, and the tracker that its region keeps."""

from gateway.access.act import act
from gateway.access.actors import GATEWAY, OPERATOR
from gateway.connections.health import note_health
from gateway.connections.keep import Keeper
from gateway.connections.pause import pause_connection
from gateway.wiring import Works, check_connection
from schemas.connections import KeepConnection, NoteHealth, PauseConnection

CONNECTIONS = (
    KeepConnection(
        code="leeds-crams",
        title="Transfers of Leeds, from its invented case system",
        area="N55LEE",
        system="areafile",
        profile="crams",
        channel="http",
        account="leeds-case-system",
        trusted=True,
    ),
    KeepConnection(
        code="yorkshire-tracker",
        title="Cases in flight of Yorkshire and the Humber, from its spreadsheet",
        area="N55",
        system="areafile",
        profile="tracker",
        channel="http",
        account="yorkshire-tracker",
        trusted=True,
    ),
)


async def keep_connections(works: Works) -> None:
    """One goes well, and one is paused until its columns are agreed."""
    for one in CONNECTIONS:
        await act(works.house, OPERATOR, Keeper(check_connection).keep, one)
    await act(works.house, GATEWAY, note_health, NoteHealth(code="leeds-crams"))
    why = "Its columns are agreed with the region first."
    await act(works.house, OPERATOR, pause_connection, PauseConnection(code="yorkshire-tracker", why=why))
