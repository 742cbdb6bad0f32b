"""`bedspace locator`: what is covered, and files of contacts and of postcode sectors."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

import bedspace.locator
from bedspace.locator import sector_sheet, spoc_sheet
from gateway.cli import main

Run = Callable[..., tuple[object, str, str]]
BIRMINGHAM = "E08000025"
HEADER = "pdu,region,kind,purposes,name,email,phone,hours,out_of_hours,team"
KIT = "Kit Invented-New,kit@pdu.invalid,01632 960999,Weekdays,,Leeds case transfers"


@pytest.fixture
def run(of_its_own: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Answers exit status, output and errors."""
    monkeypatch.setenv("DATABASE_URL", of_its_own)

    def called(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["locator", *arguments])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return called


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    def written(*lines: str) -> str:
        path = tmp_path / "sheet.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return written


Sheet = Callable[..., str]


def test_contacts_given_out_and_taken_in_again_change_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "spocs.csv"
    status, out, _ = run("spocs", "export", "--out", str(path))
    assert status == 0
    assert f"contacts are in {path}." in out
    status, out, _ = run("spocs", "import", str(path), "--apply")
    assert status == 0
    assert "0 would change." in out
    assert out.endswith("All is so already.\n")


def test_the_difference_of_contacts_is_said_first_and_made_only_when_told_to(run: Run, sheet: Sheet) -> None:
    path = sheet(HEADER, f"N55LEE,,,mappa victim,{KIT}")
    status, out, _ = run("spocs", "import", path)
    assert status == 0
    assert "N55LEE mappa: phone 01632 960" in out
    assert "2 pairs of a PDU or region and a purpose are in the file; 2 would change." in out
    assert out.endswith("Nothing was changed: add --apply to change it.\n")
    assert "Kit Invented-New" not in run("coverage", "--pdu", "N55LEE")[1]
    assert "Changed, from" in run("spocs", "import", path, "--apply")[1]
    assert run("coverage", "--pdu", "N55LEE")[1].count("Kit Invented-New, 01632 960999") == 2
    assert "All is so already." in run("spocs", "import", path, "--apply")[1]


def test_a_contact_of_a_region_and_a_telephone_with_its_country_are_taken(run: Run, sheet: Sheet) -> None:
    path = sheet(HEADER, ",N55,region_spo,transfer,Kit Invented-New,kit@pdu.invalid,+44 1632 960999,Weekdays,,Region")
    _, out, _ = run("spocs", "import", path, "--apply")
    assert "N55 transfer: + Kit Invented-New, kit@pdu.invalid, +44 1632 960999" in out
    rows = list(csv.DictReader(io.StringIO(run("spocs", "export")[1])))
    (own,) = [row for row in rows if row["region"]]
    assert (own["kind"], own["phone"]) == ("region_spo", "'+44 1632 960999")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADER, f"N99XXX,,,transfer,{KIT}"], "line 2, column 1 (pdu): There is no PDU with the code “N99XXX”"),
        ([HEADER, f"n55lee,,,transfer,{KIT}"], "Did you mean N55LEE?"),
        ([HEADER, f",N99,region_spo,transfer,{KIT}"], "line 2, column 2 (region): There is no region"),
        ([HEADER, f"N55LEE,N55,,transfer,{KIT}"], "line 2, column 1 (pdu): Give either a PDU or a region."),
        ([HEADER, f"N55LEE,,region_spo,transfer,{KIT}"], "line 2, column 3 (kind): A region names"),
        ([HEADER, f"N55LEE,,boss,transfer,{KIT}"], "line 2, column 3 (kind): There is no “boss” here."),
        ([HEADER, f"N55LEE,,,transfers,{KIT}"], "(purposes): There is no “transfers” here. Did you mean transfer?"),
        (
            [HEADER, f"N55LEE,,,transfer,{KIT}", f"N55LEE,,,victim transfer,{KIT}"],
            "line 3, column 4 (purposes): transfer of N55LEE is given on line 2 already.",
        ),
        ([HEADER, f"N55LEE,,,transfer,{KIT.replace('kit@', 'kit')}"], "column 6 (email): This is no e-mail address."),
        ([HEADER, f"N55LEE,,,transfer,{'K' * 201},k@x.invalid,1,2,,3"], "column 5 (name): This is too long"),
        ([HEADER, "N55LEE,,,transfer,,k@x.invalid,1,2,,3"], "line 2, column 5 (name): is missing"),
        ([HEADER, "N55LEE,,,transfer,=1+1,k@x.invalid,1,2,,3"], "column 5 (name): This is a formula."),
        ([HEADER.replace("email", "e_mail"), ""], "line 1, column 6: There is no column “e_mail”. Did you mean email?"),
        ([HEADER, "N55LEE"], "line 2, column 2: The line has 1 columns, and the header has 10."),
    ],
)
def test_each_fault_of_contacts_has_its_line_and_column(run: Run, sheet: Sheet, lines: list[str], said: str) -> None:
    status, _, err = run("spocs", "import", sheet(*lines), "--apply")
    assert status == 1
    assert said in err
    assert err.endswith("Nothing was changed.\n")


def test_a_file_with_one_fault_changes_nothing_of_the_rest(run: Run, sheet: Sheet) -> None:
    before = run("spocs", "export")[1]
    path = sheet(HEADER, f"N55LEE,,,release,{KIT}", f"N99XXX,,,release,{KIT}")
    assert run("spocs", "import", path, "--apply")[0] == 1
    assert run("spocs", "export")[1] == before


