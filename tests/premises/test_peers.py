"""The incumbent's faults that concern premises and lists, each as a test that fails on its behaviour."""

from datetime import date

from bedspace.geography.postcodes import Postcodes
from bedspace.lists.check import check_listed
from bedspace.lists.keep import keep_list_entry
from bedspace.premises.change import change_room
from bedspace.premises.importing import Importer
from bedspace.premises.read import show_premises
from gateway.access.act import House, act
from gateway.access.actors import Actor
from gateway.store.database import Pool
from schemas.keeping import ChangeRoom, ImportPremises, RoomChange
from schemas.lists import EntryChange, KeepListEntry
from tests.premises.making import keep, premises

TODAY = date(2026, 11, 22)
MANAGER = Actor(id="manager", name="Alex Example", role="premises_manager", premises=("AP1",))
ADMINISTRATOR = Actor(id="administrator", name="Ari Invented", role="administrator")


async def test_premises_and_rooms_edited_by_developers_from_spreadsheets(
    house: House, pool: Pool, postcodes: Postcodes
) -> None:
    """The manager of the premises does it: one room by hand, and a whole sheet with its difference shown first."""
    await keep(house, premises("AP1", [["en_suite"], []]))
    change = ChangeRoom(code="AP1", change=RoomChange(name="Room 2", characteristics=["step_free"]))
    await act(house, MANAGER, change_room, change)
    sheet = b"premises,room,bed,room_characteristics\nAP1,Room 1,AP1-1,en_suite\nAP1,Room 3,AP1-3,step_free\n"
    looked = await act(house, MANAGER, Importer(postcodes).import_premises, ImportPremises(content=sheet))
    assert [(c.where, c.what, c.now) for c in looked.differences[0].changes][:2] == [
        ("room Room 3", "characteristics", "step_free"),
        ("bed AP1-3", "room", "Room 3"),
    ]
    await act(house, MANAGER, Importer(postcodes).import_premises, ImportPremises(content=sheet, apply=True))
    shown = await show_premises(pool, "AP1", TODAY)
    assert [(room.name, room.characteristics) for room in shown.rooms] == [
        ("Room 1", ["en_suite"]),
        ("Room 2", ["step_free"]),
        ("Room 3", ["step_free"]),
    ]


async def test_reason_lists_revised_in_code(house: House, pool: Pool) -> None:
    """An administrator revises them: the new reason can be chosen at once, and no release is needed."""
    entry = EntryChange(name="The heating has failed")
    command = KeepListEntry(list="out_of_service", code="heating", entry=entry)
    await act(house, ADMINISTRATOR, keep_list_entry, command)
    async with pool.acquire() as tx:
        await check_listed(tx, "heating", of="out_of_service", field="reason", today=TODAY)
