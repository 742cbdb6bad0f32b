"""Events of HMPPS: thin, in an envelope of a topic or a queue or in none."""

import re
from collections.abc import Iterator
from typing import Any

from adapters.formats.finding import LONGEST_TEXT, Finding
from adapters.formats.json_text import parsed_json
from adapters.formats.said import OfJson, Said
from schemas.drafts import DraftEvent, Found
from schemas.errors import Unreadable

TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+")
"""Of an event: words with dots between them."""
DEEPEST = 4
"""Envelopes inside one another: a queue's, a topic's, the event's own."""
MOST_FACTS = 100
LONGEST_FACT = 1_000
LONGEST_NAME = 200
MOST_EVENTS = 5_000
SUBSCRIPTION = "SubscriptionConfirmation"


def events_in(root: OfJson) -> Iterator[tuple[OfJson, Said | None]]:
    """Each event with what its envelope calls the message. Raises `Unreadable`."""
    for n, one in enumerate(_opened(root, None, 0)):
        if n == MOST_EVENTS:
            raise Unreadable(f"It holds more than {MOST_EVENTS} events. Send them in parts.")
        yield one


def is_event(place: OfJson) -> bool:
    said = place.said("eventType")
    return (
        said is not None
        and TYPE.fullmatch(said.text) is not None
        and any(place.has(name) for name in ("occurredAt", "timestamp", "detailUrl", "additionalInformation"))
    )


def event_of(finding: Finding, place: OfJson, message: Said | None) -> DraftEvent:
    """The person is in its reference, or in what it says beside."""
    details = place.inside("eventDetails")
    facts = place.inside("additionalInformation") if place.has("additionalInformation") else details
    reference = place.inside("personReference")
    identifiers = {
        kind.text.upper(): one.said("value")
        for one in reference.each("identifiers")
        if (kind := one.said("type")) is not None
    }
    other = details.inside("personReference")
    crn = identifiers.get("CRN") or other.said("crn") or facts.said("crn")
    noms = identifiers.get("NOMS") or other.said("noms") or facts.said("nomsNumber", "prisonerNumber", "noms")
    return DraftEvent(
        crn=finding.text(crn),
        noms=finding.text(noms),
        pnc=finding.text(identifiers.get("PNC")),
        cro=finding.text(identifiers.get("CRO")),
        external_reference=finding.text(message or place.said("id")),
        event_type=finding.text(place.said("eventType")),
        at=finding.moment(place.said("occurredAt", "timestamp")),
        detail_url=finding.text(place.said("detailUrl")),
        facts=_facts(finding, facts),
    )


def _opened(place: OfJson, message: Said | None, depth: int) -> Iterator[tuple[OfJson, Said | None]]:
    if is_event(place):
        yield place, message
        return
    kind = place.said("Type")
    if kind is not None and kind.text == SUBSCRIPTION:
        raise Unreadable("This asks for a subscription to be confirmed, which is for a person to do. Ask the sender.")
    if depth < DEEPEST:
        for inside, called in _inside(place, message):
            yield from _opened(inside, called, depth + 1)


def _inside(place: OfJson, message: Said | None) -> Iterator[tuple[OfJson, Said | None]]:
    """What an envelope holds: a list of messages, the one of a topic, or JSON as text."""
    called = place.said("MessageId", "messageId") or message
    if isinstance(place.value, list):
        yield from ((OfJson(one, f"{place.pointer}/{n}"), called) for n, one in enumerate(place.value))
    for name in ("Records", "Messages"):
        yield from ((one, called) for one in place.each(name))
    if place.has("Sns"):
        yield place.inside("Sns"), called
    for name in ("Message", "Body", "body"):
        text = place.value.get(name) if isinstance(place.value, dict) else None
        if isinstance(text, str):
            yield OfJson(parsed_json(text.encode(errors="replace")), f"{place.pointer}/{name}#"), called


def _facts(finding: Finding, place: OfJson) -> Found[dict[str, str]] | None:
    """By their own names, those within others with a dot between."""
    facts: dict[str, str] = {}
    waiting: list[tuple[str, Any]] = [("", place.value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(_joined(name, key), inside) for key, inside in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(_joined(name, str(n)), inside) for n, inside in reversed([*enumerate(value)])]
        elif found := OfJson({"fact": value}).said("fact"):
            if len(facts) == MOST_FACTS or len(found.text) > LONGEST_FACT:
                finding.problem(place.pointer, "says more than is kept here: the whole is in the message.")
                break
            facts[name] = found.text
    if not facts:
        return None
    text = "; ".join(f"{name}: {value}" for name, value in facts.items())[:LONGEST_TEXT]
    return Found(value=facts, text=text, source=place.pointer or "/", confidence=1.0)


def _joined(name: str, key: str) -> str:
    plain = key[:LONGEST_NAME].replace("\0", "").encode(errors="replace").decode()
    return f"{name}.{plain}".strip(".")[:LONGEST_NAME]
