"""What a program asks for in an address: names that are known, numbers within limits; what is wrong says where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, NoReturn, TypeVar

from portal.domain.catalogue.answers import shortened
from portal.domain.refusals import Problem
from portal.domain.sentences import Sentence, sentence

One = TypeVar("One")

DEEPEST = 100_000
"""The last page that anybody can ask for by its number."""


MOST_NAMED = 20
"""Values that are named where another one was asked for."""


class WrongQuery(Exception):
    """An address asks for what does not exist; `status` is what it is answered with."""

    def __init__(self, field: str, says: Sentence, status: int = 422) -> None:
        """Take the name of what is wrong, and what is wrong with it."""
        super().__init__(field)
        self.problem, self.status = Problem(field, says), status


@dataclass(frozen=True)
class Part(Generic[One]):
    """One page of a list, and where in the whole it is."""

    items: Sequence[One]
    page: int
    limit: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.limit))


def only(asked: Mapping[str, str], known: Collection[str]) -> None:
    """Raise WrongQuery where an address asks for something that its list does not know."""
    for name in asked:
        if name not in known:
            said = sentence("Det går inte att fråga efter det. Det här går: {known}.", known=", ".join(known) or "–")
            raise WrongQuery(shortened(name), said)


def number(asked: Mapping[str, str], name: str, low: int, high: int) -> int | None:
    """Return a whole number of the address within its limits, or None where it has none; raise WrongQuery."""
    given = asked.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 10 and low <= int(given) <= high):
        raise WrongQuery(name, sentence("Skriv ett heltal från {low} till {high}.", low=low, high=high))
    return int(given)


def moment(asked: Mapping[str, str], name: str) -> datetime | None:
    """Return a moment of the address (RFC 3339, with its distance to UTC), or None; raise WrongQuery."""
    given = asked.get(name)
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
        return found.astimezone(UTC) if found.tzinfo is not None else _wrong_moment(name)
    except (ValueError, OverflowError):
        return _wrong_moment(name)


def _wrong_moment(name: str) -> NoReturn:
    raise WrongQuery(name, sentence("Skriv en tid i UTC, till exempel {example}.", example="2026-11-30T12:00:00Z"))


def one_of(asked: Mapping[str, str], name: str, known: Collection[str]) -> str | None:
    """Return a value of the address that is among the known ones, or None where it has none; raise WrongQuery."""
    given = asked.get(name)
    if given is not None and given not in known:
        raise WrongQuery(name, sentence("Det finns inte. Välj något av: {known}.", known=_listed(known)))
    return given


def _listed(known: Collection[str]) -> str:
    """Return the first of what is known: the whole of a long list helps nobody."""
    return ", ".join(list(known)[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "")


def part_of(items: Sequence[One], asked: Mapping[str, str], *, size: str, usual: int, most: int) -> Part[One]:
    """Return the page that an address asks for by `page` and `size`; raise WrongQuery where there is no such page."""
    limit = number(asked, size, 1, most) or usual
    page = number(asked, "page", 1, DEEPEST) or 1
    found = Part(items[(page - 1) * limit : page * limit], page, limit, len(items))
    if page > found.pages:
        raise WrongQuery("page", sentence("Den sista sidan är {last}.", last=found.pages), 404)
    return found
