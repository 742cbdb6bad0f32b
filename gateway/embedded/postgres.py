"""PostgreSQL of our own: a cluster in a folder, on a unix socket, with a password nobody types."""

import contextlib
import logging
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGQUIT
from urllib.parse import quote

from gateway.embedded.account import Account, account_for
from gateway.embedded.binaries import copied_postgres, postgres_programs
from gateway.embedded.folder import make_sockets
from gateway.embedded.server import QUIET, Server
from schemas.errors import Conflict, Unavailable

log = logging.getLogger(__name__)

OWNER = DATABASE = "bedspace"
SOCKET = ".s.PGSQL.5432"
DOOR = "door"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # neither values nor statements may reach the log: they are about people
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
    "jit": "off",
}
IN_A_HURRY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    """The URLs are known as soon as it is prepared, before the server runs."""

    name = "postgres"
    ends = ((SIGINT, 5.0), (SIGQUIT, 2.0))

    def __init__(self, data: Path, *, fsync: bool = True) -> None:
        super().__init__(data)
        self.cluster = self.data / "postgres"
        self.settings = SETTINGS if fsync else {**SETTINGS, **IN_A_HURRY}
        self.account = Account()
        self.programs = self.sockets = Path()
        self.url = ""
        self.url_behind_door = ""
        """The same, but nobody answers there before `open_door`: for those who start before all is prepared."""

    def prepare(self) -> None:
        super().prepare()
        self.programs = postgres_programs()
        self.account, as_it_is = account_for(self.data, self.programs)
        if not as_it_is:
            self.programs = copied_postgres(self.data)
        if self.account.capability:
            log.info("%s is closed to the user nobody; the servers keep the one capability to pass", self.data)
        self.sockets = make_sockets(self.data, self.name, f"{DOOR}/{SOCKET}", self.account)
        (self.sockets / DOOR).unlink(missing_ok=True)
        self.url = f"postgresql://{OWNER}:{self._password()}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"
        self.url_behind_door = f"{self.url}/{DOOR}"

    def open_door(self) -> None:
        (self.sockets / DOOR).symlink_to(".")

    def start(self) -> None:
        """A new cluster is made first."""
        if not self.cluster.exists():
            self._make_cluster()
        self._drop_stale_pid()
        given = [f"--{name}={value}" for name, value in self.settings.items()]
        sockets = f'--unix_socket_directories="{self.sockets}"'
        self.spawn(self.account, self.programs / "postgres", "-D", self.cluster, sockets, *given)

    def ready(self) -> bool:
        with contextlib.suppress(OSError, IndexError):
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return self.process is not None and int(lines[0]) == self.process.pid and lines[7].strip() == "ready"
        return False

    def close(self) -> None:
        super().close()
        if self.sockets not in (Path(), self.data / "sockets"):
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _password(self) -> str:
        path = self.data / "postgres.password"
        if not path.exists():
            if self.cluster.exists():
                raise Unavailable(f"{path} is missing, and the database does not open without it. Put it back.")
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(24))
        return path.read_text()

    def _make_cluster(self) -> None:
        """Built aside and renamed, so that an interrupted start leaves no half of one."""
        fresh = self.data / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.data / "postgres.initial"
        password.unlink(missing_ok=True)
        password.touch(0o600)
        password.write_text(self._password())
        fresh.mkdir(mode=0o700)
        for path in (fresh, password):
            self.account.own(path)
        try:
            self._run("initdb", "-D", str(fresh), "-U", OWNER, f"--pwfile={password}", *INITDB)
            self._run("postgres", "--single", "-D", str(fresh), "template1", said=f"create database {DATABASE};\n")
        finally:
            password.unlink()
        fresh.rename(self.cluster)

    def _run(self, program: str, *arguments: str, said: str = "") -> None:
        done = subprocess.run(  # noqa: S603  # a program of our own wheels
            self.account.command(self.programs / program, *arguments),
            input=said,
            capture_output=True,
            text=True,
            env=QUIET,
            cwd="/",
            check=False,
        )
        if done.returncode != 0:
            raise Unavailable(f"The database could not be made in {self.data}: {(done.stderr or done.stdout).strip()}")

    def _drop_stale_pid(self) -> None:
        """PostgreSQL refuses when the process it last was is there: a zombie, or another that has its number now."""
        path = self.cluster / "postmaster.pid"
        try:
            pid = int(path.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if _serves(pid, self.cluster):
            raise Conflict(f"A PostgreSQL that is not ours (process {pid}) runs in {self.cluster}. Stop it first.")
        if Path(f"/proc/{pid}").exists():
            path.unlink(missing_ok=True)


INITDB = (
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    "--set=scram_iterations=1",  # the password is random: stretching it would only slow every connection
)


def _serves(pid: int, cluster: Path) -> bool:
    """Whether this process is a PostgreSQL on `cluster`; a zombie, whose arguments are gone, is not."""
    try:
        return os.fsencode(cluster) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


@contextmanager
def embedded_postgres(folder: Path, *, fsync: bool = True) -> Iterator[str]:
    """A running server in `folder`; yields the URL of its database `bedspace`, as the owner, who may make others.

    Call it from the main thread. `fsync=False` is for data that may be lost, such as a test's.
    Raises `Conflict` when another holds the folder, `Unavailable` when the server does not start.
    """
    with Postgres(folder, fsync=fsync) as server:
        server.start()
        server.wait_ready()
        yield server.url
