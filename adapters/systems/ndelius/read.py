"""A message of nDelius to drafts: JSON or XML, each told by what stands in it."""

from collections.abc import Callable, Iterator

from adapters.formats.finding import MOST_DRAFTS
from adapters.formats.json_text import looks_like_json, parsed_json
from adapters.formats.said import OfJson
from adapters.formats.xml_message import looks_like_xml
from adapters.systems.ndelius.case import Case, Drafts, Person, person_of
from adapters.systems.ndelius.contacts import contact, is_contact, is_registration, registration
from adapters.systems.ndelius.nsis import is_nsi, nsi
from adapters.systems.ndelius.profile import NDelius
from adapters.systems.ndelius.spg import read_spg
from schemas.drafts import Reading
from schemas.errors import Unreadable

NONE_OF_OURS = "There is no NSI, contact or registration of nDelius in it. Send one in a shape of its README."
LISTS = ("nsis", "contacts", "registrations", "content")
_RECORDS: tuple[tuple[Callable[[OfJson], bool], Callable[[Case, OfJson, Person], Drafts]], ...] = (
    (is_contact, contact),
    (is_registration, registration),
    (is_nsi, nsi),
)


def read(raw: bytes, profile: NDelius) -> Reading:
    """Raises `Unreadable`."""
    case = Case(profile)
    if looks_like_json(raw):
        return _read_json(case, OfJson(parsed_json(raw)))
    if looks_like_xml(raw):
        return read_spg(case, raw)
    raise Unreadable("This is neither JSON nor XML. Send the message as nDelius made it.")


def _read_json(case: Case, root: OfJson) -> Reading:
    drafts: Drafts = []
    known = 0
    person = person_of(case, root.inside("offender"))
    for place in _records(root):
        for is_one, read_one in _RECORDS:
            if is_one(place):
                known += 1
                drafts += read_one(case, place, person)
                break
        else:
            case.problem(place.pointer or "It", "is no record of a known shape and is passed over.")
        if len(drafts) > MOST_DRAFTS:
            raise Unreadable(f"The message has more than {MOST_DRAFTS} records. Send it in parts.")
    if not known:
        raise Unreadable(NONE_OF_OURS)
    return case.reading(drafts)


def _records(root: OfJson) -> Iterator[OfJson]:
    """One record, a list of them, or lists beside the person they are about."""
    if isinstance(root.value, list):
        yield from (OfJson(one, f"/{n}") for n, one in enumerate(root.value))
        return
    listed = [one for name in LISTS for one in root.each(name)]
    yield from listed or [root]
