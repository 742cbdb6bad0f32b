"""Makes the Outlook e-mails (.msg): `python -m tests.adapters.email_notice.making`. Written by a library."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aspose.email_foss import msg

from tests.adapters.email_notice.wrapped import tnef, wrapped

MSG = Path(__file__).parent / "msg"
EML = Path(__file__).parent / "fixtures"
TOLD = "Name: Lee Invented\r\nCRN: X700005\r\nTemporary move to Hull HU1 2AB from 21/12/2026 until 4/1/2027\r\n"
FORM = Path(__file__).parents[1] / "temporary_supervision/fixtures/docx/whole.docx"
HEADERS = """\
From: Jo Example-York <jo.example@york.invalid>
To: spoc@hull.invalid
Subject: Temporary move to Hull
Date: Mon, 30 Nov 2026 09:00:00 +0000
Message-ID: <outlook-1@york.invalid>
Content-Type: multipart/mixed; boundary="_000_"
"""
TABLE = """<html><head><meta charset="utf-8"></head><body><p>Please raise:</p><table>
<tr><td>Name</td><td>Kim Invented</td></tr><tr><td>CRN</td><td>X700001</td></tr>
<tr><td>Release date</td><td>21 December 2026</td></tr>
<tr><td>Release address</td><td>1 Invented Street, Leeds LS1 4AP</td></tr></table></body></html>"""
RICH = r"""{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green0\blue0;}\f0 Name: Si\'e2n Invented\par
CRN: X700003\par Temporary move to Hull HU1 2AB from 22/12/2026 until 5/1/2027\par}"""


def item(subject: str, body: str, **more: Any) -> Any:
    made = msg.MapiMessage.create(subject, body)
    for name, value in more.items():
        made.set_property(getattr(msg.PropertyId, name), value)
    return made


def with_form() -> Any:
    """Received, with the form, and with an earlier e-mail inside it."""
    made = item("Temporary move to Hull", "Robin Invented, CRN X123456: see the form.")
    made.set_property(0x007D, msg.PropertyTypeCode.PTYP_STRING, HEADERS)
    made.add_attachment("request.docx", FORM.read_bytes(), mime_type="application/octet-stream")
    earlier = item("Robin Invented", "Risk of serious harm: high.", SENDER_NAME="Ash Example")
    earlier.set_property(0x0C1F, msg.PropertyTypeCode.PTYP_STRING, "ash.example@york.invalid")
    made.add_embedded_message_attachment(earlier, filename="earlier.msg")
    return made


def without_headers() -> Any:
    """From the folder of what was sent: its organisation's own address, and none of the headers."""
    made = item("Case transfer", "", SENDER_NAME="Jo Example-York")
    made.set_property(0x0C1F, msg.PropertyTypeCode.PTYP_STRING, "/O=INVENTED/OU=EXCHANGE/CN=JO")
    made.set_property(0x5D01, msg.PropertyTypeCode.PTYP_STRING, "jo.example@york.invalid")
    made.set_property(0x0039, msg.PropertyTypeCode.PTYP_TIME, datetime(2026, 11, 30, 9, tzinfo=UTC))
    made.set_property(0x1013, msg.PropertyTypeCode.PTYP_BINARY, TABLE.encode())
    return made


def rich_text() -> Any:
    made = item("Temporary move", "", SENDER_NAME="Jo Example-York")
    made.set_property(0x5D01, msg.PropertyTypeCode.PTYP_STRING, "jo.example@york.invalid")
    text = RICH.encode("cp1252")
    packed = len(text).to_bytes(4, "little") * 2 + b"MELA" + b"\0" * 4 + text
    made.set_property(0x1009, msg.PropertyTypeCode.PTYP_BINARY, packed)
    return made


def out_of_office() -> Any:
    made = item("Re: Temporary move", "I am away. Name: Robin Invented CRN: X123456", SENDER_NAME="Ash Example")
    made.set_property(0x001A, msg.PropertyTypeCode.PTYP_STRING, "IPM.Note.Rules.OofTemplate.Microsoft")
    return made


def main() -> None:
    for made in (with_form, without_headers, rich_text, out_of_office):
        (MSG / f"{made.__name__.replace('_', '-')}.msg").write_bytes(made().to_bytes())
    made_by_outlook = tnef(TOLD, ("invented list.csv", b"CRN,Name\r\n"))
    (EML / "wrapped-by-outlook.eml").write_bytes(wrapped(made_by_outlook))
    (EML / "wrapped-and-damaged.eml").write_bytes(wrapped(made_by_outlook[:60]))


if __name__ == "__main__":
    main()
