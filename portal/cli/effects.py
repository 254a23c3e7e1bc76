"""What commands say of a change of a catalogue: which kinds of residents gain, lose or are told what."""

from collections import Counter
from collections.abc import Iterator

import click

from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.effect import GAINED, LOST, Change, Effect, Kinds, effect


def tell_effect(before: Catalogue, after: Catalogue, kommun_id: str, size: int) -> None:
    """Print what a change does to a population of one kommun."""
    click.echo(f"{kommun_id}: comparing {size} residents …", err=True)
    for line in _effect_lines(effect(before, after, kommun_id, size)):
        click.echo(f"{kommun_id}: {line}")


def _effect_lines(found: Effect) -> Iterator[str]:
    for change, kinds in sorted(found.changes.items(), key=lambda one: (one[0][0], one[0][2], one[0][1])):
        yield f"{_said(change, kinds.count)} of {found.size} residents: {_kinds(change, kinds)}"
    for question in found.appeared:
        yield f"new question: {question}, asked of {found.asked_after[question]} of {found.questioned}"
    for question in found.vanished:
        yield f"question gone: {question}, was asked of {found.asked_before[question]} of {found.questioned}"
    if not (found.changes or found.appeared or found.vanished):
        yield "nobody gains or loses anything, and nobody is told otherwise"


_SIGNS = {GAINED: "+", LOST: "-"}
_TOLD = {
    "parts": "other parts of it",
    "needs": "something else is needed first",
    "earlier": "stands earlier",
    "later": "stands later",
    "first": "stands first",
}


def _said(change: Change, count: int) -> str:
    return f"{_SIGNS.get(change[0], '~')}{count}"


def _kinds(change: Change, kinds: Kinds) -> str:
    """Return what happens to whom: the most common three of whom they ask for, of what age, and about what."""
    what, how, insats_id = change
    where = f"in {how}" if what in _SIGNS else _TOLD[how]
    whom, ages, about = (_most(counted) for counted in (kinds.whom, kinds.ages, kinds.about))
    return f"{insats_id} {where} (for {whom}; years {ages}; about {about})"


def _most(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.most_common(3))
