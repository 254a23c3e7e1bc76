"""Whom a catalogue reaches and whom not: ages by topic and situation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.catalogue.ages import YOUNGEST_PARENT
from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.condition import NOT_MET
from portal.domain.catalogue.fits import ANY
from portal.domain.catalogue.insatser import GROWN_UP, Variant
from portal.domain.catalogue.kommuner import Kommun, Placed
from portal.domain.catalogue.whole import Catalogue

NOTHING, ASSESSED, DIRECT = "none", "assessed", "direct"
OLDEST = 100

OLDEST_CHILD = 70
"""Parents are tried who ask for a child of at most this age: older than that few are asked for by a parent."""


# ------------------------------------------------------------------------------- ages, topics and situations


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring ages (whole years, both ends) that a topic reaches in the same way."""

    first: int
    last: int
    status: str


def coverage(kommun: Kommun, catalogue: Catalogue) -> dict[str, tuple[Run, ...]]:
    """Return, for each topic, the ages that it reaches: direct, assessed or none.

    An age is reached when somebody of that age, or who asks for somebody of that age, ticks what real residents tick
    under the topic (one option, alone or with another), lives in the kommun, and is refused by nothing that is for it.
    Support for parents therefore stands at the age of the child.
    """
    return ages_by_topic(situations(kommun, catalogue))


Situations = Mapping[str, Mapping[str, tuple[Run, ...]]]
"""Topic → option id of its follow-up, or ANY where it has none → the ages that it reaches."""


def ages_by_topic(found: Situations) -> dict[str, tuple[Run, ...]]:
    """Return the ages that each topic reaches: at each the best that one of its situations reaches."""
    return {topic: _best_of(list(options.values())) for topic, options in found.items()}


def situations(kommun: Kommun, catalogue: Catalogue) -> Situations:
    """Return the same for each situation of each topic."""
    ages = _telling_ages(kommun)
    found: dict[str, dict[str, tuple[Run, ...]]] = {}
    for topic in catalogue.topics:
        question = catalogue.questions.get(topic)
        options = (ANY,) if question is None else tuple(option.id for option in question.options)
        offered = kommun.placed_by_topic.get(topic, ())
        found[topic] = {
            option: _runs(ages, [reach(offered, topic, option, options, age) for age in ages]) for option in options
        }
    return found


def unreached_situations(found: Situations) -> dict[str, tuple[str, ...]]:
    """Return, by topic, the situations (option ids of its follow-up) that no insats is for, whoever asks."""
    lacking = {
        topic: tuple(option for option, runs in options.items() if option != ANY and _is_nothing(runs))
        for topic, options in found.items()
    }
    return {topic: options for topic, options in lacking.items() if options}


def worse_situations(found: Situations) -> Iterator[tuple[str, str, Run]]:
    """Yield the situations (topic, option) with the ages at which they reach less than their topic does."""
    for topic, whole in ages_by_topic(found).items():
        for option, runs in found[topic].items():
            for run in runs:
                if any(_overlap(run, best) and _RANK.index(run.status) < _RANK.index(best.status) for best in whole):
                    yield topic, option, run


def _overlap(one: Run, other: Run) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_nothing(runs: Sequence[Run]) -> bool:
    return all(run.status == NOTHING for run in runs)


def _telling_ages(kommun: Kommun) -> tuple[int, ...]:
    """Return the ages at which something may change: between two of them nobody is told anything else."""
    numbers = {number for name in ("age", "children", "helped_age") for number in kommun.limits.get(name, frozenset())}
    return tuple(sorted({0, YOUNGEST_PARENT, GROWN_UP, OLDEST_CHILD + 1, *(one for one in numbers if one <= OLDEST)}))


def reach(offered: Sequence[Placed], topic: str, option: str, options: Sequence[str], age: int) -> str:
    """Return the best way in which somebody of an age with that option reaches what is for it."""
    for_it = [one.variant for one in offered if {option, ANY} & set(one.variant.fits.weights[topic])]
    # What is direct is looked at first, and nothing after it: most ages are settled by the first few.
    for status, found in (
        (DIRECT, [one for one in for_it if one.insats.route != "assessed"]),
        (ASSESSED, [one for one in for_it if one.insats.route == "assessed"]),
    ):
        for one in found:
            ticked = _ticked(option, options) if one.asks_about_situations else (frozenset({option}),)
            if any(_is_open_to(one, answers) for answers in _answers(topic, option, ticked, age)):
                return status
    return NOTHING


def _answers(topic: str, option: str, ticked: Iterable[frozenset[str]], age: int) -> Iterator[Answers]:
    askers = tuple(_askers(topic, age))
    for options in ticked:
        for asker in askers:
            yield asker if option == ANY else {**asker, topic: options}


def _is_open_to(variant: Variant, answers: Answers) -> bool:
    return all(rule.evaluate(answers) is not NOT_MET for rule in variant.rules)


def _ticked(option: str, options: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield what a resident with that option ticks: it alone, or with one other (whose it is, or what it is)."""
    yield frozenset({option})
    yield from (frozenset({option, other}) for other in options if other != option)


def _askers(topic: str, age: int) -> Iterator[Answers]:
    """Yield those who ask for somebody of an age: herself, her parent, who helps her, and a helper of that age."""
    common: dict[str, Answer] = {"topics": frozenset({topic}), "residence": "registered"}
    common |= {"referral": "yes", "born_abroad": "yes", "guardian_consent": "yes"}
    yield {**common, "for": "me", "age": age, "children": ()}
    if age <= OLDEST_CHILD:
        yield {**common, "for": "child", "age": min(max(GROWN_UP, age + 30), OLDEST), "children": (age,)}
    yield {**common, "for": "relative", "age": 45, "children": (), "helped_age": age}
    yield {**common, "for": "relative", "age": age, "children": (), "helped_age": age}


def _best_of(by_option: Sequence[Sequence[Run]]) -> tuple[Run, ...]:
    """Return the runs of a topic: at each age the best that one of its situations reaches."""
    starts = tuple(sorted({run.first for runs in by_option for run in runs}))
    statuses = [
        max((run.status for runs in by_option for run in runs if run.first <= age <= run.last), key=_RANK.index)
        for age in starts
    ]
    return _runs(starts, statuses)


_RANK = (NOTHING, ASSESSED, DIRECT)


def _runs(starts: Sequence[int], statuses: Sequence[str]) -> tuple[Run, ...]:
    """Return the runs of ages, of which each start has a status that holds until the next."""
    runs: list[Run] = []
    for first, status, after in zip(starts, statuses, (*starts[1:], OLDEST + 1), strict=True):
        if runs and runs[-1].status == status:
            runs[-1] = Run(runs[-1].first, after - 1, status)
        else:
            runs.append(Run(first, after - 1, status))
    return tuple(runs)
