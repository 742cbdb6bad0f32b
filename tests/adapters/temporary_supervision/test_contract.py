"""The form keeps the promises of every system, as a Word document and as a PDF."""

from pathlib import Path

from adapters.systems import temporary_supervision
from tests.adapters.temporary_supervision.raw import HEAD, docx, page_of, pdf, stream
from tests.contract.suite import SystemContract

FIXTURES = Path(__file__).parent / "fixtures"
ROW = b"<w:tr><w:tc><w:p><w:r><w:t>CRN</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)
HOSTILE_DOCUMENTS = (
    docx(HEAD, more={"word/media/a.png": b"\0" * 160_000_000}),
    docx(HEAD + b" " * 20_000_000),
    docx(HEAD + b"<w:p/>" * 200_000),
    docx(HEAD + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 100_000),
    docx(HEAD + b"<w:tbl>" + ROW * 20_000 + b"</w:tbl>"),
    docx(HEAD + b"<w:tbl><w:tr><w:tc>" * 60 + b"</w:tc></w:tr></w:tbl>" * 60),
    docx(HEAD + b"<w:sdt><w:sdtContent>" * 120 + b"</w:sdtContent></w:sdt>" * 120),
    docx(HEAD + b"<w:sdt><w:sdtContent>" * 100_000),
    docx(HEAD + b"<w:p>" + b"<w:r><w:t>CRN: </w:t></w:r>" * 100_000 + b"</w:p>"),
    docx(HEAD, more={f"x{n}": b"" for n in range(2_000)}),
    docx(HEAD, more={"word/document.xml": LAUGHS}, name="word/first.xml"),
    docx(HEAD, name="word/other.xml"),
    docx(HEAD, name="../../document.xml"),
)
FORM = b"BT /F 20 Tf 50 780 Td (Request for Temporary Supervision) Tj ET\n"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ITSELF = b"<</XObject<</X 6 0 R>>>>"
HOSTILE_PDFS = (
    pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    pdf(CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 30_000 + b"]/Count 30000>>", b"<</Type/Page>>"),
    pdf(CATALOG, b"2 0 R"),
    pdf(b"<</Type/Catalog/Pages " + b"[" * 100_000),
    pdf(*[CATALOG] * 30_000),
    page_of(FORM + b"(a) Tj " * 400_000),
    page_of(FORM + b"q " * 500_000),
    page_of(FORM + b" " * 60_000_000),
    page_of(FORM + b"/X Do " * 5_000, stream(b"/X Do " * 50, b"/Type/XObject/Subtype/Form/Resources" + ITSELF)),
    page_of(FORM + b"[" * 200_000),
    page_of(FORM + b"<<" * 100_000),
    page_of(FORM + b"(" * 1_000_000),
    b"%PDF-1.7\n" + b"1 0 obj\n" * 200_000,
    b"%PDF-1.7\n" + b"1 0 obj\n<</A 1 0 R>>\nendobj\n" * 40_000 + b"trailer\n<</Root 1 0 R>>",
    b"%PDF-1.7\nxref\n0 99999999\n" + b"0000000000 00000 n \n" * 100_000,
    b"%PDF-1.7\nstartxref\n9\n%%EOF" * 50_000,
    b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
)


class TestTheFormInWord(SystemContract):
    system = temporary_supervision.SYSTEM
    fixtures = FIXTURES / "docx"
    suffix = ".docx"
    hostile = HOSTILE_DOCUMENTS


class TestTheFormAsPdf(SystemContract):
    system = temporary_supervision.SYSTEM
    fixtures = FIXTURES / "pdf"
    suffix = ".pdf"
    hostile = HOSTILE_PDFS
