"""Invents who sleeps where: about nine beds in ten taken tonight, with people coming and going around today."""

from datetime import date, timedelta
from random import Random
from typing import Literal

from msgspec import Struct


class Nights(Struct, frozen=True):
    """One claim to make: `[start, end)`."""

    kind: Literal["booking", "stay", "out_of_service"]
    start: date
    end: date


def invent_nights(bed: str, today: date) -> list[Nights]:
    """The past, present and future of one bed; the same bed and day have the same nights."""
    draw = Random(f"{bed} {today.isoformat()}")
    chance = draw.random()
    if chance < 0.02:
        return [Nights("out_of_service", today - timedelta(days=draw.randrange(40)), _after(today, draw, 5, 60))]
    if chance < 0.11:
        return _free_for_now(draw, today)
    return _taken(draw, today)


def _taken(draw: Random, today: date) -> list[Nights]:
    arrived = today - timedelta(days=draw.choices((0, draw.randrange(1, 84)), (3, 97))[0])
    leaves = _after(today, draw, 1, max(2, 84 - (today - arrived).days))
    return [Nights("stay", arrived, leaves), *_next(draw, leaves)]


def _free_for_now(draw: Random, today: date) -> list[Nights]:
    """Some of these were left today, some are booked from later on, some stand empty."""
    left_today = [Nights("stay", today - timedelta(days=draw.randrange(30, 84)), today)] if draw.random() < 0.3 else []
    return left_today + (_next(draw, _after(today, draw, 3, 30)) if draw.random() < 0.5 else [])


def _next(draw: Random, free_from: date) -> list[Nights]:
    if draw.random() > 0.4:
        return []
    start = free_from + timedelta(days=draw.choices((0, 1, 4, 11, 25), (30, 30, 20, 12, 8))[0])
    return [Nights("booking", start, start + timedelta(days=draw.choice((28, 56, 84, 84, 84))))]


def _after(today: date, draw: Random, low: int, high: int) -> date:
    return today + timedelta(days=draw.randrange(low, high + 1))
