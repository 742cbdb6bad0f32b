"""The records that are published as JSON Schema: add a record here, and it is."""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from schemas.action_list import AddAction, RecordEvidence
from schemas.briefing import Briefing
from schemas.cases import Case
from schemas.challenges import Challenge, ChallengePage, DecideChallenge, RaiseChallenge
from schemas.changes import Changes
from schemas.chasing import Escalation, ForecastAnswer, Holder, PauseClock, RaiseConcern
from schemas.components import AddComponents, Component, DecideComponent
from schemas.connections import Connection, Tried
from schemas.contacts import ContactLog, ImportContacts, RecordContact, RecordEnforcement, RecordOutcome
from schemas.custody import (
    Caretaking,
    CaretakingPage,
    HandOver,
    RecordCaretaking,
    Responsibility,
    ResponsibilityPassed,
    TakeOver,
)
from schemas.deliveries import DeliveryPage, Replayed, Trail, WouldSend
from schemas.drafts import Reading
from schemas.ends import EndsPage, ReportEnd
from schemas.files import Document, PoliceReport, RecordDocument, ReviewCase, Reviews
from schemas.identity import MergePeople, PeopleMerged, RecordIdentifier
from schemas.inbox import InboxItem
from schemas.locate import Located
from schemas.move_review import ReviewMove
from schemas.national import CloseSearch, LeadSearch, Search, SearchPage, SeekForNsi, Sought
from schemas.needs import AskNeeds, Needs
from schemas.nsi_life import AllocateNsi, ChangeNsi, NoteNsi, NsiReported, RaiseUnannounced, ReportNsi
from schemas.nsi_preview import NsiPreview
from schemas.nsi_queue import QueuePage
from schemas.nsis import Action, Clock, Nsi, NsiPage, NsiState, RaiseNsi
from schemas.paper import DispatchPaper, PlacePaper, ReceivePaper
from schemas.people import Person
from schemas.placements import Placement
from schemas.premises import PremisesRecord
from schemas.registrations import RegisterPerson, Registrations
from schemas.releases import ArrangeAccommodation, NoticeRelease, Release, ReleaseDone, ReleasePage
from schemas.search import Need, Shortlist
from schemas.sentences import RecordSentence, Sentences

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PUBLISHED: dict[str, type[Struct]] = {
    "action": Action,
    "action-evidence": RecordEvidence,
    "action-new": AddAction,
    "briefing": Briefing,
    "caretaking": Caretaking,
    "caretaking-list": CaretakingPage,
    "caretaking-new": RecordCaretaking,
    "case": Case,
    "case-review": ReviewCase,
    "case-reviews": Reviews,
    "changes": Changes,
    "challenge": Challenge,
    "challenge-decision": DecideChallenge,
    "challenge-list": ChallengePage,
    "challenge-new": RaiseChallenge,
    "clock": Clock,
    "component": Component,
    "component-decision": DecideComponent,
    "components-new": AddComponents,
    "clock-pause": PauseClock,
    "concern": RaiseConcern,
    "contact-import": ImportContacts,
    "contact-log": ContactLog,
    "contact-outcome": RecordOutcome,
    "contact-record": RecordContact,
    "diversity-needs": Needs,
    "diversity-needs-asked": AskNeeds,
    "connection": Connection,
    "connection-tried": Tried,
    "document": Document,
    "document-record": RecordDocument,
    "end-report": ReportEnd,
    "ends": EndsPage,
    "enforcement-record": RecordEnforcement,
    "escalation": Escalation,
    "forecast": ForecastAnswer,
    "grade-holder": Holder,
    "police-checks": PoliceReport,
    "move-review": ReviewMove,
    "delivery-list": DeliveryPage,
    "delivery-dry-run": WouldSend,
    "delivery-replayed": Replayed,
    "nsi": Nsi,
    "nsi-log": Trail,
    "nsi-allocation": AllocateNsi,
    "nsi-change": ChangeNsi,
    "nsi-list": NsiPage,
    "nsi-new": RaiseNsi,
    "nsi-note": NoteNsi,
    "nsi-preview": NsiPreview,
    "nsi-queue": QueuePage,
    "nsi-report": ReportNsi,
    "nsi-reported": NsiReported,
    "nsi-state": NsiState,
    "nsi-unannounced": RaiseUnannounced,
    "paper-dispatch": DispatchPaper,
    "paper-place": PlacePaper,
    "paper-receipt": ReceivePaper,
    "people-merge": MergePeople,
    "people-merged": PeopleMerged,
    "person": Person,
    "person-identifier": RecordIdentifier,
    "placement": Placement,
    "premises": PremisesRecord,
    "release": Release,
    "release-arranged": ArrangeAccommodation,
    "release-done": ReleaseDone,
    "release-list": ReleasePage,
    "release-notice": NoticeRelease,
    "responsibility": Responsibility,
    "responsibility-hand-over": HandOver,
    "responsibility-passed": ResponsibilityPassed,
    "responsibility-take-over": TakeOver,
    "registration-record": RegisterPerson,
    "registrations": Registrations,
    "search": Need,
    "sentence-record": RecordSentence,
    "sentences": Sentences,
    "shortlist": Shortlist,
    "locate-answer": Located,
    "message": InboxItem,
    "hard-to-place": Search,
    "hard-to-place-close": CloseSearch,
    "hard-to-place-lead": LeadSearch,
    "hard-to-place-list": SearchPage,
    "hard-to-place-new": SeekForNsi,
    "hard-to-place-state": Sought,
    "reading": Reading,
}


class Published(Struct, frozen=True, kw_only=True):
    """One record that has a schema."""

    name: str
    title: str
    says: str


@cache
def schema_of(name: str) -> dict[str, Any]:
    """JSON Schema of a published record. Raises `KeyError`."""
    schema = msgspec.json.schema(PUBLISHED[name])
    return {"$schema": DIALECT, "$id": f"/api/v1/schemas/{name}", "title": PUBLISHED[name].__name__, **schema}


def published() -> list[Published]:
    """Every record, by name."""
    return [
        Published(name=name, title=record.__name__, says=" ".join((record.__doc__ or "").split()))
        for name, record in sorted(PUBLISHED.items())
    ]
