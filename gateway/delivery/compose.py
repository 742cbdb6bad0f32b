"""Writes a letter when it is sent, from the ids in its outbox row. A letter holds a reference and a link, no more."""

import re
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import jinja2
from msgspec import Struct

from bedspace.nights import LONDON, london_today, spoken
from bedspace.store import Tx, queries
from gateway.access.links import LASTS, confirm_token
from gateway.delivery import chasing, nsi_ends
from gateway.delivery.nsi_news import NEWS, news_of
from gateway.delivery.placements import about_of, due, facts, recipient
from gateway.delivery.releases import release_about, release_facts, release_recipient
from gateway.delivery.words import KINDS, field_name
from schemas.acts import Done
from schemas.errors import Refused

sql = queries(__file__)

WORDING = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("wording")),
    extensions=["jinja2.ext.i18n"],
    undefined=jinja2.StrictUndefined,
    autoescape=False,  # noqa: S701  # plain text, never HTML
)
WORDING.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the extension

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII | re.IGNORECASE)
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}>")


class WriteLetter(Struct, frozen=True, kw_only=True):
    """Write the letter that an outbox row owes; `subject` is `nsi:ID`, `inbox:ID`, `placement:ID` or `approach:ID`."""

    action: ClassVar[str] = "delivery.write"

    purpose: str
    subject: str


class Letter(Struct, frozen=True, kw_only=True):
    to: str
    """Address of mail."""
    disclosed_to: str
    """Who that is, without the address: `spoc:12`, `sender of inbox:…`."""
    subject: str
    text: str
    answers: str = ""
    """Message-ID of the message this is the reply to."""


