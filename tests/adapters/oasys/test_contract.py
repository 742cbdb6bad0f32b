"""OASys keeps the promises of every system, in XML and in JSON."""

from pathlib import Path

from adapters.systems import oasys
from tests.adapters.hostile import hostile_json, hostile_xml
from tests.contract.suite import SystemContract

FIXTURES = Path(__file__).parent / "fixtures"
OPENED = b'<a:OASYSAssessmentSummary xmlns:a="http://www.bconline.co.uk/oasys/assessment"><a:OASYS_ID>1</a:OASYS_ID>'
CLOSED = b"</a:OASYSAssessmentSummary>"


class TestXml(SystemContract):
    system = oasys.SYSTEM
    fixtures = FIXTURES / "xml"
    suffix = ".xml"
    hostile = hostile_xml(OPENED, b"a:OASYSSection3Score", CLOSED)


class TestJson(SystemContract):
    system = oasys.SYSTEM
    fixtures = FIXTURES / "json"
    suffix = ".json"
    hostile = hostile_json(b'{"assessmentPk": 1, "assessmentStatus": "COMPLETE"', b"dateCompleted", b"}")
