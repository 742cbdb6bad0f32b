"""Whether a code may be chosen from a list on a day."""

from datetime import date
from difflib import get_close_matches

from bedspace.store import Tx, queries
from schemas.errors import Invalid

sql = queries(__file__)


async def check_listed(tx: Tx, code: str, *, of: str, field: str, today: date, note: str = "") -> None:
    """Raises `Invalid` for `field` when the code is not in force in the list `of`, or when it wants a note.

    The message names the codes there are, the likeliest first where one is like it.
    """
    rows = await sql.in_force(tx, list=of, today=today)
    needs_note = {row["code"]: row["needs_note"] for row in rows}
    if not code.strip():
        raise Invalid.because(field, f"Nothing is chosen. Choose the {field.replace('_', ' ')} from the list.")
    if code not in needs_note:
        close = get_close_matches(code, needs_note, n=1, cutoff=0.6)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise Invalid.because(
            field, f"There is no {field} “{code[:40]}”.{meant} Choose one of: {', '.join(needs_note)}."
        )
    if needs_note[code] and not note.strip():
        name = next(row["name"] for row in rows if row["code"] == code)
        raise Invalid.because("note", f"Say more: “{name}” wants a note, with nothing about the person.")
