"""Every event of a message, whatever envelopes are around it."""

from adapters.formats.finding import Finding
from adapters.formats.hmpps_event import event_of, events_in
from adapters.formats.json_text import looks_like_json, parsed_json
from adapters.formats.said import OfJson
from adapters.profile import Profile
from schemas.drafts import Reading
from schemas.errors import Unreadable

NONE_OF_OURS = (
    "There is no domain event in it: eventType with when it occurred, or where to read of it. Send the event."
)


def read(raw: bytes, profile: Profile) -> Reading:
    """Raises `Unreadable`."""
    if not looks_like_json(raw):
        raise Unreadable("This is not JSON. Send the event as it was published.")
    finding = Finding(profile)
    drafts = [event_of(finding, place, message) for place, message in events_in(OfJson(parsed_json(raw)))]
    if not drafts:
        raise Unreadable(NONE_OF_OURS)
    return finding.reading(drafts)
