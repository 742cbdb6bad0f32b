"""nDelius: NSIs, contacts and registrations in JSON, NSIs, transfers and contacts in the XML of its gateway."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.ndelius.profile import NDelius
from adapters.systems.ndelius.read import read
from adapters.systems.ndelius.write import write
from schemas.drafts import DraftNsi

SYSTEM = System(
    name="ndelius",
    describes="nDelius: NSIs, contacts and registrations (JSON); NSIs, transfers and contacts (SPG XML 0-9-13)",
    home=Path(__file__).parent,
    content_types=("application/json", "application/xml", "text/xml"),
    read=read,
    write=write,
    writes=(DraftNsi,),
    profile=NDelius,
)
