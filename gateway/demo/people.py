"""Invented people, who look it: every surname says so."""

from datetime import date, timedelta
from random import Random
from typing import Literal
from uuid import UUID

from msgspec import Struct

from gateway.people.identifiers import check_letter

FORENAMES = {
    "male": (
        "Adam",
        "Bilal",
        "Callum",
        "Darius",
        "Emrys",
        "Femi",
        "Gareth",
        "Hamza",
        "Idris",
        "Jerome",
        "Kofi",
        "Liam",
    ),
    "female": ("Anwen", "Bola", "Carys", "Dina", "Esther", "Farah", "Grace", "Hana", "Iris", "Jade", "Keziah", "Lowri"),
}
SURNAMES = ("Invented", "Imaginary", "Pretend", "Fictitious", "Made-Up", "Notional", "Placeholder", "Example")


class Invented(Struct, frozen=True, kw_only=True):
    """A person for the demo. Identifiers have the right shape, and begin with letters that are easy to spot."""

    id: UUID
    name: str
    gender: Literal["male", "female"]
    birth_date: date
    crn: str
    noms: str
    pnc: str


def invent_person(number: int, gender: Literal["male", "female"]) -> Invented:
    """The same number is always the same person. CRNs run from `Z000000`, prison numbers from `Z0000ZZ`."""
    draw = Random(f"person {number}")
    return Invented(
        id=UUID(int=draw.getrandbits(128), version=4),
        name=f"{draw.choice(FORENAMES[gender])} {draw.choice(SURNAMES)}",
        gender=gender,
        birth_date=date(1960, 1, 1) + timedelta(days=draw.randrange(16_000)),
        crn=f"Z{number:06}",
        noms=f"Z{number % 10_000:04}Z{chr(65 + number // 10_000 % 26)}",
        pnc=pnc(1980 + draw.randrange(40), draw.randrange(1, 1_000_000)),
    )


def pnc(year: int, serial: int) -> str:
    """A PNC number with its check letter."""
    return f"{year}/{serial:07}{check_letter(f'{year % 100:02}{serial:07}')}"
