"""Who gives notice, by any door, is who is told."""

import msgspec

from gateway.access.actors import Actor
from schemas.releases import NoticeRelease


def with_contact(command: NoticeRelease, actor: Actor) -> NoticeRelease:
    """Who gives notice is told at the prison, and who refers is the responsible officer, unless others are named."""
    if actor.role == "prison_staff" and actor.email and not command.contact_email:
        name = command.contact_name or actor.name
        return msgspec.structs.replace(command, contact_name=name, contact_email=actor.email)
    if actor.role in ("practitioner", "spo") and actor.email and not command.officer_email:
        name = command.officer_name or actor.name
        return msgspec.structs.replace(command, officer_name=name, officer_email=actor.email)
    return command
