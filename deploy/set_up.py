"""Set up `.venv`: what `make run` and `make test` do first. Standard library only; repeats nothing that is done.

    set_up.py [run|dev|bench]

Interrupt it at any time: what was left half done is done again. Keep to what Python 3.8 can read, so that an old
one can say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, NoReturn  # noqa: UP035  # an old Python must get as far as saying that it is old

NEEDS = (3, 11)
TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {
    "run": ["requirements.lock"],
    "dev": ["requirements.lock", "requirements-dev.lock"],
    "bench": ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"],
}
COMPILE = (
    "from pathlib import Path; from bedspace.geography.postcodes import open_postcodes; "
    "open_postcodes(Path('.bedspace'))"
)
WARM = (
    "import gateway.cli.up, gateway.cli.web, gateway.cli.worker, gateway.demo.build, granian.server, uvloop; "
    "from gateway.app import create_app; create_app()"
)
OURS = ("gateway", "bedspace", "adapters", "schemas")


def main(kind: str) -> None:
    if sys.version_info < NEEDS:
        stop(
            f"Bedspace needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try `make PYTHON=python3.12 run`."
        )
    os.chdir(TOP)
    make_venv()
    once("uv", "requirements-bootstrap.lock", install_uv)
    for lock in LOCKS[kind]:
        once(lock, lock, lambda lock=lock: install("--require-hashes", "-r", lock))  # type: ignore[misc]  # a lambda's default has no type
    once("project", "pyproject.toml", lambda: install("--no-deps", "--no-build-isolation", "-e", "."))
    once("warm", "requirements.lock", warm)
    if kind == "dev":
        find_chromium()


def say(words: str) -> None:
    sys.stderr.write(f"set-up: {words}\n")


def stop(words: str) -> NoReturn:
    sys.exit(f"set-up: {words}")


def run(*command: Any, **options: Any) -> None:
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, **options)  # noqa: S603  # our own words


def once(name: str, source: str, do: Callable[[], None]) -> None:
    """`do`, unless it was done for what `source` holds now, in this very environment."""
    done = VENV / f".{name}.done"
    digest = hashlib.sha256(Path(source).read_bytes()).hexdigest()
    if done.exists() and done.read_text() == digest:
        return
    do()
    fresh = done.with_suffix(".new")
    fresh.write_text(digest)
    fresh.replace(done)


def make_venv() -> None:
    """Made again when its Python has gone, or is another one than ours."""
    done = VENV / ".python.done"
    ours = f"{sys.version} {sys.base_prefix}"
    base = getattr(sys, "_base_executable", sys.executable)  # ours may be the very one that goes
    if done.exists() and done.read_text() == ours and PYTHON.exists():
        return
    pip_wheel()
    say(f"a virtual environment with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    run(base, "-m", "venv", "--without-pip", VENV)
    done.write_text(ours)


def pip_wheel(*, again: bool = False) -> Path:
    """The pip that comes with Python, run as it lies in its wheel: much quicker than installing it."""
    library = Path(os.__file__).parent
    for folder in (library / "ensurepip" / "_bundled", Path("/usr/share/python-wheels")):
        for wheel in sorted(folder.glob("pip-*.whl")):
            return wheel
    if again:
        stop("There is still no pip for this Python. Try another one: `make PYTHON=… run`.")
    apt_install("python3-venv", "This Python comes without pip")
    return pip_wheel(again=True)


def apt_install(package: str, why: str) -> None:
    """As root on Debian, installs; else says what to ask for."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"{why}. Install the package {package} (Debian: `apt-get install {package}`), then try again.")
    say(f"{why}: installing {package}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", "--no-install-recommends", package)):
        run("apt-get", "-q", *command, env=quiet, stdout=subprocess.DEVNULL)


def install_uv() -> None:
    say("the installer")
    pip = pip_wheel() / "pip"
    run(
        PYTHON,
        pip,
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        "requirements-bootstrap.lock",
    )


def install(*what: str) -> None:
    """One that was interrupted is done again from scratch, for its packages may be half there."""
    say(f"installing {what[-1]}")
    unfinished = VENV / ".unfinished"
    again = ["--reinstall"] if unfinished.exists() else []
    unfinished.touch()
    run(VENV / "bin" / "uv", "pip", "install", "-q", "--python", PYTHON, *again, *what)
    unfinished.unlink()


def warm() -> None:
    """Compile the postcodes, and the byte code of what a start imports, side by side: the first start need not.

    Byte code is written also where `PYTHONDONTWRITEBYTECODE` is set: without it every start takes twice as long.
    """
    say("compiling the postcodes and the byte code")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    imports = subprocess.Popen([PYTHON, "-c", WARM], stdin=subprocess.DEVNULL, env=environment)  # noqa: S603  # our own words
    run(PYTHON, "-c", COMPILE)
    run(PYTHON, "-m", "compileall", "-q", *OURS)
    imports.wait()  # one that fails is only slower later, and then says why


def find_chromium() -> None:
    """Root gets it for the browser tests. Without it they are skipped, with the reason; in CI they fail."""
    if os.geteuid() == 0 and not shutil.which("chromium") and shutil.which("apt-get"):
        apt_install("chromium", "The browser tests need Chromium")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except subprocess.CalledProcessError as error:
        stop(f"`{' '.join(error.cmd)}` failed (exit {error.returncode}); the lines above say why.")
    except KeyboardInterrupt:
        stop("Interrupted. Start again: it goes on where it was.")
