"""Connections as tests make them, and who keeps and uses them."""

from typing import Any

from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.connections.keep import Keeper
from gateway.connections.read import read_connection
from gateway.wiring import check_connection
from schemas.connections import Connection, ConnectionDone, KeepConnection, ReadConnection

OFFICER = Actor(id="officer-1", name="Lou Example-Officer", role="connection_officer")
SYSTEM = Actor(id="york-crams", name="CRAMS of York", role="area_system", pdus=("N55YRK",))
LEEDS_SYSTEM = Actor(id="leeds-crams", name="CRAMS of Leeds", role="area_system", pdus=("N55LEE",))
CRAMS: dict[str, Any] = {
    "code": "york-crams",
    "title": "Transfers of York, from CRAMS",
    "area": "N55YRK",
    "system": "areafile",
    "profile": "crams",
    "channel": "http",
    "account": "york-crams",
    "trusted": True,
}


async def keep(house: House, **more: Any) -> ConnectionDone:
    return await act(house, OFFICER, Keeper(check_connection).keep, KeepConnection(**(CRAMS | more)))


async def shown(house: House, code: str = "york-crams") -> Connection:
    return await act(house, OFFICER, read_connection, ReadConnection(code=code))
