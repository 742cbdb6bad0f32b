"""Identifiers with check letters, former ones, and other names."""

from typing import Any

import pytest

from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.intake.settle import Settler
from gateway.people.identify import add_alias, record_identifier
from schemas.errors import Conflict, Invalid
from schemas.identity import AddAlias, Identified, RecordIdentifier
from tests.messages import FACTS, YORK, prepared

CRN = str(FACTS["crn"])


async def identified(house: House, kind: Any, value: str, **more: Any) -> Identified:
    command = RecordIdentifier(person=CRN, kind=kind, value=value, **more)
    return await act(house, YORK, record_identifier, command)


async def on_record(house: House, columns: str, table: str = "person") -> list[tuple[Any, ...]]:
    async with house.pool.acquire() as tx, tx.transaction():
        await tx.execute("select set_config('bedspace.nation', 'on', true)")
        return [tuple(row) for row in await tx.fetch(f"select {columns} from {table} order by 1")]  # ours


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("pnc", "2003/0011985A", "This is no PNC number; one looks like 2003/0011985X. Check the letter at its end."),
        ("cro", "050415/87K", "This is no CRO number"),
        ("crn", "123", "This is no CRN; one looks like A123456"),
        ("noms", "A12345", "This is no prison number"),
    ],
)
async def test_an_identifier_with_a_wrong_check_letter_is_refused_and_nothing_changes(
    house: House, settler: Settler, kind: Any, value: str, said: str
) -> None:
    await prepared(house, settler)
    before = await on_record(house, "crn, noms, pnc, cro")
    with pytest.raises(Invalid, match=f"value: {said}".replace(".", r"\.").replace("?", r"\?")):
        await identified(house, kind, value)
    assert await on_record(house, "crn, noms, pnc, cro") == before


async def test_a_newer_identifier_counts_and_the_former_one_still_finds_the_person(
    house: House, settler: Settler
) -> None:
    nsi = await prepared(house, settler)
    for _ in range(2):
        await identified(house, "noms", "a9999bc", present=True)
    await identified(house, "pnc", "03/11985X")
    assert await on_record(house, "noms, pnc") == [("A9999BC", "2003/0011985X")]
    assert await on_record(house, "kind, value", "person_identifier") == [("noms", "A1234BC")]
    again = await prepared(house, settler, crn=None, noms="A1234BC", destination="HU1 2AA")
    assert again.person.id == nsi.person.id


async def test_an_identifier_of_another_record_is_refused_and_says_to_merge(house: House, settler: Settler) -> None:
    await prepared(house, settler)
    await prepared(house, settler, crn="X765432", noms="A7654BC", name="Ash Imaginary")
    with pytest.raises(Conflict, match=r"Another record has this CRN\. If the two are one person, merge them"):
        await identified(house, "crn", "X765432")


async def test_another_name_is_kept_once_and_ones_own_is_none(house: House, settler: Settler) -> None:
    await prepared(house, settler)
    for name in ("Bobbie  Invented", "Bobbie Invented", str(FACTS["name"])):
        await act(house, OPERATOR, add_alias, AddAlias(person=CRN, name=name))
    assert await on_record(house, "name, source", "person_alias") == [("Bobbie Invented", "said")]
    with pytest.raises(Invalid, match="name"):
        await act(house, OPERATOR, add_alias, AddAlias(person=CRN, name="   x  "))
