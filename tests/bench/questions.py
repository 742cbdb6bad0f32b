"""What is asked: the same needs of every design."""

from datetime import date, timedelta
from random import Random

from schemas.search import Need

NEAR = ["LS1 4AP", "M1 1AE", "L1 1JD", "SW1A 1AA", "CF10", "CF14", "EX1", "EX4"]
NEAR += [f"{town}{n}" for town in ("B", "BS", "E", "L", "LS", "M", "N", "NE", "NG", "NR", "S") for n in range(1, 10)]
NEEDS = ["step_free", "en_suite", "single_room", "ground_floor"]


def questions(today: date, count: int = 5000) -> list[Need]:
    """Four weeks to six months, often twelve weeks, beginning within six months, with up to two needs; the nearest
    twenty. So many, so varied, that none is quick because it was asked before."""
    dice = Random(7)
    return [
        Need(
            near=dice.choice(NEAR),
            from_=today + timedelta(days=dice.randrange(7, 180)),
            nights=dice.choice([28, 84, 84, dice.randrange(28, 180)]),
            gender="male",
            needs=dice.sample(NEEDS, dice.choice([0, 1, 1, 2])),
            limit=20,
        )
        for _ in range(count)
    ]
