"""What is served while it is measured: our application with one more door, and its rival.

`python -m tests.bench.served ours|rival PORT`; `DATABASE_URL` and `DATA` as ever.
"""

import sys
from typing import Any

from granian.constants import Interfaces, Loops, RuntimeModes
from granian.log import LogLevels
from granian.server import Server


def ours(_target: str) -> Any:
    """The application as it is, and beside the search a look-up by primary key, behind the same authentication."""
    from gateway.api.doors import doors  # noqa: PLC0415  # imported by the worker alone
    from gateway.cli.web import load_app  # noqa: PLC0415  # as above
    from tests.bench.look_up import look_up  # noqa: PLC0415  # as above

    doors.append(look_up)
    return load_app("")


def rival(_target: str) -> Any:
    from tests.bench.rival import app  # noqa: PLC0415  # as above

    return app


def serve(which: str, port: int) -> None:
    """Both on the same server, with one worker and the same loop."""
    server = Server(
        which,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        runtime_mode=RuntimeModes.st,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    )
    server.serve(target_loader={"ours": ours, "rival": rival}[which])


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
