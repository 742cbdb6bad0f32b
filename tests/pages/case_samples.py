"""What the templates of a case can be given."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from gateway.pages.case_forms import FORMS
from gateway.pages.cases import side_by_side
from schemas.cases import Case, CaseNsi, CasePlacement
from schemas.contacts import Absences, AreaCount, Contact, ContactLog, Enforcement, FirstAppointment, Reporting
from schemas.custody import Caretaking
from schemas.identity import Alias, Identifier, Merged
from schemas.needs import AskedOnMove, Need, Needs
from schemas.nsis import Responsible
from schemas.people import Person
from schemas.registrations import Mismatch, Registration, Registrations
from schemas.sentences import Requirement, Sentence
from tests.pages.locate_samples import act_page
from tests.pages.nsi_samples import HOSTILE

NOW = datetime(2026, 11, 22, 18, 4, tzinfo=UTC)
DAY = date(2026, 11, 2)
ID = UUID("0b5e0000-0000-4000-8000-000000000001")
IDS = [UUID(int=n) for n in range(1, 9)]

ABSENT = Contact(
    id=IDS[0],
    at=NOW,
    kind="appointment",
    outcome="unacceptable_absence",
    pdu="N55LEE",
    pdu_name="Leeds",
    made_by="N55YRK",
    absence=2,
    in_a_row=1,
    note=HOSTILE,
    source="crams",
    recorded_by=HOSTILE,
)
LOG = ContactLog(
    person=ID,
    absences=Absences(
        unacceptable=2,
        in_a_row=1,
        by_area=[AreaCount(pdu="N55LEE", pdu_name="Leeds", absences=1), AreaCount(pdu=None, pdu_name=None, absences=1)],
    ),
    items=[ABSENT, replace(ABSENT, id=IDS[1], outcome="planned", absence=None, note="", source="bedspace")],
    first_appointments=[
        FirstAppointment(nsi="NSI-000123", made_by_sender=True, at=NOW, told=True, kept=False),
        FirstAppointment(nsi="NSI-000124", made_by_sender=False),
    ],
    reporting=[Reporting(nsi="NSI-000123", due=DAY, overdue=True)],
    enforcement=[
        Enforcement(id=IDS[0], kind="breach", on=DAY, pdu="N55YRK", pdu_name="York", note=HOSTILE, recorded_by=HOSTILE),
        Enforcement(
            id=IDS[1],
            kind="warning",
            on=DAY,
            pdu="N55YRK",
            pdu_name="York",
            outcome="upheld",
            outcome_on=DAY,
            recorded_by=HOSTILE,
        ),
    ],
    next="x",
)
HIGH = Registration(
    id=IDS[0],
    kind="rosh",
    level="high",
    pdu="N55YRK",
    pdu_name="York",
    since=DAY,
    in_force=True,
    recorded_by=HOSTILE,
)
DIFFERING = Registrations(
    person=ID,
    items=[
        HIGH,
        replace(HIGH, id=IDS[1], level="low", pdu="N55LEE", pdu_name="Leeds"),
        replace(HIGH, id=IDS[2], kind="mappa", level="2", category="1"),
    ],
    mismatches=[Mismatch(kind="rosh", one="N55LEE", one_name="Leeds", other="N55YRK", other_name="York")],
)
ORDER = Sentence(
    id=IDS[0],
    kind="order",
    code="community_order",
    event_number=1,
    court=HOSTILE,
    starts_on=DAY,
    ends_on=DAY,
    in_force=False,
    hours_ordered=120,
    hours_done=36,
    hours_outstanding=84,
    requirements=[
        Requirement(n=1, kind="curfew", title=HOSTILE, restrictive=True),
        Requirement(n=2, kind="programme", title="Thinking skills", in_force=False),
    ],
)
CASE = Case(
    person=Person(id=ID, crn="Z990001", noms="Z0001ZZ", name=HOSTILE, birth_date=DAY, limited_access=True),
    cro="000023/00Z",
    aliases=[Alias(name=HOSTILE, source="said", at=NOW)],
    identifiers=[Identifier(kind="noms", value="Z0002ZZ", since=NOW)],
    merges=[Merged(id=IDS[0], person=IDS[1], name=HOSTILE, reason=HOSTILE, at=NOW, by="demo-spo")],
    responsible=Responsible(pdu="York", region="Yorkshire", officer=HOSTILE, since=NOW),
    caretaking=Caretaking(id=ID, by_pdu="N55LEE", for_pdu="N55YRK", from_=DAY),
    sentences=[ORDER],
    contacts=LOG,
    registrations=DIFFERING,
    needs=Needs(
        person=ID,
        items=[Need(kind="diet", note=HOSTILE, since=DAY, in_force=True, recorded_by=HOSTILE)],
        moves=[AskedOnMove(nsi="NSI-000123", asked_on=DAY), AskedOnMove(nsi="NSI-000124")],
        ethnicity="not_stated",
    ),
    nsis=[
        CaseNsi(
            id=ID,
            reference="NSI-000123",
            type="case_transfer",
            status="received",
            move_on=DAY,
            sending=None,
            receiving="Leeds",
        )
    ],
    placements=[
        CasePlacement(id=ID, reference="PL-000001", state="booked", premises=None, arrives_on=DAY, departs_on=DAY)
    ],
)
BARE = Case(
    person=Person(id=ID, name="Robin Invented"),
    contacts=ContactLog(person=ID, absences=Absences(), items=[]),
    registrations=Registrations(person=ID, items=[]),
    needs=Needs(person=ID, items=[]),
)
NAMES: dict[str, dict[str, str]] = {
    name: {} for name in ("contact", "sentence", "requirement", "diversity", "ethnicity", "enforcement_outcome")
}


def case_page(case: Case, **more: Any) -> tuple[str, dict[str, Any]]:
    both = side_by_side(case.registrations) if case.registrations else []
    given = {"case": case, "today": DAY, "side_by_side": both, "done": "", "names": NAMES, **more}
    return "case.html", given


CASE_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "a case": case_page(CASE, done="It is recorded."),
    "a case of which little is known": case_page(BARE),
    "a case masked": case_page(Case(person=Person(id=ID, limited_access=True), nsis=CASE.nsis)),
    "a contact log": (
        "case_contacts.html",
        {"case": CASE, "log": LOG, "names": NAMES, "more": f"/people/{ID}/contacts?cursor=x"},
    ),
    "no contacts": ("case_contacts.html", {"case": BARE, "log": BARE.contacts, "names": NAMES, "more": None}),
    **{
        f"case: {name}": act_page(
            how.change,
            choices={
                field.name: [{"value": "x", "text": "X"}]
                for field in how.change.fields
                if field.kind in ("list", "choice", "choices", "needs")
            },
        )
        for name, how in FORMS.items()
    },
}
