"""The codes of the two NSI types are configuration: without one a code is unmapped, and never guessed."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.profile import code_faults, read_profile
from adapters.systems import ndelius
from adapters.systems.ndelius.profile import NDelius
from adapters.systems.ndelius.read import read as read_bytes
from adapters.systems.ndelius.write import write
from schemas.drafts import DraftContact, DraftNsi, DraftStatus, Reading, told, values_of
from schemas.errors import Invalid, Refused, Unreadable

PROFILES = ndelius.SYSTEM.profiles()
BARE: Any = PROFILES["ndelius"]
EXAMPLE: Any = PROFILES["example"]


def read(message: Any, profile: Any = BARE) -> Reading:
    return read_bytes(json.dumps(message).encode(), profile)


def nsi(**more: Any) -> dict[str, Any]:
    return {"nsiId": 7, "nsiType": {"code": "QX1"}, "nsiStatus": {"code": "INPROG"}, **more}


def test_sys_10_no_code_of_the_two_nsi_types_is_shipped_and_a_code_is_unmapped_until_one_is_filled_in() -> None:
    assert BARE.codes["type"] == {}
    reading = read(nsi())
    assert "type" not in values_of(reading.drafts[0])
    assert [(one.field, one.code) for one in reading.unmapped] == [("type", "QX1")]
    filled = BARE.with_codes({"type": {"QX1": "case_transfer"}})
    assert values_of(read(nsi(), filled).drafts[0])["type"] == "case_transfer"
    assert read(nsi(), filled).unmapped == []


@pytest.mark.parametrize(("description", "word"), [("case  TRANSFER", "case_transfer"), ("Recall", None)])
def test_sys_10_a_type_is_known_by_its_public_description_where_its_code_is_not(
    description: str, word: str | None
) -> None:
    found = read(nsi(nsiType={"code": "QX1", "description": description})).drafts[0]
    assert values_of(found).get("type") == word


def test_sys_10_an_nsi_is_not_written_while_its_type_has_no_code() -> None:
    mine = DraftNsi(crn=told("X123456"), type=told("case_transfer"), status=told("in_progress"))
    with pytest.raises(Refused, match="no code for type"):
        write(mine, BARE)
    written = json.loads(write(mine, EXAMPLE))
    assert (written["type"], written["status"]) == ("ZZCT", "INPROG")


def test_sys_10_an_nsi_that_was_raised_here_is_written_with_our_reference_and_known_by_it_again() -> None:
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # the second 1:30 of that night in London
    mine = DraftNsi(
        crn=told("X123456"),
        type=told("temporary_move"),
        status=told("raised"),
        status_at=told(at),
        move_on=told(date(2026, 12, 1)),
        destination=told("LS1 4AP"),
        reference=told("NSI-000124"),
    )
    raw = write(mine, EXAMPLE)
    assert b"LS1" not in raw
    assert json.loads(raw)["externalReference"] == "urn:bedspace:nsi:NSI-000124"
    found = values_of(read_bytes(raw, EXAMPLE).drafts[0])
    assert (found["reference"], found["status_at"]) == ("NSI-000124", at)


@pytest.mark.parametrize(
    "more",
    [
        {"note": told("x" * 4_001)},
        {"team": told("TOOLONG")},
        {"crn": None},
        {"outcome": told("died")},
        {"external_reference": told("NT/00412")},
    ],
)
def test_what_ndelius_cannot_hold_is_refused(more: dict[str, Any]) -> None:
    mine = DraftNsi(crn=told("X123456"), type=told("case_transfer"), status=told("raised"))
    with pytest.raises(Refused):
        write(replace(mine, **more), EXAMPLE)
    with pytest.raises(Refused):
        write(DraftStatus(), EXAMPLE)


def test_sys_21_an_absence_keeps_what_kind_it_was_whatever_its_code() -> None:
    def outcome(**said: Any) -> Any:
        contact = {"contactId": 1, "type": {"code": "COAP"}, "outcome": said}
        return values_of(read(contact).drafts[0]).get("outcome")

    assert outcome(code="UAAB") == "unacceptable_absence"
    assert outcome(code="AAME", attended=False, complied=True) == "acceptable_absence"
    assert outcome(code="QQ", attended=False, complied=False) == "unacceptable_absence"
    assert outcome(code="QQ", attended=False) == "unacceptable_absence"
    assert outcome(code="QQ", attended=True, complied=False) == "attended"
    assert outcome(code="QQ") is None


def test_sys_21_an_action_that_enforces_nothing_makes_no_enforcement() -> None:
    action = {"enforcementAction": {"code": "ROM"}}
    drafts = read({"contactId": 1, "type": {"code": "COAP"}, "enforcement": action}).drafts
    assert [type(one) for one in drafts] == [DraftContact]


def test_sys_21_an_area_says_by_its_connection_which_of_two_an_action_enforces() -> None:
    contact = {"contactId": 1, "type": {"code": "COAP"}, "enforcement": {"enforcementAction": {"code": "IBR"}}}
    assert [(one.field, one.code) for one in read(contact).unmapped] == [("kind", "IBR")]
    codes = {"kind": {"IBR": "recall"}, "outcome": {"QQ": "cancelled"}}
    assert list(code_faults(codes)) == []
    drafts = read({**contact, "outcome": {"code": "QQ"}}, BARE.with_codes(codes)).drafts
    assert [values_of(one).get("kind") for one in drafts] == ["office_visit", "recall"]
    assert values_of(drafts[0])["outcome"] == "cancelled"


def test_numbers_of_several_kinds_of_record_are_told_apart() -> None:
    both = read([nsi(), {"contactId": 7, "type": {"code": "COAP"}}])
    assert [values_of(one)["external_reference"] for one in both.drafts] == ["nsi:7", "contact:7"]


def test_another_area_intended_is_where_the_case_goes_while_the_sender_still_manages_it() -> None:
    managers = [{"probationArea": {"code": "ZZ1"}, "team": {"code": "ZZ1ABC"}}]
    found = read(nsi(nsiManagers=managers, intendedProvider={"code": "ZZ2"}), EXAMPLE).drafts[0]
    assert values_of(found)["destination"] == "Bristol"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('[contact_outcomes]\nX = "absent"', "none of"),
        ('[enforcement_actions]\nX = "fine"', "none of"),
        ('[described.colour]\nX = "red"', "no draft"),
        ('[codes.type]\nX = "transfer"', "none of"),
        ('reference_prefix = "NSI"', "reference_prefix"),
    ],
)
def test_a_profile_that_does_not_fit_is_told_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "york.toml"
    path.write_text(f'title = "What York records"\nlayout = "ours"\nsource = "a letter"\n{line}\n')
    with pytest.raises(Invalid, match=why) as told_:
        read_profile(path, NDelius)
    assert "line" in str(told_.value)


@pytest.mark.parametrize("raw", [b"<SPGInterchange/>", b'{"nsis": []}', b"NSI", b'{"nsiType": 1, "nsiType": 2}'])
def test_what_is_not_of_ndelius_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_bytes(raw, BARE)
