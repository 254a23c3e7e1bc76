"""Residents as a social worker would tell them, and what each must get: the proof of a kommun's catalogue."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from statistics import median

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.lines import FIRST, lines_for
from portal.domain.self_check.matching import Matches, match


@dataclass(frozen=True, slots=True)
class Life:
    """One resident: what she answers, what may stand first, what must be there, what must never be, how much is enough.

    first: any one of these stands first; nothing is demanded where it is empty. at_most: entries that one contacts
    directly or perhaps. source: the lines of the kommun's document that it rests on.
    """

    id: str
    tells: str
    answers: Answers
    first: tuple[str, ...]
    must: tuple[str, ...]
    never: tuple[str, ...]
    talk: tuple[str, ...]
    at_most: int
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a life gets: how many entries she reads, and every fault of it."""

    life: Life
    length: int
    is_first_right: bool
    faults: tuple[str, ...]


def tell(life: Life, kommun: Kommun, catalogue: Catalogue) -> Told:
    """Return what a life gets from a kommun."""
    found = match(kommun, catalogue, life.answers)
    lines = [line.id for line in lines_for(catalogue.helplines, life.answers)[:FIRST]]
    length = len(found.direct) + len(found.maybe)
    is_first_right = not life.first or (found.first is not None and found.first.insats.id in life.first)
    return Told(life, length, is_first_right, tuple(_faults(life, found, length, is_first_right, lines)))


def _faults(life: Life, found: Matches, length: int, is_first_right: bool, lines: Collection[str]) -> Iterator[str]:
    there = [one.insats.id for one in (*found.direct, *found.maybe, *found.apply)]
    if not is_first_right:
        stands = "nothing" if found.first is None else found.first.insats.id
        yield f"{stands} stands first, not {' or '.join(life.first)}"
    for wanted in life.must:
        if wanted not in there:
            yield f"{wanted} is missing"
    for unwanted in life.never:
        if unwanted in there:
            yield f"{unwanted} must never be there"
    for line in life.talk:
        if line not in lines:
            yield f"the line {line} is not among those shown first"
    if length > life.at_most:
        yield f"{length} entries, at most {life.at_most}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the lives of a kommun fare: how many, how many right, with the right one first, and the median length."""

    count: int
    right: int
    first_right: int
    median_length: float


def tally(told: Collection[Told]) -> Tally:
    """Return the tally of some lives; all zero of none."""
    if not told:
        return Tally(0, 0, 0, 0)
    return Tally(
        len(told),
        sum(not one.faults for one in told),
        sum(one.is_first_right for one in told),
        median(one.length for one in told),
    )
