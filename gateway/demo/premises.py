"""Invents what is not public about premises: gender, type, rooms and characteristics, from a fixed seed."""

from random import Random

from msgspec import Struct, field

from schemas.premises import PremisesType
from schemas.words import Gender

SEED = "bedspace 1"

TYPE_WEIGHTS: dict[PremisesType, int] = {
    "standard": 72,
    "pipe": 11,
    "esap": 4,
    "rfap": 6,
    "mental_health": 2,
    "independent": 5,
}

ROOM_CHANCES: tuple[tuple[str, float], ...] = (
    ("ground_floor", 0.30),
    ("en_suite", 0.25),
    ("arson_suitable", 0.20),
    ("sexual_offence_suitable", 0.55),
)


class Room(Struct, frozen=True):
    name: str
    beds: int
    characteristics: list[str]


class Invention(Struct, frozen=True, kw_only=True):
    """What the demo makes up about one premises."""

    gender: Gender
    type: PremisesType
    characteristics: list[str] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)


def invent_premises(number: int, beds: int) -> Invention:
    """The same number and size are always the same premises. About one in twelve is for women."""
    draw = Random(f"{SEED} premises {number}")
    kind = draw.choices(tuple(TYPE_WEIGHTS), tuple(TYPE_WEIGHTS.values()))[0]
    return Invention(
        gender="female" if number % 12 == 5 else "male",
        type=kind,
        characteristics=_of_premises(draw, kind),
        rooms=_rooms(draw, beds),
    )


def _of_premises(draw: Random, kind: str) -> list[str]:
    special = {"pipe": "pipe", "esap": "esap", "rfap": "rfap", "mental_health": "mhap"}
    found = ["catered"] if draw.random() < 0.7 else []
    return found + ([special[kind]] if kind in special else [])


def _rooms(draw: Random, beds: int) -> list[Room]:
    rooms: list[Room] = []
    left = beds
    while left:
        shared = left >= 2 and draw.random() < 0.06
        rooms.append(Room(f"Room {len(rooms) + 1}", 2 if shared else 1, _of_room(draw, shared=shared)))
        left -= 2 if shared else 1
    return rooms


def _of_room(draw: Random, *, shared: bool) -> list[str]:
    found = [] if shared else ["single_room"]
    found += [code for code, chance in ROOM_CHANCES if draw.random() < chance]
    if "ground_floor" in found and draw.random() < 0.55:
        found.append("step_free")
        if draw.random() < 0.35:
            found.append("wheelchair")
    return found
