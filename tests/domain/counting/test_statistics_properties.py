"""Behind all that is shown of a tertial, on every day it was read, each hidden number can be at least five others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.domain.counting.counters import OTHER
from portal.domain.counting.statistics import Told
from portal.domain.counting.suppression import Shown
from tests.domain.counting.tertials import TERTIAL, VALUES, WEEKS, Truth, Weeks, numbers_of, shown_of, told

DAYS = tuple(month.last_on + timedelta(days=2) for month in TERTIAL.parts)
"""When something new is shown."""


def told_as_it_passes(truth: Truth) -> list[Told]:
    """Return what somebody has seen who looks each time something is new."""
    return [told(truth, day) for day in DAYS]


def split(total: int, size: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Return a strategy of numbers that make a sum, often with small ones among them."""
    cuts = st.lists(st.integers(0, total) | st.integers(0, min(total, 6)), min_size=size - 1, max_size=size - 1)
    return cuts.map(lambda found: _between([0, *sorted(found), total]))


def _between(cuts: Sequence[int]) -> tuple[int, ...]:
    return tuple(after - before for before, after in zip(cuts, cuts[1:], strict=False))


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Draw what may have happened."""
    numbers = st.integers(0, 6) | st.integers(0, 30)
    weeks = tuple(tuple(draw(numbers) for _ in range(count)) for count in WEEKS)
    if draw(st.booleans()):
        weeks = tuple(tuple(number // 6 for number in month) for month in weeks)
    total = sum(map(sum, weeks))
    topics = (draw(st.integers(0, total)), draw(st.integers(0, total)))
    return Truth(weeks, draw(split(total, 4)), draw(split(total, 2)), topics)


# --------------------------------------------------------------------------- what else may have happened


def others(parts: Sequence[int], shown: Sequence[Shown]) -> Iterator[tuple[int, ...]]:
    """Yield parts with the same sum of which the same are shown: each hidden one in turn is other numbers."""
    hidden = [place for place, number in enumerate(shown) if number is None]
    rest = sum(parts[place] for place in hidden)
    for place in hidden:
        for wanted in sorted({*range(min(rest, 4) + 1), *range(max(0, rest - 4), rest + 1)}):
            found = list(parts)
            left = rest - wanted
            for other in hidden:
                # The last part may be any number; each of the others was hidden because it is small.
                found[other] = wanted if other == place else (left if other == hidden[-1] else min(4, left))
                left -= 0 if other == place else found[other]
            if left == 0:
                yield tuple(found)


def in_one_week(number: int, weeks: tuple[int, ...], place: int) -> tuple[int, ...]:
    """Return the weeks of a month when all came in that one."""
    return tuple(number if week == place % len(weeks) else 0 for week in range(len(weeks)))


def other_months(truth: Truth, seen: Told) -> Iterator[Weeks]:
    """Yield other months, and so other weeks, behind those that are hidden."""
    months = [part.number for part in seen.whole.parts]
    totals = [sum(month) for month in truth.weeks]
    if seen.whole.number is not None:
        found = list(others(totals, months))
    else:
        # Nobody knows the sum: one of the hidden is any small number, and the others as they are or none.
        hidden = [place for place, number in enumerate(months) if number is None]
        found = [
            tuple(
                wanted if place == one else (0 if place in hidden and is_alone else number)
                for place, number in enumerate(totals)
            )
            for one in hidden
            for wanted in range(5)
            for is_alone in (False, True)
        ]
    for numbers in found:
        for place in range(max(WEEKS)):
            yield tuple(
                weeks if shown is not None else in_one_week(number, weeks, place)
                for number, shown, weeks in zip(numbers, months, truth.weeks, strict=True)
            )


def other_weeks(truth: Truth, seen: Told) -> Iterator[Weeks]:
    """Yield other weeks of the months that are shown."""
    for place, part in enumerate(seen.whole.parts):
        if part.number is not None:
            for weeks in others(truth.weeks[place], [week.number for week in part.parts]):
                yield (*truth.weeks[:place], weeks, *truth.weeks[place + 1 :])


def other_divisions(truth: Truth, seen: Told) -> Iterator[Truth]:
    """Yield others behind what divides a tertial whose number is shown."""
    results, languages, topics = (division.numbers for division in seen.divisions)
    for found in others(truth.results, [number for _, number in results]):
        yield replace(truth, results=found)
    for found in others(truth.languages, [number for _, number in languages]):
        yield replace(truth, languages=found)
    for wanted in range(5):
        yield replace(truth, topics=tuple(  # type: ignore[arg-type] - two as before
            wanted if shown is None else number
            for number, (_, shown) in zip(truth.topics, topics, strict=False)
        ))  # fmt: skip


def anything_of(total: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], tuple[int, int]]]:
    """Yield what may divide a tertial when nothing of that is shown: any language, any result, any topic."""
    for number in range(min(total, 4) + 1):
        for place in range(4):
            languages = [0, 0, 0, 0]
            languages[place] = number
            languages[place - 1] = total - number
            results = (number, total - number) if place % 2 else (total - number, number)
            yield tuple(languages), results, (number, number)


def alternatives(truth: Truth) -> Iterator[Truth]:
    """Yield what else may have happened, for all that somebody knows who has read everything that is shown."""
    seen = told(truth)
    found = [replace(truth, weeks=weeks) for weeks in (*other_months(truth, seen), *other_weeks(truth, seen))]
    if seen.whole.number is not None:
        yield from found
        yield from other_divisions(truth, seen)
        return
    likely = [Truth(other.weeks, *next(anything_of(other.total))) for other in found]
    yield from likely
    most = max((other for other in likely if told(other) == seen), key=lambda other: other.total)
    for divided in anything_of(most.total):
        yield Truth(most.weeks, *divided)


def hidden_of(seen: Told) -> set[str]:
    """Return the names of the numbers that are hidden."""
    found = {"tertial"} if seen.whole.number is None else set()
    for month in seen.whole.parts:
        found |= {part.period.id for part in (month, *month.parts) if part.number is None}
    for name, division, size in zip(("result", "language", "topic"), seen.divisions, (2, 4, 2), strict=True):
        shown = [number for _, number in division.numbers] or [None] * size
        found |= {f"{name} {place}" for place, number in enumerate(shown[:size]) if number is None}
    return found


@given(truths())
@example(Truth(((9, 9, 9, 9), (9, 9, 9, 9), (9, 9, 9, 9), (0, 0, 0, 0, 3)), (111, 0, 0, 0), (111, 0)))
@example(Truth(((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0, 1)), (0, 0, 0, 1), (0, 1)))
@example(Truth(((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0, 0)), (0, 0, 0, 0), (0, 0)))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_hidden_number_can_be_five_others_behind_all_that_is_shown(truth: Truth) -> None:
    seen = told_as_it_passes(truth)
    possible: dict[str, set[int]] = {name: {number} for name, number in numbers_of(truth).items()}
    for other in alternatives(truth):
        if told(other) == seen[-1] and told_as_it_passes(other) == seen:
            for name, number in numbers_of(other).items():
                possible[name].add(number)
    hidden = hidden_of(seen[-1])
    # What divides a hidden whole is hidden with it; of a hidden month so are the weeks.
    assert {name: numbers for name, numbers in possible.items() if name in hidden and len(numbers) < 5} == {}
    assert {name for name in possible if name not in hidden and len(possible[name]) > 1} == set()


@given(truths())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_what_is_shown_once_never_changes(truth: Truth) -> None:
    before: dict[str, int] = {}
    for day in (TERTIAL.first_on + timedelta(days=days) for days in range(0, 130, 7)):
        now = shown_of(told(truth, day))
        assert before.items() <= now.items()
        before = now


@given(truths())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_what_is_shown_is_true_and_never_small(truth: Truth) -> None:
    seen = shown_of(told(truth))
    assert min(seen.values(), default=5) >= 5
    names = dict(zip((f"language {value}" for value in (*VALUES["language"], OTHER)), truth.languages, strict=True))
    true = numbers_of(truth) | names | {TERTIAL.id: truth.total}
    assert {name: number for name, number in seen.items() if true.get(name, number) != number} == {}