@pytest.mark.parametrize("which", ["spocs", "sectors"])
def test_a_file_of_another_kind_is_named_as_what_it_is(run: Run, tmp_path: Path, which: str) -> None:
    path = tmp_path / "sheet.csv"
    for raw, said in ((b"PK\x03\x04xx", "an Excel workbook"), (b"%PDF-1.7", "a PDF"), (b" \n", "The file is empty")):
        path.write_bytes(raw)
        status, _, err = run(which, "import", str(path), "--apply")
        assert status == 1
        assert said in err
    path.write_text("premises,room,bed\nP034,1,P034-01\n")
    status, _, err = run(which, "import", str(path))
    assert status == 1
    assert "The header is missing. The first line names the columns: " in err


def test_sectors_are_given_out_filled_in_and_taken_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sectors.csv"
    assert run("sectors", "export", BIRMINGHAM, "--out", str(path))[0] == 0
    text = path.read_text()
    assert f"{BIRMINGHAM},B1 1,,," in text
    path.write_text(text.replace(f"{BIRMINGHAM},B1 1,,,", f"{BIRMINGHAM},B1 1,N52BNES,An invented map,yes"))
    status, out, _ = run("sectors", "import", str(path))
    assert status == 0
    assert "Birmingham B1 1: undecided → N52BNES" in out
    assert "1 would change." in out
    assert out.endswith("Nothing was changed: add --apply to change it.\n")
    assert "Changed, from" in run("sectors", "import", str(path), "--apply")[1]
    assert "All is so already." in run("sectors", "import", str(path), "--apply")[1]
    assert f"{BIRMINGHAM},B1 1,N52BNES,An invented map,yes" in run("sectors", "export")[1]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Leeds,LS1 4,N55LEE,A map"], "line 2, column 1 (authority): This is no authority that is split"),
        (["Birmingham,B1,N52BIRM,A map"], "line 2, column 2 (sector): This is no postcode sector."),
        (["Birmingham,LS1 4,N52BIRM,A map"], "line 2, column 2 (sector): No postcode of LS1 4 lies in Birmingham."),
        (["Birmingham,B1 1,N55LEE,A map"], "line 2, column 3 (pdu): Birmingham lies in N52BIRM and N52BNES."),
        (["Birmingham,B1 1,N52BIRM,"], "line 2, column 4 (said_by): Say who decided it"),
        (
            ["Birmingham,B1 1,N52BIRM,A map", "birmingham,b1 1,N52BNES,A map"],
            "line 3, column 2 (sector): B1 1 is given on line 2 already.",
        ),
        (
            ["Birmingham,B1 1,N52BIRM,A map", f"{BIRMINGHAM},B1 1,N52BIRM,A map"],
            "line 3, column 2 (sector): B1 1 was given before",
        ),
        ([",B1 1,N52BIRM,A map"], "line 2, column 1 (authority): is missing"),
    ],
)
def test_each_fault_of_sectors_has_its_line_and_column(run: Run, sheet: Sheet, lines: list[str], said: str) -> None:
    status, _, err = run("sectors", "import", sheet("authority,sector,pdu,said_by", *lines), "--apply")
    assert status == 1
    assert said in err
    assert err.endswith("1 fault. Nothing was changed.\n")


def test_what_is_covered_is_shown_by_pdu_and_purpose_and_leaves_with_1_where_somebody_is_missing(
    run: Run, of_its_own: str
) -> None:
    status, out, _ = run("coverage", "--region", "N52")
    assert status == 0
    assert out.startswith("West Midlands (N52)")
    assert "Nothing is missing here." in out

    async def nobody() -> None:
        connection = await asyncpg.connect(of_its_own)
        await connection.execute("update spoc set valid = 'empty' where pdu_code = 'N52BIRM' and purpose <> 'release'")
        await connection.close()

    asyncio.run(nobody())
    status, out, _ = run("coverage", "--gaps")
    assert status == 1
    (line,) = [one for one in out.splitlines() if "N52BIRM" in one]
    assert line.split("South")[1].split() == ["NOBODY", "NOBODY", "spoc", "NOBODY", "NOBODY", "NOBODY"]
    assert "Missing: 5, at 1 PDU." in out
    assert "N55LEE" not in out
    assert run("coverage", "--region", "N55")[0] == 0
    assert run("coverage", "--pdu", "N99XXX")[0] == 2
    status, out, _ = run("coverage", "--json", "--on", "2026-12-01")
    assert status == 1
    assert [gap["kind"] for gap in json.loads(out)["gaps"]] == ["nobody"] * 5


@pytest.mark.parametrize(
    ("arguments", "teaches"),
    [
        ((), "spocs import spocs.csv"),
        (("coverage",), "NOBODY"),
        (("spocs", "import"), "out_of_hours"),
        (("sectors", "import"), "said_by"),
    ],
)
def test_the_help_teaches(run: Run, arguments: tuple[str, ...], teaches: str) -> None:
    status, out, _ = run(*arguments, "--help")
    assert status == 0
    assert teaches in out


def test_the_document_says_what_each_column_means() -> None:
    said = (Path(bedspace.locator.__file__).parent / "README.md").read_text()
    for columns in (spoc_sheet.COLUMNS, sector_sheet.COLUMNS):
        assert "".join(f"| `{name}` | {what} |\n" for name, what in columns.items()) in said
