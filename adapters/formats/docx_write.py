"""A Word document of headings and tables of two columns: the same words are the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
<Override PartName="/word/styles.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"""
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:styles {_WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>\
<w:sz w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:spacing w:after="240"/></w:pPr>\
<w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/>\
<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr>\
</w:style></w:styles>"""
_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:document {_WORD}><w:body>{{body}}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>\
<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>\
</w:sectPr></w:body></w:document>"""
_TABLE = """<w:tbl><w:tblPr><w:tblW w:w="9638" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>\
<w:tblGrid><w:gridCol w:w="3400"/><w:gridCol w:w="6238"/></w:tblGrid>{rows}</w:tbl>"""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="505A5F"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NEVER = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""What XML cannot hold."""
_WHEN = (2000, 1, 1, 0, 0, 0)
Rows = Sequence[tuple[str, str]]


def docx_bytes(title: str, parts: Sequence[tuple[str, Rows]]) -> bytes:
    """Each part with its heading, and rows of a label and what stands beside it."""
    body = _paragraph(title, "Title")
    for heading, rows in parts:
        table = _TABLE.format(borders=_BORDERS, rows="".join(map(_row, rows))) if rows else ""
        body += _paragraph(heading, "Heading1") + table
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, text in {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="word/document.xml"),
            "word/_rels/document.xml.rels": _RELATIONS.format(kind="styles", target="styles.xml"),
            "word/document.xml": _DOCUMENT.format(body=body),
            "word/styles.xml": _STYLES,
        }.items():
            packed.writestr(zipfile.ZipInfo(part, _WHEN), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _row(row: tuple[str, str]) -> str:
    label, said = row
    return (
        '<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3400" w:type="dxa"/></w:tcPr>'
        f'{_paragraph(label, bold=True)}</w:tc><w:tc><w:tcPr><w:tcW w:w="6238" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(said)}</w:tc></w:tr>"
    )


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line.translate(_NEVER))}</w:t>' for line in text.split("\n")
    )
    return f"<w:p>{styled}<w:r>{look}{runs}</w:r></w:p>"
