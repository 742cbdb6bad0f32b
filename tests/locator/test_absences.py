"""Who answers while a SPOC is away, and where nobody is named."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

import pytest

from bedspace.locator.absences import end_absence, keep_absence
from bedspace.locator.coverage import coverage
from bedspace.locator.spocs import end_spoc, keep_spocs
from bedspace.store import Tx
from schemas.errors import Conflict, Invalid, NotThere
from schemas.locate import Located
from schemas.locator import CoverBy, EndAbsence, EndSpoc, KeepAbsence, KeepSpocs, SpocOf
from schemas.words import Purpose

Ask = Callable[..., Awaitable[Located]]
DEPUTY = CoverBy(
    kind="deputy", name="Dep Invented", email="dep@pdu.invalid", phone="01632 960111", hours="9 to 5", team="Transfers",
    out_of_hours="01632 960112",
)  # fmt: skip
FIRST, BACK = date(2026, 12, 1), date(2026, 12, 15)


async def spoc_id(tx: Tx, purpose: Purpose = "transfer", pdu: str = "N55LEE") -> int:
    found: int = await tx.fetchval(
        "select id from spoc where pdu_code = $1 and purpose = $2 and kind = 'spoc'", pdu, purpose
    )
    return found


async def away(tx: Tx, now: datetime, cover: CoverBy | None = DEPUTY, purpose: Purpose = "transfer") -> list[int]:
    command = KeepAbsence(spoc=await spoc_id(tx, purpose), from_=FIRST, until=BACK, cover=cover)
    return (await keep_absence(tx, command, now)).result.absences


def regional(purpose: Purpose = "transfer", kind: str = "region_spo") -> KeepSpocs:
    one = SpocOf(
        region="N55", kind=kind, purposes=[purpose], name="Reg Invented", email="reg@region.invalid",  # type: ignore[arg-type]  # one of the three
        phone="01632 960222", hours="9 to 5", team="Region",
    )  # fmt: skip
    return KeepSpocs(spocs=[one], from_=date(2026, 11, 1))


async def test_the_deputy_answers_from_the_first_day_to_the_last_and_says_for_whom(
    ask: Ask, tx: Tx, now: datetime
) -> None:
    await away(tx, now)
    for day, by in ((date(2026, 11, 30), "spoc"), (FIRST, "deputy"), (date(2026, 12, 14), "deputy"), (BACK, "spoc")):
        assert (await ask("Leeds", on=day)).answered_by == by, day
    covered = await ask("Leeds", on=FIRST)
    assert covered.spoc is not None
    assert (covered.spoc.email, covered.spoc.out_of_hours) == ("dep@pdu.invalid", "01632 960112")
    assert covered.absent is not None
    assert covered.absent.until == BACK
    assert covered.note.endswith("is absent until 15 December 2026. The deputy answers.")


async def test_an_absence_is_of_the_person_for_all_their_purposes_unless_it_is_said_otherwise(
    ask: Ask, tx: Tx, now: datetime
) -> None:
    assert len(await away(tx, now)) == 2
    assert (await ask("Leeds", "temporary_move", on=FIRST)).answered_by == "deputy"
    for_victims = await ask("Leeds", "victim", on=FIRST)
    assert (for_victims.answered_by, for_victims.absent, for_victims.note) == ("spoc", None, "")


async def test_the_order_is_spoc_cover_region_transfers_and_never_silent(ask: Ask, tx: Tx, now: datetime) -> None:
    await away(tx, now, None, "victim")
    for_transfers = await ask("Leeds", "victim", on=FIRST)
    assert (for_transfers.answered_by, for_transfers.answers_for) == ("spoc", "transfer")
    assert "absent until 15 December 2026. It is the contact for transfers." in for_transfers.note
    await keep_spocs(tx, regional("victim", "region_team"), now)
    region = await ask("Leeds", "victim", on=FIRST)
    assert (region.answered_by, region.answers_for) == ("region", None)
    assert region.note.endswith("The team that the region names answers.")
    assert (await ask("Leeds", "victim", on=BACK)).answered_by == "spoc"


async def test_where_nobody_is_left_the_answer_says_so(ask: Ask, tx: Tx, now: datetime) -> None:
    await tx.execute("delete from spoc where pdu_code = 'N55LEE' and purpose <> 'transfer'")
    await away(tx, now, None)
    located = await ask("Leeds", on=FIRST)
    assert (located.spoc, located.answered_by) == (None, None)
    assert located.note.endswith("Nobody answers: telephone the PDU or the region.")


async def test_a_spoc_who_comes_back_early_answers_again(ask: Ask, tx: Tx, now: datetime) -> None:
    for absence in await away(tx, now):
        await end_absence(tx, EndAbsence(absence=absence, on=date(2026, 12, 5)), now)
        again = await end_absence(tx, EndAbsence(absence=absence, on=date(2026, 12, 5)), now)
        assert again.result.absences == []
    assert (await ask("Leeds", on=date(2026, 12, 4))).answered_by == "deputy"
    assert (await ask("Leeds", on=date(2026, 12, 5))).answered_by == "spoc"


async def test_days_that_are_none_and_a_second_absence_are_refused(tx: Tx, now: datetime) -> None:
    spoc = await spoc_id(tx)
    with pytest.raises(Invalid, match="a day after the first"):
        await keep_absence(tx, KeepAbsence(spoc=spoc, from_=BACK, until=FIRST), now)
    with pytest.raises(Invalid, match="is over"):
        await keep_absence(tx, KeepAbsence(spoc=spoc, from_=date(2026, 1, 1), until=date(2026, 2, 1)), now)
    with pytest.raises(NotThere, match="no such SPOC"):
        await keep_absence(tx, KeepAbsence(spoc=2**30, from_=FIRST), now)
    await away(tx, now)
    with pytest.raises(Conflict, match="absent from 1 December 2026 already"):
        await away(tx, now)


async def test_coverage_names_every_gap_and_the_worst_first(tx: Tx, now: datetime) -> None:
    whole = await coverage(tx, FIRST)
    assert (whole.pdus, whole.covered, whole.gaps) == (109, 109 * 6, [])
    await tx.execute("delete from spoc where pdu_code = 'N55YRK'")
    await away(tx, now, None)
    await end_spoc(tx, EndSpoc(spoc=await spoc_id(tx, "mappa"), on=date(2026, 12, 10)), now)
    await tx.execute("delete from spoc where pdu_code = 'N55WAK' and purpose = 'victim'")
    found = (await coverage(tx, FIRST)).gaps
    assert [(gap.pdu.code, gap.purpose, gap.kind) for gap in found[-4:]] == [
        ("N55LEE", "transfer", "absent"),
        ("N55LEE", "temporary_move", "absent"),
        ("N55WAK", "victim", "stands_in"),
        ("N55LEE", "mappa", "ending"),
    ]
    assert {(gap.pdu.code, gap.kind) for gap in found[:-4]} == {("N55YRK", "nobody")}
    assert (found[-1].until, found[-4].until) == (date(2026, 12, 10), BACK)


async def test_two_who_keep_the_same_contact_do_not_undo_each_other_unseen(tx: Tx, now: datetime) -> None:
    seen = await spoc_id(tx)
    one = SpocOf(
        pdu="N55LEE", purposes=["transfer"], name="New Invented", email="new@pdu.invalid", phone="01632 960333",
        hours="9 to 5", team="Transfers", replaces=seen,
    )  # fmt: skip
    await keep_spocs(tx, KeepSpocs(spocs=[one], from_=FIRST), now)
    with pytest.raises(Conflict, match="Somebody else has kept the contact for transfer"):
        await keep_spocs(tx, KeepSpocs(spocs=[one], from_=FIRST), now)
