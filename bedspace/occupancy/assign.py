"""The most people who can be placed at once: each in one bed that suits them."""

from collections.abc import Sequence


def largest(wants: Sequence[int]) -> int:
    """The size of a maximum matching. A want is a word of the beds that suit one person: bit n is bed n."""
    taken: dict[int, int] = {}
    return sum(_find(person, wants, taken, [0]) for person in range(len(wants)))


def _find(person: int, wants: Sequence[int], taken: dict[int, int], seen: list[int]) -> bool:
    """Give a person a bed, moving others to another that suits them where that helps; `seen` is a word of beds."""
    while left := wants[person] & ~seen[0]:
        lowest = left & -left
        seen[0] |= lowest
        bed = lowest.bit_length() - 1
        if bed not in taken or _find(taken[bed], wants, taken, seen):
            taken[bed] = person
            return True
    return False
