"""Where a resident moves on to: asked at the departure, and a case transfer where people say so."""

from datetime import datetime
from typing import Any

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import at_the_end
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.access.wider import the_whole_nation
from gateway.people.match import Identity
from gateway.releases.link import sql as link_sql
from gateway.releases.record import answered, done, event, look, take, tell
from gateway.transfers.prepare import NewNsi, Origin, keep_nsi
from gateway.transfers.prepare import tell as tell_nsi
from gateway.transfers.regime import regime_on
from gateway.transfers.route import Route, route
from schemas.acts import Done, Event
from schemas.errors import Conflict, Invalid
from schemas.releases import AnswerMoveOn, ReleaseDone

sql = queries(__file__)


class MoverOn:
    """Closes over what the verb needs beside its command."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def answer_move_on(self, tx: Tx, command: AnswerMoveOn, now: datetime) -> Done[ReleaseDone]:
        """A case transfer is raised only where somebody says so. Raises `Invalid`, `Ambiguous`, `Conflict`."""
        await look(tx, command.id)
        way = await route(tx, self._postcodes, command.near, "case_transfer", london_today(now))
        async with the_whole_nation(tx):
            row = await take(tx, command.id)
            if not await sql.is_asked(tx, release=command.id):
                raise Conflict(f"{row['reference']} does not wait to hear where somebody moves on to.")
            events: list[Event] = []
            if way.pdu == row["home"]:
                said = f"To {way.pdu_name} ({way.pdu}), the home PDU: no case transfer is needed."
            elif command.case_transfer is None:
                raise Invalid.because("case_transfer", _either(way, row))
            elif command.case_transfer:
                kept = await keep_nsi(tx, await _new(tx, command, row, way, now), now)
                await tell_nsi(tx, kept.id, "linked", now, note=f"After the stay of {row['reference']}.")
                said = f"To {way.pdu_name} ({way.pdu}): {kept.reference} is raised."
                events += kept.events
            else:
                if not command.note.strip():
                    raise Invalid.because(
                        "note", "Say why the case stays with the home PDU, with nothing about the person."
                    )
                said = f"To {way.pdu_name} ({way.pdu}); the case stays with {row['home']}: {command.note}"
            await answered(tx, command.id, "move_on", said, now)
            await tell(tx, command.id, "moved_on", now, said)
            return await done(tx, command.id, now, [*events, event(row, "release_moved_on", tell=[])])


def _either(way: Route, row: Any) -> str:
    return (
        f"That is in {way.pdu_name} ({way.pdu}), and the home PDU is {row['home']}. Say true to raise a case transfer, "
        "or false, with a note, where the case stays."
    )


async def _new(tx: Tx, command: AnswerMoveOn, row: Any, way: Route, now: datetime) -> NewNsi:
    who = await link_sql.person(tx, id=row["person_id"])
    today = london_today(now)
    have = {"address": command.address, "rosh": row["rosh"], "sending": row["home"], "reason": "move-on"}
    have |= {"crn": who["crn"], "birth_date": who["birth_date"], "gender": who["gender"]}
    return NewNsi(
        type="case_transfer",
        status="raised",
        identity=Identity(**dict(who)),
        person=row["person_id"],
        move_on=max(row["departs_on"] or today, today),
        route=way,
        origin=Origin(
            pdu=row["home"],
            region=await link_sql.region_of(tx, pdu=row["home"]),
            name=row["officer_name"],
            email=row["officer_email"],
        ),
        address=command.address,
        postcode=at_the_end(command.near),
        rosh=row["rosh"],
        reason="Moved on from approved premises.",
        missing=[name for name in regime_on(today).asks["case_transfer"] if not have.get(name)],
        evidence={},
        received_at=now,
    )
