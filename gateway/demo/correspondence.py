"""The mail of the demo: what practitioners sent in over the last weeks, and this morning."""

import tomllib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from gateway.demo.people import Invented, invent_person
from schemas.words import NsiStatus

FOLDER = Path(__file__).with_name("messages")
SENDERS = (
    ("Sam Example-Leeds", "sam.example@sender.invalid", "Leeds PDU"),
    ("Jo Example-Hull", "jo.example@sender.invalid", "Hull and East Riding PDU"),
    ("Nia Example-Cardiff", "nia.example@sender.invalid", "Cardiff and the Vale of Glamorgan PDU"),
)


class Plan(Struct, frozen=True, kw_only=True):
    """One message, and what became of it since, as `mail.toml` says."""

    form: str
    days_ago: int
    in_days: int
    town: str = ""
    postcode: str = ""
    prison: str = "HMP Leeds"
    rosh: str = "High"
    mappa: str = "Category 2 Level 1"
    gender: str = "male"
    confirmed: bool = False
    then: tuple[NsiStatus, ...] = ()
    met: tuple[str, ...] = ()
    """Rules whose clocks were met on the day it was confirmed."""
    limited_access: bool = False
    sent_on: str = ""
    """The PDU to which whoever received it sent it on."""


def plans() -> list[Plan]:
    """Oldest first."""
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("mail.toml").read_text())["message"], list[Plan])


def write_mail(number: int, plan: Plan, today: datetime) -> tuple[Invented, datetime, bytes]:
    """The person, the moment it was sent, and the bytes."""
    person = invent_person(900_000 + number, "female" if plan.gender == "female" else "male")
    sender, address, office = SENDERS[number % len(SENDERS)]
    sent = (today - timedelta(days=plan.days_ago)).replace(hour=8, minute=7 * number % 60, second=0, microsecond=0)
    sent = min(sent, today - timedelta(minutes=15 - number))
    on = (today + timedelta(days=plan.in_days)).date()
    mail = EmailMessage()
    mail["From"] = f"{sender} <{address}>"
    mail["To"] = "transfers@gateway.invalid"
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = f"<demo-{number}-{sent:%Y%m%d}@sender.invalid>"
    mail["Subject"] = "Automatic reply: transfers" if plan.form == "away" else "Incoming case"
    if plan.form == "away":
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(
        (FOLDER / f"{plan.form}.txt")
        .read_text()
        .format(
            name=person.name,
            crn=person.crn,
            noms=person.noms,
            born=f"{person.birth_date:%d/%m/%Y}",
            on=f"{on.day} {on:%B %Y}",
            until=f"{on + timedelta(days=21):%d/%m/%Y}",
            street=f"{number + 3} Example Street",
            town=plan.town,
            postcode=plan.postcode,
            prison=plan.prison,
            rosh=plan.rosh,
            mappa=plan.mappa,
            sending=office,
            sender=sender,
        )
    )
    return person, sent, mail.as_bytes()
