"""Messages about invented people, as a reader would have read them, and who acts on them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from gateway.access.act import House, act
from gateway.access.actors import GATEWAY, Actor
from gateway.intake.settle import Settler
from gateway.intake.store import store_message
from gateway.intake.take import take_messages
from gateway.transfers.read import read_nsi
from schemas.drafts import DraftNsi, Found, Reading
from schemas.inbox import InboxItem, SettleMessage, StoreMessage, TakeMessages
from schemas.nsis import Nsi, ReadNsi

SENDER = Actor(id="prison-1", name="Pat Invented", role="prison_staff")
LEEDS = Actor(id="practitioner-leeds", name="Sam Example-Leeds", role="practitioner", pdus=("N55LEE",))
YORK = Actor(id="practitioner-york", name="Jo Example-York", role="practitioner", pdus=("N55YRK",))
HULL = Actor(id="practitioner-hull", name="Nia Example-Hull", role="practitioner", pdus=("N55HER",))

FACTS: dict[str, Any] = {
    "type": "case_transfer",
    "name": "Robin Invented",
    "crn": "X123456",
    "noms": "A1234BC",
    "birth_date": date(1990, 2, 3),
    "gender": "male",
    "move_on": date(2026, 12, 18),
    "destination": "LS1 4AP",
    "address": "1 Invented Street, Leeds LS1 4AP",
    "rosh": "high",
    "mappa": "Category 2 Level 1",
    "reason": "To live with family.",
    "sending": "York PDU",
    "sender_name": "Jo Example-York",
    "sender_email": "jo.example@sender.invalid",
}


def found(value: Any, confidence: float = 1.0) -> Found[Any]:
    return Found(value=value, text=f"it says {value}", source="body line 4", confidence=confidence)


def draft(**facts: Any) -> DraftNsi:
    """A whole draft; a fact of None is not in the message, one that is `Found` is taken as it is."""
    given = {name: value for name, value in (FACTS | facts).items() if value is not None}
    return DraftNsi(**{name: one if isinstance(one, Found) else found(one) for name, one in given.items()})


def reading(*drafts: DraftNsi, **more: Any) -> Reading:
    given = {"message_id": f"<{uuid4()}@sender.invalid>", "body_hash": uuid4().hex, **more}
    return Reading(drafts=list(drafts), **given)


def message(raw: bytes = b"a message", **more: Any) -> StoreMessage:
    given = {"content_type": "message/rfc822", "source_key": uuid4().hex, "channel": "http", **more}
    return StoreMessage(raw=raw, **given)


async def stored(house: House, command: StoreMessage | None = None, actor: Actor = SENDER) -> UUID:
    """Stored and taken: ready to be settled."""
    item = await act(house, actor, store_message, command or message(uuid4().bytes))
    await act(house, GATEWAY, take_messages, TakeMessages(only=(item.inbox_id,)))
    return item.inbox_id


async def settled(house: House, settler: Settler, read: Reading, actor: Actor = SENDER, **more: Any) -> InboxItem:
    inbox = await stored(house, message(uuid4().bytes, **more), actor)
    return await act(house, GATEWAY, settler.settle, SettleMessage(inbox_id=inbox, reading=read))


async def prepared(house: House, settler: Settler, **facts: Any) -> Nsi:
    item = await settled(house, settler, reading(draft(**facts)))
    assert item.state == "prepared", item
    return await act(house, GATEWAY, read_nsi, ReadNsi(id=item.nsi_ids[0]))
