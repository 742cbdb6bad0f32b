"""Domain events of HMPPS: thin messages that something has happened, and where to read of it."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.domain_event.read import read

SYSTEM = System(
    name="domain_event",
    describes="Domain events of HMPPS: that something has happened, and where to read of it (JSON)",
    home=Path(__file__).parent,
    content_types=("application/json",),
    read=read,
)
