"""A system that breaks a promise fails the suite: one bad system for each promise, beside a good one that passes."""

import io
import itertools
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pytest
from msgspec.structs import replace

from adapters.contract import Record, System
from adapters.profile import Profile
from schemas.drafts import Draft, DraftContact, DraftNsi, Found, Reading, RefusedRow, Unmapped
from schemas.errors import Refused, Unreadable
from tests.contract import suite
from tests.contract.suite import EXPECTED, SystemContract

Read = Callable[[bytes, Profile], Reading]
Write = Callable[[Draft, Profile], bytes]
Stream = Callable[[BinaryIO, Profile], Iterator[Record]]


def found(crn: str) -> Found[str]:
    return Found(value=crn, text=crn, source="line 1", confidence=1.0)


def good(raw: bytes, profile: Profile) -> Reading:  # as every system's
    """Reads lines of `CRN X123456` and nothing else."""
    lines = raw.split(b"\n")
    if any(not line.startswith(b"CRN ") or not line[4:].isalnum() or len(line) > 20 for line in lines):
        raise Unreadable("This is not a CRN. Send a line that begins with CRN and the number.")
    return Reading(drafts=[DraftNsi(crn=found(line[4:].decode("ascii", "replace"))) for line in lines])


def good_write(draft: Draft, profile: Profile) -> bytes:  # as every system's
    if not isinstance(draft, DraftNsi) or draft.crn is None:
        raise Refused("Only an NSI with a CRN can be written.")
    return f"CRN {draft.crn.value}".encode()


def good_stream(file: BinaryIO, profile: Profile) -> Iterator[Record]:
    for line in file:
        yield from good(line.rstrip(b"\n"), profile).drafts


class Lines(io.RawIOBase):
    """So many lines, made as they are read."""

    def __init__(self, records: int) -> None:
        self._lines = (b"CRN X%06d\n" % n for n in range(records))

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self._lines, b"")


def raises_another_error(raw: bytes, profile: Profile) -> Reading:
    return good(bytes([raw[0]]) + raw[1:], profile)


def reads_nonsense(raw: bytes, profile: Profile) -> Reading:
    return good(raw, profile) if raw.startswith(b"CRN ") else Reading()


def says_nothing(raw: bytes, profile: Profile) -> Reading:
    try:
        return good(raw, profile)
    except Unreadable:
        raise Unreadable("no") from None


def takes_any_json(raw: bytes, profile: Profile) -> Reading:
    return Reading() if raw.startswith(b"{") else good(raw, profile)


_count = itertools.count()


def reads_otherwise_each_time(raw: bytes, profile: Profile) -> Reading:
    return replace(good(raw, profile), subject=str(next(_count)))


def _with(crn: Found[str], raw: bytes, profile: Profile) -> Reading:
    good(raw, profile)
    return Reading(drafts=[DraftNsi(crn=crn)])


forgets_its_evidence = partial(_with, replace(found("X1"), text=" "))
forgets_its_source = partial(_with, replace(found("X1"), source=""))
is_too_sure = partial(_with, replace(found("X1"), confidence=1.5))


def returns_the_wrong_shape(raw: bytes, profile: Profile) -> Reading:
    return replace(good(raw, profile), subject=123)


def has_a_time_without_a_zone(raw: bytes, profile: Profile) -> Reading:
    good(raw, profile)
    at = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001  # the fault that the suite is to find
    return Reading(drafts=[DraftContact(at=Found(value=at, text="9:00", source="line 1", confidence=1.0))])


def has_a_day_with_an_hour(raw: bytes, profile: Profile) -> Reading:
    good(raw, profile)
    day: date = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    return Reading(drafts=[DraftNsi(move_on=Found(value=day, text="22/11", source="line 1", confidence=1.0))])


def refuses_a_row_without_saying_which(raw: bytes, profile: Profile) -> Reading:
    return replace(good(raw, profile), refused=[RefusedRow(line=0, column="CRN", why="This is no CRN at all.")])


def maps_no_field(raw: bytes, profile: Profile) -> Reading:
    return replace(good(raw, profile), unmapped=[Unmapped(field="colour", code="X")])


def logs_what_it_reads(raw: bytes, profile: Profile) -> Reading:
    logging.getLogger("bad").info("read %s", raw)
    return good(raw, profile)


