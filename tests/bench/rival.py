"""The search as FastAPI and SQLAlchemy would do it, over the same tables, and without authentication."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from fastapi import FastAPI
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from bedspace.geography.postcodes import open_postcodes
from bedspace.search.ask import Ask
from tests.bench.orm import by_sql, day_by_day, engine_of

engine = engine_of(os.environ["DATABASE_URL"])
postcodes = open_postcodes(Path(os.environ["DATA"]))


class NeedIn(BaseModel):
    near: str
    from_: date = Field(alias="from")
    nights: int = Field(ge=1, le=730)
    gender: str
    needs: list[str] = []
    avoid: list[str] = []
    limit: int = 20


class HitOut(BaseModel):
    premises: str
    bed: int
    miles: float


class ShortlistOut(BaseModel):
    hits: list[HitOut]


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@app.post("/sql")
async def sql(need: NeedIn) -> ShortlistOut:
    async with AsyncSession(engine) as session:
        return _out(await by_sql(session, _ask(need), datetime.now(UTC)))


@app.post("/day-by-day")
async def objects(need: NeedIn) -> ShortlistOut:
    async with AsyncSession(engine) as session:
        return _out(await day_by_day(session, _ask(need)))


def _ask(need: NeedIn) -> Ask:
    point = postcodes.point(need.near)
    return Ask(
        lat=point.lat,
        lon=point.lon,
        first=need.from_,
        nights=need.nights,
        gender="female" if need.gender == "female" else "male",
        needs=tuple(need.needs),
        limit=need.limit,
    )


def _out(found: list[tuple[str, float, int]]) -> ShortlistOut:
    return ShortlistOut(hits=[HitOut(premises=code, bed=bed, miles=round(miles, 1)) for code, miles, bed in found])
