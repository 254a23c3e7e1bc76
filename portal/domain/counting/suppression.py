"""Which numbers are hidden, so that no sum gives a small one away (docs/statistics.md has the proof).

Small is under five. A small number is hidden, and so are others beside it, chosen by their place and never by their
size: who knows this rule learns nothing from which were chosen. Whatever is shown, each hidden number can still be at
least five different ones.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.domain.groups.wishes import SHOWN_FROM

Shown = int | None
"""A number as it is shown; None is hidden, and said as a dash."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of what is shown; not exact when a part of it is hidden or not over yet: then it is at least so many."""

    number: int
    is_exact: bool


def is_small(number: int) -> bool:
    """Return whether a number by itself could point at somebody."""
    return number < SHOWN_FROM


def alone(number: int) -> Shown:
    """Return a number that is no part of a sum."""
    return None if is_small(number) else number


def beside_sum(parts: Sequence[int]) -> tuple[Shown, ...]:
    """Return the parts of a sum that is shown, and so is five or more.

    With a small part the last one is hidden too, whatever it is. If they are not two yet, or under five together, so is
    the last of the others.
    """
    hidden = {place for place, number in enumerate(parts) if is_small(number)}
    if hidden:
        hidden.add(len(parts) - 1)
        if not _can_hide(parts, hidden):
            hidden |= set(sorted(set(range(len(parts))) - hidden)[-1:])
    return _shown(parts, hidden)


def as_they_end(parts: Sequence[int]) -> tuple[tuple[Shown, ...], Shown]:
    """Return the parts of a sum, and the sum, where all parts but the last were shown before, each by itself.

    What was shown cannot be hidden later. So only the last one can hide another; where that is not enough the sum is
    hidden.
    """
    hidden = {place for place, number in enumerate(parts) if is_small(number)}
    if not hidden:
        return tuple(parts), sum(parts)
    with_last = {*hidden, len(parts) - 1}
    if _can_hide(parts, with_last):
        return _shown(parts, with_last), sum(parts)
    return _shown(parts, hidden), None


def sum_of(shown: Sequence[Shown]) -> Sum:
    """Return the sum of what is shown. It tells nothing that its parts do not."""
    return Sum(sum(number for number in shown if number is not None), None not in shown)


def _can_hide(parts: Sequence[int], hidden: Collection[int]) -> bool:
    """Return whether numbers are hidden from somebody who knows their sum."""
    return len(hidden) > 1 and not is_small(sum(parts[place] for place in hidden))


def _shown(parts: Sequence[int], hidden: Collection[int]) -> tuple[Shown, ...]:
    return tuple(None if place in hidden else number for place, number in enumerate(parts))
