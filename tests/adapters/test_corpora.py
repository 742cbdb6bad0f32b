"""Public files made to break readers. Runs where CORPORA names a folder of them; none is kept in the project."""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway.wiring import systems
from schemas.drafts import Reading, found_in
from schemas.errors import Unreadable

CORPORA = os.environ.get("CORPORA", "")
pytestmark = pytest.mark.skipif(not CORPORA, reason="CORPORA names no folder of public files")
RECORDS = ("ndelius", "oasys", "prison", "domain_event")
SECONDS = 10.0
NAMESPACE = '"http://www.bconline.co.uk/oasys/messages"'


def outcome(system: str, raw: bytes) -> Reading | None:
    """None: unreadable. Whatever is read can be handed on, and each value keeps its words."""
    found = next(one for one in systems() if one.name == system)
    profile = next(one for one in found.profiles().values() if one.on)
    began = time.process_time()
    try:
        reading = found.read(raw, profile)
    except Unreadable:
        return None
    finally:
        assert time.process_time() - began < SECONDS
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(reading), type=Reading) == reading
    assert all(value.text.strip() for draft in reading.drafts for value in found_in(draft).values())
    return reading


def tell(capsys: pytest.CaptureFixture[str], what: str, counts: Counter[tuple[str, str]]) -> None:
    lines = [f"  {system:14} {came:12} {count}" for (system, came), count in sorted(counts.items())]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", what, *lines, ""]))


def test_no_public_file_is_taken_for_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    paths = [
        path for path in sorted(Path(CORPORA).rglob("*.*")) if path.suffix in (".xml", ".xsl", ".xsd", ".json", ".csv")
    ]
    for path in paths:
        for system in RECORDS:
            counts[system, "read" if outcome(system, path.read_bytes()) else "unreadable"] += 1
    tell(capsys, f"{len(paths)} files", counts)
    assert not [key for key in counts if key[1] == "read"]


def test_a_naughty_string_is_kept_as_words_or_told_and_never_more(capsys: pytest.CaptureFixture[str]) -> None:
    strings = json.loads(Path(CORPORA, "naughty-strings", "blns.json").read_bytes())
    counts: Counter[tuple[str, str]] = Counter()
    for words in strings:
        for system, message in _around(words).items():
            reading = outcome(system, message.encode(errors="replace"))
            came = "unreadable" if reading is None else "told" if reading.problems or reading.unmapped else "read"
            counts[system, came] += 1
    tell(capsys, f"{len(strings)} strings in every field", counts)
    assert counts.total() == 4 * len(strings)
    assert not [key for key in counts if key[1] == "unreadable" and key[0] != "oasys"]


def _around(words: str) -> dict[str, str]:
    """A message of each system that holds these words wherever it can."""
    text: Any = words
    nsi = dict.fromkeys(("offenderCrn", "referralDate", "notes", "statusDateTime", "externalReference", "length"), text)
    event = {
        "eventType": "a.b",
        "occurredAt": text,
        "detailUrl": text,
        "additionalInformation": {text: text, "crn": text},
    }
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    plan = f"<OASYSSupervisionPlan><Objective>{escaped}</Objective></OASYSSupervisionPlan>"
    whole = "SubmitAssessmentSummaryRequest"
    summary = f"<OASYSAssessmentSummary><OASYS_ID>{escaped}.</OASYS_ID><DateCreated>{escaped}</DateCreated>"
    return {
        "ndelius": json.dumps({"nsiId": 1, "nsiType": {"code": text, "description": text}, **nsi}),
        "prison": json.dumps({"prison": text, "release_on": text, "name": text, "needs": [text], "nights": text}),
        "domain_event": json.dumps(event),
        "oasys": f"<{whole} xmlns={NAMESPACE}>{summary}</OASYSAssessmentSummary>{plan}</{whole}>",
    }
