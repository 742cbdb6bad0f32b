"""Whatever a message does to its reader, the next one is read."""

import asyncio
import os
import select
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from adapters.contract import plain
from adapters.profile import Profile
from adapters.systems.email_notice import SYSTEM
from gateway.intake.child import Way
from gateway.intake.readers import Readers
from gateway.wiring import reading_ways
from schemas.errors import NotThere, Unavailable, Unreadable
from schemas.inbox import ReadUsing

MAIL = b"From: a@example.invalid\nSubject: Transfer\n\nName: John Invented\nCRN: X123456\n"

READER = """
import os, signal, socket, sys, time
from pathlib import Path
from adapters.contract import System
from schemas.drafts import Reading
from schemas.errors import Unreadable

def read(raw, profile):
    what, _, rest = raw.decode().partition(" ")
    return FAULTS[what](rest)

def memory(rest):
    return Reading(subject=str(len([bytearray(10_000_000) for _ in range(100)])))

def raising(rest):
    raise Unreadable("Not this one. Send another.")

def wrong(rest):
    os.write(4, b"\\\\0\\\\0\\\\0\\\\4????")
    os.write(5, b"\\\\0\\\\0\\\\0\\\\4????")
    os.write(6, b"\\\\0\\\\0\\\\0\\\\4????")
    return Reading(subject="after garbage")

def spin(rest):
    while True:
        pass

def printing(rest):
    print("a name", flush=True)
    sys.stderr.write("a name")
    os.write(1, b"a name")
    return Reading(subject="printed")

def busy(rest):
    open(rest, "w")
    time.sleep(600)

def writing(rest):
    with open(rest, "w") as file:
        file.write("x" * 10)
    return Reading(subject="written")

FAULTS = {
    "good": lambda rest: Reading(subject=rest, message_id=str(os.getpid())),
    "crash": lambda rest: os.kill(os.getpid(), signal.SIGSEGV),
    "exit": lambda rest: os._exit(0),
    "raise": lambda rest: 1 / 0,
    "sleep": lambda rest: time.sleep(600),
    "busy": busy,
    "spin": spin,
    "memory": memory,
    "unreadable": raising,
    "garbage": wrong,
    "print": printing,
    "write": writing,
    "environment": lambda rest: Reading(subject=" ".join(sorted(os.environ))),
    "recurse": lambda rest: FAULTS["recurse"](rest),
    "shape": lambda rest: Reading(subject=object()),
    "large": lambda rest: Reading(subject="x" * 20_000_000),
}
SYSTEM = System(name="faulty", describes="x", home=Path(), content_types=("text/plain",), read=read)
""".replace("\\\\", "\\")


PROFILE = msgspec.msgpack.encode(Profile(name="plain", title="x", layout="ours", source="x"))


def faulty(module: str = "faulty_reader") -> dict[str, list[Way]]:
    return {"text/plain": [Way("faulty/plain", f"{module}:SYSTEM", PROFILE)]}


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "faulty_reader.py").write_text(READER)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.fixture
async def readers(module: None) -> AsyncIterator[Readers]:
    async with Readers(faulty(), seconds=5) as opened:
        yield opened


async def pid(readers: Readers) -> int:
    return int((await readers.read("text/plain", b"good x")).message_id)


