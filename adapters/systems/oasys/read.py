"""A message of OASys to assessments."""

from adapters.formats.finding import MOST_DRAFTS
from adapters.formats.json_text import looks_like_json, parsed_json
from adapters.formats.said import OfJson
from adapters.formats.xml_message import looks_like_xml, xml_message
from adapters.profile import Profile
from adapters.systems.oasys.assessing import Assessing
from adapters.systems.oasys.hub import read_hub
from adapters.systems.oasys.summaries import is_summary, summary
from schemas.drafts import DraftAssessment, Reading
from schemas.errors import Unreadable


def read(raw: bytes, profile: Profile) -> Reading:
    """Raises `Unreadable`."""
    reading = Assessing(profile)
    if looks_like_json(raw):
        drafts = _read_json(reading, OfJson(parsed_json(raw)))
    elif looks_like_xml(raw):
        drafts = read_hub(reading, xml_message(raw))
    else:
        raise Unreadable("This is neither XML nor JSON. Send the assessment as OASys made it.")
    if len(drafts) > MOST_DRAFTS:
        raise Unreadable(f"The message has more than {MOST_DRAFTS} assessments. Send it in parts.")
    return reading.reading(drafts)


def _read_json(reading: Assessing, root: OfJson) -> list[DraftAssessment]:
    """One person's assessments, or a list of persons."""
    around = [OfJson(one, f"/{n}") for n, one in enumerate(root.value)] if isinstance(root.value, list) else [root]
    drafts = [
        summary(reading, place, person)
        for person in around
        for place in person.each("assessments") or [person]
        if is_summary(place)
    ]
    if not drafts:
        raise Unreadable("There is no assessment of OASys in it. Send a summary, with its assessmentPk and status.")
    return drafts
