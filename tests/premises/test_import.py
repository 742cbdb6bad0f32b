"""A file of beds: compared first, applied whole or not at all, every fault told with its line and column."""

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bedspace.claims.stays import PlaceClaim, place_claim
from bedspace.geography.postcodes import Postcodes
from bedspace.premises import columns
from bedspace.premises.columns import COLUMNS
from bedspace.premises.export import export_premises
from bedspace.premises.held import read_history
from bedspace.premises.importing import Importer
from bedspace.premises.read import show_premises
from bedspace.premises.record import read_records
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Invalid, NotThere, Unreadable
from schemas.keeping import ImportPremises
from schemas.premises import Imported
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)
HEAD = "premises,name,postcode,gender,room,bed,room_characteristics,premises_characteristics,opens,closes\n"
STAFF = Actor(id="staff", name="Jo Invented", role="premises_staff", premises=("AP1",))


class File:
    """Imports, for short."""

    def __init__(self, house: House, postcodes: Postcodes) -> None:
        self.house, self.importer = house, Importer(postcodes)

    async def __call__(
        self, content: str | bytes, *, actor: Actor = OPERATOR, apply: bool = True, **more: object
    ) -> Imported:
        raw = content if isinstance(content, bytes) else content.encode()
        command = ImportPremises(content=raw, apply=apply, **more)  # type: ignore[arg-type]  # as it is named there
        return await act(self.house, actor, self.importer.import_premises, command)

    async def faults(self, content: str | bytes, **more: object) -> list[str]:
        with pytest.raises(Invalid) as caught:
            await self(content, **more)  # type: ignore[arg-type]  # as above
        return [f"{fault.field}: {fault.why}" for fault in caught.value.faults]


@pytest.fixture
def file(house: House, postcodes: Postcodes) -> File:
    return File(house, postcodes)


async def test_new_premises_are_compared_first_and_then_made(file: File, pool: Pool) -> None:
    content = HEAD + "X1,Example House,ls1 4ap,male,Room 1,X1-1,en_suite step_free,catered,2027-01-11,\n"
    content += "X1,,,,Room 1,X1-2,,,,2027-03-01\n"
    looked = await file(content, apply=False)
    assert (looked.applied, looked.premises, looked.beds, looked.differences[0].new) == (False, 1, 2, True)
    assert await read_records(pool, ["X1"]) == {}
    done = await file(content)
    assert done.differences == looked.differences
    shown = await show_premises(pool, "X1", date(2027, 1, 11))
    assert (shown.postcode, shown.pdu, shown.characteristics) == ("LS1 4AP", "N55LEE", ["catered"])
    assert [(bed.code, bed.opens, bed.closes) for bed in shown.rooms[0].beds] == [
        ("X1-1", date(2027, 1, 11), None),
        ("X1-2", TODAY, date(2027, 3, 1)),
    ]


async def test_what_is_exported_and_imported_changes_nothing(file: File, house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite"], []], offers=["catered"], beds=2))
    await keep(house, premises("AP2", [["step_free"]]))
    await pool.execute("update premises set name = '=cmd()|A' where code = 'AP2'")
    content = await export_premises(pool, TODAY)
    assert "'=cmd()|A" in content
    assert (await file(content, close_missing=True)).differences == []
    assert await export_premises(pool, TODAY) == content


async def test_a_bed_that_is_not_named_closes_only_when_that_is_asked_for(file: File, house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [[], []]))
    await keep(house, premises("AP2", [[]]))
    content = "premises,room,bed\nAP1,Room 1,AP1-1\n"
    assert (await file(content)).differences == []
    first = TODAY + timedelta(days=9)
    done = await file(content, close_missing=True, from_=first)
    assert [(c.where, c.what, c.was, c.now) for c in done.differences[0].changes] == [
        ("bed AP1-2", "closes", None, "2026-12-01")
    ]
    assert (await show_premises(pool, "AP2", first)).beds == 1
    assert (await show_premises(pool, "AP1", TODAY)).beds == 2
    assert (await show_premises(pool, "AP1", first)).beds == 1


