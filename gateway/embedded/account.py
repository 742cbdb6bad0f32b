"""Who the servers run as: ourselves, or as root the user `nobody`, because PostgreSQL refuses to be root."""

import os
import pwd
import signal
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from schemas.errors import Unavailable

STEP_DOWN = [sys.executable, "-I", "-S", str(Path(__file__).with_name("step_down.py"))]
CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE = 2, 1


class Account(Struct, frozen=True):
    """A user to run as. -1: nobody to change to, we are an ordinary user."""

    uid: int = -1
    gid: int = -1
    capability: int = 0
    """Number of the one capability kept, so as to pass through folders closed to the user; 0: none."""

    def command(self, *command: str | Path, at_death_of_parent: signal.Signals = signal.SIGTERM) -> list[str]:
        """`command` as this user. Start it from the main thread: the signal comes when the starting thread ends."""
        numbers = (os.getpid(), int(at_death_of_parent), self.uid, self.gid, self.capability)
        return [*STEP_DOWN, "run", *map(str, numbers), *map(str, command)]

    def own(self, path: Path) -> None:
        if self.uid >= 0:
            os.chown(path, self.uid, self.gid)

    def reaches(self, *folders: Path) -> list[bool]:
        numbers = (str(self.uid), str(self.gid), str(self.capability))
        done = subprocess.run(  # noqa: S603  # our own script
            [*STEP_DOWN, "reach", *numbers, *map(str, folders)], capture_output=True, text=True, check=False
        )
        return [mark == "1" for mark in done.stdout.ljust(len(folders), "0")]


def account_for(data: Path, program: Path) -> tuple[Account, bool]:
    """Who serves from `data`, and whether that user can enter `program`, the folder of the binaries, where it is.

    No folder of anybody's is opened: where `data` lies below a closed folder, the server keeps the one capability
    that lets it pass. Raises `Unavailable` when root has none to give.
    """
    if os.geteuid() != 0:
        return Account(), True
    nobody = pwd.getpwnam("nobody")
    plain = Account(nobody.pw_uid, nobody.pw_gid)
    data_open, program_open = plain.reaches(data, program)
    if data_open:
        return plain, program_open
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        account = Account(nobody.pw_uid, nobody.pw_gid, capability)
        if all(account.reaches(data, program)):
            return account, True
    raise Unavailable(
        f"As root the database runs as the user nobody, who cannot enter {data}. "
        "Set DATA to a folder that every user may pass through, or start as an ordinary user."
    )
