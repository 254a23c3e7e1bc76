"""Whom a catalogue reaches and whom not: ages by topic, and what a change would do."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.condition import NOT_MET, joined_limits
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.asking import next_question, possible_answers
from portal.domain.self_check.matching import match

NOTHING, ASSESSED, DIRECT = "none", "assessed", "direct"
OLDEST = 100
OLDEST_CHILD = 25
"""Until when somebody asks for a child."""
OLDER = 30
"""Years between that child and who asks."""


# -------------------------------------------------------------------------------------------- ages and topics


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring ages (whole years, both ends) that a topic reaches in the same way."""

    first: int
    last: int
    status: str


def coverage(kommun: Kommun, catalogue: Catalogue) -> dict[str, tuple[Run, ...]]:
    """Return, for each topic, the ages that it reaches: direct, assessed or none.

    An age is reached when somebody of that age who asks for herself, or a grown-up who asks for a child of that age,
    is refused by no condition; her situation is left open and she is registered in the kommun. Support for parents
    therefore stands at the age of the child.
    """
    return {topic: _runs(_reaches(topic, kommun.by_topic.get(topic, ()))) for topic in catalogue.topics}


def _reaches(topic: str, insatser: Sequence[Insats]) -> Iterator[tuple[int, str]]:
    """Yield how each age is reached at which that may change, the youngest first."""
    limits = joined_limits([rule for insats in insatser for rule in insats.rules])
    own, of_children = limits.get("age", frozenset()), limits.get("children", frozenset())
    changes = {0, OLDEST_CHILD + 1, *own, *(age - OLDER for age in own), *of_children}
    for age in sorted(changes):
        if 0 <= age <= OLDEST:
            yield age, reach(topic, insatser, age)


def reach(topic: str, insatser: Sequence[Insats], age: int) -> str:
    """Return how insatser of a topic reach an age."""
    statuses = {
        insats.route
        for answers in _askers(topic, age)
        for insats in insatser
        if all(rule.evaluate(answers) is not NOT_MET for rule in insats.rules)
    }
    if not statuses:
        return NOTHING
    return ASSESSED if statuses == {"assessed"} else DIRECT


def _askers(topic: str, age: int) -> Iterator[Answers]:
    common: dict[str, Answer] = {"topics": frozenset({topic}), "residence": "registered"}
    yield {**common, "for": "me", "age": age, "children": ()}
    if age <= OLDEST_CHILD:
        yield {**common, "for": "child", "age": age + OLDER, "children": (age,)}


def _runs(reaches: Iterable[tuple[int, str]]) -> tuple[Run, ...]:
    """Return the runs of ages, from how they are reached from each one on."""
    runs: list[Run] = []
    for age, status in reaches:
        if not runs or runs[-1].status != status:
            runs[-1:] = [*(Run(run.first, age - 1, run.status) for run in runs[-1:]), Run(age, OLDEST, status)]
    return tuple(runs)


