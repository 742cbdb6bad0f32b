"""Keeps a connection, once all of it fits: the area, the system and its profile, the code tables, the channel."""

from collections.abc import Callable
from datetime import datetime

from bedspace.store import Tx, queries
from schemas.acts import Done, Event
from schemas.connections import ConnectionDone, KeepConnection
from schemas.errors import Invalid

sql = queries(__file__)


class Keeper:
    """Closes over what only the wiring knows: `check` raises `Invalid` for what no adapter fits, and says the rest."""

    def __init__(self, check: Callable[[KeepConnection], KeepConnection]) -> None:
        self._check = check

    async def keep(self, tx: Tx, command: KeepConnection, now: datetime) -> Done[ConnectionDone]:
        """Raises `Invalid`. What came in before is not read again by it."""
        command = self._check(command)
        if command.trusted and (command.direction == "out" or command.channel in ("smtp", "imap")):
            raise Invalid.because(
                "trusted",
                "Mail does not say for certain who sent it. Only what comes by HTTP or from a folder is trusted.",
            )
        called = command.channel == "http" and command.direction == "in"
        if called != (command.account is not None):
            raise Invalid.because("account", "Who sends to us by HTTP has an account; by any other road there is none.")
        if not await sql.area_is_there(tx, code=command.area):
            raise Invalid.because("area", "There is no PDU, no area of 2003 and no region with this code.")
        facts = {name: getattr(command, name) for name in command.__struct_fields__}
        new: bool = await sql.keep(tx, now=now, **facts)
        await sql.forget_mapped(tx, code=command.code, codes=command.codes)
        event = Event("connection_kept", f"connection:{command.code}", body={"new": new})
        return Done(ConnectionDone(code=command.code, new=new), (event,))
