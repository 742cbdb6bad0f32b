"""A database in which nothing has happened yet."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest


@pytest.fixture
async def empty(server: str) -> AsyncIterator[str]:
    """URL of a database in which nothing has been migrated."""
    name = f"empty_{uuid4().hex[:12]}"
    owner = await asyncpg.connect(server)
    await owner.execute(f"create database {name}")
    head, _, tail = server.partition("?")
    yield head.rsplit("/", 1)[0] + f"/{name}" + (f"?{tail}" if tail else "")
    await owner.execute(f"drop database {name} with (force)")
    await owner.close()
