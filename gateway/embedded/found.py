"""The database of a command that runs by itself: the one named, the one that runs, or the one that sleeps in `DATA`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.embedded.folder import is_held
from gateway.embedded.postgres import embedded_postgres
from gateway.settings import Settings
from schemas.errors import Unavailable


@contextmanager
def found_database(settings: Settings, *, make: bool = False) -> Iterator[str]:
    """Its URL, as the owner. One that sleeps is started for the time of the block; `make` makes a new one in `DATA`.

    Raises `Unavailable` when there is none.
    """
    data = settings.data
    if settings.database_url is not None:
        yield settings.database_url
    elif is_held(data / "up.lock"):
        yield running(settings)["database_url"]
    elif make or (data / "postgres").exists():
        with embedded_postgres(data) as url:
            yield url
    else:
        raise Unavailable(
            f"No database: DATABASE_URL is not set, and there is none in {data}. "
            "Start `make run` first, or set DATA to its folder."
        )


def running(settings: Settings) -> dict[str, str]:
    """What the `bedspace up` that runs in `DATA` wrote down: `database_url`, `redis_url`, `port`. Raises `Unavailable`.

    The note of one that was killed is not believed: whoever runs holds the lock.
    """
    try:
        if not is_held(settings.data / "up.lock"):
            raise Unavailable(
                f"No database: DATABASE_URL is not set, and no `bedspace up` is running in {settings.data}. "
                "Start `make run` first, or set DATA to its folder."
            )
        return dict(json.loads((settings.data / "run.json").read_text()))
    except PermissionError as error:
        raise Unavailable(f"{settings.data} belongs to another user. Run this as that user.") from error
    except OSError as error:
        raise Unavailable("`bedspace up` is only just starting. Try again when it says that it runs.") from error
