"""Prisons: notices of release and of temporary licence, records of the prisoner search, and events of prisoners."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.prison.profile import Prison
from adapters.systems.prison.read import read
from adapters.systems.prison.write import write
from schemas.drafts import DraftRelease

SYSTEM = System(
    name="prison",
    describes="Prisons: notices of release and temporary licence (JSON, CSV), records and events of prisoners (JSON)",
    home=Path(__file__).parent,
    content_types=("application/json", "text/csv"),
    read=read,
    write=write,
    writes=(DraftRelease,),
    profile=Prison,
)
