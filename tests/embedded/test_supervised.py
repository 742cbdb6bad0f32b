"""What dies is started again: soon at first, then later each time, and soon again after it lived well."""

from gateway.embedded.supervised import FIRST_PAUSE, LIVED_WELL, LONGEST_PAUSE, Supervised


class Mortal:
    name = "mortal"

    def __init__(self) -> None:
        self.starts: list[float] = []
        self.living = False
        self.time = 0.0

    def start(self) -> None:
        self.starts.append(self.time)
        self.living = True

    def alive(self) -> bool:
        return self.living

    def now(self) -> float:
        return self.time


def looked_after(mortal: Mortal, seconds: float, *, lives: float = 0.0) -> Supervised:
    """Looked at every tenth of a second, dying each time `lives` seconds after its start."""
    supervised = Supervised(mortal, now=mortal.now)
    supervised.start()
    for step in range(int(seconds * 10)):
        mortal.time = step / 10
        mortal.living = mortal.living and mortal.time < mortal.starts[-1] + lives
        supervised.look()
    return supervised


def pauses_of(mortal: Mortal) -> list[float]:
    return [round(later - earlier, 3) for earlier, later in zip(mortal.starts, mortal.starts[1:], strict=False)]


def test_what_lives_is_left_alone() -> None:
    mortal = Mortal()
    looked_after(mortal, 60, lives=1000)
    assert mortal.starts == [0]


def test_what_keeps_dying_is_started_later_each_time_but_never_given_up() -> None:
    mortal = Mortal()
    looked_after(mortal, 300)
    pauses = pauses_of(mortal)
    assert pauses[0] <= FIRST_PAUSE + 0.2
    assert pauses == sorted(pauses)
    assert LONGEST_PAUSE <= pauses[-1] <= LONGEST_PAUSE + 0.2


def test_what_lived_well_is_started_again_soon() -> None:
    mortal = Mortal()
    looked_after(mortal, 5 * LIVED_WELL, lives=LIVED_WELL + 1)
    pauses = pauses_of(mortal)
    assert len(pauses) == 4
    assert max(pauses) < LIVED_WELL + 2
