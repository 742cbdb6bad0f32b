"""Documents written by hand: what a program that writes them would not let one write."""

import io
import zipfile
import zlib

WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = b"<w:p><w:r><w:t>Request for Temporary Supervision</w:t></w:r></w:p>"
PLACEHOLDER = b"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>"
FILLED = b"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>"
OLD_BOX = (
    b'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>%s</w:checkBox></w:ffData></w:fldChar></w:r>'
    b"<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
)
TICK = b'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'


def said(text: bytes) -> bytes:
    return b'<w:r><w:t xml:space="preserve">%s</w:t></w:r>' % text


def paragraph(*runs: bytes) -> bytes:
    return b"<w:p>%s</w:p>" % b"".join(runs)


def row(label: bytes, inside: bytes, around: bytes = b"%s") -> bytes:
    beside = around % (b"<w:tc>%s</w:tc>" % inside)
    return b"<w:tr><w:tc>%s</w:tc>%s</w:tr>" % (paragraph(said(label)), beside)


CHANGED = b"<w:del><w:r><w:delText>Wrong</w:delText></w:r></w:del><w:ins>%s</w:ins>" % said(b"Invented")
ROWS = (
    row(b"Full name", paragraph(said(b"Lee "), CHANGED), FILLED),
    row(b"CRN", FILLED % paragraph(said(b"x777 888"))),
    row(b"PNC number", PLACEHOLDER % paragraph(said(b"Write here."))),
    row(
        b"Gender",
        paragraph(OLD_BOX % b'<w:default w:val="0"/>', said(b"Male "), OLD_BOX % b"<w:checked/>", said(b"Female")),
    ),
    row(b"Move begins on", paragraph(said(b"early January"))),
    row(b"Risk of serious harm", paragraph(TICK, said(b"Low"), b"<w:r><w:tab/></w:r>", TICK, said(b"Medium"))),
    row(b"Postcode", paragraph(said(b"ls14ap"))),
)
NOTES = paragraph(said(b"Notes")) + paragraph(said(b"Needs an "), b"<w:r><w:br/></w:r>", said(b"interpreter."))
CONTROLS = HEAD + b"<w:tbl>%s</w:tbl>" % b"".join(ROWS) + NOTES


def docx(body: bytes, *, more: dict[str, bytes] | None = None, name: str = "word/document.xml") -> bytes:
    """A document of this body, with some more parts."""
    written = io.BytesIO()
    whole = b"<w:document " + WORD + b"><w:body>" + body + b"</w:body></w:document>"
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, text in {"[Content_Types].xml": b"<Types/>", name: whole, **(more or {})}.items():
            packed.writestr(zipfile.ZipInfo(part), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def document() -> bytes:
    """With content controls, old form fields, changes that are tracked, ticks of Wingdings."""
    return docx(CONTROLS)


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """Of these objects, numbered from 1."""
    written = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    begins = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return written + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, begins)


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Filter/FlateDecode/Length %d%s>>\nstream\n" % (len(packed), more) + packed + b"\nendstream"


FONT = b"/Font<</F 5 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"


def page_of(content: bytes, *more: bytes) -> bytes:
    """One page of one font, with this content, and some more objects from 6."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE % (FONT + b"/XObject<</X 6 0 R>>"),
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def acro_form() -> bytes:
    """A form with fields, filled in on the screen."""
    said = {
        "Full name": "(Alex Invented)",
        "CRN": "(X246810)",
        "Date of birth": "(12/03/1979)",
        "Move begins on": "(21/12/2026)",
        "Move ends on": "(22/01/2027)",
        "Address during the move": "(7 Nowhere Lane\\rExeter\\rEX1 1AA)",
        "Reason for the move": "(Work.)",
        "Risk of serious harm": "(Medium)",
        "MAPPA": "()",
        "Requesting PDU": "(Plymouth)",
        "Practitioner's e-mail": "(pat.fictitious@probation.example)",
    }
    boxes = {"Address checked": b"/Yes", "Police check requested": b"/Off"}
    fields = [b"<</FT/Tx/T(%s)/V%s>>" % (name.encode(), value.encode()) for name, value in said.items()]
    fields += [b"<</FT/Btn/T(%s)/V%s>>" % (name.encode(), value) for name, value in boxes.items()]
    numbers = b" ".join(b"%d 0 R" % (6 + n) for n in range(len(fields)))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % numbers,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE % FONT,
        stream(b"BT /F 20 Tf 50 780 Td (Request for Temporary Supervision) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *fields,
    )
