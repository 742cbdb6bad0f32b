"""Releases for a test, in a line each, by whoever does it in life, at whatever time it is."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from bedspace.geography.postcodes import open_postcodes
from gateway.access.accounts import demo_actor
from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, OPERATOR, Actor
from gateway.delivery.compose import Letter, WriteLetter, Writer
from gateway.following import follow
from gateway.releases.dates import change_date, confirm_date
from gateway.releases.end import cancel_release, record_released, record_returned
from gateway.releases.move_on import MoverOn
from gateway.releases.needing import settle_need
from gateway.releases.notice import Noticer
from gateway.releases.places import approve_address, arrange_accommodation, check_address
from gateway.releases.read import list_releases, read_release
from gateway.releases.refer import refer_release
from gateway.store.database import Pool
from gateway.transfers.read import list_nsis, read_nsi
from gateway.transfers.status import record_status
from gateway.worker.releases import alert_releases
from schemas import releases
from schemas.nsis import ListNsis, NewPerson, Nsi, NsiRow, ReadNsi, RecordStatus
from schemas.releases import ListReleases, NoticeRelease, ReadRelease, Release, ReleaseDone, ReleasePage
from tests.placements.placing import AP1, AP2, LEEDS, Clock, somebody, staff

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
IN_SIX_WEEKS = date(2027, 1, 5)
"""A Tuesday, more than 28 days after `MONDAY`."""
PRISON = demo_actor("prison_staff")

POSTCODES = open_postcodes(Path(".bedspace"))

ACTS: dict[str, tuple[Any, Any]] = {
    "address": (check_address, releases.CheckAddress),
    "approve": (approve_address, releases.ApproveAddress),
    "arrange": (arrange_accommodation, releases.ArrangeAccommodation),
    "need": (settle_need, releases.SettleNeed),
    "change": (change_date, releases.ChangeReleaseDate),
    "confirm_date": (confirm_date, releases.ConfirmReleaseDate),
    "change_mind": (Noticer(POSTCODES).change_mind, releases.ChangeMind),
    "cancel": (cancel_release, releases.CancelRelease),
    "refer": (refer_release, releases.ReferRelease),
    "released": (record_released, releases.RecordReleased),
    "returned": (record_returned, releases.RecordReturned),
    "move_on": (MoverOn(POSTCODES).answer_move_on, releases.AnswerMoveOn),
}


class Board(Clock):
    """A house in which what follows from a placement follows."""

    def __init__(self, pool: Pool, at: datetime = MONDAY) -> None:
        super().__init__(pool, at)
        self.house = House(pool=pool, now=lambda: self.at, follow=follow)

    async def notice(self, person: NewPerson | None = None, *, by: Actor = PRISON, **given: Any) -> ReleaseDone:
        """From Leeds prison to Leeds, without an address, in six weeks."""
        asked = {
            "person": msgspec.structs.replace(person or somebody(), gender="male"),
            "prison": "Leeds",
            "release_on": IN_SIX_WEEKS,
            "near": "LS1 4AP",
            "rosh": "high",
            "officer_email": "officer@probation.invalid",
            "contact_email": "discharge@prison.invalid",
            **given,
        }
        return await act(self.house, by, Noticer(POSTCODES).notice_release, NoticeRelease(**asked))

    async def on(self, release: UUID, what: str, by: Actor = LEEDS, **given: Any) -> ReleaseDone:
        verb, command = ACTS[what]
        result: ReleaseDone = await act(self.house, by, verb, command(id=release, **given))
        return result

    async def see(self, release: UUID, by: Actor = OPERATOR) -> Release:
        return await act(self.house, by, read_release, ReadRelease(id=release))

    async def listed(self, by: Actor = OPERATOR, **given: Any) -> ReleasePage:
        return await act(self.house, by, list_releases, ListReleases(**given))

    async def nsi(self, nsi: UUID | None) -> Nsi:
        assert nsi is not None
        return await act(self.house, OPERATOR, read_nsi, ReadNsi(id=nsi))

    async def nsis(self) -> list[NsiRow]:
        """The newest first."""
        return (await act(self.house, OPERATOR, list_nsis, ListNsis())).items

    async def status(self, nsi: UUID | None, *statuses: Any) -> None:
        for one in statuses:
            await act(self.house, OPERATOR, record_status, RecordStatus(id=nsi, status=one))  # type: ignore[arg-type]  # there is one

    async def bedded(self, ask: str = "AP2", person: NewPerson | None = None, **given: Any) -> ReleaseDone:
        """Noticed, decided suitable, referred to premises and accepted by them."""
        person = person or somebody()
        noticed = await self.notice(person, **given)
        await self.decided(person)
        short: dict[str, Any] = (
            {"short_notice_reason": "risk_escalated"} if (noticed.release_on - self.at.date()).days <= 28 else {}
        )
        referred = await self.on(noticed.id, "refer", ask=[ask], **short)
        assert referred.placement is not None
        await self.do("accept", referred.placement, staff(ask))
        seen = await self.see(noticed.id)
        assert seen.placement is not None
        return msgspec.structs.replace(
            noticed, state=seen.state, placement=seen.placement.id, nsi=seen.nsi.id if seen.nsi else None
        )

    async def tick(self) -> int:
        return await alert_releases(self.house)

    async def told(self, about: str) -> set[str]:
        """Letters owed about something, by their purposes."""
        rows = await self.pool.fetch("select purpose from outbox where purpose like '%' || $1 || '%'", about)
        return {row["purpose"] for row in rows}

    async def letters(self) -> list[tuple[str, Letter]]:
        """Every letter that can be written now, by its purpose."""
        writer = Writer(secret=b"x" * 32, link_base="https://example.invalid", invented=True)
        rows = await self.pool.fetch("select purpose, subject from outbox order by id")
        owed = [WriteLetter(purpose=row["purpose"], subject=row["subject"]) for row in rows]
        return [(one.purpose, await act(self.house, GATEWAY, writer.write, one)) for one in owed]


__all__ = ["AP1", "AP2", "IN_SIX_WEEKS", "LEEDS", "MONDAY", "PRISON", "Board", "somebody", "staff"]
