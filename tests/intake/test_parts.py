"""Attachments go back to the readers: an e-mail, however many files hang on it, is one message with all its records."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from adapters.formats.kinds import CSV, DOCX, PDF, XLSX
from adapters.formats.xlsx_write import xlsx_bytes
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake import child
from gateway.intake.parts import with_parts
from gateway.intake.read import read_inbox
from gateway.intake.readers import Readers
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.work import read_waiting
from gateway.transfers.read import read_nsi
from gateway.wiring import reading_ways
from schemas.drafts import Reading, found_in
from schemas.errors import Unreadable
from schemas.inbox import ReadInbox
from schemas.nsis import ReadNsi
from tests.adapters.email_notice.wrapped import tnef, wrapped
from tests.messages import SENDER, message

FORMS = Path("tests/adapters/temporary_supervision/fixtures").resolve()
COVER = """\
Dear Hull,

please see the request below. The form and our tracker are attached.

Sam Example

-----Original Message-----
From: Jo Example <jo.example@york.invalid>
Sent: 27 November 2026 09:12
To: Sam Example
Subject: Temporary move

Robin Invented (CRN X123456) will be staying in Hull for four weeks from 18 December.
She is on MAPPA Category 2 Level 1. Risk of serious harm: high.
"""
ROWS = [
    ["Tracker of York", "", "", "", "", "", ""],
    ["CRN", "Name", "Type", "Move date", "To PDU", "From PDU", "DOB"],
    ["X700001", "Kim Invented", "Transfer", "21/12/2026", "LS1 4AP", "York", "01/02/1990"],
    ["X700002", "Ash Invented", "Temporary", "22/12/2026", "HU1 2AB", "York", "03/04/1991"],
]


def mail(text: str, *files: tuple[str, str, bytes], sent_as: str = "", subject: str = "FW: Temporary move") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Sam Example <sam@york.invalid>", "spoc@hull.invalid", subject
    made["Date"], made["Message-ID"] = "Mon, 30 Nov 2026 09:00:00 +0000", "<1@york.invalid>"
    made.set_content(text)
    for name, kind, raw in files:
        main, _, sub = (sent_as or kind).partition("/")
        made.add_attachment(raw, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


FORM = ("request.docx", DOCX, (FORMS / "docx/whole.docx").read_bytes())
TRACKER = ("tracker.xlsx", XLSX, xlsx_bytes(ROWS, "Cases"))

SAVED = Path("tests/adapters/email_notice/msg/with-form.msg").read_bytes()


async def here(content_type: str, raw: bytes) -> Reading:
    """As the child reads, in this process: starting one for each test takes time."""
    ways = tuple(reading_ways()[content_type])
    answer = child._answer({way.system: child._system(way.system) for way in ways}, child.Question(ways, raw))
    if answer.reading is None:
        raise Unreadable(answer.unreadable or "")
    return answer.reading


async def read_whole(raw: bytes) -> Reading:
    return await with_parts(await here("message/rfc822", raw), lambda kind: kind in reading_ways(), here)


async def read(*files: tuple[str, str, bytes], text: str = "See attached.", as_: str = "") -> Reading:
    return await read_whole(mail(text, *files, sent_as=as_))


def crns(reading: Reading) -> list[str]:
    return [draft.crn.value for draft in reading.drafts if draft.crn]


async def test_a_form_and_a_tracker_in_a_forwarded_chain_become_the_right_records_each_field_pointing_at_its_place(
    house: House, settler: Settler
) -> None:
    """Read in the child process, as the worker has it read."""
    stored = await act(house, SENDER, store_message, message(mail(COVER, FORM, TRACKER)))
    async with Readers(reading_ways()) as readers:
        assert await read_waiting(house, readers, settler) == 1
    item = await act(house, OPERATOR, read_inbox, ReadInbox(id=stored.inbox_id))
    assert (item.state, item.reason) == ("prepared", None)
    robin, kim, ash = [await act(house, OPERATOR, read_nsi, ReadNsi(id=one)) for one in item.nsi_ids]
    told = [(one.person.crn, one.type, one.move_on.isoformat(), one.receiving.pdu.code) for one in (robin, kim, ash)]
    assert told == [
        ("X123456", "temporary_move", "2026-12-18", "N55HER"),
        ("X700001", "case_transfer", "2026-12-21", "N55LEE"),
        ("X700002", "temporary_move", "2026-12-22", "N55HER"),
    ]
    places = {name: evidence.source for name, evidence in robin.evidence.items()}
    assert places["crn"] == "attachment request.docx, table 1, row 1, cell 4"
    assert places["until"] == "attachment request.docx, table 1, row 4, cell 4"
    assert places["sender_email"] == "From header"
    assert ash.evidence["move_on"].source == "attachment tracker.xlsx, sheet Cases, line 4, column Move date"
    assert (robin.rosh, robin.mappa, str(robin.until)) == ("high", "Category 2, Level 1", "2027-01-15")


async def test_what_only_the_covering_words_say_is_kept_with_its_line() -> None:
    file = ("request.docx", DOCX, (FORMS / "docx/content-controls.docx").read_bytes())
    text = "Lee Invented (CRN X777888) will be staying with a friend for two weeks from 18 December.\nMAPPA level 2."
    reading = await read(file, text=text)
    (draft,) = reading.nsis
    places = {name: found.source for name, found in found_in(draft).items()}
    assert (places["move_on"], places["mappa"]) == ("body line 1", "body line 2")
    assert places["gender"] == "attachment request.docx, table 1, row 4, cell 2"


async def test_a_covering_note_without_a_name_belongs_to_the_one_form() -> None:
    text = "Temporary move to Hull, very high risk of serious harm, released from HMP Leeds on 18 December 2026."
    (draft,) = (await read(FORM, text=text)).nsis
    assert (draft.prison and draft.prison.source, draft.crn and draft.crn.value) == ("body line 1", "X123456")


async def test_what_disagrees_is_said_and_waits_for_a_person() -> None:
    reading = await read(FORM, text="Name: Robin Invented\nCRN: X123456\nRelease date: 20/12/2026\n")
    (draft,) = reading.nsis
    assert draft.move_on is not None
    assert draft.move_on.confidence < 0.5
    assert any("body line 3 and attachment request.docx, table 1, row 4, cell 2" in one for one in reading.problems)


async def test_two_people_are_two_records() -> None:
    text = "Name: Kim Invented\nCRN: X700001\nRelease date: 20/12/2026\nAddress: 1 Invented Street, Leeds LS1 4AP\n"
    assert crns(await read(FORM, text=text)) == ["X700001", "X123456"]


@pytest.mark.parametrize("sent_as", ["application/octet-stream", "application/x-unknown"])
async def test_a_file_is_what_its_bytes_say_it_is(sent_as: str) -> None:
    pdf = ("scan.bin", PDF, (FORMS / "pdf/printed.pdf").read_bytes())
    reading = await read(pdf, TRACKER, as_=sent_as)
    assert crns(reading) == ["X123456", "X700001", "X700002"]
    assert reading.drafts[0].crn is not None
    assert reading.drafts[0].crn.source == "attachment scan.bin, page 1, line 3"


async def test_a_list_in_text_is_read_and_its_wrong_rows_are_named() -> None:
    rows = b"CRN,Name,Move date,To PDU\r\nX1,Kim Invented,21/12/2026,Leeds\r\nX2,Ash Invented,soon,Leeds\r\n"
    reading = await read(("list.csv", CSV, rows), as_="application/vnd.ms-excel")
    assert crns(reading) == ["X1"]
    assert [(row.line, row.column) for row in reading.refused] == [(3, "attachment list.csv, column Move date")]


@pytest.mark.parametrize(
    ("name", "kind", "raw"),
    [
        ("form.docx", DOCX, b"PK\x03\x04word/document.xml" + b"\0" * 500),
        ("form.pdf", PDF, b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000),
        ("letter.csv", CSV, b"Dear Hull,\r\nall is well.\r\n"),
    ],
)
async def test_what_cannot_be_read_is_said_by_its_number_and_the_rest_is_read(name: str, kind: str, raw: bytes) -> None:
    reading = await read((name, kind, raw), FORM)
    assert crns(reading) == ["X123456"]
    assert any(problem.startswith("Attachment 1 is not read.") for problem in reading.problems)
    assert not any(name in problem for problem in reading.problems), "names of files may name people"


async def test_an_e_mail_in_an_e_mail_file_is_read_with_its_own_attachments() -> None:
    inner = mail("See the form.", FORM, subject="Temporary move")
    reading = await read(("earlier.eml", "application/octet-stream", inner))
    (draft,) = reading.nsis
    assert draft.crn is not None
    assert draft.crn.source == "attachment earlier.eml, attachment request.docx, table 1, row 1, cell 4"
    assert draft.sender_email is not None
    assert draft.sender_email.value == "sam@york.invalid", "who sent it on is answered"


async def test_an_e_mail_saved_by_outlook_is_read_with_its_own_attachments() -> None:
    reading = await read(("earlier.msg", "application/octet-stream", SAVED))
    (draft,) = reading.nsis
    assert draft.until is not None
    assert draft.until.source == "attachment earlier.msg, attachment request.docx, table 1, row 4, cell 4"


async def test_what_outlook_wrapped_up_is_unwrapped() -> None:
    (draft,) = (await read_whole(wrapped(tnef("See the form.", ("Request for supervision.docx", FORM[2]))))).nsis
    assert draft.crn is not None
    assert draft.crn.source == "attachment Request for supervision.docx, table 1, row 1, cell 4"


async def test_messages_inside_one_another_come_to_an_end() -> None:
    raw = mail("See the form.", FORM)
    for _ in range(6):
        raw = mail("See attached.", ("earlier.eml", "application/octet-stream", raw))
    reading = await read_whole(raw)
    assert any("too many" in problem for problem in reading.problems)


async def test_a_file_of_very_many_records_is_left_to_its_connection() -> None:
    rows = b"CRN,Name,Move date,To PDU\r\n" + b"X123456,Kim Invented,21/12/2026,Leeds\r\n" * 300
    reading = await read(("list.csv", CSV, rows), FORM)
    assert crns(reading) == ["X123456"]
    assert any("more than 200 records" in problem for problem in reading.problems)


async def test_of_a_bounce_nothing_is_read_whatever_it_carries() -> None:
    raw = mail("Returned.", FORM).replace(b"Sam Example <sam@york.invalid>", b"MAILER-DAEMON@york.invalid")
    reading = await read_whole(raw)
    assert (reading.automatic, reading.drafts) == ("bounce", [])