async def test_what_changed_is_remembered_with_who_and_from_when(file: File, house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite"]]))
    await file("premises,room,bed,room_characteristics,type\nAP1,Room 1,AP1-1,step_free,pipe\n", actor=STAFF)
    newest = (await read_history(pool, "AP1")).items[0]
    assert (newest.act, newest.made_by, newest.counts_from) == ("imported", "staff", TODAY)
    assert {(c.where, c.what): (c.was, c.now) for c in newest.changes} == {
        ("premises", "type"): ("standard", "pipe"),
        ("room Room 1", "characteristics"): ("en_suite", "step_free"),
    }


async def test_every_fault_is_told_with_its_line_and_column_and_nothing_is_applied(
    file: File, house: House, pool: Pool
) -> None:
    await keep(house, premises("AP1", [[]]))
    content = HEAD + "\n".join(
        [
            "X1,Example House,LS1 4AP,male,Room 1,X1-1,jacuzzi,,,",
            "X1,Example House,ZZ9 9ZZ,mael,Room 2,X1-1,en_suit,,,",
            "X1,Another House,,,Room 3,X1-3,,,2027-02-01,2027-01-01",
            "X1,,,,Room 4,AP1-1,,,soon,",
            "X1,,,,Room 5",
            '"=HYPERLINK(""x"")",,,,Room 6,X1-6,,,,',
            "X2,,,,,X2-1,,,,",
        ]
    )
    faults = await file.faults(content)
    assert [fault.partition(": ")[0] for fault in faults] == [
        "line 2, column 7 (room_characteristics)",
        "line 3, column 3 (postcode)",
        "line 3, column 4 (gender)",
        "line 3, column 6 (bed)",
        "line 3, column 7 (room_characteristics)",
        "line 4, column 2 (name)",
        "line 4, column 10 (closes)",
        "line 5, column 6 (bed)",
        "line 5, column 9 (opens)",
        "line 6, column 6",
        "line 7, column 1 (premises)",
        "line 8, column 5 (room)",
    ]
    said = "\n".join(faults)
    for words in ("Did you mean male", "Did you mean en_suite", "is on line 2 already", "is a bed of AP1", "formula"):
        assert words in said
    assert list(await read_records(pool)) == ["AP1"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "a PDF"),
        (b"premises,room,bed\nAP1,R\xe9,AP1-1\n", "line 2, byte 6: the file is not in UTF-8"),
        (b"premises,room,bed\nAP1,\x00,AP1-1\n", "line 2: the file holds bytes that are no text"),
        (b"premises;room;bed\nAP1;R;AP1-1\n", "line 1: the columns are not separated by commas"),
        (b'premises,room,bed\nAP1,"R,AP1-1\n', "line 2: a quotation mark"),
        (b"premises,room,bed\n", "no beds"),
    ],
)
async def test_a_file_of_the_wrong_kind_is_told_apart(file: File, raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        await file(raw)


async def test_a_header_that_is_missing_or_misspelt_is_told_with_what_was_meant(file: File) -> None:
    assert "line 1, column 2: There is no column “rom”. Did you mean room?" in await file.faults(
        "premises,rom,bed\nAP1,Room 1,AP1-1\n"
    )
    assert (await file.faults("AP1,Room 1,AP1-1\n"))[0].startswith("line 1, column 1: The header is missing.")
    assert "The column bed is there twice" in (await file.faults("premises,room,bed,bed\nAP1,R,B,B\n"))[0]


async def test_a_claim_in_the_way_is_told_on_the_line_of_the_bed_before_anything_is_applied(
    file: File, house: House, pool: Pool
) -> None:
    await keep(house, premises("AP1", [[], []]))
    stay = PlaceClaim(bed="AP1-2", kind="stay", from_=TODAY, nights=30, person=uuid4())
    await act(house, OPERATOR, place_claim, stay)
    content = "premises,room,bed,type,closes\nAP1,Room 1,AP1-1,pipe,\nAP1,Room 2,AP1-2,,2026-12-01\n"
    faults = await file.faults(content, apply=False)
    assert faults[0].startswith("line 3, column 3 (bed): AP1-2: still claimed")
    assert "stay from 22 November 2026 to 22 December 2026" in faults[0]
    assert (await show_premises(pool, "AP1", TODAY)).type == "standard"


async def test_staff_import_their_own_premises_and_no_others(file: File, house: House) -> None:
    await keep(house, premises("AP1"))
    await keep(house, premises("AP2"))
    content = "premises,room,bed,room_characteristics\n{0},Room 1,{0}-1,en_suite\n"
    assert (await file(content.format("AP1"), actor=STAFF)).applied
    for theirs in ("AP2", "AP3"):
        with pytest.raises(NotThere, match=f"no premises {theirs} that you keep"):
            await file(content.format(theirs), actor=STAFF)


async def test_only_beds_wait_for_a_day_to_come(file: File, house: House, pool: Pool) -> None:
    await keep(house, premises("AP1", [["en_suite"]]))
    first = TODAY + timedelta(days=30)
    faults = await file.faults("premises,room,bed,type\nAP1,Room 1,AP1-1,pipe\n", from_=first)
    assert "only beds that open or close can wait for 22 December 2026" in faults[0]
    await file("premises,room,bed,room_characteristics\nAP1,Room 9,AP1-9,step_free\n", from_=first)
    assert (await show_premises(pool, "AP1", TODAY)).beds == 1
    assert (await show_premises(pool, "AP1", first)).beds == 2


def test_the_table_of_columns_beside_the_code_is_the_columns() -> None:
    readme = Path(columns.__file__).with_name("README.md").read_text()
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", readme, re.MULTILINE)) == COLUMNS
