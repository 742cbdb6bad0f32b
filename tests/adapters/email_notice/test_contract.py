"""The e-mail reader keeps the promises of every system."""

from pathlib import Path

from adapters.systems import email_notice
from tests.contract.suite import SystemContract

HEAD = b"From: a@example.invalid\nDate: Mon, 30 Nov 2026 09:00:00 +0000\nSubject: x\nMIME-Version: 1.0\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"


def _nested(depth: int) -> bytes:
    """Multiparts inside one another."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth)
    )
    return HEAD + opened + b"Content-Type: text/plain\n\nName: John Invented\n"


class TestEmailNotice(SystemContract):
    system = email_notice.SYSTEM
    fixtures = Path(__file__).parent / "fixtures"
    suffix = ".eml"
    hostile = (
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
