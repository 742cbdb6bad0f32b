"""E-mails as they really are: broken headers, wrong charsets, hostile names."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from adapters.formats.mime import Mail, looks_like_email, read_mail
from schemas.errors import Unreadable

HEAD = b"From: Pat <pat@example.invalid>\nDate: Mon, 30 Nov 2026 09:00:00 +0100\nSubject: x\nMIME-Version: 1.0\n"


def mail(headers: str = "", body: bytes = b"Hello") -> Mail:
    return read_mail(f"Date: Mon, 30 Nov 2026 09:00:00 +0000\n{headers}\n\n".encode() + body)


@pytest.mark.parametrize(
    ("header", "name", "address", "doubts"),
    [
        ("From: Pat Example <pat@example.invalid>", "Pat Example", "pat@example.invalid", 0),
        ("From: pat@example.invalid", "", "pat@example.invalid", 0),
        ("From: pat@example.invalid (Pat Example)", "Pat Example", "pat@example.invalid", 0),
        ('From: "Example, Pat" <PAT@Example.invalid>', "Example, Pat", "pat@example.invalid", 0),
        ("From: spoc@justice.invalid <other@example.invalid>", "", "other@example.invalid", 1),
        ('From: "spoc@justice.invalid" <other@example.invalid>', "", "other@example.invalid", 1),
        ("From: a@example.invalid, b@example.invalid", "", "", 1),
        ("From: <a@example.invalid> <b@example.invalid>", "", "", 1),
        ("From: a@example.invalid\nFrom: b@example.invalid", "", "", 1),
        ("From: =?utf-8?Q?Si=C3=A2n?= <sian@example.invalid>", "Siân", "sian@example.invalid", 0),
        ("From : spaced@example.invalid", "", "spaced@example.invalid", 0),
        ("From:", "", "", 0),
        ("X-Nothing: here", "", "", 0),
    ],
)
def test_the_sender_is_what_stands_in_brackets_and_two_are_none(
    header: str, name: str, address: str, doubts: int
) -> None:
    read = mail(header)
    assert (read.from_name, read.from_email, len(read.problems)) == (name, address, doubts)


def test_reply_to_is_kept_apart_from_the_sender() -> None:
    read = mail("From: a@example.invalid\nReply-To: b@example.invalid")
    assert (read.from_email, read.reply_to) == ("a@example.invalid", "b@example.invalid")


def test_a_time_keeps_its_zone() -> None:
    at = read_mail(HEAD + b"\nx").date
    assert at == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert at.isoformat() == "2026-11-30T09:00:00+01:00"


@pytest.mark.parametrize("date", ["yesterday", "", "Mon, 99 Foo 2026 99:99:99", "Mon, 30 Nov 9999 09:00:00 +0000"])
def test_a_date_that_cannot_be_read_is_none(date: str) -> None:
    assert read_mail(f"From: a@example.invalid\nDate: {date}\n\nx".encode()).date is None


def test_without_a_date_the_newest_received_header_tells_the_time() -> None:
    raw = b"Received: by mx.example.invalid; Mon, 30 Nov 2026 09:00:00 +0000\nSubject: x\n\nx"
    assert read_mail(raw).date == datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (b"=?utf-8?B?VMW3bndlbg==?=", "Tŷnwen"),
        (b"=?iso-8859-1?Q?Fr=F6sche?=", "Frösche"),
        (b"=?utf-8?Q?T=C5?=\n =?utf-8?Q?=B7n?=", "Tŷn"),
        (b"=?nonsense?Q?plain?= words", "plain words"),
        (b"=?utf-8?B?A?= x", "A x"),
        (b"caf\xe9", "café"),
        (b"=?utf-8?Q?cut", "=?utf-8?Q?cut"),
        ("Tŷnwen".encode(), "Tŷnwen"),
        (b"two\n lines", "two lines"),
    ],
)
def test_a_subject_is_read_in_any_encoding(subject: bytes, read: str) -> None:
    assert read_mail(b"From: a@example.invalid\nSubject: " + subject + b"\n\nx").subject == read


@pytest.mark.parametrize(
    ("raw", "begins"),
    [
        (b"", "The message is empty"),
        (b"\r\n\r\n\0", "The message is empty"),
        (b"%PDF-1.4 ...", "This is not an e-mail"),
        (b'{"from": "a"}', "This is not an e-mail"),
        (b"Hello, please transfer John.", "This is not an e-mail"),
        (b"Note: this is no header of an e-mail\n\nx", "This is not an e-mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "This is not an e-mail"),
    ],
)
def test_what_is_no_email_says_what_to_send(raw: bytes, begins: str) -> None:
    assert not looks_like_email(raw)
    with pytest.raises(Unreadable, match=begins) as caught:
        read_mail(raw)
    assert "end" in str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"\nx",
        HEAD.replace(b"\n", b"\r\n") + b"\r\nx",
        HEAD.replace(b"\n", b"\r") + b"\rx",
        b"\n\n" + HEAD + b"\nx",
        b"From pat@example.invalid Mon Nov 30 09:00:00 2026\r\n" + HEAD + b"\nx",
        b"\xef\xbb\xbf" + HEAD + b"\nx",
        (HEAD + b"\nx").decode().encode("utf-16"),
    ],
)
def test_an_email_is_known_by_its_headers_however_its_lines_end(raw: bytes) -> None:
    assert looks_like_email(raw)
    assert read_mail(raw).subject == "x"
    assert read_mail(raw).text.strip() == "x"


def test_html_is_read_where_only_it_keeps_the_table() -> None:
    parts = (
        b"--b\nContent-Type: text/plain\n\nName\nJohn\n--b\nContent-Type: text/html\n\n"
        b"<table><tr><td>Name</td><td>John</td></tr></table>\n--b--\n"
    )
    read = read_mail(HEAD + b"Content-Type: multipart/alternative; boundary=b\n\n" + parts)
    assert read.text.strip() == "Name\tJohn"
    assert read_mail(
        HEAD + b"Content-Type: multipart/alternative; boundary=b\n\n" + parts.replace(b"table", b"div")
    ).text


def test_what_is_hidden_or_runs_is_not_read() -> None:
    html = b"<style>a</style><script>b</script><p style='display: none'>c</p><title>d</title><p>seen</p><!-- e -->"
    assert read_mail(HEAD + b"Content-Type: text/html\n\n" + html).text.split() == ["d", "seen"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\pat\\form.docx", "form.docx"),
        ("a\\0b.txt", "0b.txt"),
        ("..", "part-2"),
        (".hidden", "hidden"),
        ("x" * 300 + ".pdf", "x" * 100),
        ("<script>.html", "_script_.html"),
    ],
)
def test_a_files_name_is_for_showing_and_never_a_path(given: str, shown: str) -> None:
    part = f'--b\n\nHi\n--b\nContent-Disposition: attachment; filename="{given}"\n\nbytes\n--b--\n'
    read = read_mail(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part.encode())
    assert [(part.name, part.content.strip()) for part in read.parts] == [(shown, b"bytes")]


def test_what_cannot_be_opened_is_named() -> None:
    outlooks = "--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n"
    parts = outlooks + "--b\nContent-Type: application/pkcs7-mime\n\nx\n"
    read = read_mail(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts.encode() + b"--b--\n")
    assert any("winmail.dat" in problem for problem in read.problems)
    assert any("encrypted" in problem for problem in read.problems)


def test_more_parts_than_anybody_sends_are_cut_off_and_named() -> None:
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: a/b\n\nx\n" * 200 + b"--b--\n"
    read = read_mail(raw)
    assert len(read.parts) == 50
    assert any("more than 50 parts" in problem for problem in read.problems)


def test_the_same_words_have_the_same_hash_however_they_were_wrapped() -> None:
    one = mail("From: a@example.invalid", b"John Invented\nis to move")
    other = mail("From: b@example.invalid\nSubject: y", b"John  Invented is\r\nto move\r\n")
    assert one.text_hash == other.text_hash
    assert one.text_hash != mail("From: a@example.invalid", b"Jane Invented\nis to move").text_hash


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ("From: MAILER-DAEMON@example.invalid\nSubject: hello", "bounce"),
        ("From: a@example.invalid\nX-Failed-Recipients: b@example.invalid", "bounce"),
        ("From: no-reply@example.invalid\nSubject: Undeliverable: x", "bounce"),
        ("Return-Path: <>\nFrom: a@example.invalid\nSubject: Delivery Status Notification", "bounce"),
        ("From: a@example.invalid\nAuto-Submitted: auto-replied", "auto-reply"),
        ("From: a@example.invalid\nSubject: Automatic reply: x", "auto-reply"),
        ("From: a@example.invalid\nSubject: Out of office", "auto-reply"),
        ("From: a@example.invalid\nList-Id: <x.example.invalid>", "list"),
        ("From: a@example.invalid\nPrecedence: bulk", "list"),
        ("Return-Path: <>\nFrom: a@example.invalid\nSubject: Transfer", "null sender"),
        ("From: a@example.invalid\nAuto-Submitted: no\nSubject: Transfer of a case", ""),
        ("From: a@example.invalid\nSubject: Delivery of the transfer failed last week", ""),
    ],
)
def test_a_machines_mail_is_known_and_a_persons_is_not_taken_for_it(headers: str, why: str) -> None:
    assert mail(headers).automatic == why


HEADERS = b"From: a@example.invalid\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/%s; boundary=%s\n\n"


def test_an_enclosed_e_mail_that_was_packed_is_unpacked() -> None:
    packed = b64encode(b"Subject: Earlier\nContent-Type: text/plain\n\nCRN: X123456\n")
    part = b"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + packed + b"\n--b--\n"
    mail = read_mail(HEADERS % (b"mixed", b"b") + b"--b\n\nSee below.\n" + part)
    assert mail.text.endswith("Subject: Earlier\n\nCRN: X123456\n")


def test_a_boundary_broken_at_its_space_is_found() -> None:
    assert read_mail(HEADERS % (b"mixed", b'"foo\n bar"') + b"--foo bar\n\nHello\n--foo bar--\n").text == "Hello"


def test_an_invitation_beside_its_words_is_a_file() -> None:
    parts = b"--b\n\nMeeting.\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n"
    mail = read_mail(HEADERS % (b"alternative", b"b") + parts)
    assert (mail.text, [one.content_type for one in mail.parts]) == ("Meeting.", ["text/calendar"])


def test_plain_words_that_are_said_to_be_packed_are_read() -> None:
    raw = b"From: a@example.invalid\nContent-Transfer-Encoding: base64\n\nDear Hull, please see: CRN X123456.\n"
    assert read_mail(raw).text == "Dear Hull, please see: CRN X123456.\n"
