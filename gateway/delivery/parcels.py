"""What a connection is sent of an NSI, in the words of its far system, as the NSI stands when it is sent."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from adapters.contract import Parcel
from bedspace.store import Tx, queries
from schemas.acts import Done
from schemas.drafts import Draft, DraftEvent, DraftNsi, told, values_of
from schemas.errors import Refused

sql = queries(__file__)

MASKED = frozenset({"name", "crn", "noms", "pnc", "birth_date", "gender", "address", "destination", "reason"})
"""What is not sent of a person whose access is limited: whoever is allowed reads it here."""


class WriteParcel(Struct, frozen=True, kw_only=True):
    """Write what an outbox row owes a connection."""

    action: ClassVar[str] = "delivery.write"

    id: int


class Packed(Struct, frozen=True, kw_only=True):
    """A record in a far system's words."""

    content_type: str
    raw: bytes
    filename: str


class Sending(Struct, frozen=True, kw_only=True):
    """A parcel, and the road it takes."""

    parcel: Parcel
    channel: str
    settings: dict[str, Any]
    said: dict[str, str]
    """Field → keyed digest of its value, to tell later what has changed since."""


Pack = Callable[[str, str, Mapping[str, Mapping[str, str]], Draft], Packed]
"""System, profile, code tables, draft → bytes. Raises `Refused` for what that system has no words for."""
Takes = Callable[[str], tuple[type[Draft], ...]]
"""Kinds of draft that a system writes."""


class Packer(Struct, frozen=True, kw_only=True):
    """Packs for every connection. `link_base` is where our API is reached."""

    pack: Pack
    takes: Takes
    link_base: str
    secret: bytes

    async def write(self, tx: Tx, command: WriteParcel, now: datetime) -> Done[Sending]:  # noqa: ARG002  # a verb has three parameters
        """Raises `Refused` where the NSI, or a word for it, is not there."""
        row = await sql.owed(tx, id=command.id)
        nsi = await sql.nsi(tx, id=command.id) if row else None
        if row is None or nsi is None:
            raise Refused("What it is about is not there.")
        draft = self._draft(row, nsi)
        packed = self.pack(row["system"], row["profile"], row["codes"], draft)
        parcel = Parcel(
            id=str(row["message_id"]),
            content_type=packed.content_type,
            raw=packed.raw,
            filename=packed.filename,
            reference=nsi["reference"],
        )
        sending = Sending(parcel=parcel, channel=row["channel"], settings=row["settings"], said=self._said(draft))
        return Done(sending, persons=(nsi["person_id"],), subject=row["subject"])

    def _said(self, draft: Draft) -> dict[str, str]:
        return {
            name: hmac.new(self.secret, msgspec.json.encode(value), hashlib.sha256).hexdigest()[:20]
            for name, value in values_of(draft).items()
        }

    def _draft(self, row: Any, nsi: Any) -> Draft:
        kinds = self.takes(row["system"])
        if DraftNsi in kinds:
            return nsi_draft(nsi, row["event_id"])
        if DraftEvent in kinds:
            return self._event(row, nsi)
        raise Refused(f"The system {row['system']} takes no NSIs. Correct the connection.")

    def _event(self, row: Any, nsi: Any) -> DraftEvent:
        """An area that is told only that something happened reads the rest with its own account."""
        return DraftEvent(
            event_type=told(row["kind"]),
            at=told(row["at"]),
            detail_url=told(f"{self.link_base}/api/v1/nsis/{nsi['id']}"),
            facts=told({"reference": nsi["reference"], "status": nsi["status"], "id": str(row["event_id"])}),
            crn=told(nsi["crn"]) if nsi["crn"] and not nsi["limited_access"] else None,
        )


def nsi_draft(nsi: Any, version: int) -> DraftNsi:
    """Every field that is known. `version` rises with every delivery of the same NSI."""
    hidden = MASKED if nsi["limited_access"] else frozenset()
    names = {one.name for one in msgspec.structs.fields(DraftNsi)} - hidden
    said = {
        name: told(value)
        for name, value in {**dict(nsi), "destination": nsi["postcode"], "sending": nsi["sending_pdu"]}.items()
        if name in names and value not in (None, "")
    }
    return DraftNsi(**said, version=told(version))
