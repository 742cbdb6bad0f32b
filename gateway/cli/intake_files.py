"""The files that `bedspace intake` is given: one, a folder, or a pattern."""

import glob
import mimetypes
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

EMAIL = "message/rfc822"
KINDS = {
    ".eml": EMAIL,
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By ending, whatever this machine calls them."""
ENDINGS = (".eml",)
"""Of the files that are taken from a folder."""


class Handed(Struct, frozen=True, kw_only=True):
    """A file, and its bytes or the reason why there are none."""

    file: str
    content_type: str
    raw: bytes | None = None
    reason: str | None = None


def handed(names: Sequence[str], content_type: str | None) -> list[Handed]:
    return [_open(path, content_type) for name in names for path in _paths(name)]


def _paths(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS)
        yield from inside or [path]
    elif not path.exists() and glob.has_magic(name):
        yield from map(Path, sorted(glob.glob(name, recursive=True)) or [name])  # noqa: PTH207  # a pattern may be absolute
    else:
        yield path


def _open(path: Path, content_type: str | None) -> Handed:
    kind = content_type or KINDS.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or EMAIL
    if path.is_dir():
        return Handed(file=str(path), content_type=kind, reason=f"There is no e-mail ({', '.join(ENDINGS)}) in it.")
    try:
        return Handed(file=str(path), content_type=kind, raw=path.read_bytes())
    except OSError as error:
        return Handed(file=str(path), content_type=kind, reason=f"{error.strerror or 'It cannot be opened'}.")
