"""What every system promises. A system inherits the suite, names its fixtures, and may override no test."""

import io
import itertools
import logging
import random
import resource
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, get_args

import msgspec

from adapters.contract import System
from adapters.profile import KINDS, Profile, type_of
from schemas.drafts import Draft, Reading, RefusedRow, Unmapped, found_in, told, values_of
from schemas.errors import Refused, Unreadable

SECONDS = 10.0
"""Of processor time for one message, whatever it is."""
CUTS = 40
"""Places at which each fixture is cut off."""
LONG = 500
"""Records of a long file, and five times as many of a longer one."""
FLAT = 200_000
"""Bytes by which the longer file may need more."""
OWN = frozenset({"system", "profile", "fixtures", "suffix", "hostile", "long"})
"""All that a subclass may say."""
EXPECTED = ".reading.json"
"""Ending of the file beside a message that says what it is to be read as."""
MEMORY = 300_000_000
"""Bytes that reading a hostile message may need: those of the process that reads."""
EMAIL = b"From: a@example.invalid\nSubject: x\n\nName: John Invented\n"
FOREIGN: tuple[bytes, ...] = (
    b'{"invented": true, "version": 1}',
    b"[]",
    b'<?xml version="1.0"?>\n<Invented xmlns="urn:invented"><CRN>X123456</CRN></Invented>',
    b"Invented,Columns\r\n1,2\r\n",
    b"PK\x03\x04" + b"\0" * 60,
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
)
"""Of no system. Several take the same content type and are tried in turn, so each must know its own."""