def prints_what_it_reads(raw: bytes, profile: Profile) -> Reading:
    print(raw)  # noqa: T201  # the fault that the suite is to find
    return good(raw, profile)


def tells_what_it_cannot_read(raw: bytes, profile: Profile) -> Reading:
    if len(raw) < 11:
        raise Unreadable(f"{raw!r} and O123456 make no CRN. Send all of it.")
    return good(raw, profile)


def dies_of_strange_bytes(raw: bytes, profile: Profile) -> Reading:
    raw.decode("utf-8")
    return good(raw, profile)


def unpacks_a_bomb(raw: bytes, profile: Profile) -> Reading:
    if raw == b"bomb":
        bytearray(500_000_000)
    return good(raw, profile)


def writes_something_else(draft: Draft, profile: Profile) -> bytes:
    return good_write(draft, profile)[:-1] + b"9"


def writes_otherwise_each_time(draft: Draft, profile: Profile) -> bytes:
    return good_write(draft, profile) if next(_count) % 2 else good_write(draft, profile) + b"\nCRN X9"


def writes_nothing(draft: Draft, profile: Profile) -> bytes:  # as every system's
    raise Refused("It writes nothing of this kind.")


def holds_the_whole_file(file: BinaryIO, profile: Profile) -> Iterator[Record]:
    yield from list(good_stream(file, profile))


def loses_a_record(file: BinaryIO, profile: Profile) -> Iterator[Record]:
    yield from itertools.islice(good_stream(file, profile), 1, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("Lines of CRN and the number. " * 20)
    for name in ("one", "two", "three"):
        raw = f"CRN {name[0].upper()}123456".encode()
        (tmp_path / f"{name}.txt").write_bytes(raw)
        read = good(raw, Profile(title="x", layout="ours", source="x"))
        (tmp_path / f"{name}{EXPECTED}").write_bytes(msgspec.json.encode(read))
    return tmp_path


def contract(
    folder: Path,
    read: Read = good,
    write: Write | None = good_write,
    stream: Stream | None = good_stream,
    hostile: tuple[bytes, ...] = (),
) -> SystemContract:
    system = System(
        name="bad",
        describes="A system to be found out",
        home=folder,
        content_types=("text/plain",),
        read=read,
        write=write,
        writes=(DraftNsi,) if write else (),
        stream=stream,
    )
    own = {"system": system, "fixtures": folder, "suffix": ".txt", "hostile": hostile, "long": staticmethod(Lines)}
    made: SystemContract = type("Contract", (SystemContract,), own)()
    return made


PROMISES = [name for name in vars(SystemContract) if name.startswith("test_")]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_good_system_keeps_every_promise(promise: str, folder: Path) -> None:
    getattr(contract(folder), promise)()


BAD: list[tuple[Read, str]] = [
    (raises_another_error, "test_a_message_cut_off_anywhere_is_read_or_unreadable"),
    (dies_of_strange_bytes, "test_a_message_in_the_wrong_encoding_is_read_or_unreadable"),
    (dies_of_strange_bytes, "test_a_message_with_strewn_bytes_is_read_or_unreadable"),
    (reads_nonsense, "test_nonsense_is_unreadable_and_the_message_says_what_to_do"),
    (says_nothing, "test_nonsense_is_unreadable_and_the_message_says_what_to_do"),
    (takes_any_json, "test_what_is_in_no_format_of_its_own_is_unreadable"),
    (reads_otherwise_each_time, "test_reading_twice_gives_the_same"),
    (reads_otherwise_each_time, "test_each_fixture_is_read_as_it_should_be"),
    (forgets_its_evidence, "test_every_value_keeps_its_evidence"),
    (forgets_its_source, "test_every_value_keeps_its_evidence"),
    (is_too_sure, "test_every_value_keeps_its_evidence"),
    (has_a_time_without_a_zone, "test_every_time_carries_its_zone"),
    (has_a_day_with_an_hour, "test_every_time_carries_its_zone"),
    (refuses_a_row_without_saying_which, "test_a_refused_row_says_where_and_an_unmapped_code_of_which_field"),
    (maps_no_field, "test_a_refused_row_says_where_and_an_unmapped_code_of_which_field"),
    (logs_what_it_reads, "test_nothing_is_logged_or_printed"),
    (prints_what_it_reads, "test_nothing_is_logged_or_printed"),
    (tells_what_it_cannot_read, "test_what_cannot_be_read_is_told_without_a_word_of_the_message"),
]


@pytest.mark.parametrize(("read", "promise"), BAD)
def test_a_bad_reader_is_found_out(read: Read, promise: str, folder: Path) -> None:
    with pytest.raises(AssertionError):
        getattr(contract(folder, read), promise)()


@pytest.mark.parametrize("write", [writes_something_else, writes_otherwise_each_time, writes_nothing])
def test_a_bad_writer_is_found_out(write: Write, folder: Path) -> None:
    with pytest.raises(AssertionError):
        contract(folder, write=write).test_what_is_written_is_read_as_the_same_record()


@pytest.mark.parametrize(
    ("stream", "promise"),
    [
        (holds_the_whole_file, "test_a_long_file_streams_in_memory_that_stays_flat"),
        (loses_a_record, "test_a_long_file_streams_in_memory_that_stays_flat"),
        (loses_a_record, "test_a_stream_gives_what_reading_gives"),
    ],
)
def test_a_bad_stream_is_found_out(stream: Stream, promise: str, folder: Path) -> None:
    with pytest.raises(AssertionError):
        getattr(contract(folder, stream=stream), promise)()


def test_a_bomb_that_unpacks_is_found_out(folder: Path) -> None:
    with pytest.raises(AssertionError, match="MemoryError"):
        contract(folder, unpacks_a_bomb, hostile=(b"bomb",)).test_hostile_messages_are_read_or_unreadable_in_time()


def test_a_reading_of_the_wrong_shape_is_found_out(folder: Path) -> None:
    with pytest.raises((AssertionError, msgspec.ValidationError)):
        contract(folder, returns_the_wrong_shape).test_a_reading_crosses_to_another_process_unchanged()


def test_a_slow_reader_is_found_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "SECONDS", 0.0)
    with pytest.raises(AssertionError, match="too long"):
        contract(folder, hostile=(b"CRN X1",)).test_hostile_messages_are_read_or_unreadable_in_time()


