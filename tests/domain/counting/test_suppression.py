"""No hidden number can be worked out, not even by somebody who knows the rule and tries every table there is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from portal.domain.counting.suppression import Shown, Sum, alone, as_they_end, beside_sum, is_small, sum_of

AT_LEAST = 5
"""How many different numbers a hidden one must still be able to be."""

Table = tuple[int, ...]
Look = tuple[Shown, ...]


def tables(size: int, most: int) -> Iterator[Table]:
    """Yield every table of so many parts whose sum is at most that."""
    if size == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in tables(size - 1, most - first):
            yield (first, *rest)


def given_away(looks: Iterable[tuple[Table, Look]]) -> dict[Look, list[set[int]]]:
    """Return the looks behind which a hidden number has too few possibilities, with the possibilities of each."""
    behind: dict[Look, list[set[int]]] = defaultdict(list)
    for table, look in looks:
        found = behind[look]
        found += [set() for _ in range(len(table) - len(found))]
        for place, number in enumerate(table):
            found[place].add(number)
    return {
        look: possible
        for look, possible in behind.items()
        if any(shown is None and len(numbers) < AT_LEAST for shown, numbers in zip(look, possible, strict=True))
    }


def all_of_a_sum(rule: Callable[[Sequence[int]], Look], size: int, most: int) -> Iterator[tuple[Table, Look]]:
    """Yield every table with its sum and how both look: the sum is hidden when it is small, and so is every part."""
    for table in tables(size, most):
        total = sum(table)
        yield (*table, total), ((*rule(table), total) if total >= 5 else (None,) * (size + 1))


@pytest.mark.parametrize(("size", "most"), [(1, 40), (2, 40), (3, 30), (4, 24), (5, 18)])
def test_no_part_of_a_sum_is_given_away(size: int, most: int) -> None:
    assert given_away(all_of_a_sum(beside_sum, size, most)) == {}


@pytest.mark.parametrize(("size", "most"), [(2, 40), (3, 30), (4, 24)])
def test_no_part_is_given_away_that_was_shown_as_it_ended(size: int, most: int) -> None:
    def looks() -> Iterator[tuple[Table, Look]]:
        for table in tables(size, most):
            parts, total = as_they_end(table)
            yield (*table, sum(table)), (*parts, total)

    def is_whole(look: Look) -> bool:
        """Return whether every table behind a look was tried: a hidden part beside a hidden sum is four at most."""
        return look[-1] is not None or sum(part or 0 for part in look) + 4 * look.count(None) <= most

    assert {look for look in given_away(looks()) if is_whole(look)} == set()


def without_the_last(parts: Sequence[int]) -> Look:
    """Hide small numbers and nothing else: what the rule must not be."""
    return tuple(map(alone, parts))


def with_the_smallest(parts: Sequence[int]) -> Look:
    """Hide, beside the small numbers, the smallest others until two are hidden and they are five together."""
    order = sorted(range(len(parts)), key=lambda place: parts[place])
    hidden = [place for place in order if is_small(parts[place])]
    while hidden and (len(hidden) < 2 or sum(parts[place] for place in hidden) < 5):
        hidden.append(order[len(hidden)])
    return tuple(None if place in hidden else number for place, number in enumerate(parts))


@pytest.mark.parametrize("wrong", [without_the_last, with_the_smallest])
def test_a_rule_that_gives_numbers_away_is_seen(wrong: Callable[[Sequence[int]], Look]) -> None:
    assert given_away(all_of_a_sum(wrong, 3, 30))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_every_small_number_is_hidden_and_a_large_one_only_beside_a_small(size: int) -> None:
    for table in tables(size, 24):
        if sum(table) < 5:
            continue
        for shown in (beside_sum(table), as_they_end(table)[0]):
            assert all(number is None for number, part in zip(shown, table, strict=True) if part < 5)
            assert all(number in (None, part) for number, part in zip(shown, table, strict=True))
            if min(table) >= 5:
                assert shown == table


def test_as_few_as_can_be_are_hidden() -> None:
    assert beside_sum([20, 3, 30, 40]) == (20, None, 30, None)
    assert beside_sum([20, 30, 40, 3]) == (20, 30, None, None)
    assert beside_sum([20, 30, 0, 3]) == (20, None, None, None)
    assert beside_sum([20, 30, 2, 3]) == (20, 30, None, None)


def test_a_sum_is_shown_where_the_last_part_can_hide_the_others() -> None:
    assert as_they_end([20, 3, 30, 40]) == ((20, None, 30, None), 93)
    assert as_they_end([20, 30, 40, 50]) == ((20, 30, 40, 50), 140)
    assert as_they_end([20, 30, 40, 3]) == ((20, 30, 40, None), None)
    assert as_they_end([20, 1, 40, 3]) == ((20, None, 40, None), None)
    assert as_they_end([1, 1, 1, 2]) == ((None, None, None, None), 5)


def test_numbers_that_do_not_make_their_sum_are_all_hidden() -> None:
    assert beside_sum([1, 0, 2]) == (None, None, None)


def test_what_is_said_of_a_sum_is_the_sum_of_what_is_shown() -> None:
    assert sum_of([7, 8]) == Sum(15, True)
    assert sum_of([7, None]) == Sum(7, False)
    assert sum_of([]) == Sum(0, True)


def test_a_number_alone_is_shown_from_five_up() -> None:
    assert [alone(number) for number in (0, 4, 5, 6)] == [None, None, 5, 6]
