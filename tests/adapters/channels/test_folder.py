"""A folder: whole files only, the oldest first, and nothing is ever deleted."""

import os
from pathlib import Path

import pytest

from adapters.channels import folder
from adapters.channels.folder import FolderIn, FolderOut, FolderSettings
from adapters.contract import Arrived, Parcel
from schemas.errors import Refused, Unavailable

NOW = 1_800_000_000.0
PARCEL = Parcel(id="evt-1", content_type="text/csv", raw=b"a,b\n1,2\n", filename="moves.csv", reference="NSI-000001")


def inlet(path: Path, still_for: float = 5.0) -> FolderIn:
    return FolderIn(settings=FolderSettings(path=str(path), still_for=still_for), clock=lambda: NOW)


def lay(path: Path, raw: bytes = b"Invented\n", age: float = 60.0) -> Path:
    path.write_bytes(raw)
    os.utime(path, (NOW - age, NOW - age))
    return path


async def look(one: FolderIn, *, store: bool = True) -> list[Arrived]:
    found = []
    async for arrived in one.look():
        found.append(arrived)
        if store:
            await one.acknowledge(arrived)
    return found


async def test_files_are_taken_oldest_first_and_move_away_when_they_are_stored(tmp_path: Path) -> None:
    lay(tmp_path / "new.csv", b"2", age=10)
    lay(tmp_path / "old.eml", b"1", age=100)
    found = await look(inlet(tmp_path))
    assert [(one.filename, one.content_type, one.raw) for one in found] == [
        ("old.eml", "message/rfc822", b"1"),
        ("new.csv", "text/csv", b"2"),
    ]
    assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == ["new.csv", "old.eml"]
    assert await look(inlet(tmp_path)) == []


async def test_a_half_written_file_is_left_until_it_is_still(tmp_path: Path) -> None:
    lay(tmp_path / "moves.csv", age=1)
    for name in ("moves.csv.part", ".moves.csv", "~moves.xlsx", "moves.tmp", "moves.csv~"):
        lay(tmp_path / name)
    assert await look(inlet(tmp_path)) == []
    lay(tmp_path / "moves.csv", b"whole now", age=6)
    assert [one.raw for one in await look(inlet(tmp_path))] == [b"whole now"]


async def test_a_file_that_changes_after_it_was_read_stays_and_is_found_again(tmp_path: Path) -> None:
    path = lay(tmp_path / "moves.csv", b"first")
    one = inlet(tmp_path)
    (first,) = await look(one, store=False)
    lay(path, b"first and second")
    await one.acknowledge(first)
    (second,) = await look(one)
    assert (second.raw, second.source_key != first.source_key) == (b"first and second", True)


async def test_what_is_not_stored_is_found_again_under_the_same_key(tmp_path: Path) -> None:
    lay(tmp_path / "moves.csv")
    one = inlet(tmp_path)
    keys = {arrived.source_key for _ in range(3) for arrived in await look(one, store=False)}
    assert len(keys) == 1


async def test_a_second_file_of_a_name_is_kept_beside_the_first_and_an_acknowledgement_twice_is_harmless(
    tmp_path: Path,
) -> None:
    one = inlet(tmp_path)
    for raw in (b"monday", b"tuesday"):
        lay(tmp_path / "moves.csv", raw)
        (arrived,) = await look(one)
        await one.acknowledge(arrived)
    assert {path.name: path.read_bytes() for path in (tmp_path / "taken").iterdir()} == {
        "moves.csv": b"monday",
        "moves-1.csv": b"tuesday",
    }


async def test_empty_and_too_large_files_go_aside_with_a_note_that_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_BYTES", 10)
    lay(tmp_path / "empty.csv", b"")
    lay(tmp_path / "large.csv", b"x" * 11)
    assert await look(inlet(tmp_path)) == []
    aside = {path.name: path.read_text() for path in (tmp_path / "refused").glob("*.txt")}
    assert set(aside) == {"empty.csv.why.txt", "large.csv.why.txt"}
    assert "empty" in aside["empty.csv.why.txt"]


async def test_links_and_folders_are_not_followed(tmp_path: Path) -> None:
    outside = lay(tmp_path.parent / f"{tmp_path.name}-secret", b"secret")
    (tmp_path / "passwd.csv").symlink_to(outside)
    (tmp_path / "folder.csv").mkdir()
    assert await look(inlet(tmp_path)) == []


async def test_a_folder_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be read"):
        await look(inlet(tmp_path / "mounted-later"))
    with pytest.raises(Unavailable, match="cannot be written"):
        await FolderOut(settings=FolderSettings(path=str(tmp_path / "mounted-later"))).hand_over(PARCEL)


async def test_a_file_goes_out_whole_and_once_and_never_over_another(tmp_path: Path) -> None:
    out = FolderOut(settings=FolderSettings(path=str(tmp_path)))
    first, again = await out.hand_over(PARCEL), await out.hand_over(PARCEL)
    assert first == again
    assert sorted(os.scandir(tmp_path), key=str)[0].name == first.reference
    assert len(list(os.scandir(tmp_path))) == 1
    assert (tmp_path / first.reference).read_bytes() == PARCEL.raw
    (tmp_path / first.reference).write_bytes(b"theirs")
    with pytest.raises(Refused, match="Another file"):
        await out.hand_over(PARCEL)
    assert (tmp_path / first.reference).read_bytes() == b"theirs"
