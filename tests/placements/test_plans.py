"""Lists never look through years of history: row-level security looks at the few rows that an index finds."""

import re
from types import ModuleType

import pytest

from bedspace.claims import overdue
from bedspace.placements import ticks
from bedspace.waiting import entries
from gateway.access.act import set_scope
from gateway.placements import read
from gateway.store.database import transaction
from tests.placements.placing import AP1, Clock

GROWING = ("placement", "placement_history", "approach", "relocation", "bed_claim", "bed_claim_history", "event")
PARTIAL = (
    *("approach_open", "an_open_approach_to_premises_is_the_only_one", "placement_waiting", "placement_waiting_until"),
    *("relocation_open_to", "a_placement_has_one_move_at_a_time", "placement_arriving"),
)
"""Indexes that hold what is open only, and may be read from end to end."""
LISTS = [
    *((read, name) for name in ("page_among", "lines", "to_decide", "day", "residents", "candidates")),
    *((entries, name) for name in ("entries", "order_of_all")),
    *((ticks, name) for name in ("due_to_lapse", "due_to_alert")),
    (overdue, "overdue"),
]


@pytest.mark.parametrize(("module", "name"), LISTS, ids=[f"{module.__name__}.{name}" for module, name in LISTS])
async def test_a_list_can_do_without_reading_a_growing_table_from_end_to_end(
    clock: Clock, module: ModuleType, name: str
) -> None:
    sql: str = getattr(module.sql, name).sql
    given = ", ".join(["null"] * max([0, *map(int, re.findall(r"\$(\d+)", sql))]))
    async with transaction(clock.pool) as tx:
        await set_scope(tx, AP1, "premises")
        await tx.execute("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan")
        await tx.execute(f"prepare looked_at as {sql}")
        plan = [row[0] for row in await tx.fetch(f"explain execute looked_at{f'({given})' if given else ''}")]
        await tx.execute("deallocate looked_at")
    scans = [
        line
        for line, after in zip(plan, [*plan[1:], ""], strict=True)
        if re.search(rf"Scan .*on ({'|'.join(GROWING)})\b", line) and "Cond" not in after and "Bitmap" not in line
    ]
    assert [line for line in scans if not any(f" {index} " in line for index in PARTIAL)] == [], "\n".join(plan)
