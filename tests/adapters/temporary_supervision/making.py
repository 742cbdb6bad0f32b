"""Makes the fixtures: forms as other programs write them. `python -m tests.adapters.temporary_supervision.making`.

Word documents by a library that the reader does not use, PDFs by a browser that prints and by hand.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import docx

from tests.adapters.temporary_supervision.raw import acro_form, document

FIXTURES = Path(__file__).parent / "fixtures"
HEADING = "Request for Temporary Supervision"
WHOLE = [
    ("1. Full name:", "Robin INVENTED", "CRN", "X123456"),
    ("Prison number (NOMS)", "A1234BC", "PNC number", "2003/0011985X"),
    ("Date of birth", "4th May 1985", "Gender", "☒ Male  ☐ Female"),
    ("Move begins on", "Friday 18 December 2026", "Move ends on", "15/01/2027"),
    (
        "Address during the move (with postcode)",
        "2 Invented Street\nHull\nHU1 2AB",
        "Office asked to supervise",
        "Hull",
    ),
    (
        "Reason for the move",
        "Stays with an invented aunt, who is ill.",
        "Risk of serious harm",
        "Low ☐ Medium ☐ High ☒ Very high ☐",
    ),
    ("MAPPA", "Category 2, Level 1", "Requesting PDU", "York"),
    ("Practitioner", "Jo Fictitious", "Practitioner’s e-mail", "jo.fictitious@probation.example"),
    ("Date of this request", "30/11/2026", "Telephone of the person", "01632 960123"),
]
CHECKLIST = [
    ("Spoken with the receiving office", "☒ Yes", "27/11/2026, Sam Invented"),
    ("Address checked", "[x] Yes  [ ] No", ""),
    ("Police check requested", "☐ Yes", ""),
    ("First appointment agreed", "Yes", ""),
]
PARAGRAPHS = """Cais am Oruchwyliaeth Dros Dro / Temporary Supervision Request
Enw llawn: Sam Dychmygol
CRN: X654321
Dyddiad geni: 01/02/90
Gender: Benyw
Date the move begins: 2026-12-21
Date the move ends:
04.01.2027
Temporary address:
Flat 3
9 Made-up Road
Cardiff CF10 1AA
Purpose of the move: A course at an invented college.
Risk of serious harm: Substantial
Sending PDU: Swansea
☒ Address checked
☐ Police check requested"""


def _saved(made: object) -> bytes:
    written = io.BytesIO()
    made.save(written)  # type: ignore[attr-defined]  # a document of the library
    return written.getvalue()


def _table(rows: Sequence[tuple[str, ...]], made: object) -> None:
    table = made.add_table(rows=0, cols=len(rows[0]))  # type: ignore[attr-defined]  # as above
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def whole() -> bytes:
    made = docx.Document()
    made.add_heading(HEADING, 0)
    made.add_paragraph("Send this form to the office that is asked, at least five working days before the move.")
    _table(WHOLE, made)
    made.add_heading("Checklist", 1)
    _table(CHECKLIST, made)
    return _saved(made)


def by_paragraphs() -> bytes:
    made = docx.Document()
    for line in PARAGRAPHS.split("\n"):
        made.add_paragraph(line)
    return _saved(made)


def two_requests() -> bytes:
    made = docx.Document()
    for name, crn, until in (("Ash Invented", "X111222", "8 January 2027"), ("Kim Invented", "X333444", "soon")):
        made.add_heading(HEADING, 1)
        rows = [("Full name", name), ("CRN", crn), ("Move begins on", "21/12/2026"), ("Move ends on", until)]
        _table([*rows, ("Office asked to supervise", "Leeds"), ("Requesting PDU", "York")], made)
    return _saved(made)


def html(rows: Sequence[tuple[str, ...]], title: str = HEADING) -> str:
    told = "".join(f"<tr><th>{label}</th><td>{said}</td></tr>".replace("\n", "<br>") for label, said, *_ in rows)
    style = "body{font:12pt sans-serif} th{text-align:left;width:40%} td,th{border:1px solid;padding:6pt}"
    head = f"<!doctype html><meta charset=utf-8><title>x</title><style>{style}</style>"
    return f"{head}<h1>{title}</h1><table>{told}</table>"


def printed(page: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "form.html"), Path(folder, "form.pdf")
        source.write_text(page, encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}")
        subprocess.run([sys.argv[1] if len(sys.argv) > 1 else "chromium", *options, str(source)], check=True)
        return made.read_bytes()


def pairs(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(row[at], row[at + 1]) for row in rows for at in range(0, len(row) - 1, 2)]


def main() -> None:
    long = "The stay is for a course. " * 60
    over_two = [*pairs(WHOLE[:5]), ("Reason for the move", long), *pairs(WHOLE[6:8])]
    made = {
        "docx/whole.docx": whole(),
        "docx/by-paragraphs.docx": by_paragraphs(),
        "docx/two-requests.docx": two_requests(),
        "docx/content-controls.docx": document(),
        "pdf/printed.pdf": printed(html(pairs(WHOLE)) + html(CHECKLIST, "Checklist")),
        "pdf/over-two-pages.pdf": printed(html(over_two)),
        "pdf/fields-filled-in.pdf": acro_form(),
    }
    for name, raw in made.items():
        (FIXTURES / name).write_bytes(raw)


if __name__ == "__main__":
    main()
