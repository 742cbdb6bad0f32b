"""Prisons keep the promises of every system, in JSON and in CSV."""

from pathlib import Path

from adapters.systems import prison
from tests.adapters.hostile import hostile_json
from tests.contract.suite import SystemContract

FIXTURES = Path(__file__).parent / "fixtures"
LONG_NAME = b'"' + b"k" * 1_000_000 + b'": [' + b"1," * 100_000 + b"1]"


class TestJson(SystemContract):
    system = prison.SYSTEM
    profile = "prison"
    fixtures = FIXTURES / "json"
    suffix = ".json"
    hostile = (
        *hostile_json(b'{"prison": "Leeds", "noms": "A1234BC"', b"release_on", b"}"),
        b'{"eventType": "prisoner-offender-search.prisoner.x", "additionalInformation": {' + LONG_NAME + b"}}",
        b'{"Message": ' * 900 + b"1" + b"}" * 900,
    )


class TestCsv(SystemContract):
    system = prison.SYSTEM
    profile = "prison"
    fixtures = FIXTURES / "csv"
    suffix = ".csv"
    hostile = (
        b'"' * 1_000_001,
        b"PRISON_NUMBER,PRISON,RELEASE_DATE\n" + b'"' + b"a\n" * 300_000,
        b"PRISON_NUMBER,PRISON,RELEASE_DATE\n" + b"=1+1,@x,-2\n" * 5_000,
        b"PRISON_NUMBER,PRISON,RELEASE_DATE\n" + b"A1234BC,Leeds,2026-12-18\n" * 25_000,
        b"PRISON," * 100_000,
        b"\xff\xfe" + b"\0" * 500_000,
    )