class Writer(Struct, frozen=True):
    """Writes letters of one installation. `invented` marks every letter of a demo."""

    secret: bytes
    link_base: str
    invented: bool

    async def write(self, tx: Tx, command: WriteLetter, now: datetime) -> Done[Letter]:
        """Raises `Refused` when the letter cannot be written, with the reason for which its row is dead."""
        write: dict[str, Callable[[Tx, UUID, datetime], Coroutine[Any, Any, Done[Letter]]]] = {
            "nsi_to_spoc": self._nsi_to_spoc,
            "reply_to_sender": self._reply_to_sender,
            "nsi_to_region": self._nsi_to_region,
        }
        about, whom = about_of(command.purpose)
        if about:
            return await self._placement(tx, command.subject, about, whom, now)
        if command.purpose in NEWS:
            return await self._news(tx, UUID(command.subject.partition(":")[2]), command.purpose, now)
        about, whom = chasing.about_of(command.purpose)
        if about:
            return await self._chase(tx, command.subject, about, whom, london_today(now))
        about, whom = nsi_ends.about_of(command.purpose)
        if about:
            return await self._nsi_end(tx, UUID(command.subject.partition(":")[2]), about, whom, now)
        about, whom = release_about(command.purpose)
        if about:
            return await self._release(tx, command.subject, about, whom, now)
        if command.purpose not in write:
            raise Refused(f"No letter is called {command.purpose!r}.")
        return await write[command.purpose](tx, UUID(command.subject.partition(":")[2]), now)

    async def _nsi_to_spoc(self, tx: Tx, nsi: UUID, now: datetime) -> Done[Letter]:
        row = await sql.nsi_to_spoc(tx, id=nsi, today=london_today(now))
        if row is None:
            raise Refused("The NSI is not there.")
        if row["spoc_id"] is None:
            raise Refused("No SPOC is named for the NSI. Name one, then replay this letter.")
        clocks = await sql.open_clocks(tx, id=nsi)
        subject, text = self._words(
            "nsi_to_spoc",
            confirmed=row["status"] != "prepared",
            reference=row["reference"],
            kind=KINDS[row["type"]],
            pdu=row["pdu"],
            link=self._page(nsi),
            due=[{"day": spoken(clock["due"]), "title": clock["title"], "rule": clock["rule"]} for clock in clocks],
        )
        letter = Letter(
            to=address(row["spoc_email"]), disclosed_to=f"spoc:{row['spoc_id']}", subject=subject, text=text
        )
        return Done(letter, persons=(row["person_id"],), subject=f"nsi:{nsi}")

    async def _release(self, tx: Tx, subject: str, about: str, whom: str, now: datetime) -> Done[Letter]:
        row = await release_facts(tx, subject)
        to, disclosed_to = await release_recipient(tx, row, whom, london_today(now))
        head, text = self._words(
            "release",
            about=about,
            reference=row["reference"],
            placement=row["placement"],
            nsi=row["nsi"],
            link=f"{self.link_base}/releases/{row['id']}",
        )
        letter = Letter(to=address(to), disclosed_to=disclosed_to, subject=head, text=text)
        return Done(letter, persons=(row["person_id"],), subject=subject)

    async def _placement(self, tx: Tx, subject: str, about: str, whom: str, now: datetime) -> Done[Letter]:
        row = await facts(tx, subject)
        to, disclosed_to = await recipient(tx, row, whom, london_today(now))
        head, text = self._words(
            "placement",
            about=about,
            whom=whom,
            moves=row["moves"],
            reference=row["reference"],
            due=due(row, about),
            link=f"{self.link_base}/placements/{row['id']}",
        )
        letter = Letter(to=address(to), disclosed_to=disclosed_to, subject=head, text=text)
        return Done(letter, persons=(row["person_id"],), subject=subject)

    async def _chase(self, tx: Tx, subject: str, about: str, whom: str, today: date) -> Done[Letter]:
        found = await chasing.chase(tx, subject, about, whom, today)
        lines = [line | ({"link": self._page(line["id"])} if "id" in line else {}) for line in found.lines]
        link = self._page(found.nsi) if found.nsi else f"{self.link_base}/nsis?overdue=1"
        head, text = self._words("chase", about=about, subject_is=found.subject_is, lines=lines, link=link)
        letter = Letter(to=address(found.to), disclosed_to=found.disclosed_to, subject=head, text=text)
        return Done(letter, persons=found.persons, subject=subject)

    async def _nsi_end(self, tx: Tx, nsi: UUID, about: str, whom: str, now: datetime) -> Done[Letter]:
        row = await nsi_ends.facts(tx, nsi)
        to, disclosed_to = await nsi_ends.recipient(tx, row, whom, london_today(now))
        head, text = self._words("nsi_end", about=about, whom=whom, reference=row["reference"], link=self._page(nsi))
        letter = Letter(to=address(to), disclosed_to=disclosed_to, subject=head, text=text)
        return Done(letter, persons=(row["person_id"],), subject=f"nsi:{nsi}")

    async def _nsi_to_region(self, tx: Tx, nsi: UUID, now: datetime) -> Done[Letter]:
        row = await sql.nsi_to_region(tx, id=nsi, today=london_today(now))
        if row is None:
            raise Refused("The NSI is not there.")
        if row["contact_id"] is None:
            raise Refused("Its region names no contact for transfers. Name one, then replay this letter.")
        subject, text = self._words(
            "nsi_to_region", reference=row["reference"], times=row["times"], been=row["been"], link=self._page(nsi)
        )
        letter = Letter(to=address(row["email"]), disclosed_to=f"spoc:{row['contact_id']}", subject=subject, text=text)
        return Done(letter, persons=(row["person_id"],), subject=f"nsi:{nsi}")

    async def _news(self, tx: Tx, nsi: UUID, purpose: str, now: datetime) -> Done[Letter]:
        about, whose = NEWS[purpose]
        row, contact = await news_of(tx, nsi, whose, london_today(now))
        until = (now + LASTS).astimezone(LONDON)
        head, text = self._words(
            "nsi_news",
            about=about,
            over=row["status"] == "withdrawn",
            **{name: row[name] for name in ("reference", "pdu", "from_pdu")},
            kind=KINDS[row["type"]],
            link=self._page(nsi),
            confirm=f"{self.link_base}/confirm/{confirm_token(self.secret, nsi, until)}",
            link_until=spoken(until),
        )
        letter = Letter(to=address(contact["email"]), disclosed_to=f"spoc:{contact['id']}", subject=head, text=text)
        return Done(letter, persons=(row["person_id"],), subject=f"nsi:{nsi}")

    async def _reply_to_sender(self, tx: Tx, message: UUID, now: datetime) -> Done[Letter]:
        row = await sql.message(tx, id=message)
        if row is None or not row["sender_email"] or row["automatic"]:
            raise Refused("There is nobody to answer: the message has no sender, or a machine sent it.")
        nsis = await sql.nsis_of_message(tx, id=message)
        received, until = row["received_at"].astimezone(LONDON), (now + LASTS).astimezone(LONDON)
        subject, text = self._words(
            "reply_to_sender",
            nsis=[self._line(nsi, until) for nsi in nsis],
            missing=[field_name(code) for code in _each_once(row["missing"], *(nsi["missing"] for nsi in nsis))],
            message=str(message)[:8],
            received=f"{received:%H:%M} on {spoken(received)}",
            link_until=spoken(until),
        )
        letter = Letter(
            to=address(row["sender_email"]),
            disclosed_to=f"sender of inbox:{message}",
            subject=subject,
            text=text,
            answers=row["message_id"] if MESSAGE_ID.fullmatch(row["message_id"] or "") else "",
        )
        return Done(letter, persons=tuple(nsi["person_id"] for nsi in nsis), subject=f"inbox:{message}")

    def _line(self, nsi: Any, until: datetime) -> dict[str, str]:
        confirm = ""
        if nsi["status"] == "prepared":
            confirm = f"{self.link_base}/confirm/{confirm_token(self.secret, nsi['id'], until)}"
        return {"reference": nsi["reference"], "link": self._page(nsi["id"]), "confirm": confirm}

    def _page(self, nsi: UUID) -> str:
        return f"{self.link_base}/nsis/{nsi}"

    def _words(self, name: str, **given: Any) -> tuple[str, str]:
        """Subject and text: the first line of the wording, and the rest."""
        written = WORDING.get_template(f"{name}.txt").render(invented=self.invented, **given)
        subject, _, text = written.partition("\n")
        mark = "[invented] " if self.invented else ""
        return mark + subject.strip(), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def address(given: str) -> str:
    """One plain address. Raises `Refused` without naming it."""
    if not ADDRESS.fullmatch(given) or len(given) > 254:
        raise Refused("The address is none that mail can be sent to.")
    return given


def _each_once(*lists: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(code for codes in lists for code in codes))
