"""What is sent to each door of the register that writes, and by which row of the table."""

import re
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from tests.api.write_sides import CLOSURE, SECRET, Side
from tests.placements.placing import somebody
from tests.premises.making import premises


class Write(Struct, frozen=True):
    """One door as it is written, what of a side its path is about, and what is sent."""

    action: str
    door: str
    at: tuple[str, ...] = ()
    """Keys of a side, or words as they are, for each parameter of the path."""
    body: Callable[[Side], Any] = lambda _: {}
    decides: bool = False
    """Only those decide whom the premises' record names, however far others see."""
    by_crn: bool = False
    """Whose access is limited is nobody here, but to those who may see them."""
    makes: bool = False
    """What it makes is one's own, wherever it is for."""
    sent_in: bool = False
    """Where a role reaches its own only, that is what it has sent in: here that is nothing."""
    anywhere: bool = False
    """Whoever works for a PDU does it for any."""

    def path(self, side: Side) -> str:
        given = iter(self.at)
        asked = re.sub(r"\{\w+:\w+\}", lambda _: str(side.get(key := next(given), key)), self.door.partition(" ")[2])
        return f"/api/v1{asked}"

    def anywhere_for(self, reach: str) -> bool:
        return self.anywhere and reach == "pdu"

    @property
    def method(self) -> str:
        return self.door.partition(" ")[0]


def _of(action: str, path: str, key: str, /, decides: bool = False, **body: Any) -> Write:  # noqa: FBT001, FBT002  # a row
    """A door of placements. `@bed` in a body is that of the side."""

    def sent(side: Side) -> Any:
        return {key: side[value[1:]] if str(value).startswith("@") else value for key, value in body.items()}

    return Write(f"placement.{action}", f"POST /placements/{{placement_id:uuid}}/{path}", (key,), sent, decides)


def _person(side: Side) -> dict[str, str]:
    who = somebody(int(side["crn"][1:]))
    return {"name": f"{SECRET} Invented", "crn": side["crn"], "birth_date": str(who.birth_date)}


LATER = {**CLOSURE, "from": "2027-05-01"}
ABSENT = {"from": "2027-02-20", "until": "2027-02-22"}
SECTOR = {"authority": "authority", "sector": "sector", "pdu": "sector_pdu"}
CONTACT = {"name": "The office", "phone": "01632 960000", "email": "ap1@ap.invalid", "hours": "Always"}
SPOC = {"name": "Kit Invented", "email": "k@pdu.invalid", "phone": "01632 960999", "hours": "Weekdays", "team": "Team"}
HOLDER = {"name": "Sandy Invented", "email": "spo@pdu.invalid", "from": "2027-01-04"}
SEEN = {"at": "2026-11-20T10:00:00Z", "kind": "appointment", "outcome": "attended"}


def nothing(_: Side) -> dict[str, Any]:
    return {}


SINCE = {"starts_on": "2026-01-05"}
OUT = {"from": "2027-03-01", "until": "2027-03-02", "reason": "closure"}

PLACEMENTS = [
    Write(
        "suitability.decide",
        "POST /suitability",
        body=lambda side: {"person": _person(side), "suitable": True, "reason": "risk_of_harm", "pdu": side["pdu"]},
    ),
    Write(
        "placement.refer",
        "POST /placements",
        body=lambda side: {"person": _person(side), "gender": "male", "arrives_on": "2027-08-01", "pdu": side["pdu"]},
        makes=True,
    ),
    _of("ask", "ask", "referral", premises=["AP9"]),
    _of("offer", "offer", "referral", bed="@bed8"),
    _of("accept", "accept", "referral", decides=True),
    _of("decline", "decline", "referral", decides=True, reason="full"),
    _of("withdraw", "withdraw", "referral", reason="duplicate"),
    _of("arrive", "arrive", "booked"),
    _of("not_arrived", "not-arrived", "booked", reason="hospital"),
    _of("depart", "depart", "arrived", reason="moved_on"),
    _of("extend", "extend", "arrived", until="2026-12-20"),
    _of("shorten", "shorten", "arrived", until="2026-11-26"),
    _of("needs", "needs", "referral", needs=[]),
    _of("cancel", "cancel", "booked", reason="died"),
    _of("away", "away", "arrived", where="hospital"),
    _of("back", "back", "away"),
    _of("relocate", "relocate", "arrived", bed="@spare", on="2026-11-27", reason="closure"),
    _of("relocation_accept", "relocation/accept", "moving", decides=True),
    _of("relocation_decline", "relocation/decline", "moving", decides=True, reason="full"),
    _of("relocation_undo", "relocation/undo", "moving"),
    Write(
        "national.seek",
        "POST /placements/{placement_id:uuid}/hard-to-place",
        ("referral",),
        lambda _: {"reason": "victims", "tried": "x", "needed": "x"},
    ),
    Write("waiting.join", "POST /placements/{placement_id:uuid}/wait", ("referral",)),
    Write(
        "waiting.leave",
        "POST /placements/{placement_id:uuid}/leave-waiting",
        ("waiting",),
        lambda _: {"reason": "not_wanted"},
    ),
    Write("waiting.offer", "POST /proposals/{proposal_id:int}/offer", ("proposal",)),
    Write("waiting.skip", "POST /proposals/{proposal_id:int}/skip", ("proposal",), lambda _: {"reason": "not_ready"}),
    Write("waiting.skip", "POST /skips/{skip_id:int}/take-back", ("skip",)),
]