def alive(process: int) -> bool:
    """A zombie is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_an_email_is_read_in_another_process_and_comes_back_whole() -> None:
    async with Readers(reading_ways()) as readers:
        reading = await readers.read("message/rfc822", MAIL)
    assert reading.drafts[0].crn is not None
    assert reading.drafts[0].crn.value == "X123456"


async def test_the_process_starts_at_the_first_message_and_stays_warm(readers: Readers) -> None:
    first = await pid(readers)
    assert first != os.getpid()
    assert await pid(readers) == first


@pytest.mark.parametrize(
    "fault", ["crash", "exit", "raise", "memory", "garbage", "recurse", "shape"], ids=lambda fault: f"after {fault}"
)
async def test_a_fault_is_that_messages_alone(readers: Readers, fault: str) -> None:
    with pytest.raises(Unreadable, match="Send it again"):
        await readers.read("text/plain", fault.encode())
    assert (await readers.read("text/plain", b"good next")).subject == "next"


@pytest.mark.parametrize("fault", ["sleep", "spin"])
async def test_a_reader_that_hangs_is_killed_and_replaced(module: None, fault: str) -> None:
    async with Readers(faulty(), seconds=0.5) as readers:
        first = await pid(readers)
        with pytest.raises(Unreadable):
            await readers.read("text/plain", fault.encode())
        assert not alive(first)
        assert await pid(readers) != first


async def test_a_child_killed_from_outside_is_replaced(readers: Readers) -> None:
    os.kill(await pid(readers), 9)
    with pytest.raises(Unreadable):
        await readers.read("text/plain", b"good lost")
    assert (await readers.read("text/plain", b"good next")).subject == "next"


async def test_what_the_reader_says_is_wrong_reaches_the_caller(readers: Readers) -> None:
    first = await pid(readers)
    with pytest.raises(Unreadable, match="Not this one"):
        await readers.read("text/plain", b"unreadable")
    assert await pid(readers) == first


async def test_what_a_parser_prints_spoils_nothing(readers: Readers, capfd: pytest.CaptureFixture[str]) -> None:
    assert (await readers.read("text/plain", b"print")).subject == "printed"
    assert "a name" not in "".join(capfd.readouterr())


async def test_a_reader_can_write_no_file(readers: Readers, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        await readers.read("text/plain", f"write {tmp_path / 'written'}".encode())
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").read_bytes()


async def test_a_reader_sees_nothing_of_our_environment(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    seen = (await readers.read("text/plain", b"environment")).subject.split()
    assert set(seen) <= {"PYTHONPATH", "LANG", "LC_CTYPE", "PYTHONHASHSEED"}


async def test_a_large_answer_comes_back_whole(readers: Readers) -> None:
    assert len((await readers.read("text/plain", b"large")).subject) == 20_000_000


async def test_as_many_read_at_once_as_there_are_processes(module: None) -> None:
    async with Readers(faulty(), size=2) as readers:
        read = await asyncio.gather(*(readers.read("text/plain", b"good x") for _ in range(10)))
    assert len({reading.message_id for reading in read}) == 2


async def test_a_caller_that_gives_up_costs_one_process(readers: Readers) -> None:
    first = await pid(readers)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(readers.read("text/plain", b"sleep"), 0.2)
    assert not alive(first)
    assert (await readers.read("text/plain", b"good next")).subject == "next"


async def test_nothing_is_left_when_the_pool_closes(module: None) -> None:
    async with Readers(faulty()) as readers:
        child = await pid(readers)
        assert alive(child)
    assert not alive(child)


async def test_nothing_outlives_a_parent_that_is_killed(module: None, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "meeting")
    program = (
        "import asyncio, os\n"
        "from gateway.intake.child import Way\n"
        "from gateway.intake.readers import Readers\n"
        f"PROFILE = {PROFILE!r}\n"
        "async def main():\n"
        "    async with Readers({'text/plain': [Way('faulty/plain', 'faulty_reader:SYSTEM', PROFILE)]}) as readers:\n"
        "        print((await readers.read('text/plain', b'good x')).message_id, flush=True)\n"
        f"        await readers.read('text/plain', b'busy {tmp_path / 'meeting'}')\n"
        "asyncio.run(main())\n"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert parent.stdout
    child = int(await asyncio.wait_for(parent.stdout.readline(), 30))
    ending = os.pidfd_open(child)
    await asyncio.to_thread((tmp_path / "meeting").read_bytes)
    parent.kill()
    await parent.wait()
    ended, _, _ = await asyncio.to_thread(select.select, [ending], [], [], 5)
    os.close(ending)
    assert ended


async def test_a_content_type_nobody_reads_is_unreadable(readers: Readers) -> None:
    with pytest.raises(Unreadable, match="No reader for image/png"):
        await readers.read("image/png", b"")


async def test_a_reader_that_cannot_be_loaded_is_our_fault_not_the_messages() -> None:
    async with Readers(faulty("no_such_module")) as readers:
        with pytest.raises(Unavailable, match="does not start"):
            await readers.read("text/plain", b"x")


async def test_a_reading_equals_that_of_the_same_process() -> None:
    async with Readers(reading_ways()) as readers:
        read = await readers.read("message/rfc822", MAIL)
    assert read == msgspec.structs.replace(SYSTEM.read(MAIL, plain(SYSTEM)), read_as="email_notice/plain")


async def test_the_first_way_that_fits_reads_it_and_is_named(module: None) -> None:
    two = {"text/plain": [*reading_ways()["message/rfc822"], *faulty()["text/plain"]]}
    async with Readers(two) as readers:
        assert (await readers.read("text/plain", b"good x")).read_as == "faulty/plain"
        with pytest.raises(Unreadable, match=r"Nothing here reads this.*email_notice/plain: .*faulty/plain: Not this"):
            await readers.read("text/plain", b"unreadable")


async def test_what_comes_by_a_connection_is_read_as_that_says(module: None) -> None:
    def way_of(system: str, profile: str, codes: object) -> Way:
        if profile != "plain":
            raise NotThere(f"{system} has no profile {profile}.")
        return faulty()["text/plain"][0]

    using = ReadUsing(system="faulty", profile="plain")
    both = {**faulty(), **reading_ways()}
    async with Readers(both, way_of=way_of) as readers:
        assert (await readers.read("message/rfc822", b"good x", using)).read_as == "faulty/plain"
        with pytest.raises(Unreadable, match=r"^Not this one"):
            await readers.read("", b"unreadable", using)
        with pytest.raises(Unavailable, match="has no profile gone"):
            await readers.read("", b"good x", ReadUsing(system="faulty", profile="gone"))
    async with Readers(both) as readers:
        with pytest.raises(Unavailable):
            await readers.read("", b"good x", using)
