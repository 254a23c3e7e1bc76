"""The closed list of conditions, how they are put together, and how each is read from data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import OLDEST_BABY, Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import (
    MET,
    NOT_MET,
    UNKNOWN,
    BadCondition,
    Condition,
    Outcome,
    joined_limits,
    outcome_of,
)
from portal.domain.catalogue.facts import (
    ACUTE_NEEDS,
    FOR_RULES,
    RESIDENCE_RULES,
    Acute,
    BornAbroad,
    For,
    Referral,
    Residence,
    Situation,
)
from portal.domain.sentences import Sentence, sentence


@dataclass(frozen=True)
class Any(Condition):
    """At least one of its parts."""

    kind: ClassVar[str] = "any"
    parts: tuple[Condition, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        outcomes = [part.evaluate(answers) for part in self.parts]
        return MET if MET in outcomes else UNKNOWN if UNKNOWN in outcomes else NOT_MET

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return _open_questions(self.parts, answers)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Något av detta: {rules}", rules=tuple(part.rule for part in self.parts))

    def because(self, answers: Answers) -> Sentence:
        return self._met(answers).because(answers)

    def is_worth_saying(self, answers: Answers) -> bool:
        return self._met(answers).is_worth_saying(answers)

    def reason(self, answers: Answers) -> Sentence | None:
        return self._met(answers).reason(answers)

    def _met(self, answers: Answers) -> Condition:
        met = [part for part in self.parts if part.evaluate(answers) is MET]
        return next((part for part in met if part.is_worth_saying(answers)), met[0])

    def limits(self) -> Mapping[str, frozenset[int]]:
        return joined_limits(self.parts)


@dataclass(frozen=True)
class All(Condition):
    """All of its parts."""

    kind: ClassVar[str] = "all"
    parts: tuple[Condition, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        outcomes = [part.evaluate(answers) for part in self.parts]
        return NOT_MET if NOT_MET in outcomes else UNKNOWN if UNKNOWN in outcomes else MET

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return _open_questions(self.parts, answers)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("{rules}", rules=tuple(part.rule for part in self.parts))

    def because(self, answers: Answers) -> Sentence:
        said = [part for part in self.parts if part.is_worth_saying(answers)] or self.parts
        return sentence("{rules}", rules=tuple(part.because(answers) for part in said))

    def is_worth_saying(self, answers: Answers) -> bool:
        return any(part.is_worth_saying(answers) for part in self.parts)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return joined_limits(self.parts)


@dataclass(frozen=True)
class Not(Condition):
    """The opposite of its part."""

    kind: ClassVar[str] = "not"
    part: Condition

    def evaluate(self, answers: Answers) -> Outcome:
        outcome = self.part.evaluate(answers)
        return UNKNOWN if outcome is UNKNOWN else outcome_of(outcome is NOT_MET)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return self.part.open_questions(answers)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Det här får inte stämma: {rule}", rule=self.part.rule)

    def is_worth_saying(self, answers: Answers) -> bool:
        return False

    def limits(self) -> Mapping[str, frozenset[int]]:
        return self.part.limits()


def _open_questions(parts: Sequence[Condition], answers: Answers) -> tuple[str, ...]:
    found = {
        question: None
        for part in parts
        if part.evaluate(answers) is UNKNOWN
        for question in part.open_questions(answers)
    }
    return tuple(found)


# --------------------------------------------------------------------------------------- read from data


SituationNames = Mapping[str, Mapping[str, Sentence]]
"""Topic → option id → the option's name, from the question bank."""


def read_condition(data: object, names: SituationNames) -> Condition:
    """Read one condition from data; raise BadCondition when the closed list has no such thing."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise BadCondition("a condition is one kind with its value, for example {age: {from: 18}}")
    kind, value = next(iter(data.items()))
    reader = _READERS.get(str(kind))
    if reader is None:
        raise BadCondition(f"there is no condition {kind!r}; there are: {', '.join(_READERS)}")
    return reader(value, names)


def _read_options(value: object, known: Mapping[str, object], kind: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise BadCondition(f"{kind} is a list of: {', '.join(known)}")
    for option in value:
        if not isinstance(option, str) or option not in known:
            raise BadCondition(f"{kind} has no {option!r}; it has: {', '.join(known)}")
    if len(set(value)) != len(value):
        raise BadCondition(f"{kind} names an option twice")
    return tuple(value)


def _read_flag(kind: str, condition: Condition) -> Callable[[object, SituationNames], Condition]:
    def read(value: object, names: SituationNames) -> Condition:
        if value is not True:
            raise BadCondition(f"{kind} is written {kind}: true")
        return condition

    return read


def _read_situation(value: object, names: SituationNames) -> Condition:
    if not isinstance(value, Mapping) or not value:
        raise BadCondition("situation is {topic: [options]}")
    options: list[tuple[str, frozenset[str]]] = []
    said: dict[tuple[str, str], Sentence] = {}
    for topic, wanted in value.items():
        if topic not in names:
            raise BadCondition(f"situation: no topic {topic!r} has a follow-up question")
        chosen = _read_options(wanted, names[topic], f"situation {topic}")
        options.append((topic, frozenset(chosen)))
        said.update({(topic, option): names[topic][option] for option in chosen})
    return Situation(tuple(options), said)


def _read_parts(value: object, names: SituationNames, kind: str) -> tuple[Condition, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise BadCondition(f"{kind} is a list of at least two conditions")
    return tuple(read_condition(part, names) for part in value)


_READERS: dict[str, Callable[[object, SituationNames], Condition]] = {
    "age": lambda value, names: Age(AgeRange.read(value)),
    "child_age": lambda value, names: ChildAge(AgeRange.read(value)),
    "baby_months": lambda value, names: BabyMonths(AgeRange.read(value, OLDEST_BABY)),
    "recipient_age": lambda value, names: RecipientAge(AgeRange.read(value)),
    "residence": lambda value, names: Residence(_read_options(value, RESIDENCE_RULES, "residence")),
    "for": lambda value, names: For(_read_options(value, FOR_RULES, "for")),
    "situation": _read_situation,
    "born_abroad": _read_flag("born_abroad", BornAbroad()),
    "referral": _read_flag("referral", Referral()),
    "acute": lambda value, names: Acute(_read_options(value, ACUTE_NEEDS, "acute")),
    "any": lambda value, names: Any(_read_parts(value, names, "any")),
    "all": lambda value, names: All(_read_parts(value, names, "all")),
    "not": lambda value, names: Not(read_condition(value, names)),
}


KINDS: tuple[str, ...] = tuple(_READERS)
"""The closed list, as written in data."""


def flatten(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Return the conditions and, depth first, the parts of those that are put together."""
    found: list[Condition] = []
    for condition in conditions:
        found.append(condition)
        if isinstance(condition, Any | All):
            found.extend(flatten(condition.parts))
        elif isinstance(condition, Not):
            found.extend(flatten((condition.part,)))
    return tuple(found)
