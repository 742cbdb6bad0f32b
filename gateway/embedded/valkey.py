"""Valkey of our own, on a unix socket: it wakes the relay, and may vanish at any moment."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGTERM
from urllib.parse import quote

from gateway.embedded.account import Account, account_for
from gateway.embedded.binaries import copied_valkey, valkey_programs
from gateway.embedded.folder import make_sockets
from gateway.embedded.server import Server

SOCKET = "valkey.sock"


class Valkey(Server):
    name = "valkey"
    ends = ((SIGTERM, 3.0),)

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.account = Account()
        self.programs = self.sockets = Path()
        self.url = ""

    def prepare(self) -> None:
        super().prepare()
        self.programs = valkey_programs()
        self.account, as_it_is = account_for(self.data, self.programs)
        if not as_it_is:
            self.programs = copied_valkey(self.data)
        self.sockets = make_sockets(self.data, self.name, SOCKET, self.account)
        self.url = f"unix://{quote(str(self.sockets / SOCKET), safe='/')}"

    def start(self) -> None:
        folder = self.data / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.account.own(folder)
        (self.sockets / SOCKET).unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.sockets / SOCKET),
            "unixsocketperm": "700",
            "dir": str(folder),
            "save": "",
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        given = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self.spawn(self.account, self.programs / "valkey-server", *given)

    def ready(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.sockets / SOCKET))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def close(self) -> None:
        super().close()
        if self.sockets not in (Path(), self.data / "sockets"):
            shutil.rmtree(self.sockets, ignore_errors=True)


@contextmanager
def embedded_valkey(folder: Path) -> Iterator[str]:
    """A running server in `folder`; yields its `unix://` URL. Call it from the main thread."""
    with Valkey(folder) as server:
        server.start()
        server.wait_ready()
        yield server.url
