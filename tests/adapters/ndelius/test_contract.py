"""nDelius keeps the promises of every system, in JSON and in XML, with codes filled in and without."""

from pathlib import Path

from msgspec.structs import replace

from adapters.systems import ndelius
from tests.adapters.hostile import hostile_json, hostile_xml
from tests.contract.suite import SystemContract

FIXTURES = Path(__file__).parent / "fixtures"
READ_ONLY = replace(ndelius.SYSTEM, write=None, writes=())
"""Without a code of the two types nothing can be written: test_codes.py."""
OPENED = (
    b'<SPGInterchange xmlns="http://www.justice.gsi.gov.uk/SPG/"><SPGMessage><ProcessContact>'
    b"<ProcessContactDetails><ProcessContact>"
)
CLOSED = b"</ProcessContact></ProcessContactDetails></ProcessContact></SPGMessage></SPGInterchange>"


class TestJsonWithCodes(SystemContract):
    system = ndelius.SYSTEM
    profile = "example"
    fixtures = FIXTURES / "example"
    suffix = ".json"


class TestJson(SystemContract):
    system = READ_ONLY
    profile = "ndelius"
    fixtures = FIXTURES / "published"
    suffix = ".json"
    hostile = hostile_json(b'{"nsiId": 1, "nsiType": {"code": "X"}', b"referralDate", b"}")


class TestXml(SystemContract):
    system = READ_ONLY
    profile = "ndelius"
    fixtures = FIXTURES / "spg"
    suffix = ".xml"
    hostile = hostile_xml(OPENED, b"ProcessNotes", CLOSED)
