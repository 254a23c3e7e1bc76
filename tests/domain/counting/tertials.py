"""Made-up tertials: what happened in them, and what is shown of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.counting.counters import COUNTERS, LANGUAGE, RESULT, TOPIC, Dimension
from portal.domain.counting.periods import tertial
from portal.domain.counting.statistics import Row, Told, told_of

TERTIAL = tertial(2027, 1)
VALUES = {"language": ("sv", "en", "ti"), "topic": ("money", "violence"), "insats": ("abc", "fos")}
SELF_CHECKS = COUNTERS["self_checks"]
AFTER = TERTIAL.last_on + timedelta(days=2)
"""The first day when all of the tertial is shown."""

WEEKS = tuple(len(month.parts) for month in TERTIAL.parts)

Weeks = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Truth:
    """What has happened in a tertial: self-checks by month and week, and divided in two ways that everybody is in."""

    weeks: Weeks
    languages: tuple[int, ...]
    results: tuple[int, ...]
    topics: tuple[int, int] = (0, 0)

    @property
    def total(self) -> int:
        """Return how many self-checks there were."""
        return sum(map(sum, self.weeks))

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are kept."""
        for month, weeks in zip(TERTIAL.parts, self.weeks, strict=True):
            for week, number in zip(month.parts, weeks, strict=True):
                yield Row(week.first_on, "self_checks", "", number)
        divided: Sequence[tuple[Dimension, Sequence[str], Sequence[int]]] = (
            (LANGUAGE, (*VALUES["language"], "gone"), self.languages),
            (RESULT, tuple(RESULT.values or ()), self.results),
            (TOPIC, VALUES["topic"], self.topics),
        )
        for dimension, values, numbers in divided:
            for value, number in zip(values, numbers, strict=True):
                yield Row(TERTIAL.first_on, SELF_CHECKS.key_of(dimension), value, number)


def told(truth: Truth, today: date = AFTER) -> Told:
    """Return what is shown."""
    return told_of(SELF_CHECKS, truth.rows(), TERTIAL, VALUES, today)


def numbers_of(truth: Truth) -> dict[str, int]:
    """Return every number that may be shown, as it is in truth."""
    found = {"tertial": truth.total}
    for month, weeks in zip(TERTIAL.parts, truth.weeks, strict=True):
        found[month.id] = sum(weeks)
        found |= {week.id: number for week, number in zip(month.parts, weeks, strict=True)}
    for name, numbers in (("language", truth.languages), ("result", truth.results), ("topic", truth.topics)):
        found |= {f"{name} {place}": number for place, number in enumerate(numbers)}
    return found


def shown_of(seen: Told) -> dict[str, int]:
    """Return every number that is shown, by its name."""
    parts = [seen.whole, *seen.whole.parts, *(week for month in seen.whole.parts for week in month.parts)]
    found = {part.period.id: part.number for part in parts}
    for division in seen.divisions:
        found |= {f"{division.dimension.id} {value}": number for value, number in division.numbers}
    return {name: number for name, number in found.items() if number is not None}
