"""What the selects and tick boxes of forms offer: entries of lists, and characteristics."""

from collections.abc import Sequence

from bedspace.lists.keep import show_list
from bedspace.nights import london_today
from bedspace.premises.read import list_characteristics
from gateway.pages.words import _
from gateway.store.database import transaction
from gateway.wiring import Works


async def choices_of(works: Works, of: str) -> list[dict[str, str]]:
    """The entries of a list that may be chosen today, as a select takes them: a tree is flattened, and says so."""
    async with transaction(works.pool, readonly=True) as tx:
        rows = [row for row in await show_list(tx, of, london_today(works.house.now())) if row.in_force]
    names = {row.code: row.name for row in rows}
    parents = {row.parent for row in rows}
    first = [{"value": "", "text": _("Choose one")}]
    return first + [
        {"value": row.code, "text": f"{names[row.parent]}: {row.name}" if row.parent in names else row.name}
        for row in rows
        if row.code not in parents
    ]


async def names_of_lists(works: Works, lists: Sequence[str]) -> dict[str, dict[str, str]]:
    """List → code → name; retired entries too, for records that chose them."""
    today = london_today(works.house.now())
    async with transaction(works.pool, readonly=True) as tx:
        return {of: {row.code: row.name for row in await show_list(tx, of, today)} for of in lists}


async def boxes(works: Works) -> list[dict[str, str]]:
    """Characteristics, those of rooms first."""
    async with transaction(works.pool, readonly=True) as tx:
        known = await list_characteristics(tx, london_today(works.house.now()))
    return [{"value": one.code, "text": one.name} for one in sorted(known, key=lambda one: one.scope != "room")]
