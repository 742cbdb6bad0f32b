"""From believed facts to prepared NSIs: where to, from whom, about whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bedspace.geography.postcodes import Postcodes
from bedspace.geography.shape import written
from bedspace.locator.locate import locate
from bedspace.nights import london_today
from bedspace.store import Tx, queries
from gateway.intake.checklist import Facts, asked_beyond, evidence_of
from gateway.transfers.prepare import AlreadyThere, Kept, NewNsi, Origin, keep_nsi
from gateway.transfers.regime import regime_on
from gateway.transfers.route import Route, route
from schemas.drafts import DraftNsi
from schemas.errors import Ambiguous, BedspaceError, Conflict, Invalid, NotThere
from schemas.locate import Whereabouts

sql = queries(__file__)


class ForReview(BedspaceError):
    """A person must look, and this is why. The reason says nothing about the person it is about."""

    def __init__(self, why: str, missing: Sequence[str] = (), nsis: Sequence[UUID] = ()) -> None:
        self.missing = list(missing)
        self.nsis = list(nsis)
        super().__init__(why)


class Preparing:
    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes

    async def prepare(
        self, tx: Tx, message: Any, drafts: Sequence[tuple[DraftNsi, Facts]], now: datetime
    ) -> list[Kept]:
        """One NSI a draft. Raises `ForReview`; then nothing of it may stay."""
        kept = []
        for number, (draft, facts) in enumerate(drafts, start=1):
            try:
                kept.append(await self._prepare_one(tx, message, draft, facts, now))
            except ForReview as review:
                if len(drafts) > 1:
                    why = f"Request {number} of {len(drafts)} in this message: {review}"
                    raise ForReview(why, review.missing, review.nsis) from review
                raise
        return kept

    async def _prepare_one(self, tx: Tx, message: Any, draft: DraftNsi, facts: Facts, now: datetime) -> Kept:
        today = london_today(now)
        way = await self._route(tx, facts, today)
        origin = await self._origin(tx, facts, message["area"], today)
        new = _new_nsi(message, draft, facts, way, origin, today)
        try:
            return await keep_nsi(tx, new, now)
        except AlreadyThere as error:
            raise ForReview(str(error), nsis=[error.nsi]) from error
        except Ambiguous as error:
            raise ForReview(str(error)) from error

    async def _route(self, tx: Tx, facts: Facts, today: date) -> Route:
        """The locator's own words may quote an address, so they are not repeated."""
        if facts.type is None or facts.destination is None:
            raise ForReview("This message does not hold all that an NSI needs.")
        try:
            return await route(tx, self._postcodes, facts.destination, facts.type, today)
        except (Invalid, NotThere) as error:
            why = "The destination is no postcode, place, local authority or prison that is known in England and Wales."
            raise ForReview(why, ["destination"]) from error
        except Ambiguous as error:
            raise ForReview(str(error), ["destination"]) from error
        except Conflict as error:
            raise ForReview(str(error)) from error

    async def _origin(self, tx: Tx, facts: Facts, area: str | None, today: date) -> Origin:
        """What the message says, else the area that handed it in, else not known."""
        pdu = await self._pdu_called(tx, facts.sending, today)
        row = await sql.origin(tx, pdu=pdu, area=area)
        return Origin(
            pdu=row and row["pdu"],
            region=row and row["region"],
            said=facts.sending,
            name=facts.sender_name,
            email=facts.sender_email,
        )

    async def _pdu_called(self, tx: Tx, name: str | None, today: date) -> str | None:
        if not name:
            return None
        try:
            located = await locate(tx, self._postcodes, Whereabouts(near=name), today)
        except (Invalid, NotThere):
            return None
        return located.pdu.code if located.pdu else None


def _new_nsi(message: Any, draft: DraftNsi, facts: Facts, way: Route, origin: Origin, today: date) -> NewNsi:
    if facts.type is None or facts.move_on is None:
        raise ForReview("This message does not hold all that an NSI needs.")
    if facts.until and facts.until <= facts.move_on:
        raise ForReview("The move ends before it begins. Ask the sender which days are meant.", ["until"])
    return NewNsi(
        type=facts.type,
        status="prepared",
        identity=facts.identity,
        move_on=facts.move_on,
        route=way,
        origin=origin,
        until=facts.until,
        address=facts.address,
        postcode=written(facts.destination or ""),
        rosh=facts.rosh,
        mappa=facts.mappa,
        reason=facts.reason,
        missing=asked_beyond(facts, regime_on(today)),
        evidence=evidence_of(draft),
        inbox_id=message["inbox_id"],
        received_at=message["received_at"],
    )
