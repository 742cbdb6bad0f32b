"""The e-mail reader keeps the promises of every system."""

from collections.abc import Iterator
from pathlib import Path

from adapters.systems import email_notice
from tests.adapters.email_notice.wrapped import attribute, properties, tnef, wrapped
from tests.contract.suite import SystemContract

HEAD = b"From: a@example.invalid\nDate: Mon, 30 Nov 2026 09:00:00 +0000\nSubject: x\nMIME-Version: 1.0\n"
LONG_RICH = b"\xff\xff\xff\x7f" * 2 + b"LZFu" + b"\0" * 4 + b"\xff" + b"\x10\x0f" * 2_000_000
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"


def _nested(depth: int) -> bytes:
    """Multiparts inside one another."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth)
    )
    return HEAD + opened + b"Content-Type: text/plain\n\nName: John Invented\n"


FIXTURES = Path(__file__).parent / "fixtures"
OUTLOOK = Path(__file__).parent / "msg"


def _with(raw: bytes, at: int, value: int) -> bytes:
    """An Outlook file with one number of its header changed."""
    return raw[:at] + value.to_bytes(4, "little") + raw[at + 4 :]


def _hostile_outlook() -> Iterator[bytes]:
    raw = (OUTLOOK / "rich-text.msg").read_bytes()
    for at in (0x2C, 0x30, 0x3C, 0x40, 0x44, 0x48, 0x4C):
        for value in (0, 1, 5, 0x7FFFFFFF, 0xFFFFFFFA, 0xFFFFFFFF):
            yield _with(raw, at, value)
    entry = raw.find("__substg1.0_10090102".encode("utf-16-le"))
    yield _with(raw, entry + 120, 0x7FFFFFFF)  # a stream of 2 GB
    yield _with(raw, entry + 68, 0)  # beside itself
    packed = raw.find(b"MELA")
    yield _with(_with(raw, packed, 0x75465A4C), packed - 4, 0x7FFFFFFF)
    yield raw[:512] + b"\xfe\xff\xff\xff" * 2_000_000
    yield raw[:512] + b"\0" * 10_000_000


class TestEmailsOfOutlook(SystemContract):
    system = email_notice.SYSTEM
    fixtures = OUTLOOK
    suffix = ".msg"
    hostile = tuple(_hostile_outlook())


class TestEmailNotice(SystemContract):
    system = email_notice.SYSTEM
    fixtures = FIXTURES
    suffix = ".eml"
    hostile = (
        wrapped(tnef("x" * 1_000_000)),
        wrapped(b"\x78\x9f\x3e\x22\0\0" + attribute(1, 0x9003, b"\xff" * 4_000) * 2_000),
        wrapped(b"\x78\x9f\x3e\x22\0\0" + attribute(2, 0x9002, b"") * 100_000),
        wrapped(b"\x78\x9f\x3e\x22\0\0" + attribute(1, 0x9003, properties((0x1009, 0x102, LONG_RICH)))),
        wrapped(b"\x78\x9f\x3e\x22\0\0\1" + b"\xff" * 8),
        _nested(30),
        _nested(3_000),
        HEAD + b"Content-Type: message/rfc822\n\n" * 2_000,
        HTML + b"<div>" * 200_000 + b"Name: John Invented",
        HTML + b"<table><tr><td>" * 60_000,
        HTML + b"<table><tr><td>" + b"a" * 50_000 + b"</td></tr>" + b"<tr><td>b</td></tr>" * 3_000,
        HTML + b"<!--" * 200_000,
        HTML + b"&" * 1_000_000,
        HEAD + b"\n" + b"Name: " * 200_000,
        HEAD + b"\n" + b"regards\n" * 100_000,
        HEAD + b"\n" + b"From: a\nSent: b\nTo: c\n\n" * 50_000,
        HEAD + b"\n" + b"On Monday\n" * 100_000,
        HEAD + b"\n" + b"> " * 500_000,
        HEAD + b"\n" + b"moving to 1 Example Street, Leeds LS1 4AP from " * 20_000,
        HEAD + b"\n" + b"1 January or 2 January to " * 20_000,
        HEAD + b"\n" + b"Mr John John John John John John (CRN " * 20_000,
        HEAD + b"\n" + b"a\tb\n" * 100_000,
        HEAD + b"\n" + b"Name\tCRN\tDOB\n" * 50_000,
        HEAD + b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\nx",
        HEAD + b"Content-Type: text/plain" + b";" * 500_000 + b"\n\nx",
        HEAD + b'Content-Type: text/plain; charset="' + b"a" * 500_000 + b'"\n\nx',
        HEAD + b"Content-Type: text/plain; charset=zlib\n\nx",
        HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 100_000,
        HEAD + b"X: y\n" * 500_000 + b"\nx",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=" * 1_000_000,
        HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"M" * 100_000,
        HEAD.replace(b"2026", b"99999") + b"\nreleased in five weeks",
        HEAD.replace(b"30 Nov 2026", b"31 Dec 9999") + b"\nreleased in 999 months, in 999 weeks, on 29 February",
    )
