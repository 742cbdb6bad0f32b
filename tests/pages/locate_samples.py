"""What the templates of the locator can be given."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from gateway.pages.contact_forms import FORMS
from gateway.pages.contacts import Kept
from gateway.pages.coverage import lines
from gateway.pages.locate_act import Change, Place, empty
from gateway.pages.on_day import ON
from gateway.pages.page import links
from gateway.pages.reroute import SEND_ON
from gateway.pages.sectors import DECIDE
from schemas.errors import FieldFault
from schemas.locate import Absent, Located, Named, Receiver, Spoc
from schemas.locator import Absence, Contact, Coverage, Gap, Sector, SplitAuthority, WrongRoute
from schemas.nsis import NsiRerouted

BACK = date(2026, 12, 3)
SPOC = Spoc(
    id=1,
    name="Sam Example-Contact",
    email="leeds.transfers@probation.invalid",
    phone="0113 496 0001",
    hours="Monday to Friday, 9:00 to 17:00",
    team="Leeds case transfers",
    out_of_hours="The duty desk of the region, 0113 496 0002",
)
REGION = Named("N55", "Yorkshire and the Humber")
LOCATE: dict[str, Any] = {
    "near": "LS1",
    "purpose": "transfer",
    "purposes": [{"value": "transfer", "text": "Case transfer"}],
    "day": ON,
    "typed": {"on-day": "3", "on-month": "12", "on-year": "2026"},
    "on": None,
    "located": None,
    "among": "/locate?near=LS1",
    "like": [],
}
LEEDS = Located(read_as="LS1", pdu=Named("N55LEE", "Leeds"), region=REGION, spoc=SPOC, answered_by="spoc")
COVERED = Located(
    read_as="LS1",
    pdu=Named("N55LEE", "Leeds"),
    region=REGION,
    spoc=SPOC,
    answered_by="deputy",
    answers_for="transfer",
    absent=Absent(name="Alex Example", until=BACK),
    note="Alex Example is absent until 3 December 2026. The deputy answers. It is the contact for transfers.",
)
NOBODY = Receiver(pdu=Named("A", "North"), region=REGION, note="No SPOC is named. Nobody answers.")
SPLIT = Located(read_as="Birmingham", ambiguous=[NOBODY, Receiver(pdu=Named("B", "South"), region=REGION, spoc=SPOC)])
UNKNOWN = links((FieldFault("near", "Nothing goes by that name."), FieldFault("on", "No date")), {"on": "on-day"})
LIKE = [{"text": "Leeds", "href": "/locate?near=Leeds"}]

GAPS = [
    Gap(pdu=Named("A", "North"), region=REGION, purpose="transfer", kind="nobody"),
    Gap(pdu=Named("A", "North"), region=REGION, purpose="mappa", kind="nobody"),
    Gap(pdu=Named("A", "North"), region=REGION, purpose="victim", kind="absent", until=BACK),
    Gap(pdu=Named("B", "South"), region=REGION, purpose="victim", kind="stands_in", answered_by="region"),
    Gap(pdu=Named("B", "South"), region=REGION, purpose="mappa", kind="stands_in", answered_by="spoc"),
    Gap(pdu=Named("B", "South"), region=REGION, purpose="release", kind="ending", answered_by="spoc", until=BACK),
]
ROUTES = [
    WrongRoute(
        from_pdu=Named("A", "North"),
        to_pdu=Named("B", "South"),
        authority=Named("E1", "Birmingham"),
        sector="B1 1",
        times=7,
        last=BACK,
    ),
    WrongRoute(from_pdu=Named("B", "South"), to_pdu=Named("A", "North"), times=1, last=BACK),
]
COVERED_SO_FAR = Coverage(on=BACK, pdus=2, pairs=12, covered=7, gaps=GAPS, wrong_routes=ROUTES, sent_on_twice=1)
ALL = Coverage(on=BACK, pdus=2, pairs=12, covered=12, gaps=[], wrong_routes=[], sent_on_twice=0)
COVERAGE: dict[str, Any] = {
    "found": COVERED_SO_FAR,
    "day": ON,
    "typed": LOCATE["typed"],
    "on": BACK,
    "asked": "2026-12-03",
    "counts": {"nobody": 2, "absent": 1, "stands_in": 2, "ending": 1},
    "lines": lines(GAPS),
    "of": 6,
    "regions": [{"value": "", "text": "Every region"}],
    "region": "",
    "kinds": [{"value": "", "text": "Every gap"}],
    "kind": "",
    "more": "/locate/coverage?after=40",
}

CONTACT = Contact(
    id=1,
    pdu="N55LEE",
    kind="spoc",
    purpose="transfer",
    name="Alex Example",
    email="alex@pdu.invalid",
    phone="0113 496 0001",
    hours="9 to 5",
    team="Transfers",
    from_=date(2021, 6, 26),
    until=date(2027, 1, 1),
    absences=[
        Absence(id=1, from_=date(2026, 11, 1), until=BACK, covered_by="deputy", cover=SPOC),
        Absence(id=2, from_=date(2026, 12, 20)),
    ],
)
REGIONAL = replace(CONTACT, id=2, pdu=None, region="N55", kind="region_spo", absences=[])
CONTACTS: dict[str, Any] = {
    "kept": Kept(
        pdu=Named("N55LEE", "Leeds"),
        region=REGION,
        contacts=[CONTACT],
        regional=[REGIONAL],
        answers={
            "transfer": Receiver(pdu=Named("N55LEE", "Leeds"), region=REGION, spoc=SPOC, note=COVERED.note),
            "mappa": NOBODY,
        },
    ),
    "day": ON,
    "typed": LOCATE["typed"],
    "on": BACK,
    "address": "/locate/contacts/N55LEE",
    "keeps": True,
    "records": True,
    "done": "The contact is kept.",
}
ACT: dict[str, Any] = {
    "place": Place(
        address="/locate/contacts/N55LEE/x", caption="Leeds", back="Leeds", back_to="/locate/contacts/N55LEE"
    ),
    "choices": {"purposes": [{"value": "mappa", "text": "MAPPA"}], "covered_by": [{"value": "team", "text": "A team"}]},
    "hidden_pairs": [("key", "k"), ("of", "1")],
}


def act_page(change: Change, **more: Any) -> tuple[str, dict[str, Any]]:
    return "locate_act.html", ACT | {"change": change, "question": change.question, "typed": empty(change), **more}


BIRMINGHAM = SplitAuthority(
    authority=Named("E08000025", "Birmingham"), pdus=[Named("A", "North"), Named("B", "South")], sectors=2, decided=1
)
SECTORS: dict[str, Any] = {"splits": [BIRMINGHAM], "day": ON, "typed": LOCATE["typed"], "on": BACK}
SECTORS_OF: dict[str, Any] = SECTORS | {
    "split": BIRMINGHAM,
    "sectors": [
        Sector(authority=BIRMINGHAM.authority, sector="B1 1", postcodes=40),
        Sector(
            authority=BIRMINGHAM.authority,
            sector="B1 2",
            postcodes=7,
            pdu=Named("A", "North"),
            said_by="A map",
            invented=True,
            from_=BACK,
        ),
    ],
    "address": "/locate/sectors/E08000025",
    "more": "/locate/sectors/E08000025?cursor=B1+2",
    "decides": True,
    "done": "kept",
}
GONE = NsiRerouted(
    id=UUID(int=1),
    reference="NSI-000123",
    status="raised",
    pdu=Named("A", "North"),
    times=1,
    said="It went to North, whose SPOC is told.",
)

LOCATE_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "locate": ("locate.html", LOCATE),
    "located": ("locate.html", LOCATE | {"located": LEEDS}),
    "located, covered": ("locate.html", LOCATE | {"located": COVERED, "on": BACK}),
    "ambiguous": ("locate.html", LOCATE | {"located": SPLIT}),
    "coverage": ("coverage.html", COVERAGE),
    "coverage of all": ("coverage.html", COVERAGE | {"found": ALL, "lines": [], "of": 0, "more": None, "counts": {}}),
    "coverage with a fault": ("coverage.html", COVERAGE | {"found": None, "lines": [], "faults": UNKNOWN[1:]}),
    "contacts": ("contacts.html", CONTACTS),
    "contacts to read": ("contacts.html", CONTACTS | {"keeps": False, "records": False, "done": ""}),
    **{f"contacts: {name}": act_page(change) for name, change in FORMS.items()},
    "contacts: keep, with a fault": act_page(FORMS["keep"], faults=links((FieldFault("email", "Enter an e-mail"),))),
    "split authorities": ("sectors.html", SECTORS),
    "no split authorities": ("sectors.html", SECTORS | {"splits": []}),
    "sectors": ("sectors_of.html", SECTORS_OF),
    "sectors to read": ("sectors_of.html", SECTORS_OF | {"decides": False, "done": "", "more": None}),
    "sectors: decide": act_page(DECIDE, choices={"pdu": [{"value": "A", "text": "North"}]}),
    "NSI: not for us": act_page(SEND_ON, choices={"reason": [{"value": "", "text": "Choose one"}]}),
    "NSI sent on": ("nsi_sent_on.html", {"gone": GONE}),
    "not located": ("locate.html", LOCATE | {"faults": UNKNOWN, "like": LIKE}),
}
