"""From any way of saying where, to who receives."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bedspace.geography.postcodes import Postcodes
from bedspace.reference.files import PrisonRow, premises_of_reference, rows
from bedspace.store import Tx
from schemas.errors import Invalid, NotThere
from schemas.locate import Located

Ask = Callable[..., Awaitable[Located]]

ON = date(2026, 12, 1)


async def end(tx: Tx, pdu: str, valid: str, successor: str) -> None:
    await tx.execute("update pdu set valid = $2::text::daterange where code = $1", pdu, valid)
    await tx.execute("insert into pdu_successor values ($1, $2)", pdu, successor)


def codes(located: Located) -> list[str]:
    """The code of the PDU, or of all candidates."""
    if located.pdu:
        return [located.pdu.code]
    return sorted(receiver.pdu.code for receiver in located.ambiguous or [])


@pytest.mark.parametrize(
    ("near", "pdu", "read_as"),
    [
        ("LS1 4AP", "N55LEE", "postcode LS1 4AP, Leeds"),
        ("ls14ap", "N55LEE", "postcode LS1 4AP, Leeds"),
        ("1 Example Street, Leeds LS1 4AP", "N55LEE", "postcode LS1 4AP, Leeds"),
        ("LS1", "N55LEE", "outward code LS1, Leeds"),
        ("Leeds", "N55LEE", "local authority Leeds"),
        ("LEEDS CITY COUNCIL", "N55LEE", "local authority Leeds"),
        ("HMP Leeds", "N55LEE", "prison HMP Leeds, LS12 2TJ"),
        ("Leeds prison", "N55LEE", "prison HMP Leeds, LS12 2TJ"),
        ("LEI", "N55LEE", "prison HMP Leeds, LS12 2TJ"),
        ("N55LEE", "N55LEE", "PDU Leeds"),
        ("E08000035", "N55LEE", "local authority Leeds"),
        ("City of Bradford", "N55BAC", "local authority Bradford"),
        ("Kingston-upon-Hull", "N55HER", "local authority Kingston upon Hull, City of"),
        ("hull", "N55HER", "local authority Kingston upon Hull, City of"),
        ("Saint Helens", "N51KNST", "local authority St. Helens"),
        ("durham", "N54DUR", "local authority County Durham"),
        ("Lincoln", "N53EWL", "local authority Lincoln"),
        ("Ynys Môn", "WPTNWS", "local authority Isle of Anglesey"),
        ("Caerdydd", "N03SW1", "local authority Cardiff"),
        ("Carchar Caerdydd", "N03SW1", "prison HMP/YOI Cardiff, CF24 0UG"),
        ("City of London", "LDNNHTH", "local authority City of London"),
        ("Carlisle", "N51CUMB", "local authority Carlisle"),
        ("Whitby", "N55YNY", "town Whitby, North Yorkshire"),
        ("Newport, Shropshire", "N52WEME", "town Newport, Telford and Wrekin"),
        ("Leicestershire area", "N53LEIS", "area of 2003 Leicestershire"),
        ("HMP & YOI Low Newton", "N54DUR", "prison HMP/YOI Low Newton, DH1 5YA"),
        ("the Scrubs", "LDNNHAK", "prison HMP/YOI Wormwood Scrubs, W12 0AE"),
    ],
)
async def test_one_pdu_answers(ask: Ask, near: str, pdu: str, read_as: str) -> None:
    located = await ask(near)
    assert located.pdu is not None
    assert (located.pdu.code, located.read_as) == (pdu, read_as)
    assert located.ambiguous is None


@pytest.mark.parametrize(
    ("near", "pdus"),
    [
        ("Birmingham", ["N52BIRM", "N52BNES"]),
        ("Manchester", ["N50GMS", "N50MANC"]),
        ("Liverpool", ["N51LPLS", "N51LSF"]),
        ("Ribble Valley", ["N51BLDA", "N51LSE"]),
        ("HMP Birmingham", ["N52BIRM", "N52BNES"]),
        ("B1 1AA", ["N52BIRM", "N52BNES"]),
        ("YO23", ["N55YNY", "N55YRK"]),
        ("Kent", ["N57EKNT", "N57KECL"]),
        ("Teesside", ["N54CLE", "N54STHA"]),
        ("Ashfield", ["N53NOTS", "N58BSG"]),
        ("Newcastle", ["N52STF", "N54NUTY"]),
        ("Newport", ["N52WEME", "N59SOPO", "WPTGWT"]),
    ],
)
async def test_several_pdus_are_all_answered_and_none_is_chosen(ask: Ask, near: str, pdus: list[str]) -> None:
    located = await ask(near)
    assert located.pdu is None
    assert located.spoc is None
    assert codes(located) == pdus
    assert all(receiver.spoc for receiver in located.ambiguous or [])


async def test_a_split_authority_is_said_to_be_split(ask: Ask) -> None:
    assert (await ask("Birmingham")).read_as == "local authority Birmingham (split between PDUs)"


async def test_a_prison_that_leads_elsewhere_than_the_place_of_its_name_is_named_beside_it(ask: Ask) -> None:
    assert (await ask("Ashfield")).read_as == "local authority Ashfield, or prison HMP Ashfield, BS16 9QJ"
    assert codes(await ask("HMP Ashfield")) == ["N58BSG"]


async def test_a_region_is_all_its_pdus_in_force(ask: Ask) -> None:
    assert len(codes(await ask("London"))) == 18
    assert len(codes(await ask("N55"))) == 11
    assert len(codes(await ask("Cymru"))) == 6


@pytest.mark.parametrize(
    ("near", "meant"),
    [("Birmingam", "Birmingham"), ("Leads", "Leeds"), ("Midlesbrough", "Middlesbrough"), ("Wakefeild", "Wakefield")],
)
async def test_a_misspelt_name_is_asked_back_never_taken(ask: Ask, near: str, meant: str) -> None:
    with pytest.raises(NotThere, match=f"Did you mean {meant}"):
        await ask(near)


@pytest.mark.parametrize(
    "near", ["xyzzy plugh", "Robert'); drop table pdu;--", "Kenton, London", "%", "\x00Leeds\x00x"]
)
async def test_an_unknown_name_is_answered_with_what_to_give(ask: Ask, near: str) -> None:
    with pytest.raises(NotThere, match="Give a postcode, a local authority, a prison"):
        await ask(near)


@pytest.mark.parametrize(
    ("near", "said"),
    [
        ("LS1 0ZZ", "LS1 0ZZ is not a postcode in use"),
        ("EH1 1AA", "EH1 1AA is outside England and Wales"),
        ("BT1", "BT1 is outside England and Wales"),
        ("LS1 4A", "That is not a postcode"),
        ("", "Give a postcode, a place"),
        ("L" * 301, "Give a postcode, a place"),
    ],
)
async def test_what_is_no_postcode_is_explained(ask: Ask, near: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await ask(near)


async def test_no_message_repeats_an_address(ask: Ask) -> None:
    with pytest.raises(NotThere) as error:
        await ask("17 Secret Street, Nowhereham")
    assert "Secret" not in str(error.value)


async def test_a_closed_prison_without_address_says_so(ask: Ask) -> None:
    with pytest.raises(NotThere, match="HMP Ashwell is closed"):
        await ask("HMP Ashwell")


async def test_every_active_prison_has_a_pdu_with_a_spoc(ask: Ask) -> None:
    for prison in rows("prisons.csv", PrisonRow):
        if prison.active == "yes":
            by_name, by_code = await ask(f"{prison.type} {prison.name}"), await ask(prison.code)
            assert codes(by_code), prison
            assert by_code.spoc or all(receiver.spoc for receiver in by_code.ambiguous or []), prison
            assert (by_name.pdu, by_name.ambiguous) == (by_code.pdu, by_code.ambiguous), prison


async def test_every_premises_postcode_has_a_pdu(ask: Ask) -> None:
    for premises in premises_of_reference():
        assert codes(await ask(premises.postcode)), premises


async def test_every_authority_in_the_postcodes_has_a_pdu_in_force(ask: Ask, postcodes: Postcodes) -> None:
    for gss in postcodes.authorities:
        assert codes(await ask(gss)), gss


async def test_a_pdu_that_has_ended_is_answered_by_its_successor_from_that_day(ask: Ask, tx: Tx) -> None:
    await end(tx, "N55LEE", "[2021-06-26,2026-12-01)", "N55WAK")
    for near in ("LS1 4AP", "Leeds", "N55LEE", "HMP Leeds"):
        before, after = await ask(near, on=date(2026, 11, 30)), await ask(near, on=ON)
        assert (codes(before), codes(after)) == (["N55LEE"], ["N55WAK"])


async def test_successors_are_followed_as_far_as_they_go(ask: Ask, tx: Tx) -> None:
    await end(tx, "N55LEE", "[2021-06-26,2025-01-01)", "N55KIR")
    await end(tx, "N55KIR", "[2021-06-26,2026-01-01)", "N55WAK")
    assert codes(await ask("Leeds")) == ["N55WAK"]
    assert codes(await ask("Leeds", on=date(2025, 6, 1))) == ["N55KIR"]


async def test_successors_in_a_circle_end(ask: Ask, tx: Tx) -> None:
    await end(tx, "N55LEE", "[2021-06-26,2025-01-01)", "N55KIR")
    await end(tx, "N55KIR", "[2021-06-26,2025-01-01)", "N55LEE")
    with pytest.raises(NotThere, match="No PDU covered local authority Leeds on 22 November 2026"):
        await ask("Leeds")


async def test_before_there_were_pdus_none_answers(ask: Ask) -> None:
    with pytest.raises(NotThere, match="PDUs exist since 26 June 2021"):
        await ask("Leeds", on=date(2020, 1, 1))


async def test_a_national_pdu_answers_only_for_its_time(ask: Ask) -> None:
    assert codes(await ask("N43ALL", on=date(2025, 10, 31))) == ["N43ALL"]
    with pytest.raises(NotThere):
        await ask("N43ALL")
