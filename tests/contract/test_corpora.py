"""Public mail, as it really is. Runs where CORPORA names a folder of it; no corpus is kept in the project."""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from adapters.formats.mime import looks_like_email, read_mail
from gateway.intake.readers import Readers
from gateway.wiring import reading_ways
from schemas.drafts import Reading
from schemas.errors import Unreadable

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


def test_subjects_and_people_agree_with_another_parser(capsys: pytest.CaptureFixture[str]) -> None:
    expected = {path.with_suffix(".eml"): json.loads(path.read_text()) for path in json_of("stalwart-mail-parser")}
    mails = {path: read_mail(path.read_bytes()) for path in expected}
    agreeing = sum(mail.subject == subject_of(expected[path]) for path, mail in mails.items())
    people = sum(not mail.automatic for mail in mails.values())
    tell(capsys, f"stalwart: of {len(mails)} mails {agreeing} subjects agree, {people} are a person's")
    assert agreeing >= 0.95 * len(mails)
    assert people >= 0.98 * len(mails)


def json_of(corpus: str) -> list[Path]:
    return [path for path in sorted(Path(CORPORA, corpus).rglob("*.json")) if not path.stem.endswith(".crlf")]


def subject_of(message: dict[str, Any]) -> str:
    headers = message["parts"][0]["headers"]
    said = [header["value"]["Text"] for header in headers if header["name"] == "subject" and "Text" in header["value"]]
    return " ".join((said[0] or "").split()) if said else ""


def tell(capsys: pytest.CaptureFixture[str], *lines: str) -> None:
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