def unreached_situations(kommun: Kommun, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return, by topic, the situations (option ids of its follow-up) for which no insats of the kommun is open."""
    found: dict[str, tuple[str, ...]] = {}
    for question in catalogue.questions.values():
        if question.only_if is None:
            continue
        lacking = tuple(
            option.id for option in question.options if not _serves(kommun, question.only_if, question.id, option.id)
        )
        if lacking:
            found[question.only_if] = lacking
    return found


def _serves(kommun: Kommun, topic: str, question_id: str, option_id: str) -> bool:
    answers: dict[str, Answer] = {"topics": frozenset({topic}), question_id: frozenset({option_id})}
    return any(
        all(rule.evaluate(answers) is not NOT_MET for rule in insats.rules) for insats in kommun.by_topic.get(topic, ())
    )


# ---------------------------------------------------------------------------------------- the effect of a change


POPULATION = 4000
"""Answer sets of the fixed population: large enough that an insats for one year of age meets some of them."""


QUESTIONED = 500
"""How many of them are followed from question to question: enough to meet each, in an eighth of the time."""


def population(catalogue: Catalogue, size: int = POPULATION) -> Iterator[dict[str, Answer]]:
    """Yield the fixed population: each resident answers every question, the same in every run.

    1–3 topics; 0–2 situations of each; own age 10–94; 0–3 children of 0–20 years, months for those under two;
    every other option equally often.
    """
    chance = Random(20250701)  # noqa: S311 - a fixed population, not a secret
    for _ in range(size):
        children = tuple(sorted(chance.randint(0, 20) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))))
        yield {question.id: _drawn(question, children, chance) for question in catalogue.questions.values()}


def _drawn(question: Question, children: tuple[int, ...], chance: Random) -> Answer:
    if question.kind == "ages":
        return children
    if question.kind == "months":
        return tuple(sorted(12 * age + chance.randint(0, 11) for age in children if age < 2))
    if question.kind == "age":
        return chance.randint(10, 94)
    options = [option.id for option in question.options]
    if question.kind == "one_of":
        return chance.choice(options)
    return frozenset(chance.sample(options, chance.choice((1, 1, 2, 3) if question.only_if is None else (0, 1, 1, 2))))


@dataclass(frozen=True)
class Effect:
    """What a change does to the population of one kommun, in residents of `size`; of those `questioned` were asked."""

    kommun: str
    size: int
    gained: Mapping[tuple[str, str], int] = field(default_factory=dict)
    lost: Mapping[tuple[str, str], int] = field(default_factory=dict)
    asked_before: Mapping[str, int] = field(default_factory=dict)
    asked_after: Mapping[str, int] = field(default_factory=dict)

    @property
    def questioned(self) -> int:
        """Return how many residents were followed from question to question."""
        return min(self.size, QUESTIONED)

    @property
    def appeared(self) -> tuple[str, ...]:
        """Return the questions that somebody is asked only after the change."""
        return tuple(question for question in self.asked_after if question not in self.asked_before)

    @property
    def vanished(self) -> tuple[str, ...]:
        """Return the questions that nobody is asked after the change."""
        return tuple(question for question in self.asked_before if question not in self.asked_after)


def effect(old: Catalogue, new: Catalogue, kommun_id: str, size: int = POPULATION) -> Effect:
    """Return who gains and who loses which insats (list, id) in a kommun between two versions of the catalogue."""
    gained: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    asked: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    askers = _askers_of(old, new, kommun_id)
    for number, resident in enumerate(population(new, size)):
        before, after = (_entries(version, kommun_id, resident) for version in (old, new))
        gained.update(after - before)
        lost.update(before - after)
        if number < QUESTIONED:
            paths = {asker: asker.path(resident) for asker in set(askers) if asker is not None}
            for asker, count in zip(askers, asked, strict=True):
                count.update(() if asker is None else paths[asker])
    return Effect(kommun_id, size, dict(gained), dict(lost), dict(asked[0]), dict(asked[1]))


def _entries(version: Catalogue, kommun_id: str, resident: Answers) -> set[tuple[str, str]]:
    kommun = version.find_kommun(kommun_id)
    if kommun is None:
        return set()
    found = match(kommun, version, resident)
    lists = {"direct": found.direct, "maybe": found.maybe, "apply": found.apply}
    return {(name, one.insats.id) for name, matches in lists.items() for one in matches}


def _askers_of(old: Catalogue, new: Catalogue, kommun_id: str) -> "tuple[_Asker | None, _Asker | None]":
    """Return who asks in each version, where it has the kommun; the same where nothing that is asked has changed."""
    before, after = old.find_kommun(kommun_id), new.find_kommun(kommun_id)
    first = None if before is None else _Asker(old, before)
    if before == after and old.questions == new.questions:
        return first, first
    return first, None if after is None else _Asker(new, after)


class _Asker:
    """Asks residents in one version of a catalogue; what follows on answers of the same sort is worked out once."""

    def __init__(self, catalogue: Catalogue, kommun: Kommun) -> None:
        self._catalogue, self._kommun = catalogue, kommun
        self._next: dict[tuple[object, ...], Question | None] = {}
        self._starts = {
            name: sorted(number for number in numbers if number - 1 in numbers)
            for name, numbers in kommun.limits.items()
        }

    def path(self, resident: Answers) -> list[str]:
        """Return the questions that a resident is asked, in order."""
        so_far: dict[str, Answer] = {}
        sort: tuple[object, ...] = ()
        while (question := self._next_question(so_far, sort)) is not None:
            given = resident.get(question.id)  # the new question bank may have lost what the old one still asks
            offered = possible_answers(self._kommun, question)
            so_far[question.id] = "elsewhere" if question.id == "residence" and given not in offered else given
            sort = (*sort, self._sort_of(question.id, so_far[question.id]))
        return list(so_far)

    def _next_question(self, so_far: Answers, sort: tuple[object, ...]) -> Question | None:
        if sort not in self._next:
            self._next[sort] = next_question(self._kommun, self._catalogue, so_far)
        return self._next[sort]

    def _sort_of(self, question: str, answer: Answer) -> object:
        """Return what no condition of the kommun tells apart: of a number, between which limits it lies."""
        starts = self._starts.get(question, [])
        if isinstance(answer, int):
            return bisect_right(starts, answer)
        return frozenset(bisect_right(starts, one) for one in answer) if isinstance(answer, tuple) else answer
