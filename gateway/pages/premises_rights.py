"""Who may be shown the ways to change premises. The verbs decide."""

from gateway.access.actors import Actor
from gateway.access.permissions import permit, table
from schemas.errors import NotThere


def keeps(actor: Actor, code: str, action: str) -> bool:
    reach = table()[action].get(actor.role)
    return reach == "nation" or (reach == "premises" and code in actor.premises)


def refuse(actor: Actor, code: str, action: str) -> None:
    """Raises `NotAllowed` or `NotThere`, before a form is shown that would come to nothing."""
    permit(actor, action)
    if not keeps(actor, code, action):
        raise NotThere(f"There are no premises {code} that you keep. Their own staff change them.")
