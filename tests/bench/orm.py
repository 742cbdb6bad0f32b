"""The two ways through SQLAlchemy: the same SQL, and the register counted day by day as objects."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.dialects.postgresql import DATERANGE, Range
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from bedspace.geography.distance import miles
from bedspace.search.ask import Ask
from bedspace.search.sql_form import parameters, sql


class Base(DeclarativeBase):
    pass


class PremisesOffer(Base):
    __tablename__ = "premises_characteristic"
    premises_id: Mapped[int] = mapped_column(ForeignKey("premises.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class RoomOffer(Base):
    __tablename__ = "room_characteristic"
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class Room(Base):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    offers: Mapped[list[RoomOffer]] = relationship()


class Bed(Base):
    __tablename__ = "bed"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    premises_id: Mapped[int] = mapped_column(ForeignKey("premises.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    room: Mapped[Room] = relationship()


class Premises(Base):
    __tablename__ = "premises"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String)
    name: Mapped[str]
    postcode: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    gender: Mapped[str]
    offers: Mapped[list[PremisesOffer]] = relationship()
    beds: Mapped[list[Bed]] = relationship(order_by=Bed.id)


class Claim(Base):
    __tablename__ = "bed_claim"
    id: Mapped[int] = mapped_column(primary_key=True)
    bed_id: Mapped[int]
    during: Mapped[Range[date]] = mapped_column(DATERANGE)


def engine_of(url: str) -> AsyncEngine:
    return create_async_engine(url.replace("://", "+asyncpg://", 1), pool_size=8, max_overflow=0)


async def by_sql(session: AsyncSession, ask: Ask, now: datetime) -> list[tuple[str, float, int]]:
    """The SQL form, one bed of each premises: code, miles, bed."""
    given = parameters(ask, now, beds=1)
    connection = await session.connection()
    arguments = tuple(given[name] for name in sql.driver_adapter.var_sorted["walk"])
    rows = await connection.exec_driver_sql(sql.walk.sql, arguments)
    return [(row.code, row.miles, row.beds[0]) for row in rows]


async def day_by_day(session: AsyncSession, ask: Ask) -> list[tuple[str, float, int]]:
    """All premises of the estate as objects, nearest first; each bed looked at for each day."""
    query = select(Premises).where(Premises.gender == ask.gender)
    everything = (
        selectinload(Premises.offers),
        selectinload(Premises.beds).selectinload(Bed.room).selectinload(Room.offers),
    )
    premises = (await session.scalars(query.options(*everything))).all()
    days = [ask.first + timedelta(days=n) for n in range(ask.nights)]
    window = Range(days[0], days[-1] + timedelta(days=1))
    claims: defaultdict[int, list[Range[date]]] = defaultdict(list)
    for claim in await session.scalars(select(Claim).where(Claim.during.overlaps(window))):
        claims[claim.bed_id].append(claim.during)
    far = {one.id: miles(ask.lat, ask.lon, one.lat, one.lon) for one in premises}
    found: list[tuple[str, float, int]] = []
    for one in sorted(premises, key=lambda one: far[one.id]):
        bed = _first_free(one, set(ask.needs), days, claims)
        if bed is not None and len(found) < ask.limit:
            found.append((one.code, far[one.id], bed))
    return found


def _first_free(
    premises: Premises, needs: set[str], days: Sequence[date], claims: dict[int, list[Range[date]]]
) -> int | None:
    whole = {offer.code for offer in premises.offers}
    for bed in premises.beds:
        has_all = needs <= whole | {offer.code for offer in bed.room.offers}
        if has_all and not any(during.contains(day) for day in days for during in claims.get(bed.id, ())):
            return bed.id
    return None
