"""An owner in a process of its own, to be killed: `python -m tests.embedded.owner postgres|valkey FOLDER`."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

TOP = Path(__file__).parents[2]


@contextmanager
def owner(kind: str, folder: Path, *, wrapped: Sequence[str] = ()) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The URL once the server runs, and the process that owns it, which is killed with -9 at the end."""
    process = subprocess.Popen(
        [*wrapped, sys.executable, "-m", "tests.embedded.owner", kind, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=TOP,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            url = process.stdout.readline().strip()
            assert url, process.stderr.read()
            yield url, process
        finally:
            process.send_signal(SIGKILL)


def wait_until(condition: Callable[[], bool], why: str, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s: {why}"
        time.sleep(0.02)


def processes_of(folder: Path) -> dict[int, str]:
    """Every living process with this folder in its arguments or as its `DATA`, but this one: pid → arguments."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            said = (entry / "cmdline").read_bytes()
            given = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if os.fsencode(folder) in said or (said and os.fsencode(f"DATA={folder}") in given):
            found[int(entry.name)] = said.replace(b"\0", b" ").decode()
    return found


if __name__ == "__main__":
    from gateway.embedded.postgres import embedded_postgres
    from gateway.embedded.valkey import embedded_valkey

    opened = embedded_postgres if sys.argv[1] == "postgres" else embedded_valkey
    with opened(Path(sys.argv[2])) as found:
        print(found, flush=True)  # noqa: T201  # what the test waits for
        time.sleep(600)