PEOPLE = [
    Write(
        "meeting.record",
        "POST /must-not-meet",
        body=lambda side: {"person": side["crn"], "other": side["crn2"], "kind": "witness", "source": "prison"},
        by_crn=True,
    ),
    Write(
        "meeting.check",
        "POST /must-not-meet/checks",
        body=lambda side: {"person": side["crn"], "outcome": "none_known", "against": ["prison"]},
        by_crn=True,
    ),
    Write("meeting.read", "POST /must-not-meet/look", body=lambda side: {"person": side["crn"]}, by_crn=True),
    Write("meeting.end", "POST /must-not-meet/{pair_id:int}/end", ("pair",), lambda _: {"note": "x"}, by_crn=True),
]

CASES = [
    Write(action, f"POST /people/{{person_id:uuid}}/{path}", at, body, by_crn=True)
    for action, path, at, body in (
        ("sentence.record", "sentences", ("person",), lambda _: {"kind": "order", "code": "cro", **SINCE}),
        ("sentence.record", "sentences/{record_id:uuid}/change", ("person", "sentence"), lambda _: {"hours_done": 3}),
        (
            "sentence.record",
            "sentences/{record_id:uuid}/requirements",
            ("person", "sentence"),
            lambda _: {"kind": "curfew", "title": "7 to 7"},
        ),
        (
            "sentence.record",
            "sentences/{record_id:uuid}/requirements/{n:int}/end",
            ("person", "sentence", "1"),
            nothing,
        ),
        ("contact.record", "contacts", ("person",), lambda _: SEEN),
        (
            "contact.record",
            "contacts/{record_id:uuid}/outcome",
            ("person", "contact"),
            lambda _: {"outcome": "acceptable_absence"},
        ),
        (
            "contact.import",
            "contacts/import",
            ("person",),
            lambda side: {"source": "crams", "pdu": side["pdu"], "contacts": [{**SEEN, "external_reference": "1"}]},
        ),
        ("enforcement.record", "enforcement", ("person",), lambda _: {"kind": "breach"}),
        (
            "enforcement.record",
            "enforcement/{record_id:uuid}/outcome",
            ("person", "enforcement"),
            lambda _: {"outcome": "upheld"},
        ),
        ("registration.record", "registrations", ("person",), lambda _: {"kind": "rosh", "level": "low"}),
        ("registration.record", "registrations/{record_id:uuid}/end", ("person", "registration"), nothing),
        ("person.identify", "aliases", ("person",), lambda _: {"name": f"{SECRET} Example"}),
        ("person.identify", "identifiers", ("person",), lambda _: {"kind": "cro", "value": "000023/00Z"}),
        (
            "person.merge",
            "merge",
            ("person",),
            lambda side: {"merged": side["double"], "reason": "The prints are the same"},
        ),
        ("person.merge", "merges/{record_id:uuid}/undo", ("person", "merge"), lambda _: {"reason": "Brothers"}),
        ("need.record", "needs", ("person",), lambda _: {"needs": [{"kind": "none"}]}),
        ("need.record", "ethnicity", ("person",), lambda _: {"ethnicity": "not_stated"}),
    )
]

BEDS = [
    Write(
        "hold.place",
        "POST /holds",
        body=lambda side: {"bed": side["bed8"], "from": "2027-05-01", "nights": 2, "reason": "x"},
    ),
    Write("hold.end", "DELETE /holds/{hold_id:int}", ("hold",)),
    Write("outage.keep", "POST /beds/{code:str}/out-of-service", ("bed8",), lambda _: OUT),
    Write("outage.keep", "POST /outages/{outage_id:int}/revisions", ("outage",), lambda _: OUT),
    Write("outage.keep", "POST /outages/{outage_id:int}/cancel", ("outage",)),
    Write(
        "overbooking.keep",
        "POST /premises/{code:str}/overbookings",
        ("premises",),
        lambda _: {"from": "2026-11-24", "until": "2026-11-25", "reason": "displaced"},
    ),
    Write("overbooking.keep", "POST /overbookings/{bed:str}/until", ("temporary",), lambda _: {"until": "2026-11-26"}),
    Write("bed.ready", "POST /beds/{code:str}/ready", ("bed8",)),
    Write("premises.confirm", "POST /premises/{code:str}/confirm", ("premises",)),
    Write("premises.confirm", "POST /beds/{bed:str}/confirm", ("bed8",)),
    Write("premises.report", "POST /beds/{bed:str}/report", ("bed8",), lambda _: {"said": "There is no bathroom"}),
    Write(
        "premises.keep",
        "POST /premises/{code:str}/beds",
        ("premises",),
        lambda side: {"bed": f"{side['premises']}-new", "room": "Room 1"},
    ),
    Write("premises.keep", "PATCH /beds/{bed:str}", ("bed8",), lambda _: {"room": "Room 2"}),
    Write("premises.keep", "POST /beds/{bed:str}/close", ("bed8",), lambda _: {"from": "2027-03-01"}),
    Write("premises.keep", "POST /beds/{bed:str}/open", ("bed8",)),
]

