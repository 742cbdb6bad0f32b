"""The mail of the demo: what practitioners sent in over the last weeks, and this morning."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from msgspec import Struct

from gateway.demo.people import Invented, invent_person

FOLDER = Path(__file__).with_name("messages")
SENDERS = (
    ("Sam Example-Leeds", "sam.example@sender.invalid", "Leeds PDU"),
    ("Jo Example-Hull", "jo.example@sender.invalid", "Hull and East Riding PDU"),
    ("Nia Example-Cardiff", "nia.example@sender.invalid", "Cardiff and the Vale of Glamorgan PDU"),
)


class Plan(Struct, frozen=True, kw_only=True):
    """One message, and what became of it since. Days count from today; `then` are the statuses reported in turn."""

    form: str
    days_ago: int
    in_days: int
    town: str
    postcode: str
    prison: str = "HMP Leeds"
    rosh: str = "High"
    mappa: str = "Category 2 Level 1"
    gender: str = "male"
    confirmed: bool = False
    then: tuple[str, ...] = ()
    limited_access: bool = False


PLANS = (
    Plan(
        form="labelled",
        days_ago=33,
        in_days=-2,
        town="Leeds",
        postcode="LS1 4AP",
        confirmed=True,
        then=("received", "allocated"),
    ),
    Plan(
        form="labelled",
        days_ago=45,
        in_days=-9,
        town="York",
        postcode="YO1 7HH",
        prison="HMP Hull",
        confirmed=True,
        then=("received", "allocated", "in_progress"),
    ),
    Plan(
        form="prose",
        days_ago=40,
        in_days=-12,
        town="Leeds",
        postcode="LS6 2AA",
        prison="HMP Durham",
        rosh="medium",
        confirmed=True,
        then=("received",),
    ),
    Plan(
        form="labelled",
        days_ago=60,
        in_days=-30,
        town="Cardiff",
        postcode="CF10 3NP",
        prison="HMP Cardiff",
        rosh="Medium",
        confirmed=True,
        then=("received", "allocated", "in_progress", "completed"),
    ),
    Plan(
        form="temporary",
        days_ago=8,
        in_days=2,
        town="Leeds",
        postcode="LS8 5AJ",
        rosh="Medium",
        confirmed=True,
        then=("received",),
    ),
    Plan(
        form="temporary",
        days_ago=12,
        in_days=-3,
        town="Hull",
        postcode="HU1 2AA",
        rosh="Low",
        confirmed=True,
        then=("received", "withdrawn"),
    ),
    Plan(
        form="labelled",
        days_ago=3,
        in_days=24,
        town="Leeds",
        postcode="LS11 0ES",
        prison="HMP Wakefield",
        rosh="Very high",
        mappa="Category 1 Level 3",
        confirmed=True,
        then=("received",),
        limited_access=True,
    ),
    Plan(
        form="prose", days_ago=2, in_days=33, town="Sheffield", postcode="S1 2HH", prison="HMP Doncaster", rosh="high"
    ),
    Plan(form="labelled", days_ago=1, in_days=34, town="Leeds", postcode="LS1 4AP", prison="HMP Leeds"),
    Plan(
        form="labelled",
        days_ago=0,
        in_days=29,
        town="Newcastle upon Tyne",
        postcode="NE1 4ST",
        prison="HMP Low Newton",
        gender="female",
        rosh="Medium",
        mappa="not applicable",
    ),
    Plan(form="thin", days_ago=1, in_days=20, town="Leeds", postcode=""),
    Plan(form="split", days_ago=0, in_days=40, town="Birmingham", postcode=""),
    Plan(form="away", days_ago=0, in_days=0, town="", postcode=""),
)


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
