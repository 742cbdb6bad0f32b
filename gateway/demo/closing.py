"""Closes what an NSI may not be completed without, as people would have: with invented evidence."""

from typing import Any
from uuid import UUID

from bedspace.nights import london_today
from gateway.access.act import House, act
from gateway.access.actors import OPERATOR
from gateway.transfers.actions import complete_action
from gateway.transfers.read import read_nsi
from schemas.action_list import CompleteAction
from schemas.nsis import Action, Asks, ReadNsi


async def close_mandatory(house: House, nsi: UUID) -> None:
    found = await act(house, OPERATOR, read_nsi, ReadNsi(id=nsi))
    for line in found.actions:
        if line.mandatory and line.done_at is None:
            await close(house, nsi, line)


async def close(house: House, nsi: UUID, line: Action) -> None:
    """One line, by evidence in every field that it requires."""
    today = london_today(house.now()).isoformat()
    evidence = {one.id: _invented(one, today) for one in line.asks if one.required}
    await act(house, OPERATOR, complete_action, CompleteAction(id=nsi, n=line.n, evidence=evidence))


def _invented(one: Asks, today: str) -> Any:
    given = {"text": "Sandy Example-Senior", "date": today, "yes_no": True}
    return given.get(one.type) or next((option.code for option in one.options), "north_yorkshire")
