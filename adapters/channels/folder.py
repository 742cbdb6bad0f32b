"""Files in a folder that both sides can reach.

In: whatever stands in the folder and has stopped growing. A file that is stored moves to `taken/`; one that cannot be
taken moves to `refused/`, with a note beside it that says why. Nothing is ever deleted.

Out: a file is written under another name and renamed when it is whole, so that nobody reads half of one. Handed over
again, it is the same file.
"""

import asyncio
import hashlib
import mimetypes
import os
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from adapters.contract import Arrived, Channel, Parcel, Receipt
from schemas.errors import Refused, Unavailable

TAKEN, REFUSED = "taken", "refused"
MOST_BYTES = 25 * 1024 * 1024
KINDS = {
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".csv": "text/csv",
    ".json": "application/json",
}
"""Where the machine's own table would differ from place to place."""
UNFINISHED = re.compile(r"^[.~]|\.(part|tmp|crdownload|filepart)$|~$", re.IGNORECASE)
"""Names that programs give to files that they are still writing."""


class FolderSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where, and when a file counts as whole."""

    path: Annotated[str, Meta(min_length=1)]
    """Absolute. It must exist, so that a disk that is not mounted is not taken for an empty one."""
    still_for: Annotated[float, Meta(ge=0, le=3600)] = 5.0
    """Seconds without a change."""


class FolderIn(Struct, frozen=True, kw_only=True):
    """A folder that is looked at again and again."""

    settings: FolderSettings
    clock: Callable[[], float] = time.time

    async def look(self) -> AsyncIterator[Arrived]:
        """What is whole, the oldest first. Raises `Unavailable` when the folder is not there."""
        for path in await asyncio.to_thread(self._whole):
            arrived = await asyncio.to_thread(self._open, path)
            if arrived is not None:
                yield arrived

    async def acknowledge(self, arrived: Arrived) -> None:
        """Moves the file to `taken/`. One that was changed since it was read stays, and is found again."""
        await asyncio.to_thread(self._acknowledge, arrived)

    async def close(self) -> None:
        """It keeps nothing open."""

    @property
    def _folder(self) -> Path:
        return Path(self.settings.path)

    def _whole(self) -> list[Path]:
        now = self.clock()
        try:
            entries = list(os.scandir(self._folder))
        except OSError as error:
            raise Unavailable(f"The folder cannot be read ({type(error).__name__}).") from error
        found = []
        for entry in entries:
            with suppress(FileNotFoundError):  # somebody else has just taken it
                if UNFINISHED.search(entry.name) or not entry.is_file(follow_symlinks=False):
                    continue
                facts = entry.stat(follow_symlinks=False)
                if now - facts.st_mtime >= self.settings.still_for:
                    found.append((facts.st_mtime, entry.name))
        return [self._folder / name for _, name in sorted(found)]

    def _open(self, path: Path) -> Arrived | None:
        try:
            before = path.stat()
            if before.st_size > MOST_BYTES:
                self._refuse(path, f"A file has at most {MOST_BYTES // 1024**2} MB. Import it with `bedspace intake`.")
                return None
            raw = path.read_bytes()
            after = path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"A file of the folder cannot be read ({type(error).__name__}).") from error
        if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or len(raw) != after.st_size:
            return None  # it is written after all: the next look finds it
        if not raw:
            self._refuse(path, "It is empty. Put the file here again.")
            return None
        return Arrived(
            raw=raw,
            content_type=kind_of(path.name),
            source_key=_key(path.name, raw),
            filename=path.name,
            handle=path.name,
        )

    def _acknowledge(self, arrived: Arrived) -> None:
        path = self._folder / Path(arrived.handle).name
        try:
            if _key(path.name, path.read_bytes()) == arrived.source_key:
                self._move(path, TAKEN)
        except FileNotFoundError:
            return
        except OSError as error:
            raise Unavailable(f"A file cannot be moved ({type(error).__name__}).") from error

    def _refuse(self, path: Path, why: str) -> None:
        moved = self._move(path, REFUSED)
        moved.with_name(f"{moved.name}.why.txt").write_text(f"{why}\n")

    def _move(self, path: Path, where: str) -> Path:
        """Never over another file: a second one of a name gets a number."""
        (self._folder / where).mkdir(exist_ok=True)
        for n in range(10_000):
            target = self._folder / where / (f"{path.stem}-{n}{path.suffix}" if n else path.name)
            try:
                os.link(path, target, follow_symlinks=False)
            except FileExistsError:
                continue
            path.unlink()
            return target
        raise Unavailable(f"There are too many files of one name in `{where}`. Clear it out.")


class FolderOut(Struct, frozen=True, kw_only=True):
    """A folder that the far side empties."""

    settings: FolderSettings

    async def hand_over(self, parcel: Parcel) -> Receipt:
        """Raises `Unavailable` when it cannot be written, `Refused` when another file has that name."""
        return await asyncio.to_thread(self._write, parcel)

    def _write(self, parcel: Parcel) -> Receipt:
        name = Path(f"{parcel.id}-{parcel.filename}").name
        target, half = Path(self.settings.path) / name, Path(self.settings.path) / f".{name}.part"
        try:
            if target.exists():
                if target.read_bytes() != parcel.raw:
                    raise Refused("Another file of this name stands in the folder.")
                return Receipt(reference=name)
            with half.open("wb") as file:
                file.write(parcel.raw)
                file.flush()
                os.fsync(file.fileno())
            half.rename(target)
        except OSError as error:
            raise Unavailable(f"The folder cannot be written to ({type(error).__name__}).") from error
        return Receipt(reference=name)


def kind_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _key(name: str, raw: bytes) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + raw).hexdigest()


CHANNEL = Channel(
    name="folder",
    describes="Files in a folder that both sides can reach.",
    settings=FolderSettings,
    inlet=lambda settings: FolderIn(settings=settings),
    outlet=lambda settings: FolderOut(settings=settings),
)
