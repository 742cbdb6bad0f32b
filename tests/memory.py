"""A folder in memory for the database of a test run: a disk spends half of the run on making and deleting its files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED = Path("/dev/shm")  # noqa: S108  # Linux's folder in memory; the folder made in it is ours alone
PREFIX = "bedspace-tests-"
ROOM = 4_000_000_000
"""Bytes free, and of memory free, below which the disk is better."""


@contextmanager
def folder_in_memory(otherwise: Path) -> Iterator[Path]:
    """A new folder, gone at the end; `otherwise` where there is no room in memory."""
    if not _has_room():
        yield otherwise
        return
    _clear_up()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=SHARED))
    folder.chmod(0o711)  # as root the database runs as nobody
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    try:
        free = shutil.disk_usage(SHARED).free
        available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return False
    return os.access(SHARED, os.W_OK) and min(free, available) > ROOM


def _clear_up() -> None:
    """Of runs that were killed."""
    for left in SHARED.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        if not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
