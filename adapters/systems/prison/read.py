"""A message of a prison to drafts."""

from collections.abc import Iterator

from adapters.formats.finding import MOST_DRAFTS, Finding
from adapters.formats.hmpps_event import event_of, events_in, is_event
from adapters.formats.json_text import looks_like_json, parsed_json
from adapters.formats.said import OfJson
from adapters.systems.prison.files import read_file
from adapters.systems.prison.notices import is_notice, is_prisoner, notice, prisoner
from adapters.systems.prison.profile import Prison
from schemas.drafts import Draft, Reading
from schemas.errors import Unreadable

LISTS = ("notices", "content")
NONE_OF_OURS = "There is no notice of a prison in it. Send one in a shape of its README."


def read(raw: bytes, profile: Prison) -> Reading:
    """Raises `Unreadable`."""
    finding = Finding(profile)
    if looks_like_json(raw):
        return _read_json(finding, OfJson(parsed_json(raw)), profile)
    drafts, refused = read_file(finding, raw, profile)
    return finding.reading(drafts, refused=refused)


def _read_json(finding: Finding, root: OfJson, profile: Prison) -> Reading:
    drafts: list[Draft] = []
    known = 0
    for place in _records(root):
        if is_notice(place):
            drafts.append(notice(finding, place))
        elif is_prisoner(place):
            if (one := prisoner(finding, place)) is not None:
                drafts.append(one)
        elif events := list(_events(finding, place, profile)):
            drafts += events
        else:
            finding.problem(place.pointer or "It", "is no record of a known shape and is passed over.")
            continue
        known += 1
        if len(drafts) > MOST_DRAFTS:
            raise Unreadable(f"The message has more than {MOST_DRAFTS} records. Send it in parts.")
    if not known:
        raise Unreadable(NONE_OF_OURS)
    return finding.reading(drafts)


def _records(root: OfJson) -> Iterator[OfJson]:
    if isinstance(root.value, list):
        yield from (OfJson(one, f"/{n}") for n, one in enumerate(root.value))
        return
    listed = [one for name in LISTS for one in root.each(name)]
    yield from listed or [root]


def _events(finding: Finding, place: OfJson, profile: Prison) -> Iterator[Draft]:
    """Those of prisoners; another system reads the others."""
    for event, message in events_in(place):
        said = event.said("eventType")
        if said and is_event(event) and said.text.startswith(profile.event_types):
            yield event_of(finding, event, message)