class SystemContract:
    """Inherit as `class TestSomething(SystemContract)` with a `system` and a folder of `fixtures` in pairs.

    A system with several profiles inherits once for each profile that has fixtures of its own.
    """

    __test__ = False

    system: ClassVar[System]
    profile: ClassVar[str] = ""
    """Name of the profile the fixtures are read with; the only one, where there is one."""
    fixtures: ClassVar[Path]
    suffix: ClassVar[str]
    """Of the messages, such as `.csv`. What `one.csv` is to be read as stands beside it in `one.reading.json`."""
    hostile: ClassVar[tuple[bytes, ...]] = ()
    """Messages made to do harm to a reader of this format. A system that reads a packed or nested format has some."""
    long: ClassVar[Any] = None
    """A file of so many records, made as it is read: `staticmethod(…)` of `(int) -> BinaryIO`. Where it streams."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.__test__ = True
        rewritten = {name for name in vars(cls) if not name.startswith("__")} - OWN
        if rewritten:
            raise TypeError(f"The promises may not be rewritten: {', '.join(sorted(rewritten))}")

    def test_it_says_what_it_reads(self) -> None:
        assert self.system.name.isidentifier()
        assert self.system.describes
        assert all("/" in content_type for content_type in self.system.content_types)
        assert self.system.content_types
        assert len((self.system.home / "README.md").read_text()) > 200, "README.md says where the format is described."

    def test_every_profile_says_where_its_layout_is_described(self) -> None:
        for profile in self.system.profiles().values():
            assert len(profile.title) > 10, f"{profile.name} has no title that says what it is"
            assert len(profile.source) > 10, f"{profile.name} does not say where its layout is described"
        assert self._profile()

    def test_every_fixture_has_its_other_half(self) -> None:
        messages = {path.name.removesuffix(self.suffix) for path in self._messages()}
        expected = {path.name.removesuffix(EXPECTED) for path in self.fixtures.glob(f"*{EXPECTED}")}
        assert messages == expected, f"Without their other half: {sorted(messages ^ expected)}"
        assert len(messages) >= 3, "Three fixtures are the least that shows a format."

    def test_each_fixture_is_read_as_it_should_be(self) -> None:
        for message in self._messages():
            expected = msgspec.json.decode(self._other_half(message).read_bytes(), type=Reading)
            read = self._read(message.read_bytes())
            assert isinstance(read, Reading), f"{message.name}: {read}"
            assert msgspec.to_builtins(read) == msgspec.to_builtins(expected), message.name

    def test_reading_twice_gives_the_same(self) -> None:
        for message in self._messages():
            raw = message.read_bytes()
            assert self._read(raw) == self._read(raw), message.name

    def test_every_value_keeps_its_evidence(self) -> None:
        for message, draft in self._drafts():
            for name, found in found_in(draft).items():
                assert found.text.strip(), f"{message.name}: {name} has no words"
                assert found.source.strip(), f"{message.name}: {name} has no source"
                assert 0 <= found.confidence <= 1, f"{message.name}: {name} is too sure"

    def test_every_time_carries_its_zone(self) -> None:
        for message, draft in self._drafts():
            for name, value in values_of(draft).items():
                assert not isinstance(value, datetime) or value.tzinfo is not None, f"{message.name}: {name}"
                hour = isinstance(value, datetime) and type_of(type(draft), name) is date
                assert not hour, f"{message.name}: {name} is a day and has an hour"

    def test_a_reading_crosses_to_another_process_unchanged(self) -> None:
        for message in self._messages():
            read = self._read(message.read_bytes())
            if isinstance(read, Reading):
                assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=Reading) == read, message.name

    def test_a_profile_crosses_to_another_process_unchanged(self) -> None:
        for profile in self.system.profiles().values():
            packed = msgspec.msgpack.encode(profile)
            assert msgspec.msgpack.decode(packed, type=self.system.profile) == profile, profile.name

    def test_a_refused_row_says_where_and_an_unmapped_code_of_which_field(self) -> None:
        for message in self._messages():
            read = self._read(message.read_bytes())
            for row in read.refused if isinstance(read, Reading) else ():
                assert row.line > 0, f"{message.name}: a refused row without a line"
                assert row.column, f"{message.name}: a refused row without a column"
                assert len(row.why) > 10, f"{message.name}: a refused row without a reason"
            for code in read.unmapped if isinstance(read, Reading) else ():
                assert code.field, f"{message.name}: an unmapped code of no field"
                assert any(code.field in kind.__struct_fields__ for kind in KINDS.values()), f"{message.name}: {code}"

    def test_a_message_cut_off_anywhere_is_read_or_unreadable(self) -> None:
        for message in self._messages():
            raw = message.read_bytes()
            for end in range(0, len(raw), max(1, len(raw) // CUTS)):
                self._survives(raw[:end], f"{message.name} cut at {end}")

    def test_a_message_in_the_wrong_encoding_is_read_or_unreadable(self) -> None:
        for message in self._messages():
            text = message.read_bytes().decode("utf-8", "replace")
            for encoding in ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp037", "utf-7"):
                self._survives(text.encode(encoding, "replace"), f"{message.name} in {encoding}")

    def test_a_message_with_strewn_bytes_is_read_or_unreadable(self) -> None:
        for message in self._messages():
            seed = random.Random(message.name)
            for _ in range(CUTS):
                raw = bytearray(message.read_bytes())
                for at in seed.sample(range(len(raw)), min(20, len(raw))):
                    raw[at] = seed.choice((0, 9, 10, 13, 34, 58, 60, 61, 0x80, 0xC3, 0xFF, seed.randrange(256)))
                self._survives(bytes(raw), f"{message.name} strewn")

    def test_nonsense_is_unreadable_and_the_message_says_what_to_do(self) -> None:
        for raw in (b"", b"\0" * 1_000, random.Random(1).randbytes(10_000), b"a" * 5_000_000):
            read = self._read(raw)
            assert isinstance(read, Unreadable), f"{raw[:20]!r} was read"
            assert len(str(read)) > 20, "The message says nothing."

    def test_what_is_in_no_format_of_its_own_is_unreadable(self) -> None:
        for raw in FOREIGN if "message/rfc822" in self.system.content_types else (EMAIL, *FOREIGN):
            assert isinstance(self._read(raw), Unreadable), f"{raw[:20]!r} was read"

    def test_hostile_messages_are_read_or_unreadable_in_time(self) -> None:
        for number, raw in enumerate(self.hostile):
            with _limited(MEMORY):
                self._survives(raw, f"hostile {number}")
        for message in self._messages()[:3]:
            raw = message.read_bytes()
            self._survives(raw + b"x" * 5_000_000, f"{message.name} and 5 MB of one line")
            self._survives(raw + b"x: y\n" * 500_000, f"{message.name} and 500,000 lines")
            self._survives(raw + b"\0" * 100_000 + raw, f"{message.name} and NULs")

    def test_nothing_is_logged_or_printed(self) -> None:
        with _listening() as heard:
            for message in self._messages():
                self._read(message.read_bytes())
                self._read(message.read_bytes()[:-20])
        assert not heard, f"{len(heard)} lines were logged or printed."

    def test_what_cannot_be_read_is_told_without_a_word_of_the_message(self) -> None:
        """The reason of an `Unreadable` is kept, and shown to people who may not see the message."""
        for message in self._messages():
            said = {str(value).casefold() for _, draft in self._drafts_of(message) for value in _personal(draft)}
            raw = message.read_bytes()
            for end in range(1, len(raw), max(1, len(raw) // CUTS)):
                read = self._read(raw[:end])
                told_to = " ".join([row.why for row in read.refused] if isinstance(read, Reading) else [str(read)])
                assert not [one for one in said if one in told_to.casefold()], f"{message.name} cut at {end}"

    def test_what_is_written_is_read_as_the_same_record(self) -> None:
        if self.system.write is None:
            assert not self.system.writes, "It names kinds that it writes, and has no `write`."
            return
        assert self.system.writes, "It writes, and names no kind that it writes."
        tried = 0
        for message, draft in self._drafts():
            if not isinstance(draft, self.system.writes):
                continue
            values = values_of(draft)
            ours = type(draft)(**{name: told(value) for name, value in values.items()})
            try:
                raw = self.system.write(ours, self._profile())
            except Refused:
                continue
            tried += 1
            read = self._read(raw)
            assert isinstance(read, Reading), f"{message.name}: what was written is unreadable: {read}"
            assert [values_of(one) for one in read.drafts] == [values], message.name
            assert self.system.write(ours, self._profile()) == raw, f"{message.name}: written otherwise the second time"
        assert tried, "No fixture holds a record that it writes."

    def test_a_long_file_streams_in_memory_that_stays_flat(self) -> None:
        if self.system.stream is None:
            return
        assert self.long is not None, "A system that streams has a `long` file."
        self._streamed(50)  # what is loaded once is not counted
        short, longer = self._streamed(LONG), self._streamed(5 * LONG)
        assert longer < short + FLAT, f"{LONG} records need {short} bytes, {5 * LONG} need {longer}"

    def test_a_stream_gives_what_reading_gives(self) -> None:
        if self.system.stream is None:
            return
        for message in self._messages():
            raw = message.read_bytes()
            read = self._read(raw)
            assert isinstance(read, Reading)
            records = list(self.system.stream(io.BytesIO(raw), self._profile()))
            assert [one for one in records if isinstance(one, get_args(Draft))] == read.drafts, message.name
            assert [one for one in records if isinstance(one, RefusedRow)] == read.refused, message.name
            assert {(one.field, one.code) for one in records if isinstance(one, Unmapped)} == {
                (one.field, one.code) for one in read.unmapped
            }, message.name

    def _streamed(self, records: int) -> int:
        """The most memory that so many records needed."""
        assert self.system.stream is not None
        assert self.long is not None
        stream = self.system.stream(self.long(records), self._profile())
        tracemalloc.start()
        try:
            count = sum(not isinstance(one, Unmapped) for one in stream)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert count == records, f"Of {records} records {count} were told of."
        return most

    def _profile(self) -> Profile:
        known = vars(type(self)).get("__profile__")
        if known is None:
            profiles = self.system.profiles()
            known = profiles[self.profile] if self.profile else next(iter(profiles.values()))
            type(self).__profile__ = known  # type: ignore[attr-defined]  # read once for all promises
        return known

    def _messages(self) -> list[Path]:
        return sorted(one for one in self.fixtures.glob(f"*{self.suffix}") if not one.name.endswith(EXPECTED))

    def _other_half(self, message: Path) -> Path:
        return message.with_name(message.name.removesuffix(self.suffix) + EXPECTED)

    def _drafts(self) -> Iterator[tuple[Path, Draft]]:
        return itertools.chain.from_iterable(map(self._drafts_of, self._messages()))

    def _drafts_of(self, message: Path) -> Iterator[tuple[Path, Draft]]:
        read = self._read(message.read_bytes())
        for draft in read.drafts if isinstance(read, Reading) else ():
            yield message, draft

    def _read(self, raw: bytes) -> Reading | Unreadable:
        began = time.process_time()
        try:
            return self.system.read(raw, self._profile())
        except Unreadable as error:
            return error
        finally:
            assert time.process_time() - began < SECONDS, "Reading took too long."

    def _survives(self, raw: bytes, what: str) -> None:
        try:
            read = self._read(raw)
            if isinstance(read, Reading):
                msgspec.msgpack.encode(read)
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(f"{what}: {type(error).__name__}") from error


PERSONAL = ("name", "crn", "noms", "pnc", "cro", "address", "note", "reason")


def _personal(draft: Draft) -> list[Any]:
    return [value for name, value in values_of(draft).items() if name in PERSONAL and len(str(value)) > 3]


@contextmanager
def _limited(most: int) -> Iterator[None]:
    """No more memory than that is to be had in between."""
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What is logged, or printed, in between."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener, root = Listener(level=logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            yield heard
    finally:
        root.removeHandler(listener)
        root.setLevel(level)
        heard.extend(printed.getvalue().splitlines())
