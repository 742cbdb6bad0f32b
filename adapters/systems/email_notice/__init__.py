"""E-mails in which practitioners tell of a transfer, a temporary move or a release."""

from pathlib import Path

from adapters.contract import System
from adapters.formats.kinds import EMAIL, MSG
from adapters.systems.email_notice.read import read

SYSTEM = System(
    name="email_notice",
    describes="E-mails about a transfer, a temporary move or a release, as practitioners write them",
    home=Path(__file__).parent,
    content_types=(EMAIL, MSG),
    read=read,
)
