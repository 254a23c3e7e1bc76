"""Wishes for groups that do not exist, such as "ABC in Tigrinya, evenings": counted, and shown from five up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHOWN_FROM = 5
"""Fewer could point at a person."""


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """An insats in a language at a time of day (`planning.TIMES_OF_DAY`)."""

    insats: str
    language: str
    time_of_day: str


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish and how many have it."""

    wish: Wish
    count: int


def shown(counts: Mapping[Wish, int] | Iterable[tuple[Wish, int]]) -> tuple[Wished, ...]:
    """Return the wishes that staff may see, the most wished first."""
    found = [Wished(wish, count) for wish, count in dict(counts).items() if count >= SHOWN_FROM]
    return tuple(sorted(found, key=lambda one: (-one.count, one.wish)))
