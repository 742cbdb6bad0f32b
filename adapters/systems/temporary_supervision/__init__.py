"""The Request for Temporary Supervision: one form that is both the record and the checklist."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.temporary_supervision.profile import Form
from adapters.systems.temporary_supervision.read import read
from adapters.systems.temporary_supervision.write import write
from schemas.drafts import DraftNsi

SYSTEM = System(
    name="temporary_supervision",
    describes="The Request for Temporary Supervision: one form, as a Word document or a PDF",
    home=Path(__file__).parent,
    content_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"),
    read=read,
    write=write,
    writes=(DraftNsi,),
    profile=Form,
)
