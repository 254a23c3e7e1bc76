"""What a change of a catalogue does: which kinds of residents gain what, lose what, or are told otherwise."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from portal.domain.catalogue.ages import YOUNGEST_PARENT
from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.population import POPULATION, population
from portal.domain.self_check.asking import next_question, possible_answers
from portal.domain.self_check.matching import Match, match

QUESTIONED = 250
"""How many of the population are followed from question to question: enough to meet each, in little time."""

PARTS, NEEDS, EARLIER, LATER, FIRST = "parts", "needs", "earlier", "later", "first"
"""How somebody is told otherwise of what she is shown before and after: other parts of it fit her, she needs something
else first (a referral, a guardian's yes, an invitation), or it stands earlier, later or first."""

GAINED, LOST, TOLD = "gained", "lost", "told"

Change = tuple[str, str, str]
"""What happens (gained, lost, told), where or how (a list, or one of the words above), and the insats."""

_GROUPS = ((0, "0-12"), (13, "13-17"), (18, "18-20"), (21, "21-64"), (65, "65-"))


@dataclass
class Kinds:
    """How many residents something happens to, and which: whom they ask for, of what age, and about what."""

    count: int = 0
    whom: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    about: Counter[str] = field(default_factory=Counter)

    def add(self, resident: Answers) -> None:
        """Count a resident."""
        self.count += 1
        whom, age = _whom_and_age(resident)
        self.whom[whom] += 1
        self.ages[_GROUPS[bisect_right([first for first, _ in _GROUPS], age) - 1][1]] += 1
        topics = resident.get("topics")
        for topic in topics if isinstance(topics, frozenset) else ():
            ticked = resident.get(topic)
            options = ticked if isinstance(ticked, frozenset) else frozenset()
            self.about.update([f"{topic}.{option}" for option in options] or [topic])


def _whom_and_age(resident: Answers) -> tuple[str, int]:
    """Return whom a resident asks for (me, child, relative), and how old that one is."""
    whom, own, children = resident.get("for"), resident.get("age"), resident.get("children")
    age = own if isinstance(own, int) else 0
    if whom == "child" and age >= YOUNGEST_PARENT and isinstance(children, tuple) and children:
        return "child", children[0]
    helped = resident.get("helped_age")
    if whom == "relative" and age >= YOUNGEST_PARENT and isinstance(helped, int):
        return "relative", helped
    return "me", age


@dataclass(frozen=True)
class Effect:
    """What a change does to the population of one kommun, in residents of `size`; of those `questioned` were asked."""

    kommun: str
    size: int
    changes: Mapping[Change, Kinds] = field(default_factory=dict)
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
    """Return which kinds of residents gain, lose or are told what otherwise between two versions of a kommun."""
    changes: dict[Change, Kinds] = {}
    asked: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    askers = _askers_of(old, new, kommun_id)
    for number, resident in enumerate(population(new, size)):
        for change in _changes(_told(old, kommun_id, resident), _told(new, kommun_id, resident)):
            changes.setdefault(change, Kinds()).add(resident)
        if number < QUESTIONED:
            paths = {asker: asker.path(resident) for asker in set(askers) if asker is not None}
            for asker, count in zip(askers, asked, strict=True):
                count.update(() if asker is None else paths[asker])
    return Effect(kommun_id, size, changes, dict(asked[0]), dict(asked[1]))


@dataclass(frozen=True)
class _Told:
    """What one resident is told: each list's matches by insats, in order, and what stands first."""

    lists: Mapping[str, Mapping[str, Match]] = field(default_factory=dict)
    first: str | None = None


def _told(version: Catalogue, kommun_id: str, resident: Answers) -> _Told:
    kommun = version.find_kommun(kommun_id)
    if kommun is None:
        return _Told()
    found = match(kommun, version, resident)
    lists = {"direct": found.direct, "maybe": found.maybe, "apply": found.apply}
    return _Told(
        {name: {one.insats.id: one for one in matches} for name, matches in lists.items()},
        None if found.first is None else found.first.insats.id,
    )


def _changes(before: _Told, after: _Told) -> Iterator[Change]:
    for name in dict.fromkeys([*before.lists, *after.lists]):
        was, now = before.lists.get(name, {}), after.lists.get(name, {})
        yield from ((LOST, name, insats_id) for insats_id in was if insats_id not in now)
        yield from ((GAINED, name, insats_id) for insats_id in now if insats_id not in was)
        both = [insats_id for insats_id in was if insats_id in now]
        for insats_id in both:
            yield from ((TOLD, how, insats_id) for how in _otherwise(was[insats_id], now[insats_id]))
        yield from _moved(both, [insats_id for insats_id in now if insats_id in was])
    if after.first is not None and before.first not in (None, after.first):
        yield TOLD, FIRST, after.first


def _moved(before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield what has another place among the same insatser; not what only made room for it."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {insats_id for block in blocks for insats_id in before[block.a : block.a + block.size]}
    for insats_id in before:
        if insats_id not in kept:
            yield TOLD, EARLIER if after.index(insats_id) < before.index(insats_id) else LATER, insats_id


def _otherwise(was: Match, now: Match) -> Iterator[str]:
    if [part.id for part in was.parts] != [part.id for part in now.parts]:
        yield PARTS
    if was.needs != now.needs:
        yield NEEDS


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