HOUSES = [
    Write(
        "premises.import",
        "POST /premises/import",
        body=lambda side: f"premises,room,bed\n{side['empty']},Room 1,{side['empty']}-1\n".encode(),
    ),
    Write(
        "premises.keep",
        "PUT /premises/{code:str}",
        ("premises",),
        lambda side: msgspec.to_builtins(premises(side["premises"], [[] for _ in range(12)])),
    ),
    Write("premises.keep", "PATCH /premises/{code:str}", ("premises",), lambda _: {"arrive_by": "18:00"}),
    Write(
        "premises.keep",
        "PATCH /premises/{code:str}/rooms",
        ("premises",),
        lambda _: {"name": "Room 2", "characteristics": []},
    ),
    Write(
        "premises.keep",
        "PUT /premises/{code:str}/contacts/{purpose:str}",
        ("premises", "general"),
        lambda _: CONTACT,
    ),
    Write("premises.keep", "DELETE /premises/{code:str}/contacts/{purpose:str}", ("premises", "general")),
    Write(
        "premises.keep",
        "POST /premises/{code:str}/restrictions",
        ("premises",),
        lambda _: {"characteristic": "hearing_loop", "reason": "It is being repaired"},
    ),
    Write(
        "premises.keep",
        "POST /premises/{code:str}/restrictions/{restriction_id:int}/end",
        ("premises", "restriction"),
    ),
    Write("premises.close", "POST /premises/{code:str}/close", ("empty",), lambda _: {**CLOSURE, "from": "2027-05-01"}),
    Write("premises.close", "POST /premises/{code:str}/reopen", ("closing",)),
    Write("list.keep", "PUT /lists/{name:str}/{code:str}", ("departure", "died"), lambda _: {"name": "Has died"}),
    Write(
        "list.keep",
        "PUT /characteristics/{code:str}",
        ("lift",),
        lambda _: {"name": "A lift", "scope": "premises"},
    ),
]

LOCATOR = [
    Write(
        "spoc.keep",
        "PUT /locator/spocs",
        body=lambda side: {"from": "2026-12-01", "spocs": [{"pdu": side["pdu"], "purposes": ["transfer"], **SPOC}]},
    ),
    Write("spoc.keep", "POST /locator/spocs/{spoc:int}/end", ("spoc",), lambda _: {"on": "2027-12-01"}),
    Write("grade.keep", "PUT /grades", body=lambda side: {"grade": "spo", "place": side["pdu"], **HOLDER}),
    Write("grade.keep", "POST /grades/{holder:int}/away", ("holder",), lambda _: {"from": "2026-12-01"}),
    Write("spoc.absence", "POST /locator/spocs/{spoc:int}/absences", ("spoc",), lambda _: ABSENT),
    Write("spoc.absence", "POST /locator/absences/{absence:int}/end", ("absence",), lambda _: {"on": "2026-12-01"}),
    Write(
        "sectors.keep",
        "PUT /locator/sectors",
        body=lambda side: {
            "from": "2026-12-01",
            "sectors": [{key: side[at] for key, at in SECTOR.items()} | {"said_by": "The map"}],
        },
    ),
    Write(
        "pdu.keep",
        "PUT /locator/pdus",
        body=lambda _: {"code": "N55NEW", "region": "N55", "name": "New", "from": "2027-01-01"},
    ),
    Write("visor.switch", "PUT /regions/{region:str}/visor", ("region",), lambda _: {"on": True}),
    Write("pdu.keep", "POST /locator/pdus/{code:str}/end", ("pdu",), lambda _: {"on": "2027-06-01"}),
    Write(
        "pdu.keep",
        "PUT /locator/authorities",
        body=lambda side: {"gss": "E99999999", "name": "New", "pdus": [side["pdu"]], "from": "2027-01-01"},
    ),
]

ABOUT_PEOPLE = [*PLACEMENTS, *PEOPLE, *CASES]
WRITES = [*ABOUT_PEOPLE, *BEDS, *HOUSES, *LOCATOR]
