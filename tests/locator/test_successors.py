"""PDUs and authorities that merge and split on a day."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

import pytest

from bedspace.locator.successors import end_pdu, keep_authority, keep_pdu
from bedspace.reference.load import load_reference
from bedspace.store import Tx
from schemas.errors import Invalid, NotThere
from schemas.locate import Located
from schemas.locator import EndPdu, Heir, KeepAuthority, KeepPdu

Ask = Callable[..., Awaitable[Located]]
BEFORE, DAY = date(2027, 3, 31), date(2027, 4, 1)


def codes(located: Located) -> list[str]:
    return [located.pdu.code] if located.pdu else [one.pdu.code for one in located.ambiguous or []]


async def new(tx: Tx, now: datetime, *names: str) -> None:
    for name in names:
        await keep_pdu(tx, KeepPdu(code=f"N55{name.upper()}", region="N55", name=name, from_=DAY), now)


async def end(tx: Tx, now: datetime, pdu: str, *heirs: Heir, on: date | None = DAY) -> None:
    await end_pdu(tx, EndPdu(pdu=pdu, on=on, successors=list(heirs)), now)


async def test_a_merge_answers_with_the_old_before_the_day_and_the_new_from_it(ask: Ask, tx: Tx, now: datetime) -> None:
    await new(tx, now, "Pennine")
    for old in ("N55KIR", "N55WAK"):
        await end(tx, now, old, Heir(pdu="N55PENNINE"))
    for near in ("Huddersfield", "Wakefield", "HMP Wakefield"):
        assert codes(await ask(near, on=BEFORE))[0] in ("N55KIR", "N55WAK")
        assert codes(await ask(near, on=DAY)) == ["N55PENNINE"]
    assert codes(await ask("Pennine", on=DAY)) == ["N55PENNINE"]
    with pytest.raises(NotThere, match="No PDU covered PDU Pennine"):
        await ask("Pennine", on=BEFORE)


async def test_a_split_is_ambiguous_unless_the_authority_decides(ask: Ask, tx: Tx, now: datetime) -> None:
    await new(tx, now, "North", "South")
    await end(tx, now, "N55NNEL", Heir(pdu="N55NORTH", authorities=["E06000012"]), Heir(pdu="N55SOUTH"))
    assert codes(await ask("Grimsby", on=BEFORE)) == ["N55NNEL"]
    assert codes(await ask("North East Lincolnshire", on=DAY)) == ["N55NORTH"]
    assert codes(await ask("Scunthorpe", on=DAY)) == ["N55NORTH", "N55SOUTH"]


async def test_an_end_is_said_again_or_taken_back_and_loading_anew_keeps_it(ask: Ask, tx: Tx, now: datetime) -> None:
    await new(tx, now, "North")
    await end(tx, now, "N55NNEL", Heir(pdu="N55NORTH", authorities=["E06000012"]))
    await tx.execute("delete from reference_loaded")
    await load_reference(tx)
    assert codes(await ask("Grimsby", on=DAY)) == ["N55NORTH"]
    await end(tx, now, "N55NNEL", on=None)
    assert codes(await ask("North East Lincolnshire", on=DAY)) == ["N55NNEL"]
    assert codes(await ask("North East Lincolnshire", on=BEFORE)) == ["N55NNEL"]


async def test_successors_form_no_circle(tx: Tx, now: datetime) -> None:
    await end(tx, now, "N55KIR", Heir(pdu="N55WAK"))
    await end(tx, now, "N55WAK", Heir(pdu="N55LEE"), on=date(2028, 4, 1))
    for pdu, heir in (("N55LEE", "N55KIR"), ("N55LEE", "N55LEE")):
        with pytest.raises(Invalid, match="in a circle"):
            await end(tx, now, pdu, Heir(pdu=heir), on=date(2029, 4, 1))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (EndPdu(pdu="N55LEE", on=date(2020, 1, 1)), "It began on 26 June 2021"),
        (EndPdu(pdu="N55LEE", successors=[Heir(pdu="N55WAK")]), "goes on has no successors"),
        (EndPdu(pdu="N55LEE", on=DAY, successors=[Heir(pdu="N43ALL")]), "N43ALL is not in force on that day"),
        (EndPdu(pdu="N55LEE", on=DAY, successors=[Heir(pdu="N55WAK", authorities=["E08000025"])]), "does not lie in"),
    ],
)
async def test_an_end_that_cannot_be_is_refused(tx: Tx, now: datetime, command: EndPdu, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await end_pdu(tx, command, now)


async def test_what_does_not_exist_is_named(tx: Tx, now: datetime) -> None:
    with pytest.raises(NotThere, match="N99XXX"):
        await end(tx, now, "N99XXX")
    with pytest.raises(NotThere, match="N99XXX"):
        await end(tx, now, "N55LEE", Heir(pdu="N99XXX"))
    with pytest.raises(NotThere, match="region"):
        await keep_pdu(tx, KeepPdu(code="N99NEW", region="N99", name="New", from_=DAY), now)


async def test_an_authority_that_is_merged_is_answered_by_the_one_it_is_in(ask: Ask, tx: Tx, now: datetime) -> None:
    command = KeepAuthority(
        gss="E06000099", name="Greater Calder", pdus=["N55WAK"], from_=DAY, replaces=["E08000033", "E08000034"]
    )
    await keep_authority(tx, command, now)
    assert codes(await ask("Greater Calder", on=DAY)) == ["N55WAK"]
    back = KeepAuthority(gss="E08000033", name="Calderdale", pdus=["N55WAK"], from_=DAY, replaces=["E06000099"])
    with pytest.raises(Invalid, match="cannot replace itself"):
        await keep_authority(tx, back, now)


async def test_an_authority_passes_from_one_pdu_to_another_on_a_day(ask: Ask, tx: Tx, now: datetime) -> None:
    await keep_authority(tx, KeepAuthority(gss="E08000035", name="Leeds", pdus=["N55WAK"], from_=DAY), now)
    assert codes(await ask("LS1 4AP", on=BEFORE)) == ["N55LEE"]
    assert codes(await ask("LS1 4AP", on=DAY)) == ["N55WAK"]


@pytest.mark.parametrize("name", ["Carlisle", "Scarborough", "Mendip", "Barrow-in-Furness"])
async def test_the_districts_of_2023_answer_before_and_after(ask: Ask, name: str) -> None:
    assert codes(await ask(name, on=date(2023, 3, 31))) == codes(await ask(name, on=date(2023, 4, 1)))
