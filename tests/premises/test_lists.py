"""Lists are data: added to, renamed, retired, with codes of the case system, and loading again leaves them alone."""

from datetime import date, timedelta

import asyncpg
import pytest

from bedspace.lists.check import check_listed
from bedspace.lists.keep import keep_characteristic, keep_list_entry, list_lists, show_list
from bedspace.premises.read import list_characteristics
from bedspace.reference.load import load_reference
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR, Actor
from gateway.store.database import Pool
from schemas.errors import Invalid, NotAllowed, NotThere
from schemas.lists import CharacteristicChange, EntryChange, KeepCharacteristic, KeepListEntry, ListEntry

TODAY = date(2026, 11, 22)


async def entry(pool: Pool, code: str, name: str = "departure") -> ListEntry:
    return {one.code: one for one in await show_list(pool, name, TODAY)}[code]


async def change(house: House, code: str, **fields: object) -> None:
    given = EntryChange(**{"name": "Moved abroad", **fields})  # type: ignore[arg-type]  # as it is named there
    await act(house, OPERATOR, keep_list_entry, KeepListEntry(list="departure", code=code, entry=given))


async def test_an_entry_is_added_renamed_and_retired(house: House, pool: Pool) -> None:
    await change(house, "abroad", external_code="MA", needs_note=True)
    new = await entry(pool, "abroad")
    assert (new.name, new.external_code, new.needs_note, new.from_, new.by_hand) == (
        "Moved abroad",
        "MA",
        True,
        TODAY,
        True,
    )
    await change(house, "abroad", name="Left the country")
    assert ((await entry(pool, "abroad")).name, (await entry(pool, "abroad")).from_) == ("Left the country", TODAY)
    await change(house, "abroad", until=TODAY + timedelta(days=1))
    async with pool.acquire() as tx:
        await check_listed(tx, "abroad", of="departure", field="reason", today=TODAY)
        with pytest.raises(Invalid, match="There is no reason “abroad”"):
            await check_listed(tx, "abroad", of="departure", field="reason", today=TODAY + timedelta(days=1))
    assert await pool.fetchval("select count(*) from list_version where code = 'abroad'") == 3


async def test_loading_the_published_lists_again_leaves_what_was_edited_alone(
    house: House, pool: Pool, database: str
) -> None:
    await change(house, "died", name="Has died")
    owner = await asyncpg.connect(database)
    await owner.execute(
        "update reference_loaded set sha256 = 'older'; update list_entry set name = 'x' where code = 'hospital'"
    )
    async with owner.transaction():
        await load_reference(owner)
    await owner.close()
    assert (await entry(pool, "died")).name == "Has died"
    assert (await entry(pool, "hospital")).name == "Admitted to hospital"


async def test_what_cannot_be_is_refused_with_what_to_do(house: House) -> None:
    for fields, said in (
        ({"parent": "nobody"}, "There is no nobody in this list"),
        ({"parent": "abroad"}, "stand above itself"),
        ({"from_": TODAY, "until": TODAY}, "is not after 22 November 2026"),
    ):
        with pytest.raises(Invalid, match=said):
            await change(house, "abroad", **fields)
    command = KeepListEntry(list="departur", code="x", entry=EntryChange(name="x"))
    with pytest.raises(NotThere, match="Did you mean departure"):
        await act(house, OPERATOR, keep_list_entry, command)
    with pytest.raises(NotAllowed):
        await act(house, Actor(id="p", name="P", role="practitioner"), keep_list_entry, command)


async def test_every_list_is_listed_with_how_many_entries_it_has(pool: Pool) -> None:
    listed = {row.list: row.in_force for row in await list_lists(pool, TODAY)}
    assert listed["closure"] == 7
    assert {"departure", "decline", "out_of_service", "move_on"} <= set(listed)


async def test_a_new_characteristic_can_be_given_and_asked_for_at_once(house: House, pool: Pool) -> None:
    given = CharacteristicChange(name="Quiet room", scope="room", external_code="QR")
    await act(house, OPERATOR, keep_characteristic, KeepCharacteristic(code="quiet", characteristic=given))
    assert ("quiet", "QR") in {(one.code, one.external_code) for one in await list_characteristics(pool, TODAY)}
    other = CharacteristicChange(name="Quiet house", scope="premises")
    with pytest.raises(Invalid, match="quiet is one of a room, and stays so"):
        await act(house, OPERATOR, keep_characteristic, KeepCharacteristic(code="quiet", characteristic=other))
    gone = CharacteristicChange(name="Quiet room", scope="room", until=TODAY + timedelta(days=1))
    await act(house, OPERATOR, keep_characteristic, KeepCharacteristic(code="quiet", characteristic=gone))
    assert "quiet" not in {one.code for one in await list_characteristics(pool, TODAY + timedelta(days=1))}
