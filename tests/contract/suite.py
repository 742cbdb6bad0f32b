"""What every system's reader promises. A system inherits the suite, names its fixtures, and may override no test."""

import io
import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from adapters.contract import System
from schemas.drafts import DraftNsi, Reading
from schemas.errors import Unreadable

SECONDS = 10.0
"""Of processor time for one message, whatever it is."""
CUTS = 40
"""Places at which each fixture is cut off."""
OWN = frozenset({"system", "fixtures", "suffix", "hostile"})
"""All that a subclass may say."""


class SystemContract:
    """Inherit as `class TestSomething(SystemContract)` with a `system` and a folder of `fixtures` in pairs."""

    __test__ = False

    system: ClassVar[System]
    fixtures: ClassVar[Path]
    suffix: ClassVar[str]
    """Of the messages; what each is to be read as stands beside it in `.json`."""
    hostile: ClassVar[tuple[bytes, ...]] = ()
    """Messages made to do harm to a reader of this format."""

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

    def test_every_fixture_has_its_other_half(self) -> None:
        messages = {path.stem for path in self.fixtures.glob(f"*{self.suffix}")}
        expected = {path.stem for path in self.fixtures.glob("*.json")}
        assert messages == expected, f"Without their other half: {sorted(messages ^ expected)}"
        assert len(messages) >= 3, "Three fixtures are the least that shows a format."

    def test_each_fixture_is_read_as_it_should_be(self) -> None:
        for message in self._messages():
            expected = msgspec.json.decode(message.with_suffix(".json").read_bytes(), type=Reading)
            read = self._read(message.read_bytes())
            assert isinstance(read, Reading), f"{message.name}: {read}"
            assert msgspec.to_builtins(read) == msgspec.to_builtins(expected), message.name

    def test_reading_twice_gives_the_same(self) -> None:
        for message in self._messages():
            raw = message.read_bytes()
            assert self._read(raw) == self._read(raw), message.name

    def test_every_value_keeps_its_evidence(self) -> None:
        for message in self._messages():
            read = self._read(message.read_bytes())
            for field, found in _found(read) if isinstance(read, Reading) else ():
                assert found.text.strip(), f"{message.name}: {field} has no words"
                assert found.source.strip(), f"{message.name}: {field} has no source"
                assert 0 <= found.confidence <= 1, f"{message.name}: {field} is too sure"

    def test_a_reading_crosses_to_another_process_unchanged(self) -> None:
        for message in self._messages():
            read = self._read(message.read_bytes())
            if isinstance(read, Reading):
                assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=Reading) == read, message.name

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

    def test_hostile_messages_are_read_or_unreadable_in_time(self) -> None:
        for number, raw in enumerate(self.hostile):
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
        assert not heard, f"{len(heard)} lines were logged or printed."

    def _messages(self) -> list[Path]:
        return sorted(self.fixtures.glob(f"*{self.suffix}"))

    def _read(self, raw: bytes) -> Reading | Unreadable:
        began = time.process_time()
        try:
            return self.system.read(raw)
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


def _found(reading: Reading) -> Iterator[tuple[str, Any]]:
    for draft in reading.drafts:
        for name in DraftNsi.__struct_fields__:
            if (found := getattr(draft, name)) is not None:
                yield name, found


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
