"""OASys: assessments of risk and need, in the XML of the data hub and the JSON of the reporting service."""

from pathlib import Path

from adapters.contract import System
from adapters.systems.oasys.read import read

SYSTEM = System(
    name="oasys",
    describes="OASys: assessments, supervision plans and risks of serious harm (XML of the data hub, JSON summaries)",
    home=Path(__file__).parent,
    content_types=("application/xml", "text/xml", "application/json"),
    read=read,
)
