"""Logs: one JSON object a line on standard error, with ids and codes only, never anything about a person."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from schemas.errors import BedspaceError

_QUIET = ("arq", "asyncpg", "aiosmtplib", "asyncio")
"""Below a warning these say things we do not want kept, such as the arguments of a job."""


def configure_logs(level: str = "info") -> None:
    """Send our logs, and those of every library, to standard error in one form. `level` as in the settings."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        error_without_its_words,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, first_line, *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.raiseExceptions = False  # a line that cannot be written would be printed with its arguments
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def first_line(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of what a library says: asyncio goes on, below it, to quote the exception of a task."""
    entry["event"] = str(entry["event"]).partition("\n")[0]
    return entry


def error_without_its_words(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep of an exception its kind and where it arose: a driver's message can quote a row of the database.

    Our own errors are written for users and hold nothing about a person, so their message stays.
    """
    given = entry.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        entry["error"] = type(error).__name__
        entry["at"] = _places(error.__traceback__)
        if isinstance(error, BedspaceError):
            entry["why"] = str(error)
    return entry


def _places(trace: TracebackType | None) -> list[str]:
    """The innermost frames, as `module:line`."""
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(trace)]
    return [f"{module}:{line}" for module, line in frames[-4:]]
