"""Files of an area's own case system or spreadsheet: CSV, fixed width or Excel, by declared mapping."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.areafile.profile import AreaFile
from adapters.systems.areafile.read import read, stream
from adapters.systems.areafile.write import write
from schemas.drafts import DraftContact, DraftEnforcement, DraftNsi, DraftRegistration, DraftRelease, DraftStatus

SYSTEM = System(
    name="areafile",
    describes="Files of an area's own case system or spreadsheet: CSV, fixed width or Excel, by declared mapping",
    home=Path(__file__).parent,
    content_types=("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    read=read,
    write=write,
    writes=(DraftNsi, DraftStatus, DraftContact, DraftEnforcement, DraftRegistration, DraftRelease),
    stream=stream,
    profile=AreaFile,
)
