"""Makes the small demo database that later migrations are tried on: `python -m tests.store.past_demo FILE`."""

import asyncio
import sys
import tempfile
from pathlib import Path

import asyncpg

from bedspace.reference.load import load_reference
from gateway.demo.build import build_demo
from gateway.embedded.copies import back_up
from gateway.embedded.postgres import embedded_postgres
from gateway.settings import Settings
from gateway.store.migrate import migrate


async def make(url: str, data: Path) -> None:
    await migrate(url, "demo")
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await load_reference(connection)
    await connection.close()
    await build_demo(Settings(data=data), url, premises=6)


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder) / "data", fsync=False) as url:
        asyncio.run(make(url, Path(folder)))
        back_up(url, file)
    file.chmod(0o644)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
