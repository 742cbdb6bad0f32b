"""Which letters an event owes. A letter is written when it is sent, from the ids in its outbox row."""

from schemas.acts import Event

OWED: dict[str, tuple[str, ...]] = {
    "nsi_routed": ("nsi_to_spoc",),
    "message_settled": ("reply_to_sender",),
}


def owed(event: Event) -> tuple[str, ...]:
    """The purposes of the letters that an event asks for; `message_settled` only where there is someone to answer."""
    if event.kind == "message_settled" and not event.body.get("answer"):
        return ()
    return OWED.get(event.kind, ())
