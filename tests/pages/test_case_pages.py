"""The record of one person on the pages: read, recorded, masked, and led to from an NSI."""

import re
from uuid import UUID

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.people.keep import limit_access
from gateway.transfers.confirm import confirm_nsi
from gateway.transfers.read import read_nsi
from schemas.nsis import ConfirmNsi, ReadNsi
from schemas.people import LimitAccess
from tests.api.serving import Served
from tests.messages import draft, prepared, reading, settled
from tests.pages.visitor import text_of, visiting

CONTACT = {
    "kind": "appointment",
    "at-day": "20",
    "at-month": "11",
    "at-year": "2026",
    "at-time": "14:30",
    "outcome": "unacceptable_absence",
    "note": "No word from them",
}


@pytest.fixture
async def person(served: Served, house: House) -> UUID:
    """Whom York sends to Leeds."""
    item = await settled(house, Settler(served.opening.works.postcodes), reading(draft(rosh="medium")))
    await act(house, OPERATOR, confirm_nsi, ConfirmNsi(id=item.nsi_ids[0]))
    return (await act(house, OPERATOR, read_nsi, ReadNsi(id=item.nsi_ids[0]))).person.id


async def test_a_case_is_led_to_from_its_nsi_and_recorded_by_forms(served: Served, person: UUID) -> None:
    path = f"/people/{person}"
    async with visiting(served, "practitioner") as visitor:
        first = await visitor.get(path)
        said = text_of(first)
        assert "Robin Invented" in said
        assert "No unacceptable absence is on record" in said
        assert "Ethnicity Not recorded" in said
        assert "Asked for NSI-000001 Not yet" in said
        nsi = re.search(r'href="(/nsis/[^"]+)"', first.text)
        assert nsi
        assert f'href="{path}"' in (await visitor.get(nsi[1])).text
        given: list[tuple[str, dict[str, str | list[str]]]] = [
            ("contact", {**CONTACT}),
            ("sentence", {"kind": "order", "code": "cpo", "hours_ordered": "100", "hours_done": "40", **date_of(5)}),
            ("registration", {"kind": "rosh", "level": "high"}),
            ("enforcement", {"kind": "breach"}),
            ("needs", {"needs": ["diet", "sight"], "note": "Large print"}),
            ("ethnicity", {"ethnicity": "not_stated"}),
            ("name", {"name": "Nick Name"}),
            ("identifier", {"kind": "cro", "value": "000023/00Z"}),
        ]
        for change, fields in given:
            assert (await visitor.get(f"{path}/{change}")).status_code == 200
            done = await visitor.post(f"{path}/{change}", fields)
            assert "It is recorded." in text_of(done), (change, text_of(done))
        said = text_of(await visitor.get(path))
        for words in (
            "1 unacceptable absence, 1 since the last contact that was attended . Leeds: 1",
            "60 hours outstanding of 100 ordered",
            "High since",
            "Breach , 22 November 2026, Leeds",
            "Sight: Large print",
            "Asked for NSI-000001 22 November 2026",
            "does not wish to say",
            "CRO number 000023/00Z",
            "Other names Nick Name",
        ):
            assert words.replace(" ", "") in said.replace(" ", ""), (words, said)


def date_of(day: int, name: str = "starts_on") -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": "1", f"{name}-year": "2026"}


async def of(served: Served, path: str, form: str) -> str:
    async with visiting(served, "practitioner") as visitor:
        found = re.search(rf'href="([^"]*/{form}\?of=[^"]+)"', (await visitor.get(path)).text)
        assert found, form
        return found[1].replace("&amp;", "&")


async def test_what_is_on_record_is_put_right_and_ended_by_forms(served: Served, person: UUID) -> None:
    path = f"/people/{person}"
    async with visiting(served, "practitioner") as visitor:
        await visitor.post(f"{path}/contact", CONTACT)
        await visitor.post(f"{path}/sentence", {"kind": "order", "code": "cpo", "hours_ordered": "100", **date_of(5)})
        await visitor.post(f"{path}/enforcement", {"kind": "warning"})
        await visitor.post(f"{path}/registration", {"kind": "mappa", "level": "2", **date_of(5, "since")})
        given: dict[str, dict[str, str]] = {
            "outcome": {"outcome": "acceptable_absence"},
            "change": {"hours_done": "30"},
            "requirement": {"kind": "curfew", "title": "7 to 7"},
            "requirement-end": {},
            "enforced": {"outcome": "withdrawn"},
            "registration-end": {},
        }
        for form, fields in given.items():
            address = await of(served, path, form)
            asked = dict(one.split("=") for one in address.partition("?")[2].split("&"))
            done = await visitor.post(address.partition("?")[0], {**asked, **fields})
            assert "It is recorded." in text_of(done), (form, text_of(done))
        said = text_of(await visitor.get(path))
        assert "Acceptable absence" in said
        assert "70 hours outstanding" in said
        assert "Curfew: 7 to 7 Ended" in said
        assert "No area has registered anything" in said
        log = await visitor.get(f"{path}/contacts")
        assert "No word from them" in text_of(log)


