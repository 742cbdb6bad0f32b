"""Workbooks as Excel writes them: shared strings, dates as numbers, formulas, sheets that are hidden or locked."""

import io
import zipfile

import pytest

from adapters.formats.rows import Row
from adapters.formats.xlsx import xlsx_rows, xlsx_sheets
from adapters.formats.xlsx_write import xlsx_bytes
from schemas.errors import Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>
<numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""
STRINGS = f"""<sst xmlns="{MAIN}"><si><t>CRN</t></si>
<si><r><t>Robin </t></r><r><t>Invented</t></r><rPh><t>help</t></rPh></si></sst>"""
BOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/><sheets>
<sheet name="Old" sheetId="2" state="hidden" r:id="r2"/>
<sheet name="Cases" sheetId="1" r:id="r1"/></sheets></workbook>"""
LINKS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="worksheets/a.xml"/>
<Relationship Id="r2" Target="/xl/worksheets/b.xml"/></Relationships>"""


def book(rows: str, **parts: str) -> io.BytesIO:
    given = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
        "xl/worksheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/worksheets/b.xml": f'<worksheet xmlns="{MAIN}"/>',
        **parts,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in given.items():
            archive.writestr(name, text)
    return packed


def cells(rows: str, **parts: str) -> list[list[str]]:
    return [row.cells for row in xlsx_rows(book(rows, **parts), "Cases") if isinstance(row, Row)]


def test_only_sheets_that_can_be_seen_are_read() -> None:
    assert xlsx_sheets(book("")) == ["Cases"]


def test_shared_strings_are_whole_and_without_phonetic_help() -> None:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c t="s"><v>99</v></c></row>'
    assert cells(row) == [["CRN", "", "Robin Invented", ""]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c s="1"><v>46374</v></c>', "2026-12-18"),
        ('<c s="2"><v>46374.395833333336</v></c>', "2026-12-18T09:30:00"),
        ('<c s="3"><v>46374</v></c>', "46374"),
        ("<c><v>123456.0</v></c>", "123456"),
        ("<c><v>0.5</v></c>", "0.5"),
        ('<c t="b"><v>1</v></c>', "true"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="str"><v>words</v></c>', "words"),
        ('<c t="inlineStr"><is><t> words </t></is></c>', "words"),
        ('<c s="1"><v>1e300</v></c>', "1e300"),
    ],
)
def test_a_cell_is_text_as_it_is_seen(cell: str, text: str) -> None:
    assert cells(f"<row>{cell}</row>") == [[text]]


def test_a_workbook_may_count_its_days_from_1904() -> None:
    of_1904 = {"xl/workbook.xml": BOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>')}
    assert cells('<row><c s="1"><v>44912</v></c></row>', **of_1904) == [["2026-12-18"]]


def test_a_formula_is_told_apart_from_a_value() -> None:
    file = book('<row r="7"><c r="A7"><v>1</v></c><c r="B7"><f>A7+1</f><v>2</v></c></row>')
    (row,) = xlsx_rows(file, "Cases")
    assert isinstance(row, Row)
    assert (row.line, row.cells, row.formulas) == (7, ["1", "2"], frozenset({1}))


def test_what_is_written_is_text_and_the_same_bytes_each_time() -> None:
    rows = [["CRN", "Note"], ["X123456", "=cmd|' /C calc'!A0"], ["007", "two\nlines & <more>"]]
    raw = xlsx_bytes(rows, "Cases & more")
    assert raw == xlsx_bytes(rows, "Cases & more")
    assert xlsx_sheets(io.BytesIO(raw)) == ["Cases & more"]
    read = list(xlsx_rows(io.BytesIO(raw), "Cases & more"))
    assert [row.cells for row in read if isinstance(row, Row)] == rows
    assert not any(isinstance(row, Row) and row.formulas for row in read)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", b"CRN,Name\n"])
def test_what_is_no_workbook_is_asked_for_as_one(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"save it as \.xlsx"):
        xlsx_sheets(io.BytesIO(raw))
