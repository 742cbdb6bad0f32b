"""What is asked: the same needs of every design."""

from datetime import date, timedelta
from random import Random

from schemas.search import Need

NEAR = ["LS1 4AP", "M1 1AE", "L1 1JD", "SW1A 1AA", "B1", "BS1", "NE1", "NG1", "CF10", "EX1", "NR1", "S1"]
NEEDS = ["step_free", "en_suite", "single_room", "ground_floor"]


def questions(today: date, count: int = 100) -> list[Need]:
    """Twelve weeks or four, beginning within three months, with up to two needs; the nearest twenty."""
    dice = Random(7)
    return [
        Need(
            near=dice.choice(NEAR),
            from_=today + timedelta(days=dice.randrange(7, 90)),
            nights=dice.choice([28, 84, 84]),
            gender="male",
            needs=dice.sample(NEEDS, dice.choice([0, 1, 1, 2])),
            limit=20,
        )
        for _ in range(count)
    ]