@pytest.mark.parametrize("half", ["one.txt", f"two{EXPECTED}"])
def test_a_missing_half_is_found_out(half: str, folder: Path) -> None:
    (folder / half).unlink()
    with pytest.raises(AssertionError, match="other half"):
        contract(folder).test_every_fixture_has_its_other_half()


def test_too_few_fixtures_are_found_out(folder: Path) -> None:
    for left in folder.glob("t*"):
        left.unlink()
    with pytest.raises(AssertionError, match="least"):
        contract(folder).test_every_fixture_has_its_other_half()


@pytest.mark.parametrize("lacks", ["describes", "README.md"])
def test_a_system_that_is_not_described_is_found_out(lacks: str, folder: Path) -> None:
    nameless = contract(folder)
    if lacks == "describes":
        type(nameless).system = replace(nameless.system, describes="")
    else:
        (folder / lacks).write_text("Later.")
    with pytest.raises(AssertionError):
        nameless.test_it_says_what_it_reads()


def test_a_profile_of_no_known_origin_is_found_out(folder: Path) -> None:
    (folder / "profiles").mkdir()
    (folder / "profiles/york.toml").write_text('title = "What York sends"\nlayout = "ours"\nsource = "?"\n')
    with pytest.raises(AssertionError, match="where its layout is described"):
        contract(folder).test_every_profile_says_where_its_layout_is_described()


class Lossy(Profile, frozen=True, kw_only=True):
    """Its pair comes back as a list."""

    pair: Any = (1, 2)


def test_a_profile_that_changes_on_its_way_is_found_out(folder: Path) -> None:
    made = contract(folder)
    type(made).system = replace(made.system, profile=Lossy)
    with pytest.raises(AssertionError):
        made.test_a_profile_crosses_to_another_process_unchanged()


def test_no_system_may_rewrite_a_promise() -> None:
    with pytest.raises(TypeError, match="rewritten"):
        type("Contract", (SystemContract,), {"test_reading_twice_gives_the_same": lambda self: None})
