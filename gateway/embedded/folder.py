"""The folder of a server: held by one owner at a time, with a place for sockets whose path is short enough."""

import fcntl
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from gateway.embedded.account import Account
from schemas.errors import Conflict, Invalid

LONGEST_SOCKET_PATH = 107
"""Bytes; the kernel's limit."""


def hold(lock: Path, *, refusal: str, patience: float = 0) -> int:
    """Take the lock and answer its descriptor: held until every process that has it is gone. Raises `Conflict`."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(descriptor)
                raise Conflict(refusal) from None
            time.sleep(0.05)
        else:
            return descriptor


def is_held(lock: Path) -> bool:
    """Whether somebody has it. A look is so short that `hold` with a little patience does not notice."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def make_data(data: Path) -> Path:
    """The folder, made when missing so that other users may pass through but not look in. Answers its absolute path.

    Raises `Invalid` when it cannot be written.
    """
    data = data.absolute()
    try:
        if not data.is_dir():
            data.mkdir(parents=True)
            data.chmod(0o711)
        tempfile.TemporaryFile(dir=data).close()
    except OSError as error:
        raise Invalid.because(
            "DATA", f"{data} cannot be written ({error.strerror}). Set DATA to another folder."
        ) from error
    return data


def make_sockets(data: Path, name: str, socket: str, account: Account) -> Path:
    """A private folder for `socket`: in `data`, or where that path is too long for one, a short one elsewhere.

    Where the short one is stands in `data`, so that the next start removes what a kill left behind.
    """
    note = data / f"{name}.elsewhere"
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()
    folder = data / "sockets"
    if fits(folder / socket):
        folder.mkdir(mode=0o700, exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix="bedspace-", dir=_short()))
        note.write_text(str(folder))
    account.own(folder)
    return folder


def fits(path: Path) -> bool:
    """Short enough for a socket, and without a character that has a meaning in a database URL."""
    return (
        len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w./+ -]+", str(path), re.ASCII) is not None
    )


def _short() -> str:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    own = os.geteuid() != 0 and given and Path(given).is_dir() and os.access(given, os.W_OK) and len(given) < 60
    return given if own else "/tmp"  # noqa: S108  # mkdtemp makes a private folder of its own in it
