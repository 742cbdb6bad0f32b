"""A reader that breaks a promise fails the suite: one bad reader for each promise, beside a good one that passes."""

import itertools
import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from adapters.contract import System
from schemas.drafts import DraftNsi, Found, Reading
from schemas.errors import Unreadable
from tests.contract import suite
from tests.contract.suite import SystemContract

Read = Callable[[bytes], Reading]


def good(raw: bytes) -> Reading:
    """Reads `CRN X123456` and nothing else."""
    if not raw.startswith(b"CRN ") or not raw[4:].strip().isalnum() or len(raw) > 20:
        raise Unreadable("This is not a CRN. Send a line that begins with CRN and the number.")
    crn = raw[4:].decode("ascii", "replace").strip()
    return Reading(drafts=[DraftNsi(crn=Found(value=crn, text=crn, source="line 1", confidence=1.0))])


def raises_another_error(raw: bytes) -> Reading:
    return good(bytes([raw[0]]) + raw[1:])


def reads_nonsense(raw: bytes) -> Reading:
    return good(raw) if raw.startswith(b"CRN ") else Reading()


def says_nothing(raw: bytes) -> Reading:
    try:
        return good(raw)
    except Unreadable:
        raise Unreadable("no") from None


_count = itertools.count()


def reads_otherwise_each_time(raw: bytes) -> Reading:
    return msgspec.structs.replace(good(raw), subject=str(next(_count)))


def forgets_its_evidence(raw: bytes) -> Reading:
    draft = good(raw).drafts[0]
    assert draft.crn
    return Reading(drafts=[DraftNsi(crn=msgspec.structs.replace(draft.crn, text=" "))])


def is_too_sure(raw: bytes) -> Reading:
    draft = good(raw).drafts[0]
    assert draft.crn
    return Reading(drafts=[DraftNsi(crn=msgspec.structs.replace(draft.crn, confidence=1.5))])


def returns_the_wrong_shape(raw: bytes) -> Reading:
    return msgspec.structs.replace(good(raw), subject=123)


def logs_what_it_reads(raw: bytes) -> Reading:
    logging.getLogger("bad").info("read %s", raw)
    return good(raw)


def prints_what_it_reads(raw: bytes) -> Reading:
    print(raw)  # noqa: T201  # the fault that the suite is to find
    return good(raw)


def dies_of_strange_bytes(raw: bytes) -> Reading:
    raw.decode("utf-8")
    return good(raw)


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        raw = f"CRN {name[0].upper()}123456".encode()
        (tmp_path / f"{name}.txt").write_bytes(raw)
        (tmp_path / f"{name}.json").write_bytes(msgspec.json.encode(good(raw)))
    return tmp_path


def contract(read: Read, fixtures: Path, hostile: tuple[bytes, ...] = ()) -> SystemContract:
    system = System(name="bad", describes="A reader to be found out", content_types=("text/plain",), read=read)
    own = {"system": system, "fixtures": fixtures, "suffix": ".txt", "hostile": hostile}
    made: SystemContract = type("Contract", (SystemContract,), own)()
    return made


PROMISES = [name for name in vars(SystemContract) if name.startswith("test_")]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_good_reader_keeps_every_promise(promise: str, fixtures: Path) -> None:
    getattr(contract(good, fixtures), promise)()


@pytest.mark.parametrize(
    ("read", "promise"),
    [
        (raises_another_error, "test_a_message_cut_off_anywhere_is_read_or_unreadable"),
        (dies_of_strange_bytes, "test_a_message_in_the_wrong_encoding_is_read_or_unreadable"),
        (dies_of_strange_bytes, "test_a_message_with_strewn_bytes_is_read_or_unreadable"),
        (reads_nonsense, "test_nonsense_is_unreadable_and_the_message_says_what_to_do"),
        (says_nothing, "test_nonsense_is_unreadable_and_the_message_says_what_to_do"),
        (reads_otherwise_each_time, "test_reading_twice_gives_the_same"),
        (reads_otherwise_each_time, "test_each_fixture_is_read_as_it_should_be"),
        (forgets_its_evidence, "test_every_value_keeps_its_evidence"),
        (is_too_sure, "test_every_value_keeps_its_evidence"),
        (logs_what_it_reads, "test_nothing_is_logged_or_printed"),
        (prints_what_it_reads, "test_nothing_is_logged_or_printed"),
    ],
)
def test_a_bad_reader_is_found_out(read: Read, promise: str, fixtures: Path) -> None:
    with pytest.raises(AssertionError):
        getattr(contract(read, fixtures), promise)()


def test_a_reading_of_the_wrong_shape_is_found_out(fixtures: Path) -> None:
    with pytest.raises((AssertionError, msgspec.ValidationError)):
        contract(returns_the_wrong_shape, fixtures).test_a_reading_crosses_to_another_process_unchanged()


def test_a_slow_reader_is_found_out(fixtures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "SECONDS", 0.0)
    with pytest.raises(AssertionError, match="too long"):
        contract(good, fixtures, (b"CRN X1",)).test_hostile_messages_are_read_or_unreadable_in_time()


@pytest.mark.parametrize("half", ["one.txt", "two.json"])
def test_a_missing_half_is_found_out(half: str, fixtures: Path) -> None:
    (fixtures / half).unlink()
    with pytest.raises(AssertionError, match="other half"):
        contract(good, fixtures).test_every_fixture_has_its_other_half()


def test_too_few_fixtures_are_found_out(fixtures: Path) -> None:
    for left in fixtures.glob("t*"):
        left.unlink()
    with pytest.raises(AssertionError, match="least"):
        contract(good, fixtures).test_every_fixture_has_its_other_half()


def test_a_system_without_a_description_is_found_out(fixtures: Path) -> None:
    nameless = contract(good, fixtures)
    type(nameless).system = System(name="bad", describes="", content_types=("text/plain",), read=good)
    with pytest.raises(AssertionError):
        nameless.test_it_says_what_it_reads()


def test_no_system_may_rewrite_a_promise() -> None:
    with pytest.raises(TypeError, match="rewritten"):
        type("Contract", (SystemContract,), {"test_reading_twice_gives_the_same": lambda self: None})
