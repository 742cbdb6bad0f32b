"""A small register around Leeds, made through the verbs: enough for hits, near misses and a SPOC."""

from pathlib import Path

from bedspace.locator.invented import demo_spocs
from bedspace.locator.spocs import keep_spocs
from gateway.access.act import act
from gateway.access.actors import OPERATOR
from gateway.settings import Settings
from gateway.wiring import open_works
from tests.premises.making import keep, premises

HOUSES: tuple[tuple[str, float, float, list[list[str]]], ...] = (
    ("LEEDS", 53.807, -1.541, [["step_free", "en_suite"], ["step_free", "en_suite"], ["single_room"]]),
    ("BRADFORD", 53.793, -1.752, [["step_free", "en_suite"], ["single_room", "en_suite"]]),
    ("WAKEFIELD", 53.683, -1.499, [["step_free"], ["en_suite"]]),
    ("YORK", 53.958, -1.080, [["step_free", "en_suite"], ["single_room"]]),
)


async def fill(database_url: str, data: Path) -> None:
    async with open_works(Settings(data=data, database_url=database_url)) as works:
        await act(works.house, OPERATOR, keep_spocs, demo_spocs())
        for code, lat, lon, rooms in HOUSES:
            await keep(works.house, premises(code, rooms, at=(lat, lon)))
