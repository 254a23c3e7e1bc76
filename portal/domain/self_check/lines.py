"""Whom anybody can call now: the lines that stand first for what somebody has answered."""

from collections.abc import Iterable, Sequence

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.contacts import CHILD, Helpline
from portal.domain.catalogue.facts import acute_needs
from portal.domain.catalogue.fits import NEED_NOW
from portal.domain.catalogue.queries import Word, words_of
from portal.domain.catalogue.spelling import distance, faults_in

FIRST = 4
"""Lines that are shown at once; the others are a tap away."""

_GROWN_UP = 18
_FOR_CHILDREN, _TICKED, _NEED, _TOPIC = 7, 4, 2, 1


def lines_for(lines: Iterable[Helpline], answers: Answers, *, is_empty: bool = False) -> list[Helpline]:
    """Return the lines for these answers, the best first: for a need that cannot wait, a child, what she ticked.

    The line for everything (112) comes before all others where there is a need; a topic alone brings a line only to
    somebody whose lists are empty.
    """
    topics = answers.get("topics")
    chosen = topics if is_empty and isinstance(topics, frozenset) else frozenset()
    return _sorted(lines, acute_needs(answers), _ticked(answers), chosen, is_child=is_under_age(answers))


def lines_for_needs(lines: Iterable[Helpline], needs: frozenset[str], *, is_child: bool) -> list[Helpline]:
    """Return the lines for acute needs that were told elsewhere than in the self-check, the best first."""
    return _sorted(lines, needs, frozenset(), frozenset(), is_child=is_child)


def lines_meant(
    lines: Iterable[Helpline], query: Sequence[Word], answers: Answers, needs: frozenset[str]
) -> list[Helpline]:
    """Return the lines for what somebody wrote in a search: those she names first, then for what it comes to.

    needs: acute needs that it names beside the answers. A child in danger may be the one who writes: then the line for
    children stands before the others.
    """
    known = list(lines)
    is_child = "child_at_risk" in needs
    found = _sorted(known, acute_needs(answers) | needs, _ticked(answers), frozenset(), is_child=is_child)
    named = [line for line in known if is_named(line, query)]
    return [*named, *(line for line in found if line not in named)]


def is_named(line: Helpline, query: Sequence[Word]) -> bool:
    """Return whether a query has the number of a line, or the first word of its name, also with a slip."""
    typed = [word.compared for word in query]
    name = words_of(line.name)[0].compared
    number = "".join(sign for sign in line.phone if sign.isdigit())
    return number == "".join(typed) or any(distance(word, name, faults_in(word)) is not None for word in typed)


def _sorted(
    lines: Iterable[Helpline],
    needs: frozenset[str],
    ticked: frozenset[str],
    topics: frozenset[str],
    *,
    is_child: bool,
) -> list[Helpline]:
    def score(line: Helpline) -> int:
        found = _TICKED if line.when & ticked else 0
        found += _FOR_CHILDREN if is_child and CHILD in line.when else 0
        found += _TOPIC if line.when & topics and (is_child or CHILD not in line.when) else 0
        return found + (_NEED if line.when & needs else 0)

    scored = [(score(line), line) for line in lines]
    return [
        line
        for points, line in sorted(scored, key=lambda one: (not (one[1].always and needs), -one[0]))
        if points or (line.always and needs)
    ]


def cannot_wait(topic: str, answers: Answers) -> bool:
    """Return whether what she ticked under a topic cannot wait: then she is told whom to call before anything else."""
    ticked = answers.get(topic)
    return isinstance(ticked, frozenset) and not ticked.isdisjoint(NEED_NOW.get(topic, frozenset()))


def is_under_age(answers: Answers) -> bool:
    """Return whether the one who answers is under 18."""
    age = answers.get("age")
    return isinstance(age, int) and age < _GROWN_UP


def _ticked(answers: Answers) -> frozenset[str]:
    topics = answers.get("topics")
    return frozenset(
        f"{topic}.{option}"
        for topic in (topics if isinstance(topics, frozenset) else ())
        if isinstance(chosen := answers.get(topic), frozenset)
        for option in chosen
    )