@pytest.mark.parametrize(
    ("change", "fields", "at", "said"),
    [
        ("contact", CONTACT | {"at-day": ""}, "at", "real date"),
        ("contact", CONTACT | {"at-year": "2027"}, "at", "still to come"),
        ("contact", CONTACT | {"kind": ""}, "kind", "Give this: What kind of contact"),
        ("registration", {"kind": "rosh", "level": "2"}, "level", "Give one of"),
        ("registration", {"kind": "visor"}, "kind", "ViSOR is off"),
        ("needs", {"note": "x"}, "needs", "Tick what the person said"),
        ("needs", {"needs": ["none", "diet"]}, "needs", "There are none, or there are these"),
        ("identifier", {"kind": "cro", "value": "000023/00A"}, "value", "Check the letter at its end"),
        (
            "sentence",
            {"kind": "order", "code": "cpo", "hours_done": "3", **date_of(5)},
            "hours_ordered",
            "Give the hours",
        ),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    served: Served, person: UUID, change: str, fields: dict[str, str | list[str]], at: str, said: str
) -> None:
    async with visiting(served, "practitioner") as visitor:
        answer = await visitor.post(f"/people/{person}/{change}", fields)
        assert answer.status_code == 422, text_of(answer)
        assert f'href="#{at}"' in answer.text
        assert said in text_of(answer)


async def test_two_records_are_made_one_and_two_again_and_the_old_address_leads_on(
    served: Served, house: House, person: UUID
) -> None:
    settler = Settler(served.opening.works.postcodes)
    other = await prepared(house, settler, crn="X765432", noms="A7654BC", name="Ash Imaginary", rosh="medium")
    async with visiting(served, "spo") as visitor:
        reason = {"merged": "X765432", "reason": "The prints are the same"}
        done = await visitor.post(f"/people/{person}/merge", reason)
        assert "Made one with Ash Imaginary" in text_of(done)
        moved = await visitor.get(f"/people/{other.person.id}")
        assert str(moved.url).endswith(f"/people/{person}")
        undo = re.search(r"/unmerge\?of=([0-9a-f-]+)", done.text)
        assert undo
        asked = {"of": undo[1], "reason": "They are brothers"}
        assert "Made one with" not in text_of(await visitor.post(f"/people/{person}/unmerge", asked))
        missing = await visitor.post(f"/people/{person}/merge", {"merged": "X999999", "reason": "x y z"})
        assert 'href="#merged"' in missing.text


async def test_a_masked_person_is_limited_access_with_their_moves_and_nothing_else(
    served: Served, house: House, person: UUID
) -> None:
    await act(house, OPERATOR, limit_access, LimitAccess(id=person))
    async with visiting(served, "practitioner") as visitor:
        page = await visitor.get(f"/people/{person}")
        assert "Robin" not in text_of(page)
        assert "X123456" not in page.text
        assert "NSI-000001" in text_of(page)
        assert (await visitor.get(f"/people/{person}/contact")).status_code == 404
        assert (await visitor.get(f"/people/{UUID(int=1)}")).status_code == 404
        assert (await visitor.get(f"/people/{person}/nothing")).status_code == 404
    async with visiting(served, "prison_staff") as visitor:
        assert (await visitor.get(f"/people/{person}")).status_code == 403


async def test_every_look_at_a_case_is_on_the_audit_record(served: Served, person: UUID) -> None:
    async with visiting(served, "practitioner") as visitor:
        await visitor.get(f"/people/{person}")
    row = await served.opening.works.pool.fetchrow(
        "select actor, action, persons from audit where action = 'case.read' order by id desc limit 1"
    )
    assert row is not None
    assert tuple(row) == ("demo-practitioner", "case.read", [person])
