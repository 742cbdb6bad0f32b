"""Public mail, as it really is. Runs where CORPORA names a folder of it; no corpus is kept in the project."""

import os
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from adapters.formats.mime import looks_like_email, read_mail
from bedspace.geography.postcodes import Postcodes
from gateway.access.act import House, act, set_scope
from gateway.access.actors import GATEWAY
from gateway.intake.readers import Readers
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.store.database import transaction
from gateway.wiring import reading_ways
from schemas.drafts import Reading
from schemas.errors import Unreadable
from tests.contract.agreeing import ASPECTS, agreeing, expectations
from tests.messages import SENDER, message

CORPORA = os.environ.get("CORPORA", "")
pytestmark = pytest.mark.skipif(not CORPORA, reason="CORPORA names no folder of public mail")
SECONDS = 10.0


def files(under: str = "") -> dict[Path, bytes]:
    found = (path for path in sorted(Path(CORPORA, under).rglob("*")) if path.name[0] not in "_.")
    return {path: path.read_bytes() for path in found if path.is_file()}


async def read(readers: Readers, raw: bytes) -> Reading | Unreadable:
    try:
        return await readers.read("message/rfc822", raw)
    except Unreadable as error:
        return error


async def test_every_file_ends_read_or_unreadable_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    async with Readers(reading_ways(), seconds=SECONDS) as readers:
        for path, raw in files().items():
            began = time.monotonic()
            outcome = await read(readers, raw)
            slowest = max(slowest, time.monotonic() - began)
            assert "limits of time and memory" not in str(outcome), path
            assert isinstance(outcome, Reading) or not looks_like_email(raw), path
            said = (outcome.automatic or "a person") if isinstance(outcome, Reading) else "unreadable"
            outcomes[path.relative_to(CORPORA).parts[0], said] += 1
    report = [f"  {corpus:26} {said:12} {count}" for (corpus, said), count in sorted(outcomes.items())]
    tell(capsys, f"{outcomes.total()} files, slowest {slowest:.2f} s", *report)
    assert slowest < SECONDS


async def test_a_bounce_is_never_taken_for_a_persons_mail(capsys: pytest.CaptureFixture[str]) -> None:
    async with Readers(reading_ways()) as readers:
        outcomes = [(path, await read(readers, raw)) for path, raw in files("sisimai-bounces").items()]
    mails = {name: reading for name, reading in outcomes if isinstance(reading, Reading)}
    missed = [str(name) for name, reading in mails.items() if not reading.automatic]
    bounces = sum(reading.automatic == "bounce" for reading in mails.values())
    tell(capsys, f"sisimai: of {len(mails)} mails {bounces} bounces, {len(missed)} taken for a person's")
    assert len(missed) <= 0.005 * len(mails), missed


def test_what_is_read_agrees_with_another_parser(capsys: pytest.CaptureFixture[str]) -> None:
    expected = expectations(Path(CORPORA, "stalwart-mail-parser"))
    mails = {path: read_mail(path.read_bytes()) for path in expected}
    agree = Counter(aspect for path, mail in mails.items() for aspect in agreeing(mail, expected[path]))
    people = sum(not mail.automatic for mail in mails.values())
    told = ", ".join(f"{aspect} {agree[aspect]}" for aspect in ASPECTS)
    tell(capsys, f"stalwart: of {len(mails)} mails agree: {told}; {people} are a person's")
    assert all(agree[aspect] >= 0.95 * len(mails) for aspect in ASPECTS), agree
    assert people >= 0.98 * len(mails)


async def test_every_mail_ends_in_one_state_with_its_reason_and_no_bounce_is_answered(
    house: House, postcodes: Postcodes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the real intake: stored, read in the child, settled."""
    settler = Settler(postcodes)
    mails = {path: raw for path, raw in files().items() if looks_like_email(raw)}
    stored = {path: (await act(house, SENDER, store_message, message(raw))).inbox_id for path, raw in mails.items()}
    async with Readers(reading_ways()) as readers:
        while await read_waiting(house, readers, settler, limit=100):
            pass
    async with transaction(house.pool, readonly=True) as tx:
        await set_scope(tx, GATEWAY, "nation")
        rows = await tx.fetch("select id, state, reason, nsi_ids from inbox")
        answered = await tx.fetch(
            "select subject from event where kind = 'message_settled' and (body->>'answer')::bool"
        )
    states = {row["id"]: row for row in rows}
    unsettled = [path for path, one in stored.items() if states[one]["state"] in ("stored", "reading")]
    silent = [path for path, one in stored.items() if not states[one]["reason"] and not states[one]["nsi_ids"]]
    to_answer = {row["subject"] for row in answered}
    bounces = [path for path in stored if "sisimai" in path.parts[len(Path(CORPORA).parts)]]
    wrongly = [path for path in bounces if f"inbox:{stored[path]}" in to_answer]
    counts = Counter(row["state"] for row in rows)
    tell(capsys, f"intake: {len(stored)} mails, {dict(counts)}; of {len(bounces)} bounces {len(wrongly)} answered")
    assert (unsettled, silent, wrongly) == ([], [], [])


def tell(capsys: pytest.CaptureFixture[str], *lines: str) -> None:
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
